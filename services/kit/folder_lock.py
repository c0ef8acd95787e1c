"""A folder that one process owns: a lock file held with flock, whose text says who the owner is."""

import fcntl
import json
import os
from pathlib import Path
from typing import Any

NOTE_BYTES_MAX = 4096

_open_descriptors: set[int] = set()
"""What a forked child drops at once, or it would keep the folder locked after its parent's death."""


class FolderLocked(RuntimeError):
    """Another holder has the lock; `note` is what it wrote, empty while it is writing."""

    def __init__(self, note: dict[str, Any]) -> None:
        """This will keep the note for whoever explains the refusal."""
        super().__init__("the folder is locked")
        self.note = note


class FolderLock:
    """Held from `take` to `release` or to the death of the process, whichever comes first."""

    def __init__(self, path: Path) -> None:
        """This will only remember the lock file's path."""
        self._path = path
        self._descriptor: int | None = None

    def take(self) -> None:
        """This will lock or refuse at once. Raises FolderLocked, also for a second lock within one process."""
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            note = _read(descriptor)
            os.close(descriptor)
            raise FolderLocked(note) from None
        self._descriptor = descriptor
        drop_in_forked_children(descriptor)

    def write(self, note: dict[str, Any]) -> None:
        """This will leave a note for those who find the folder locked. The lock must be held."""
        assert self._descriptor is not None
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, json.dumps(note).encode(), 0)

    def release(self) -> None:
        """This will empty the note and unlock; nothing happens when the lock is not held."""
        if self._descriptor is not None:
            os.ftruncate(self._descriptor, 0)
            close(self._descriptor)
            self._descriptor = None


def drop_in_forked_children(descriptor: int) -> None:
    """This will keep a descriptor to this process: a child made by fork without exec closes it."""
    _open_descriptors.add(descriptor)


def close(descriptor: int) -> None:
    """This will close a descriptor named to `drop_in_forked_children`."""
    _open_descriptors.discard(descriptor)
    os.close(descriptor)


def _read(descriptor: int) -> dict[str, Any]:
    try:
        note: dict[str, Any] = json.loads(os.pread(descriptor, NOTE_BYTES_MAX, 0))
    except ValueError:
        return {}
    return note


def _drop_all() -> None:
    for descriptor in _open_descriptors:
        os.close(descriptor)
    _open_descriptors.clear()


os.register_at_fork(after_in_child=_drop_all)
