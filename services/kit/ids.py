"""Identifiers. Every row is named before it is inserted, so retries and references need no round trip."""

import os
import time
from uuid import UUID

_last_ms = 0
_last_sequence = 0


def new_id() -> UUID:
    """This will make a UUIDv7 (RFC 9562 section 5.7): 48 bits of Unix milliseconds, then a counter, then chance.

    Ids made by one process rise strictly (up to 4,096 a millisecond, then time is borrowed from the next),
    so an index on them appends and ties sort as made.
    """
    global _last_ms, _last_sequence
    now_ms = time.time_ns() // 1_000_000
    if now_ms > _last_ms:
        _last_ms, _last_sequence = now_ms, 0
    else:
        _last_sequence += 1
        if _last_sequence > 0xFFF:
            _last_ms, _last_sequence = _last_ms + 1, 0
    tail = int.from_bytes(os.urandom(8), "big") & ((1 << 62) - 1)
    return UUID(int=(_last_ms << 80) | (0x7 << 76) | (_last_sequence << 64) | (0b10 << 62) | tail)
