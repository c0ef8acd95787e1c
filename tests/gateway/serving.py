"""The real thing for a test: the application behind uvicorn on a free port of its own, in a thread or a process."""

import hashlib
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvicorn
from pydantic import SecretStr
from starlette.applications import Starlette

from gateway.requests import SURFACE_HEADER, cookie_name
from services.kit.settings import Settings

PATIENCE_SECONDS = 60
SECRET = "a secret of the tests that is long enough"
MODERN = "application/graphql-response+json"

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Served:
    """A running server: where it answers, with which settings, and what is registered there by name."""

    port: int
    settings: Settings
    hashes: Mapping[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def files(self) -> Path:
        """The folder of its objects, so that a test's office writes where the server reads."""
        return self.settings.data_dir / "files"

    def connect(self) -> socket.socket:
        """A bare connection, for what no client library would send."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE_SECONDS)


class _Server(uvicorn.Server):
    """Tells when it answers."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.answers = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.answers.set()


@contextmanager
def serving(app: Starlette, settings: Settings, hashes: Mapping[str, str]) -> Iterator[Served]:
    """This will serve an application from a thread for the block."""
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(app, log_config=None, access_log=False, server_header=False)
    server = _Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        assert server.answers.wait(PATIENCE_SECONDS), "the server did not start"
        yield Served(listening.getsockname()[1], settings, hashes)
    finally:
        server.should_exit = True
        thread.join(PATIENCE_SECONDS)
        listening.close()


def settings_in(folder: Path, **values: Any) -> Settings:
    """Settings of a server of the tests; small limits, so that tests need not send 25 MB."""
    given: dict[str, Any] = {
        "data_dir": folder,
        "secret": SecretStr(SECRET),
        "worker_in_process": False,
        "body_bytes_max": 100_000,
        "upload_bytes_max": 2_000_000,
        "demo": True,
    }
    return Settings(**{**given, **values})


def write_manifest(path: Path, documents: Mapping[str, str]) -> dict[str, str]:
    """This will write a manifest as the web builds do and give the hash of each operation."""
    hashes = {name: hashlib.sha256(body.encode()).hexdigest() for name, body in documents.items()}
    operations = [
        {"id": hashes[name], "name": name, "type": "query", "body": body} for name, body in documents.items()
    ]
    manifest = {"format": "apollo-persisted-query-manifest", "version": 1, "operations": operations}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(manifest), encoding="utf-8")
    return hashes


def cookies(secret: str, surface: str = "firm", *, secure: bool = True) -> dict[str, str]:
    """The headers a browser sends from an app of ours: cookie, surface, where the request comes from."""
    return {
        "cookie": f"{cookie_name(surface, secure=secure)}={secret}",
        SURFACE_HEADER: surface,
        "sec-fetch-site": "same-origin",
    }


def bearer(token: str) -> dict[str, str]:
    """The header of a partner."""
    return {"authorization": f"Bearer {token}"}


class Process:
    """`run` as a process of its own, and everything it says."""

    def __init__(self, served: Served, environment: Mapping[str, str]) -> None:
        self.served = served
        self.said: list[str] = []
        self._answers = threading.Event()
        self.popen = subprocess.Popen(
            [sys.executable, "-m", "gateway.cli", "run"],
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.popen.stdout is not None
        for line in self.popen.stdout:
            self.said.append(line)
            if "Uvicorn running" in line:
                self._answers.set()
        self._answers.set()  # It has ended and will say no more.

    def wait_until_ready(self) -> None:
        """This will return when the server serves, and fail at once if it has ended."""
        assert self._answers.wait(PATIENCE_SECONDS), "".join(self.said)
        assert any("Uvicorn running" in line for line in self.said), "".join(self.said)

    def stop(self) -> None:
        """This will end the process as its keeper would: what was asked is answered and logged before."""
        self.popen.terminate()
        self.popen.wait(PATIENCE_SECONDS)
        self._reader.join(PATIENCE_SECONDS)

    def kill(self) -> None:
        """This will end the process as a power cut would: it learns nothing of it. What it said stays readable."""
        self.popen.kill()
        self.popen.wait(PATIENCE_SECONDS)
        self._reader.join(PATIENCE_SECONDS)

    def logged(self) -> list[dict[str, Any]]:
        """The lines of its log, each an event with its values."""
        return [json.loads(line) for line in self.said if line.startswith("{")]


@contextmanager
def running(folder: Path, environment: Mapping[str, str] | None = None) -> Iterator[Process]:
    """This will start the program's own `run` on a data folder for the block and kill it at the end."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    values = {
        "ATRIO_DATA_DIR": str(folder),
        "ATRIO_PORT": str(port),
        "ATRIO_SECRET": SECRET,
        "ATRIO_COOKIES_SECURE": "false",
        "ATRIO_WORKER_IN_PROCESS": "false",
        "PYTHONUNBUFFERED": "1",
    }
    served = Served(port, settings_in(folder, cookies_secure=False, demo=False))
    process = Process(served, {**values, **(environment or {})})
    try:
        yield process
    finally:
        process.kill()
