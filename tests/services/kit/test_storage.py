"""Both kinds of store keep the same promises: the same tests run on a folder and on an S3 server (moto)."""

import hashlib
import urllib.request
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from email.message import Message
from functools import cache
from pathlib import Path
from typing import Any

import anyio
import boto3.session
import pytest
from anyio import to_thread
from moto.server import ThreadedMotoServer

from services.kit.storage import (
    FILE_BYTES_MAX,
    OBJECT_BYTES_MAX,
    LocalStore,
    ObjectDamaged,
    ObjectMissing,
    ObjectTooLarge,
    S3Place,
    S3Store,
    Store,
    StoreUnavailable,
    content_disposition,
    media_type_of,
    open_store,
)

SCAN = b"%PDF-1.7\n" + bytes(range(256)) * 3000
"""Larger than one piece of a stream."""

UNKNOWN_HASH = "0" * 64
A_MINUTE = timedelta(minutes=1)


@pytest.fixture(scope="module")
def s3_address() -> Iterator[str]:
    """An S3 server on the loopback interface, on a port of its own."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


def _s3_place(address: str, bucket: str) -> S3Place:
    return S3Place(bucket, endpoint_url=address, region="eu-west-1", access_key="key", secret_key="secret")


@cache
def _client_of(address: str) -> Any:
    """A client of the tests' own, to look at a bucket past the store; making one takes longer than most tests."""
    return boto3.session.Session().client(
        "s3",
        endpoint_url=address,
        region_name="eu-west-1",
        aws_access_key_id="key",
        aws_secret_access_key="secret",
    )


