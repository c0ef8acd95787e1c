"""`make dev`: the gateway and both web apps, each reloading when its files change, stopped together.

The gateway restarts (a second, database included) when a Python file changes; the apps are served by Vite, which
hands `/graphql` and the other server paths on to the gateway.
"""

import signal
import subprocess
import sys
from threading import Thread
from typing import IO

from infra.dev.set_up import ROOT, WEB_APPS, node_environment

STOP_SECONDS_MAX = 30
GATEWAY = [
    *(sys.executable, "-m", "watchfiles", "--filter", "python", "--sigint-timeout", str(STOP_SECONDS_MAX)),
    *(f"{sys.executable} -m gateway.cli run", "gateway", "services"),
]


def main() -> int:
    """This will run until interrupted or until one of the three ends, then stop the others."""
    environment = {"ATRIO_DEMO": "true", **node_environment(), "PYTHONUNBUFFERED": "1"}
    commands = {"gateway": GATEWAY}
    commands |= {app: [str(ROOT / "node_modules/.bin/vite"), app] for app in WEB_APPS}
    running = {
        name: subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,  # Vite stops when its input ends: it cannot outlive us.
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for name, command in commands.items()
    }
    printers = [Thread(target=_print, args=(name, process.stdout)) for name, process in running.items()]
    for printer in printers:
        printer.start()
    try:
        printers_alive = True
        while printers_alive:
            for printer in printers:
                printer.join(timeout=0.5)
            printers_alive = all(printer.is_alive() for printer in printers)
    except KeyboardInterrupt:
        print("Stopping.", flush=True)
    for process in running.values():
        process.send_signal(signal.SIGINT)
    for process in running.values():
        process.wait(STOP_SECONDS_MAX)
    return max(process.returncode for process in running.values())


def _print(name: str, lines: IO[str] | None) -> None:
    assert lines is not None
    for line in lines:
        print(f"{name:<10} | {line}", end="", flush=True)


if __name__ == "__main__":
    sys.exit(main())
