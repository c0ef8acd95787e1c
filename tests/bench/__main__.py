"""Builds the world, starts both servers, checks that they answer alike, measures, prints the ratios."""

import argparse
import asyncio
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import orjson

from gateway.operations import MANIFEST_FORMAT, operation_hash
from services.access.interface import active_viewer
from services.access.sign_in import open_session
from services.kit import clock
from services.kit.db import Addresses, Database
from services.kit.embedded import SUPERUSER
from tests.bench.books import build_books
from tests.bench.data import BenchWorld, build
from tests.bench.load import Measured, once, run
from tests.bench.operations import ALL
from tests.bench.reports import documents, measure, tell
from tests.bench.searches import search
from tests.support.database import TestServerOwner

ROUNDS = 3
SECONDS = 4.0
GOAL, AIM = 0.6, 0.8


@dataclass(frozen=True, slots=True)
class Served:
    """A server under measure: its port and its requests per operation."""

    port: int
    requests: dict[str, list[bytes]]


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


@contextmanager
def _uvicorn(factory: str, environment: dict[str, str]) -> Iterator[int]:
    port = _free_port()
    command = [
        sys.executable,
        "-m",
        "uvicorn",
        "--factory",
        factory,
        "--port",
        str(port),
        "--log-level",
        "error",
    ]
    process = subprocess.Popen([*command, "--no-access-log"], env={**os.environ, **environment})
    try:
        for _ in range(600):
            with socket.socket() as trying:
                if trying.connect_ex(("127.0.0.1", port)) == 0:
                    break
            if process.poll() is not None:
                raise RuntimeError(f"{factory} did not start")
            time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _post(path: str, headers: dict[str, str], body: Any) -> bytes:
    content = orjson.dumps(body)
    lines = [f"POST {path} HTTP/1.1", "host: 127.0.0.1", "content-type: application/json"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, f"content-length: {len(content)}", "", ""]).encode() + content


def _variables(world: BenchWorld) -> dict[str, list[dict[str, Any]]]:
    return {
        "dashboard": [{}],
        "documents": [{"company": str(world.company)}],
        "document": [{"id": str(document)} for document in world.documents],
        "portal": [{"year": 2026}],
        "journal": [{"company": str(world.company)}],
    }


def _manifest(folder: Path) -> None:
    listed = [
        {"id": operation_hash(body), "name": name, "type": "query", "body": body}
        for name, body in ALL.items()
    ]
    (folder / "operations").mkdir(parents=True, exist_ok=True)
    manifest = {"format": MANIFEST_FORMAT, "version": 1, "operations": listed}
    (folder / "operations" / "bench.json").write_bytes(orjson.dumps(manifest))


async def _sessions(addresses: Addresses, world: BenchWorld) -> dict[str, str]:
    database = Database(addresses)
    await database.open()
    secrets = {}
    for surface, membership in (("firm", world.manager), ("portal", world.contact)):
        viewer = await active_viewer(database, membership)
        assert viewer is not None
        async with database.write(person_id=viewer.person_id) as session:
            opened = await open_session(session, viewer.person_id, membership, surface, clock.now())
        secrets[surface] = opened.secret
    await database.close()
    return secrets


def _ours(world: BenchWorld, secrets: dict[str, str]) -> dict[str, list[bytes]]:
    made = {}
    for name, variables in _variables(world).items():
        surface = "portal" if name == "portal" else "firm"
        headers = {
            "x-atrio-surface": surface,
            "sec-fetch-site": "same-origin",
            "cookie": f"__Host-atrio_{surface}={secrets[surface]}",
        }
        hashed = operation_hash(ALL[name])
        made[name] = [
            _post("/graphql", headers, {"documentId": f"sha256:{hashed}", "variables": given})
            for given in variables
        ]
    return made


def _limit(world: BenchWorld) -> dict[str, list[bytes]]:
    return {
        name: [
            _post(
                f"/{name}",
                {"x-viewer": str(world.contact if name == "portal" else world.manager)},
                {"variables": given},
            )
            for given in variables
        ]
        for name, variables in _variables(world).items()
    }


def _same(ours: bytes, limit: bytes) -> bool:
    mine, theirs = orjson.loads(ours), orjson.loads(limit)
    mine.pop("errors", None)
    return bool(mine == theirs)


