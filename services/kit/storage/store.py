"""What a store offers, and its refusals."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import ClassVar, Protocol

OBJECT_BYTES_MAX = 64 * 1024 * 1024
"""Largest object, in bytes, held in memory while it is written. A scan of a hundred pages has some 30 MB."""

FILE_BYTES_MAX = 1024 * 1024 * 1024
"""Largest file, in bytes, that is kept from the disk piece by piece: an archive of many documents."""

CHUNK_BYTES = 256 * 1024
"""How much of an object is read at once while it is streamed."""

LINK_LIFETIME_MAX = timedelta(days=7)
"""The longest that S3 signs for (AWS Signature Version 4)."""

THREADS_MAX = 8
"""Calls into the file system or S3 that one store makes at the same time; more wait for their turn."""


class StoreError(Exception):
    """Something that a store could not do."""

    code: ClassVar[str]


class ObjectMissing(StoreError):
    """No object has this hash here, or the text is no SHA-256 at all."""

    code = "OBJECT_MISSING"

    def __init__(self, sha256: str) -> None:
        super().__init__(f"no object {sha256[:64]!r}")
        self.sha256 = sha256


class ObjectDamaged(StoreError):
    """What is kept under the hash no longer has that hash; a copy from the backup is needed."""

    code = "OBJECT_DAMAGED"

    def __init__(self, sha256: str) -> None:
        super().__init__(f"object {sha256} does not have its hash any more")
        self.sha256 = sha256


class ObjectTooLarge(StoreError):
    """The content has more than `OBJECT_BYTES_MAX` bytes, or the file more than `FILE_BYTES_MAX`."""

    code = "OBJECT_TOO_LARGE"

    def __init__(self, size: int) -> None:
        super().__init__(f"{size} bytes are too many for one object")
        self.size = size


class StoreUnavailable(StoreError):
    """The store did not answer or refused us; the same call may succeed later."""

    code = "STORE_UNAVAILABLE"


@dataclass(frozen=True, slots=True)
class StoredObject:
    """An object that is safely kept. `sha256` is 64 lower-case hex digits, `size` is in bytes."""

    sha256: str
    size: int


class Store(Protocol):
    """Where objects are. Nothing here decides who may see one: that is done before the store is asked."""

    async def put(self, content: bytes, media_type: str) -> StoredObject:
        """This will keep `content` and return after it is safe; the same content is kept once.

        `media_type` is a note for people who look into the store; take it from `media_type_of`, not from the
        sender. Raises ObjectTooLarge, StoreUnavailable.
        """
        ...

    async def put_file(self, path: Path, media_type: str) -> StoredObject:
        """This will keep a file of this machine without holding it in memory; otherwise like `put`.

        Up to `FILE_BYTES_MAX`. The file stays where it is. Raises ObjectTooLarge, StoreUnavailable.
        """
        ...

    async def get(self, sha256: str) -> bytes:
        """This will give the whole object, its hash checked.

        Raises ObjectMissing, ObjectDamaged, StoreUnavailable.
        """
        ...

    async def stream(self, sha256: str) -> AsyncIterator[bytes]:
        """This will open the object and give it in pieces of at most `CHUNK_BYTES`.

        Raises ObjectMissing and StoreUnavailable before the first piece, so an answer can still be refused.
        The hash is known only at the end: ObjectDamaged is raised instead of the last piece, so a damaged
        object never arrives complete.
        """
        ...

    async def link(self, sha256: str, filename: str, media_type: str, expires_in: timedelta) -> str | None:
        """This will make an address from which the bearer fetches the object directly until it expires.

        None means that this store serves nothing itself: the gateway signs its own link (`kit.links`) and
        streams. Whether the object exists is not looked up. Raises ObjectMissing for a malformed hash and
        ValueError for a lifetime of nothing or of more than seven days.
        """
        ...

    async def remove(self, sha256: str) -> None:
        """This will forget an object; one that is not there is gone already. Raises StoreUnavailable.

        Only for a store of passing things, whose caller knows every row that names a hash.
        """
        ...


def checked_hash(sha256: str) -> str:
    """This will give back a well-formed hash; it becomes part of a path, so nothing else may get through.

    Raises ObjectMissing for any other text: it is the name of no object.
    """
    if re.fullmatch(r"[0-9a-f]{64}", sha256) is None:
        raise ObjectMissing(sha256)
    return sha256


def checked_lifetime(expires_in: timedelta) -> int:
    """This will give a link's lifetime in seconds. Raises ValueError for nothing or more than seven days."""
    if not timedelta() < expires_in <= LINK_LIFETIME_MAX:
        message = f"a link lives at most {LINK_LIFETIME_MAX}, not {expires_in}"
        raise ValueError(message)
    return int(expires_in.total_seconds())
