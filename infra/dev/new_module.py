"""`make module name=payroll`: a new module of the house's shape, with its test mirror, and where to register it.

Usage: python -m infra.dev.new_module NAME [TYPE] [--interface]

NAME is the folder (plural noun of the trade), TYPE the first GraphQL type; without it the singular of the name.
"""

import argparse
import re
import sys
from pathlib import Path
from string import Template

from infra.dev.set_up import ROOT

TEMPLATES = Path(__file__).parent / "new_module"
FORBIDDEN = {"utils", "util", "helpers", "helper", "common", "core", "base", "misc", "shared", "lib"}


def main() -> int:
    """This will write the files and say what is left to do by hand; it never overwrites. Gives the exit code."""
    parser = argparse.ArgumentParser(prog="make module", description=__doc__)
    parser.add_argument("name", help="the folder, a plural noun: payroll, taxes, cases")
    parser.add_argument("type", nargs="?", default="", help="the first GraphQL type: Payslip")
    parser.add_argument("--interface", action="store_true", help="another module will call this one")
    asked = parser.parse_args()
    name = asked.name
    if not re.fullmatch(r"[a-z][a-z_]{2,30}", name) or name in FORBIDDEN:
        return _refuse(f"{name!r} names nothing: take the trade's own plural noun, in small letters.")
    if (ROOT / "services" / name).exists():
        return _refuse(f"services/{name} exists already.")
    kind = asked.type or "".join(word.capitalize() for word in _singular(name).split("_"))
    table = re.sub(r"(?<!^)(?=[A-Z])", "_", kind).lower()
    words = {"name": name, "Type": kind, "table": table, "SCOPE": name.upper()}
    for template in sorted(TEMPLATES.rglob("*.txt")):
        path = Template(str(template.relative_to(TEMPLATES).with_suffix(""))).substitute(words)
        if path.endswith("interface.py") and not asked.interface:
            continue
        target = ROOT / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(Template(template.read_text()).substitute(words))
        print(f"wrote {path}")
    print(
        f"Now register it: in MODULES of gateway/modules.py, and in the layers of pyproject.toml"
        f" (services.{name}, above what it imports and below what imports it). A scope of its own is one line in"
        f" services/access/policy.py; its table needs a migration and a row-level security policy."
    )
    return 0


def _singular(name: str) -> str:
    if name.endswith("ies"):
        return f"{name[:-3]}y"
    if name.endswith("ses") or name.endswith("xes"):
        return name[:-2]
    return name.removesuffix("s")


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