async def _measure(ours: Served, limit: Served, seconds: float) -> bool:
    reached = True
    print(
        f"{'operation':12} {'ours/s':>9} {'limit/s':>9} {'ratio':>6} {'p50 ms':>8} {'limit':>8} {'p99 ms':>8} {'limit':>8} {'bytes':>8}"
    )
    for name in ALL:
        for served in (ours, limit):
            await run(served.port, served.requests[name], 1.0)
        for request, other in zip(ours.requests[name][:5], limit.requests[name][:5], strict=True):
            mine, theirs = await once(ours.port, request), await once(limit.port, other)
            if not _same(mine, theirs):
                print(f"{name}: the two servers answer differently:\n{mine[:600]!r}\n{theirs[:600]!r}")
                return False
        pairs: list[tuple[Measured, Measured]] = []
        for _ in range(ROUNDS):
            mine_run = await run(ours.port, ours.requests[name], seconds)
            pairs.append((mine_run, await run(limit.port, limit.requests[name], seconds)))
        ratio = median(a.per_second / b.per_second for a, b in pairs)
        reached = reached and ratio >= GOAL
        middle = sorted(pairs, key=lambda pair: pair[0].per_second)[len(pairs) // 2]
        print(
            f"{name:12} {middle[0].per_second:9.0f} {middle[1].per_second:9.0f} {ratio:6.2f}"
            f" {middle[0].median_ms:8.2f} {middle[1].median_ms:8.2f} {middle[0].p99_ms:8.2f} {middle[1].p99_ms:8.2f}"
            f" {middle[0].bytes_each:8}",
            flush=True,
        )
    print(
        f"goal {GOAL} of the limit's requests a second, aim {AIM}: {'reached' if reached else 'NOT reached'}"
    )
    return reached


def _reports() -> int:
    """Builds the books of one client and times its reports; 0 if all stay under the limit."""
    with TestServerOwner() as owner:
        addresses = asyncio.run(owner.server.create_database("bench"))
        superuser = owner.server.urls[SUPERUSER].replace("DATABASE_NAME", "bench")
        books = asyncio.run(build_books(addresses, superuser))
        return 0 if tell(asyncio.run(measure(addresses, books, documents()))) else 1


def _searches() -> int:
    """Builds a book of 100,000 contacts and times the search in it; 0 if all stay under the limit."""
    with TestServerOwner() as owner:
        addresses = asyncio.run(owner.server.create_database("bench"))
        superuser = owner.server.urls[SUPERUSER].replace("DATABASE_NAME", "bench")
        return 0 if asyncio.run(search(addresses, superuser)) else 1


def main() -> int:
    """This will measure and give 0 if every operation reached the goal."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument(
        "--scale", type=float, default=1.0, help="how many documents, lines and entries per client"
    )
    parser.add_argument("--seconds", type=float, default=SECONDS, help="length of one run")
    parser.add_argument(
        "--reports", action="store_true", help="instead: reports over 100,000 entries, timed in the database"
    )
    parser.add_argument(
        "--searches",
        action="store_true",
        help="instead: the search of 100,000 contacts, timed in the database",
    )
    chosen = parser.parse_args()
    if chosen.reports:
        return _reports()
    if chosen.searches:
        return _searches()
    with TestServerOwner() as owner, tempfile.TemporaryDirectory() as folder:
        server = owner.server
        addresses = asyncio.run(server.create_database("bench"))
        started = time.monotonic()
        world = asyncio.run(
            build(addresses, server.urls[SUPERUSER].replace("DATABASE_NAME", "bench"), chosen.scale)
        )
        print(f"world built in {time.monotonic() - started:.0f} s", flush=True)
        secrets = asyncio.run(_sessions(addresses, world))
        _manifest(Path(folder))
        environment = {
            "ATRIO_DATA_DIR": folder,
            "ATRIO_WORKER_IN_PROCESS": "false",
            "BENCH_DATABASE_URL": addresses.app_url,
            "BENCH_OWNER_URL": addresses.owner_url,
            "BENCH_SUPERUSER_URL": server.urls[SUPERUSER].replace("DATABASE_NAME", "bench"),
        }
        limit_environment = environment | {"BENCH_DATABASE_URL": environment["BENCH_SUPERUSER_URL"]}
        with (
            _uvicorn("tests.bench.served:app", environment) as our_port,
            _uvicorn("tests.bench.limit:app", limit_environment) as limit_port,
        ):
            ours = Served(our_port, _ours(world, secrets))
            limit = Served(limit_port, _limit(world))
            return 0 if asyncio.run(_measure(ours, limit, chosen.seconds)) else 1


if __name__ == "__main__":
    sys.exit(main())
