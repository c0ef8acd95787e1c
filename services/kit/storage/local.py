"""Objects in a folder of this machine: the default, and enough for one office."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import AsyncIterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import anyio
from anyio import to_thread

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


class LocalStore:
    """Files named by their hash, in 65,536 folders by its first four digits.

    A file appears under its name only when it is complete and on the disk, so a crash leaves at most a
    temporary file (`.new-*`), which nothing reads.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._threads = anyio.CapacityLimiter(THREADS_MAX)

    async def put(self, content: bytes, media_type: str) -> StoredObject:  # noqa: ARG002  a file has no place for it
        """This will keep `content`, see `Store.put`. A damaged copy under the same hash is replaced."""
        if len(content) > OBJECT_BYTES_MAX:
            raise ObjectTooLarge(len(content))
        sha256 = await to_thread.run_sync(self._write, content, limiter=self._threads)
        return StoredObject(sha256, len(content))

    async def put_file(self, path: Path, media_type: str) -> StoredObject:  # noqa: ARG002  as above
        """This will keep a file, see `Store.put_file`."""
        size = (await to_thread.run_sync(path.stat, limiter=self._threads)).st_size
        if size > FILE_BYTES_MAX:
            raise ObjectTooLarge(size)
        return StoredObject(await to_thread.run_sync(self._copy, path, limiter=self._threads), size)

    async def remove(self, sha256: str) -> None:
        """This will forget an object, see `Store.remove`."""
        path = self._path(checked_hash(sha256))
        try:
            await to_thread.run_sync(lambda: path.unlink(missing_ok=True), limiter=self._threads)
        except OSError as error:
            raise StoreUnavailable(str(error)) from error

    async def get(self, sha256: str) -> bytes:
        """This will give the whole object, see `Store.get`."""
        content = await to_thread.run_sync(self._read, checked_hash(sha256), limiter=self._threads)
        if hashlib.sha256(content).hexdigest() != sha256:
            raise ObjectDamaged(sha256)
        return content

    async def stream(self, sha256: str) -> AsyncIterator[bytes]:
        """This will give the object in pieces, see `Store.stream`."""
        path = self._path(checked_hash(sha256))
        if not await to_thread.run_sync(path.is_file, limiter=self._threads):
            raise ObjectMissing(sha256)
        return self._pieces(path, sha256)

    async def link(self, sha256: str, filename: str, media_type: str, expires_in: timedelta) -> None:  # noqa: ARG002
        """This will give None: a folder has no address, the gateway signs its own link."""
        checked_hash(sha256)
        checked_lifetime(expires_in)

    async def _pieces(self, path: Path, sha256: str) -> AsyncIterator[bytes]:
        digest = hashlib.sha256()
        with await to_thread.run_sync(path.open, "rb", limiter=self._threads) as file:
            piece = await to_thread.run_sync(file.read, CHUNK_BYTES, limiter=self._threads)
            while piece:
                digest.update(piece)
                following = await to_thread.run_sync(file.read, CHUNK_BYTES, limiter=self._threads)
                if not following and digest.hexdigest() != sha256:
                    raise ObjectDamaged(sha256)
                yield piece
                piece = following

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256[2:4] / sha256

    def _read(self, sha256: str) -> bytes:
        try:
            return self._path(sha256).read_bytes()
        except FileNotFoundError as error:
            raise ObjectMissing(sha256) from error
        except OSError as error:
            raise StoreUnavailable(str(error)) from error

    def _copy(self, source: Path) -> str:
        try:
            with source.open("rb") as file:
                sha256 = hashlib.file_digest(file, "sha256").hexdigest()
                path = self._path(sha256)
                if not _holds(path, sha256):
                    path.parent.mkdir(parents=True, exist_ok=True)
                    file.seek(0)
                    _write_whole(path, file)
        except OSError as error:
            raise StoreUnavailable(str(error)) from error
        return sha256

    def _write(self, content: bytes) -> str:
        sha256 = hashlib.sha256(content).hexdigest()
        path = self._path(sha256)
        try:
            if not _holds(path, sha256):
                path.parent.mkdir(parents=True, exist_ok=True)
                _write_whole(path, BytesIO(content))
        except OSError as error:
            raise StoreUnavailable(str(error)) from error
        return sha256


def _holds(path: Path, sha256: str) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == sha256


def _write_whole(path: Path, content: BinaryIO) -> None:
    """Temporary file, flush to disk, rename, flush of the folder: a crash leaves the old state or the new."""
    handle, temporary = tempfile.mkstemp(prefix=".new-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            shutil.copyfileobj(content, file, CHUNK_BYTES)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
