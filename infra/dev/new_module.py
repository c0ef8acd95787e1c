"""`make module name=taxes type=TaxReturn`: a new module of the house's shape, and where to register it.

Usage: python -m infra.dev.new_module NAME [TYPE] [--interface]

NAME is the folder (the trade's noun, plural), TYPE the first GraphQL type; without it the singular of the name.
"""

import argparse
import re
import subprocess
import sys
from pathlib import Path
from string import Template

from infra.dev.set_up import ROOT, VENV

TEMPLATES = Path(__file__).parent / "module_template"
WRITTEN = {
    "package.txt": "services/{name}/__init__.py",
    "models.txt": "services/{name}/models.py",
    "queries.txt": "services/{name}/queries.py",
    "actions.txt": "services/{name}/actions.py",
    "schema.txt": "services/{name}/schema.py",
    "interface.txt": "services/{name}/interface.py",
    "test_package.txt": "tests/services/{name}/__init__.py",
}
FORBIDDEN = {"utils", "util", "helpers", "helper", "common", "core", "base", "misc", "shared", "lib"}
LEFT_TO_DO = """Now register {name}, in two lists:
- MODULES in gateway/modules.py;
- the layers in pyproject.toml: services.{name}, above what it imports and below what imports it.
It also needs a scope {scope} in services/access/policy.py (or one that is there), a migration with the wall of its
table (infra/migrations/walls.py), and its tests: tests/services/{name}/test_actions.py and test_schema.py."""


def main() -> int:
    """This will write the files and say what is left to do by hand; it never overwrites. Gives the exit code."""
    parser = argparse.ArgumentParser(prog="make module", description=__doc__)
    parser.add_argument("name", help="the folder, a plural noun: taxes, cases, payslips")
    parser.add_argument("type", nargs="?", default="", help="the first GraphQL type: TaxReturn")
    parser.add_argument("--interface", action="store_true", help="another module will call this one")
    asked = parser.parse_args()
    name: str = asked.name
    type_name: str = asked.type or "".join(word.capitalize() for word in _singular(name).split("_"))
    if not re.fullmatch(r"[a-z][a-z_]{2,30}", name) or name in FORBIDDEN:
        return _refuse(f"{name!r} names nothing: take the trade's own plural noun, in small letters.")
    if not re.fullmatch(r"[A-Z][A-Za-z]{2,40}", type_name):
        return _refuse(f"{type_name!r} is no type: take a singular noun, capitals at the start of words.")
    if (ROOT / "services" / name).exists():
        return _refuse(f"services/{name} exists already.")
    words = _words(name, type_name)
    written = []
    for template, place in WRITTEN.items():
        if template == "interface.txt" and not asked.interface:
            continue
        target = ROOT / place.format(name=name)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(Template((TEMPLATES / template).read_text()).substitute(words))
        print(f"wrote {target.relative_to(ROOT)}")
        written.append(str(target))
    for command in (
        ["check", "--fix", "--quiet", "--select=I"],
        ["format", "--quiet"],
    ):  # The name decides the order.
        subprocess.run([str(VENV / "bin" / "python"), "-m", "ruff", *command, *written], check=True)
    print(LEFT_TO_DO.format(name=name, scope=name.upper()))
    return 0


def _words(name: str, type_name: str) -> dict[str, str]:
    table = re.sub(r"(?<!^)(?=[A-Z])", "_", type_name).lower()
    plural = _plural(table)
    return {
        "name": name,
        "Title": name.replace("_", " ").capitalize(),
        "Type": type_name,
        "table": table,
        "TABLE": table.upper(),
        "plural": plural,
        "PLURAL": plural.upper(),
        "noun": table.replace("_", " "),
        "nouns": plural.replace("_", " "),
        "SCOPE": name.upper(),
    }


def _singular(name: str) -> str:
    if name.endswith("ies"):
        return f"{name[:-3]}y"
    return name[:-2] if name.endswith(("sses", "xes", "ches")) else name.removesuffix("s")


def _plural(noun: str) -> str:
    if noun.endswith("y") and not noun.endswith(("ay", "ey", "oy", "uy")):
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "x", "ch")) else f"{noun}s"


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
