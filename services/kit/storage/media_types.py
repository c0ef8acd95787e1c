"""What a file is, read from its content: the type a browser claims for an upload cannot be trusted."""

import re
from urllib.parse import quote

INLINE_MEDIA_TYPES = frozenset({"application/pdf", "image/jpeg", "image/png", "image/gif", "image/webp"})
"""Shown inside the browser window. All else is downloaded: HTML, SVG and XML could run script there."""

_SAMPLE_BYTES = 64 * 1024
_PDF_HEADER_WITHIN = 1024
"""PDF readers accept the header anywhere in the first 1,024 bytes (ISO 32000-1, annex H.3.4.1)."""

_BY_PREFIX = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"\x1f\x8b\x08", "application/gzip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
)

_BY_FILE_BRAND = {
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"heim": "image/heic",
    b"heis": "image/heic",
    b"mif1": "image/heif",
    b"msf1": "image/heif",
    b"avif": "image/avif",
    b"avis": "image/avif",
}

_OFFICE = "application/vnd.openxmlformats-officedocument"

_OPEN_SHEET = "application/vnd.oasis.opendocument.spreadsheet"

_BY_ZIP_ENTRY = (
    (b"xl/workbook.xml", f"{_OFFICE}.spreadsheetml.sheet"),
    (b"word/document.xml", f"{_OFFICE}.wordprocessingml.document"),
    (f"mimetype{_OPEN_SHEET}".encode(), _OPEN_SHEET),
)

_MARKUP = (
    (re.compile(rb"<!doctype html|<html|<script", re.IGNORECASE), "text/html"),
    (re.compile(rb"<svg[\s>]", re.IGNORECASE), "image/svg+xml"),
    (re.compile(rb"^<\?xml|^<[A-Za-z][\w.-]*:?[\w.-]*[\s>/]"), "application/xml"),
)

_NOT_TEXT = re.compile(rb"[\x00-\x08\x0b\x0e-\x19\x1b-\x1f\x7f]")
"""Control bytes that no text file holds. Tab, line ends, form feed and the DOS end mark 0x1A are text."""

_ASCII_END = 0x80

_ASCII_SHARE_MIN = 0.8
"""Spanish bank files come in Latin-1: ASCII with single accented bytes. Below this share it is binary."""


def media_type_of(content: bytes) -> str | None:
    """This will name the media type that the bytes show, or None for empty and unknown content.

    Text in any of UTF-8, UTF-16 with a mark, or Latin-1 is `text/plain` (statements, CSV), unless it is HTML,
    SVG or XML. Only the start is looked at, except for Office files, whose list of entries is at the end.
    """
    sample = content[:_SAMPLE_BYTES]
    for prefix, media_type in _BY_PREFIX:
        if sample.startswith(prefix):
            return media_type
    if b"%PDF-" in sample[: _PDF_HEADER_WITHIN + 5]:
        return "application/pdf"
    if sample[:4] == b"RIFF" and sample[8:12] == b"WEBP":
        return "image/webp"
    if sample[4:8] == b"ftyp":
        return _BY_FILE_BRAND.get(sample[8:12])
    if sample.startswith(b"PK\x03\x04"):
        return next((kind for entry, kind in _BY_ZIP_ENTRY if entry in content), "application/zip")
    return _text_type(sample)


def _text_type(sample: bytes) -> str | None:
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "text/plain"
    if not sample.strip() or _NOT_TEXT.search(sample):
        return None
    start = sample.removeprefix(b"\xef\xbb\xbf").lstrip()[:1024]
    if start.startswith(b"<"):
        for pattern, media_type in _MARKUP:
            if pattern.search(start):
                return media_type
    try:
        # The sample may end inside a character; up to three bytes of it are left out.
        sample[: len(sample) - 3].decode() if len(sample) == _SAMPLE_BYTES else sample.decode()
    except UnicodeDecodeError:
        ascii_share = sum(byte < _ASCII_END for byte in sample) / len(sample)
        return "text/plain" if ascii_share >= _ASCII_SHARE_MIN else None
    return "text/plain"


def content_disposition(filename: str, media_type: str) -> str:
    """This will write the Content-Disposition header (RFC 6266) for a file, inline only if that is harmless.

    The name is given twice: in ASCII for old readers and in UTF-8 (RFC 8187). Path parts, quotes and control
    characters are taken out, so a name cannot add a header or leave the download folder.
    """
    plain = re.sub(r"[\x00-\x1f\x7f]", "", filename).replace("\\", "/").rsplit("/", 1)[-1].strip() or "file"
    ascii_name = re.sub(r'[^\x20-\x7e]|["%;]', "_", plain)
    kind = "inline" if media_type in INLINE_MEDIA_TYPES else "attachment"
    return f"{kind}; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(plain, safe='')}"
