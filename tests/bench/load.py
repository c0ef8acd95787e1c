"""A load generator of one process: keep-alive connections that send one prepared request after the other."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

CONNECTIONS = 8


@dataclass(frozen=True, slots=True)
class Measured:
    """What a run gave: requests a second and the median and 99th percentile of their milliseconds."""

    per_second: float
    median_ms: float
    p99_ms: float
    bytes_each: int


async def _answer(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    status = head.split(b" ", 2)[1]
    if status not in (b"200", b"294"):
        raise RuntimeError(head.decode()[:300])
    lower = head.lower()
    length = int(lower.split(b"content-length:")[1].split(b"\r\n")[0])
    return await reader.readexactly(length)


async def once(port: int, request: bytes) -> bytes:
    """One request on a connection of its own; gives the body."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 22)
    writer.write(request)
    try:
        return await _answer(reader)
    finally:
        writer.close()


async def run(port: int, requests: Sequence[bytes], seconds: float) -> Measured:
    """This will send the requests in turn over eight connections for some seconds."""
    times: list[float] = []
    size = 0
    ends_at = time.perf_counter() + seconds

    async def one(offset: int) -> None:
        nonlocal size
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 22)
        number = offset
        while time.perf_counter() < ends_at:
            started = time.perf_counter()
            writer.write(requests[number % len(requests)])
            size = len(await _answer(reader))
            times.append(time.perf_counter() - started)
            number += 1
        writer.close()

    started = time.perf_counter()
    await asyncio.gather(*(one(number) for number in range(CONNECTIONS)))
    lasted = time.perf_counter() - started
    ordered = sorted(times)
    return Measured(
        len(times) / lasted, median(ordered) * 1000, ordered[int(len(ordered) * 0.99)] * 1000, size
    )
