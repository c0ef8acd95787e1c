"""The project's own files, as the house rules read them."""

import ast
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Offence:
    """One place that breaks a rule: where (path from the root, line) and what to do instead."""

    path: str
    line: int
    advice: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.advice}"


@cache
def files(*endings: str, under: tuple[str, ...] = ("",)) -> tuple[str, ...]:
    """This will list what git tracks or would track, as paths from the root, by ending and top folder."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--deduplicate", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout.split("\0")
    return tuple(
        path
        for path in sorted(listed)
        if path.endswith(endings) and path.startswith(under) and (ROOT / path).is_file()
    )


def read(path: str) -> str:
    """This will give a file's text."""
    return (ROOT / path).read_text(encoding="utf-8")


@cache
def parse(path: str) -> ast.Module:
    """This will give a Python file's syntax tree."""
    return ast.parse(read(path), path)


def search(paths: tuple[str, ...], breaks: Callable[[ast.AST], bool], advice: str) -> list[Offence]:
    """This will list the syntax nodes of Python files for which `breaks` says yes."""
    return [
        Offence(path, getattr(node, "lineno", 1), advice)
        for path in paths
        for node in ast.walk(parse(path))
        if breaks(node)
    ]


def called_name(node: ast.AST) -> str:
    """This will give the dotted name of a call (`datetime.now`), empty for anything else."""
    return (
        ast.unparse(node.func)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute)
        else ""
    )


def numbered_lines(path: str) -> Iterator[tuple[int, str]]:
    """This will give a file's lines, counted from 1."""
    return enumerate(read(path).splitlines(), start=1)


def report(offences: list[Offence]) -> str:
    """This will join offences into the message of one failed assertion."""
    return "\n" + "\n".join(map(str, offences))
