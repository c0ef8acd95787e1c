"""Who may import whom: the contracts in pyproject.toml, run in process."""

import os
import tomllib

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from tests.house.tree import ROOT, Offence, files, read, report

ADVICE = """
Imports go downwards only, and another module is reached through its interface.py:
- need a function of a module below? Ask it to offer the function in its interface.py;
- need a module above? It has to call you, or add its own field to your type (schema contributions);
- need a technical thing that two modules use? services/kit."""


def test_imports_go_downwards_and_through_interfaces(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)

    status = lint_imports(config_filename=os.fspath(ROOT / "pyproject.toml"), no_cache=True)

    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out + ADVICE


def test_every_module_has_its_place_in_the_layers() -> None:
    contracts = tomllib.loads(read("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    [layers] = [contract["layers"] for contract in contracts if contract["type"] == "layers"]
    placed = {name.strip(" ()") for layer in layers for name in layer.replace("|", ":").split(":")}
    present = {path.split("/")[1] for path in files(".py", under=("services/",)) if path.count("/") > 1}

    offences = [
        Offence("pyproject.toml", 1, f"services/{name} stands in no layer: add it to the layers contract.")
        for name in sorted(present)
        if f"services.{name}" not in placed
    ]

    assert not offences, report(offences)


def test_every_folder_of_code_is_a_package() -> None:
    """Without `__init__.py` the import rules do not see a folder."""
    folders = {path.rsplit("/", 1)[0] for path in files(".py", under=("gateway/", "services/"))}

    offences = [
        Offence(folder, 1, "Give it an __init__.py that holds a docstring: what is owned, what is refused.")
        for folder in sorted(folders)
        if not (ROOT / folder / "__init__.py").exists()
    ]

    assert not offences, report(offences)
