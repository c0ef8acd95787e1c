"""Looking at a paper before it enters the inbox: what it is, how many pages, a picture of each.

Slow (seconds for a long PDF), so it runs before any transaction is opened. Pictures go into the store under their
hash; if the paper is refused afterwards they stay there unnamed, which shows them to nobody.
"""

from dataclasses import dataclass

from services.kit.errors import Refused
from services.kit.pdf import FileTooLarge, normal_image, page_images, pdf_page_count
from services.kit.storage import Store, media_type_of

FILE_BYTES_MAX = 25 * 1024**2
PAGES_MAX = 100
"""A longer PDF is a book or several papers; splitting it is the sender's matter."""

PAGES_DRAWN_MAX = 30
PAGE_PIXELS_MAX = 2_100_000
"""A page of A4 at 144 dots an inch."""

_PICTURES = ("image/jpeg", "image/png")


class PaperKindUnknown(Refused):
    """The content is no PDF, JPEG or PNG, whatever its name says. `found` is what it looks like."""

    code = "PAPER_KIND_UNKNOWN"
    sentence = "This file cannot be taken ({found}): send a PDF, or a photo as JPEG or PNG."
    words = frozenset({"found"})


class PaperTooLong(Refused):
    """More pages than PAGES_MAX."""

    code = "PAPER_TOO_LONG"
    sentence = "This PDF has {pages} pages, at most {pages_max} are taken. Please split it."


@dataclass(frozen=True, slots=True)
class PagePicture:
    """One page as it can be shown, in the store."""

    sha256: str
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper that can enter the inbox. `kind` is SCAN for a photo, FILE for a PDF.

    A long PDF has fewer pictures than pages.
    """

    kind: str
    filename: str
    media_type: str
    size: int
    sha256: str
    page_count: int
    pictures: tuple[PagePicture, ...]


async def look_at(store: Store, *, sha256: str, filename: str) -> Paper:
    """This will read a stored file, draw its pages and store the pictures.

    Raises PaperKindUnknown, PaperTooLong, FileTooLarge, PdfNotReadable, PdfEncrypted, ImageNotReadable,
    RenderingTimedOut.
    """
    content = await store.get(sha256)
    if len(content) > FILE_BYTES_MAX:
        raise FileTooLarge(size=len(content), size_max=FILE_BYTES_MAX, unit="bytes")
    media_type = media_type_of(content)
    if media_type == "application/pdf":
        kind, pages = "FILE", await pdf_page_count(content)
        if pages > PAGES_MAX:
            raise PaperTooLong(pages=pages, pages_max=PAGES_MAX)
        drawn = await page_images(content, pages_max=PAGES_DRAWN_MAX, pixels_max=PAGE_PIXELS_MAX)
        shown = "image/png"
    elif media_type in _PICTURES:
        kind, pages = "SCAN", 1
        drawn, shown = [await normal_image(content, pixels_max=PAGE_PIXELS_MAX * 2)], "image/jpeg"
    else:
        raise PaperKindUnknown(found=media_type or "unknown content")
    pictures = [PagePicture((await store.put(picture, shown)).sha256, shown) for picture in drawn]
    return Paper(
        kind=kind,
        filename=filename,
        media_type=media_type or "",
        size=len(content),
        sha256=sha256,
        page_count=pages,
        pictures=tuple(pictures),
    )


async def store_and_look_at(store: Store, *, content: bytes, filename: str) -> Paper:
    """This will store a content that came another way than by upload (mail, demo data) and look at it."""
    if len(content) > FILE_BYTES_MAX:
        raise FileTooLarge(size=len(content), size_max=FILE_BYTES_MAX, unit="bytes")
    kept = await store.put(content, media_type_of(content) or "application/octet-stream")
    return await look_at(store, sha256=kept.sha256, filename=filename)
