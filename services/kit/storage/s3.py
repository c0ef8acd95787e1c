"""Objects in a bucket of S3 or of anything that speaks its protocol (MinIO, Ceph, Garage)."""

import base64
import hashlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, Protocol, TypeVar

import anyio
import boto3.session
from anyio import to_thread
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from services.kit.storage.media_types import content_disposition
from services.kit.storage.store import (
    CHUNK_BYTES,
    FILE_BYTES_MAX,
    OBJECT_BYTES_MAX,
    THREADS_MAX,
    ObjectDamaged,
    ObjectMissing,
    ObjectTooLarge,
    StoredObject,
    StoreUnavailable,
    checked_hash,
    checked_lifetime,
)

CONNECT_SECONDS_MAX = 5
READ_SECONDS_MAX = 30
ATTEMPTS_MAX = 3
"""The first call and two more, with the growing pauses of botocore's "standard" mode."""

_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class S3Place:
    """Which bucket, and with whose keys.

    Without keys boto3's own chain is asked (environment, instance role). `endpoint_url` is empty for Amazon;
    a named one is addressed by path, because other servers seldom have a host name per bucket. `prefix` lets
    several installations share a bucket; it ends in "/" or is empty.
    """

    bucket: str
    endpoint_url: str | None = None
    region: str = "eu-south-2"
    access_key: str | None = None
    secret_key: str | None = field(default=None, repr=False)
    prefix: str = ""


class _Body(Protocol):
    def read(self, size: int | None = None) -> bytes: ...
    def close(self) -> None: ...


class _Client(Protocol):
    """The part of boto3's client in use; boto3 itself carries no types."""

    def head_object(self, **parameters: str) -> dict[str, Any]: ...
    def put_object(self, **parameters: str | bytes | BinaryIO) -> dict[str, Any]: ...
    def delete_object(self, **parameters: str) -> dict[str, Any]: ...
    def get_object(self, **parameters: str) -> dict[str, Any]: ...
    # boto3 fixes the capitals of these names.
    def generate_presigned_url(self, ClientMethod: str, Params: dict[str, str], ExpiresIn: int) -> str: ...  # noqa: N803


