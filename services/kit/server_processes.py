"""Processes of the embedded PostgreSQL: who may run them, which lost their owner, how they end."""

import os
import pwd
import shutil
import signal
import stat
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import structlog

SOCKET_FOLDER_PREFIX = "atrio-"
STOP_SECONDS_MAX = 20.0
POLL_SECONDS = 0.01

_ROUGHER_AND_ROUGHER = (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL)
"""Fast shutdown (clean), immediate shutdown (recovery at the next start), the end."""
_PID_FILE_LINES = 8
"""pid, data folder, start, port, socket folder, host, memory key, status: written from the top down."""
_SYSTEM_USERS = ("postgres", "pgserver", "nobody")
_log = structlog.get_logger(__name__)


class NoServerUser(RuntimeError):
    """We are root, PostgreSQL refuses to be, and the machine has no system user to run it."""

    def __init__(self) -> None:
        """This will say which users were looked for."""
        names = ", ".join(_SYSTEM_USERS)
        super().__init__(f"PostgreSQL cannot run as root and none of these users exists: {names}. Add one.")


@dataclass(frozen=True)
class Postmaster:
    """The server process as its own pid file describes it."""

    pid: int
    socket_folder: Path
    is_ready: bool


def read_postmaster(data: Path) -> Postmaster | None:
    """This will read postmaster.pid; nothing when there is none or it is still being written."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return None
    if len(lines) < _PID_FILE_LINES:
        return None
    return Postmaster(int(lines[0]), Path(lines[4]), is_ready=lines[7].strip() == "ready")


def server_user(data: Path) -> tuple[int, int] | None:
    """This will give the user and group the server must run as, None for our own.

    Only root changes: to whoever owns the data already, else to the first system user there is.
    Raises NoServerUser.
    """
    if os.geteuid() != 0:
        return None
    if data.exists():
        return data.stat().st_uid, data.stat().st_gid
    for name in _SYSTEM_USERS:
        with suppress(KeyError):
            user = pwd.getpwnam(name)
            return user.pw_uid, user.pw_gid
    raise NoServerUser


def open_for_search(path: Path) -> None:
    """This will let another user walk to `path`: folders on the way get the search bit, and still list nothing."""
    for parent in path.parents:
        mode = stat.S_IMODE(parent.stat().st_mode)
        if not mode & stat.S_IXOTH:
            parent.chmod(mode | stat.S_IXOTH)
            _log.warning(
                "folder_opened_for_search", folder=str(parent), reason="PostgreSQL cannot run as root"
            )


def end(server: subprocess.Popen[bytes]) -> None:
    """This will stop our server: open transactions roll back, then rougher if it does not obey in time."""
    for how in _ROUGHER_AND_ROUGHER:
        server.send_signal(how)
        with suppress(subprocess.TimeoutExpired):
            server.wait(STOP_SECONDS_MAX)
            return


def end_orphans(folder: Path, data: Path) -> None:
    """This will end every server that works in `folder` and clear what it left. The caller holds the folder's lock.

    The number in postmaster.pid proves nothing, it may belong to another program by now; the working folder does:
    every PostgreSQL process sits in its data folder. With none left, the pid file is stale for certain.
    """
    postmaster = read_postmaster(data)
    for how in _ROUGHER_AND_ROUGHER:
        orphans = _processes_in(folder)
        for orphan in orphans:
            is_postmaster = postmaster is not None and orphan.pid == postmaster.pid
            if is_postmaster or how != signal.SIGINT:  # A fast shutdown is the postmaster's to lead.
                with suppress(psutil.NoSuchProcess):
                    orphan.send_signal(how)
        deadline = time.monotonic() + STOP_SECONDS_MAX
        while _processes_in(folder) and time.monotonic() < deadline:
            time.sleep(POLL_SECONDS)
    if postmaster is not None and postmaster.socket_folder.name.startswith(SOCKET_FOLDER_PREFIX):
        shutil.rmtree(postmaster.socket_folder, ignore_errors=True)
    (data / "postmaster.pid").unlink(missing_ok=True)


def _processes_in(folder: Path) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):  # Gone meanwhile, or another user's: not ours either way.
            if process.name() in {"postgres", "initdb"} and Path(process.cwd()).is_relative_to(folder):
                found.append(process)
    return found
