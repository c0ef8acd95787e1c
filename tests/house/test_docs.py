"""README and docs name paths and commands that exist."""

import re
from pathlib import PurePosixPath

import pytest

from tests.house.tree import ROOT, Offence, files, numbered_lines, read, report

PAGES = files(".md")
TOP_FOLDERS = {path.split("/")[0] for path in files() if "/" in path}
NOT_A_PATH = re.compile(r"[<>*{}$ ()|=]|\.\.\.|://|^/|^@")
MADE_LATER = ("var/", "dist/", ".venv/", "node_modules/")


def _exists(path: str, page: str) -> bool:
    bare = path.split("#", maxsplit=1)[0].split(":", maxsplit=1)[0].rstrip("/")
    beside = ROOT / PurePosixPath(page).parent / bare
    return not bare or (ROOT / bare).exists() or beside.exists()


@pytest.mark.parametrize("page", PAGES)
class TestPage:
    def test_names_paths_that_exist(self, page: str) -> None:
        offences = []
        for line, text in numbered_lines(page):
            for path in re.findall(r"`([^`]+)`", text):
                is_path = "/" in path and path.split("/")[0] in TOP_FOLDERS and not NOT_A_PATH.search(path)
                if is_path and not any(part in f"{path}/" for part in MADE_LATER) and not _exists(path, page):
                    offences.append(
                        Offence(page, line, f"`{path}` does not exist: correct the page or the name.")
                    )

        assert not offences, report(offences)

    def test_links_to_pages_that_exist(self, page: str) -> None:
        offences = [
            Offence(page, line, f"the link to {target} leads nowhere: correct it.")
            for line, text in numbered_lines(page)
            for target in re.findall(r"\]\(([^)\s]+)\)", text)
            if not re.match(r"[a-z]+:|#", target) and not _exists(target, page)
        ]

        assert not offences, report(offences)

    def test_draws_a_tree_that_stands(self, page: str) -> None:
        """In a fenced block each line that begins with a path is looked up, below the folder it is indented under."""
        offences = []
        folders: list[tuple[int, str]] = []
        in_block = False
        for line, text in numbered_lines(page):
            if text.startswith("```"):
                in_block, folders = not in_block, []
                continue
            entry = re.match(r"( *)([\w.-]+/|[\w-]+\.(?:py|md|toml|json|graphql|lock))(?:\s{2,}|$)", text)
            if not in_block or entry is None:
                continue
            indent, name = len(entry[1]), entry[2]
            folders = [(depth, folder) for depth, folder in folders if depth < indent]
            path = (folders[-1][1] if folders else "") + name
            if name.endswith("/"):
                folders.append((indent, path))
            if path not in MADE_LATER and not _exists(path, page):
                offences.append(Offence(page, line, f"{path} does not exist: correct the tree."))

        assert not offences, report(offences)

    def test_names_commands_that_the_makefile_knows(self, page: str) -> None:
        known = set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))
        offences = [
            Offence(page, line, f"`make {target}` is not in the Makefile.")
            for line, text in numbered_lines(page)
            for target in re.findall(r"(?:`|\$ )make ([a-z]+)", text)
            if target not in known
        ]

        assert not offences, report(offences)