class LocalCase:
    """A folder, and the way to look into it past the store."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store: Store = LocalStore(folder)

    def files(self) -> list[str]:
        return [path.name for path in self.folder.rglob("*") if path.is_file()]

    def damage(self, sha256: str) -> None:
        (self.folder / sha256[:2] / sha256[2:4] / sha256).write_bytes(b"other")


class S3Case:
    """A bucket, and the way to look into it past the store."""

    def __init__(self, address: str, bucket: str) -> None:
        self.bucket = bucket
        self.client = _client_of(address)
        self.client.create_bucket(
            Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
        )
        self.store: Store = S3Store(_s3_place(address, bucket))

    def files(self) -> list[str]:
        found = self.client.list_objects_v2(Bucket=self.bucket).get("Contents", [])
        return [entry["Key"].rsplit("/", 1)[-1] for entry in found]

    def damage(self, sha256: str) -> None:
        self.client.put_object(Bucket=self.bucket, Key=f"{sha256[:2]}/{sha256}", Body=b"other")


Case = LocalCase | S3Case


@pytest.fixture(params=["folder", "s3"])
def case(request: pytest.FixtureRequest, tmp_path: Path) -> Case:
    """An empty store of each kind."""
    if request.param == "folder":
        return LocalCase(tmp_path / "objects")
    name = "objects-" + hashlib.sha256(str(tmp_path).encode()).hexdigest()[:20]
    return S3Case(request.getfixturevalue("s3_address"), name)


async def _gathered(pieces: AsyncIterator[bytes]) -> bytes:
    return b"".join([piece async for piece in pieces])


class TestPut:
    async def test_names_the_object_by_its_content(self, case: Case) -> None:
        kept = await case.store.put(SCAN, "application/pdf")

        assert kept.sha256 == hashlib.sha256(SCAN).hexdigest()
        assert kept.size == len(SCAN)
        assert await case.store.get(kept.sha256) == SCAN

    async def test_keeps_the_same_content_once(self, case: Case) -> None:
        first = await case.store.put(SCAN, "application/pdf")
        second = await case.store.put(SCAN, "application/octet-stream")

        assert second == first
        assert case.files() == [first.sha256]

    async def test_keeps_the_same_content_once_when_many_write_at_once(self, case: Case) -> None:
        async with anyio.create_task_group() as writers:
            for _ in range(10):
                writers.start_soon(case.store.put, SCAN, "application/pdf")

        assert case.files() == [hashlib.sha256(SCAN).hexdigest()]

    async def test_replaces_a_damaged_copy(self, case: Case) -> None:
        kept = await case.store.put(SCAN, "application/pdf")
        case.damage(kept.sha256)

        await case.store.put(SCAN, "application/pdf")

        assert await case.store.get(kept.sha256) == SCAN

    async def test_keeps_an_empty_object(self, case: Case) -> None:
        kept = await case.store.put(b"", "text/plain")

        assert await case.store.get(kept.sha256) == b""
        assert await _gathered(await case.store.stream(kept.sha256)) == b""

    async def test_refuses_an_object_one_byte_too_large(self, case: Case) -> None:
        with pytest.raises(ObjectTooLarge):
            await case.store.put(bytes(OBJECT_BYTES_MAX + 1), "application/octet-stream")

        assert case.files() == []


class TestGet:
    async def test_streams_the_content_in_pieces(self, case: Case) -> None:
        kept = await case.store.put(SCAN, "application/pdf")

        pieces = [piece async for piece in await case.store.stream(kept.sha256)]

        assert b"".join(pieces) == SCAN
        assert len(pieces) > 1

    @pytest.mark.parametrize("name", [UNKNOWN_HASH, "", "../" * 8 + "etc/passwd", "A" * 64, "0" * 64 + "\n"])
    async def test_says_that_nothing_has_this_name(self, case: Case, name: str) -> None:
        with pytest.raises(ObjectMissing):
            await case.store.get(name)
        with pytest.raises(ObjectMissing):
            await case.store.stream(name)

    async def test_refuses_a_damaged_object(self, case: Case) -> None:
        kept = await case.store.put(SCAN, "application/pdf")
        case.damage(kept.sha256)

        with pytest.raises(ObjectDamaged):
            await case.store.get(kept.sha256)
        with pytest.raises(ObjectDamaged):
            await _gathered(await case.store.stream(kept.sha256))


class TestLink:
    async def test_is_none_for_a_folder(self, tmp_path: Path) -> None:
        store: Store = LocalStore(tmp_path)

        assert await store.link(UNKNOWN_HASH, "scan.pdf", "application/pdf", A_MINUTE) is None

    async def test_opens_the_object_at_the_s3_server_under_its_file_name(
        self, s3_address: str, tmp_path: Path
    ) -> None:
        case = S3Case(s3_address, f"links-{tmp_path.name[-1]}")
        kept = await case.store.put(SCAN, "application/octet-stream")

        address = await case.store.link(kept.sha256, "Factura nº 7.pdf", "application/pdf", A_MINUTE)
        assert address is not None
        content, headers = await to_thread.run_sync(_fetched, address)

        assert content == SCAN
        assert headers["Content-Type"] == "application/pdf"
        assert headers["Content-Disposition"] == content_disposition("Factura nº 7.pdf", "application/pdf")

    async def test_carries_its_end(self, s3_address: str) -> None:
        store = S3Store(_s3_place(s3_address, "any"))

        address = await store.link(UNKNOWN_HASH, "scan.pdf", "application/pdf", timedelta(seconds=90))

        assert "X-Amz-Expires=90" in address

    @pytest.mark.parametrize("lifetime", [timedelta(), timedelta(seconds=-1), timedelta(days=7, seconds=1)])
    async def test_refuses_a_lifetime_of_nothing_or_over_seven_days(
        self, case: Case, lifetime: timedelta
    ) -> None:
        with pytest.raises(ValueError, match="link"):
            await case.store.link(UNKNOWN_HASH, "scan.pdf", "application/pdf", lifetime)


def _fetched(address: str) -> tuple[bytes, Message]:
    with urllib.request.urlopen(address) as answer:  # noqa: S310  the address of the test's own server
        return answer.read(), answer.headers


class TestStoreUnavailable:
    """What is said when the store cannot be reached or written."""

    async def test_is_raised_when_the_bucket_does_not_exist(self, s3_address: str) -> None:
        store = S3Store(_s3_place(s3_address, "no-such-bucket"))

        with pytest.raises(StoreUnavailable):
            await store.put(SCAN, "application/pdf")

    async def test_is_raised_when_the_folder_is_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "objects").write_text("in the way")

        with pytest.raises(StoreUnavailable):
            await LocalStore(tmp_path / "objects").put(SCAN, "application/pdf")


class TestOpenStore:
    def test_opens_the_bucket_only_when_one_is_named(self, tmp_path: Path) -> None:
        place = _s3_place("http://127.0.0.1:1", "objects")

        assert isinstance(open_store(tmp_path), LocalStore)
        assert isinstance(open_store(tmp_path, place), S3Store)
        assert "secret" not in repr(place).replace("secret_key", "")


class TestMediaTypeOf:
    @pytest.mark.parametrize(
        ("content", "media_type"),
        [
            (b"%PDF-1.4\n", "application/pdf"),
            (b"\0" * 1024 + b"%PDF-1.4\n", "application/pdf"),
            (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg"),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "image/png"),
            (b"\0\0\0\x18ftypheic\0\0\0\0", "image/heic"),
            (b"\0\0\0\x18ftypmif1\0\0\0\0", "image/heif"),
            (b"\0\0\0\x18ftypisom\0\0\0\0", None),
            (b"RIFF\x24\0\0\0WEBPVP8 ", "image/webp"),
            (b"II*\0\x08\0\0\0", "image/tiff"),
            (
                b"PK\x03\x04" + b"\0" * 40 + b"xl/workbook.xml",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ),
            (b"PK\x03\x04" + b"\0" * 40 + b"notes.txt", "application/zip"),
            (b"11" + "0049 1500 EMPRESA PEÑA SL".encode("latin-1") + b"\r\n", "text/plain"),
            ("fecha;importe\n02/03/2026;-97,20 €\n".encode(), "text/plain"),
            ("\ufefffecha".encode("utf-16"), "text/plain"),
            (b"<?xml version='1.0'?><Document/>", "application/xml"),
            (b"\xef\xbb\xbf<Invoice xmlns='urn:x'/>", "application/xml"),
            (b" <!DOCTYPE html><p>", "text/html"),
            (b"<?xml version='1.0'?><svg onload='x()'/>", "image/svg+xml"),
            (b"MZ\x90\0\x03\0\0\0", None),
            (b"\x80\x81\x82\x83", None),
            (b"", None),
        ],
    )
    def test_reads_the_type_from_the_bytes(self, content: bytes, media_type: str | None) -> None:
        assert media_type_of(content) == media_type

    def test_is_not_confused_by_a_character_cut_at_the_end_of_the_sample(self) -> None:
        assert media_type_of(b"a" + "ñ".encode() * 40_000) == "text/plain"


class TestContentDisposition:
    def test_shows_a_pdf_and_downloads_html(self) -> None:
        assert content_disposition("a.pdf", "application/pdf").startswith("inline;")
        assert content_disposition("a.html", "text/html").startswith("attachment;")

    def test_keeps_the_name_in_utf_8_and_in_ascii(self) -> None:
        assert content_disposition("Peña.pdf", "application/pdf") == (
            "inline; filename=\"Pe_a.pdf\"; filename*=UTF-8''Pe%C3%B1a.pdf"
        )

    @pytest.mark.parametrize("name", ['a"; evil="1', "a\r\nSet-Cookie: b", "../../a", "..\\a", ""])
    def test_lets_no_name_leave_its_place(self, name: str) -> None:
        header = content_disposition(name, "application/pdf")

        assert "\r" not in header
        assert "\n" not in header
        assert header.count('"') == 2
        assert "/" not in header
        assert "\\" not in header


class TestFile:
    async def test_is_kept_like_the_same_content(self, case: Case, tmp_path: Path) -> None:
        path = tmp_path / "archive"
        path.write_bytes(SCAN)

        kept = await case.store.put_file(path, "application/zip")

        assert kept == await case.store.put(SCAN, "application/zip")
        assert await case.store.get(kept.sha256) == SCAN
        assert case.files() == [kept.sha256]
        assert path.exists()

    async def test_replaces_a_damaged_copy(self, case: Case, tmp_path: Path) -> None:
        path = tmp_path / "archive"
        path.write_bytes(SCAN)
        case.damage((await case.store.put_file(path, "application/zip")).sha256)

        kept = await case.store.put_file(path, "application/zip")

        assert await case.store.get(kept.sha256) == SCAN

    async def test_that_is_too_large_is_refused_before_it_is_read(self, case: Case, tmp_path: Path) -> None:
        path = tmp_path / "archive"
        with path.open("wb") as file:
            file.truncate(FILE_BYTES_MAX + 1)

        with pytest.raises(ObjectTooLarge):
            await case.store.put_file(path, "application/zip")


class TestRemoved:
    async def test_object_is_gone_and_may_be_removed_again(self, case: Case) -> None:
        kept = await case.store.put(SCAN, "application/pdf")

        await case.store.remove(kept.sha256)
        await case.store.remove(kept.sha256)

        assert case.files() == []
        with pytest.raises(ObjectMissing):
            await case.store.get(kept.sha256)

    async def test_is_nothing_that_has_no_hash(self, case: Case) -> None:
        with pytest.raises(ObjectMissing):
            await case.store.remove("../secret")
