"""Identifiers. Every row is named before it is inserted, so retries and references need no round trip."""

import os
import time
from dataclasses import dataclass
from uuid import UUID

SEQUENCE_MAX = 0xFFF
"""The counter of a UUIDv7 has twelve bits."""


@dataclass(slots=True)
class _Last:
    """The latest id of this process: its millisecond and its number within it."""

    ms: int = 0
    sequence: int = 0


_last = _Last()


def new_id() -> UUID:
    """This will make a UUIDv7 (RFC 9562 section 5.7): 48 bits of Unix milliseconds, then a counter, then chance.

    Ids made by one process rise strictly (up to 4,096 a millisecond, then time is borrowed from the next),
    so an index on them appends and ties sort as made.
    """
    now_ms = time.time_ns() // 1_000_000
    if now_ms > _last.ms:
        _last.ms, _last.sequence = now_ms, 0
    elif _last.sequence < SEQUENCE_MAX:
        _last.sequence += 1
    else:
        _last.ms, _last.sequence = _last.ms + 1, 0
    tail = int.from_bytes(os.urandom(8), "big") & ((1 << 62) - 1)
    return UUID(int=(_last.ms << 80) | (0x7 << 76) | (_last.sequence << 64) | (0b10 << 62) | tail)
