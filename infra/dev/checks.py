"""Runs the checks, two at a time, and says in one line each how they went.

Usage: python -m infra.dev.checks quick|all

`quick` (make check): format, lint, types, house rules, web checks. `all` (make test): the same, then the web tests
and every Python test with pytest, whose summary is the last line. The exit code is not zero if anything failed.
"""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from infra.dev.set_up import ROOT, node_environment

AT_ONCE = 2
PYTHON = [sys.executable, "-m"]
LONG_FIRST = {
    "types": [*PYTHON, "mypy"],
    "web": ["npm", "run", "--silent", "check"],
    "house rules": [*PYTHON, "pytest", "-q", "-n0", "-m", "not database", "tests/house"],
    "lint": [*PYTHON, "ruff", "check", "--quiet", "--output-format=concise"],
    "format": [*PYTHON, "ruff", "format", "--check", "--quiet", "--output-format=concise"],
}
WEB_TESTS = {"web tests": ["npm", "test", "--silent"]}
ADVICE = {
    "format": "make fmt formats everything",
    "lint": "make fmt repairs what can be repaired alone",
}


def main(extent: str) -> int:
    """This will run the checks and give the exit code."""
    everything = extent == "all"
    quick = {
        name: command for name, command in LONG_FIRST.items() if not (everything and name == "house rules")
    }
    failed = _run_side_by_side(quick | WEB_TESTS if everything else quick)
    if everything:
        # Pytest says the last word; tests/conftest.py repeats there what failed before it.
        environment = {**node_environment(), "ATRIO_FAILED_BEFORE": ", ".join(failed)}
        tests = subprocess.run([*PYTHON, "pytest"], cwd=ROOT, env=environment, check=False)
        return tests.returncode or bool(failed)
    return int(bool(failed))


def _run_side_by_side(checks: dict[str, list[str]]) -> list[str]:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        passed = list(pool.map(_passes, checks, checks.values()))
    return [name for name, has_passed in zip(checks, passed, strict=True) if not has_passed]


def _passes(name: str, command: list[str]) -> bool:
    started = time.monotonic()
    environment = {**node_environment(), "NO_COLOR": "1", "TERM": "dumb"}
    run = subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    seconds = time.monotonic() - started
    if run.returncode == 0:
        print(f"{name}: passed in {seconds:.0f} s", flush=True)
        return True
    advice = f" ({ADVICE[name]})" if name in ADVICE else ""
    print(f"{run.stdout.rstrip()}{os.linesep}{name}: FAILED after {seconds:.0f} s{advice}", flush=True)
    return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