class S3Store:
    """One client for the whole process; its calls block, so they run in a bounded number of threads."""

    def __init__(self, place: S3Place) -> None:
        self._place = place
        self._threads = anyio.CapacityLimiter(THREADS_MAX)
        # A session of its own: boto3's default session is global and not safe between threads.
        self._client: _Client = boto3.session.Session().client(
            "s3",
            endpoint_url=place.endpoint_url,
            region_name=place.region,
            aws_access_key_id=place.access_key,
            aws_secret_access_key=place.secret_key,
            config=Config(
                signature_version="s3v4",
                connect_timeout=CONNECT_SECONDS_MAX,
                read_timeout=READ_SECONDS_MAX,
                retries={"mode": "standard", "total_max_attempts": ATTEMPTS_MAX},
                max_pool_connections=THREADS_MAX,
                # Newer SDKs add checksum headers that several S3-compatible servers refuse.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
                s3={"addressing_style": "path" if place.endpoint_url else "auto"},
            ),
        )

    async def put(self, content: bytes, media_type: str) -> StoredObject:
        """This will keep `content`, see `Store.put`. The server checks what arrives against its MD5."""
        if len(content) > OBJECT_BYTES_MAX:
            raise ObjectTooLarge(len(content))
        return await to_thread.run_sync(self._write, content, media_type, limiter=self._threads)

    async def put_file(self, path: Path, media_type: str) -> StoredObject:
        """This will keep a file, see `Store.put_file`. One call to the server, which takes five gigabytes in one."""
        size = (await to_thread.run_sync(path.stat, limiter=self._threads)).st_size
        if size > FILE_BYTES_MAX:
            raise ObjectTooLarge(size)
        return await to_thread.run_sync(self._send, path, size, media_type, limiter=self._threads)

    async def remove(self, sha256: str) -> None:
        """This will forget an object, see `Store.remove`."""
        call = partial(self._client.delete_object, **self._named(checked_hash(sha256)))
        await to_thread.run_sync(_answered, sha256, call, limiter=self._threads)

    async def get(self, sha256: str) -> bytes:
        """This will give the whole object, see `Store.get`."""
        return await to_thread.run_sync(self._read, checked_hash(sha256), limiter=self._threads)

    async def stream(self, sha256: str) -> AsyncIterator[bytes]:
        """This will give the object in pieces, see `Store.stream`."""
        body = await to_thread.run_sync(self._open, checked_hash(sha256), limiter=self._threads)
        return self._pieces(body, sha256)

    async def link(self, sha256: str, filename: str, media_type: str, expires_in: timedelta) -> str:
        """This will sign an address at the bucket, see `Store.link`. Costs no call to the server."""
        parameters = {
            **self._named(checked_hash(sha256)),
            "ResponseContentDisposition": content_disposition(filename, media_type),
            "ResponseContentType": media_type,
        }
        return self._client.generate_presigned_url(
            "get_object", Params=parameters, ExpiresIn=checked_lifetime(expires_in)
        )

    def _named(self, sha256: str) -> dict[str, str]:
        return {"Bucket": self._place.bucket, "Key": f"{self._place.prefix}{sha256[:2]}/{sha256}"}

    def _write(self, content: bytes, media_type: str) -> StoredObject:
        sha256 = hashlib.sha256(content).hexdigest()
        if self._size_kept(sha256) != len(content):
            md5 = base64.b64encode(_md5(content).digest()).decode()
            put = partial(self._client.put_object, Body=content, ContentType=media_type, ContentMD5=md5)
            _answered(sha256, partial(put, **self._named(sha256)))
        return StoredObject(sha256, len(content))

    def _send(self, path: Path, size: int, media_type: str) -> StoredObject:
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            if self._size_kept(sha256) != size:
                file.seek(0)
                md5 = base64.b64encode(hashlib.file_digest(file, _md5).digest()).decode()
                file.seek(0)
                put = partial(self._client.put_object, Body=file, ContentType=media_type, ContentMD5=md5)
                _answered(sha256, partial(put, **self._named(sha256)))
        return StoredObject(sha256, size)

    def _size_kept(self, sha256: str) -> int | None:
        try:
            found = _answered(sha256, partial(self._client.head_object, **self._named(sha256)))
        except ObjectMissing:
            return None
        size: int = found["ContentLength"]
        return size

    def _open(self, sha256: str) -> _Body:
        body: _Body = _answered(sha256, partial(self._client.get_object, **self._named(sha256)))["Body"]
        return body

    def _read(self, sha256: str) -> bytes:
        body = self._open(sha256)
        try:
            content = _answered(sha256, body.read)
        finally:
            body.close()
        if hashlib.sha256(content).hexdigest() != sha256:
            raise ObjectDamaged(sha256)
        return content

    async def _pieces(self, body: _Body, sha256: str) -> AsyncIterator[bytes]:
        digest = hashlib.sha256()
        read = partial(_answered, sha256, partial(body.read, CHUNK_BYTES))
        try:
            piece = await to_thread.run_sync(read, limiter=self._threads)
            while piece:
                digest.update(piece)
                following = await to_thread.run_sync(read, limiter=self._threads)
                if not following and digest.hexdigest() != sha256:
                    raise ObjectDamaged(sha256)
                yield piece
                piece = following
        finally:
            body.close()


_md5 = partial(hashlib.md5, usedforsecurity=False)
"""S3 asks for MD5 (RFC 1864): it guards the transfer, the name guards the content."""


def _answered(sha256: str, call: Callable[[], _Result]) -> _Result:
    """This will make one blocking call and turn boto3's errors into the store's own."""
    try:
        return call()
    except ClientError as error:
        # HEAD has no body, so its error carries the bare status 404 instead of a code.
        if error.response["Error"]["Code"] in {"NoSuchKey", "404"}:
            raise ObjectMissing(sha256) from error
        raise StoreUnavailable(str(error)) from error
    except (BotoCoreError, OSError) as error:
        raise StoreUnavailable(str(error)) from error
