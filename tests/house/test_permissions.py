"""The permission table: every field, every role, in a company that granted, one that did not, and a foreign one.

The table is run, not derived: each cell is what a real viewer got from a real question. It is committed and reviewed as
a diff; write it anew with `python -m pytest tests/house/test_permissions.py --write-snapshots` after reading why it
changed.

    V the value    R, S, P, T denied by role, scope, plan, state    - not there (hidden or empty)
"""

from pathlib import Path

import pytest

from gateway.schema import composed
from services.access.guard import Guard
from services.access.policy import Role, role_allows
from services.kit.db import Database
from tests.support.arguments import ARGUMENTS
from tests.support.matrix import letters, probes
from tests.support.office import Office
from tests.support.world import World, neighbours

SNAPSHOT = Path(__file__).parent.parent / "snapshots" / "permissions.txt"
ROLES = tuple(Role)
WIDTH = 46


def test_every_field_of_the_schema_carries_a_guard() -> None:
    guarded = {item.coordinate for item in composed().bindings.guarded()}

    missing = {
        f"{name}.{item}"
        for name, bound in composed().bindings.types.items()
        if not (name.endswith("Connection") or name == "PageInfo")
        for item in bound.fields
    } - guarded
    assert missing == set()
    assert len(guarded) > 150


Cells = dict[Role, dict[str, str]]

OWN_ROOTS = {"viewer", "clients", "colleagues", "exports", "portalHome", "portalProfile", "portalDocuments"}
"""Fields of Query that take no company: what they give is always the viewer's own, marked = in the foreign column."""


@pytest.fixture(scope="module")
async def cells(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Cells:
    """For each role and field three letters: a company that granted, one that did not, one of a foreign firm."""
    folder = tmp_path_factory.mktemp("matrix")
    worlds = await neighbours(await Office.open(database, folder / "office"), folder)
    return {role: await _cells(worlds, role) for role in Role}


async def _cells(worlds: tuple[World, ...], role: Role) -> dict[str, str]:
    bindings = composed().bindings
    found: dict[str, str] = {}
    for place, world in zip(("granted", "closed", "foreign"), worlds, strict=True):
        viewer = await worlds[0].viewer(role) if place == "foreign" else await world.viewer(role)
        for probe in probes(bindings, ARGUMENTS):
            if place == "foreign" and probe.path[0] in OWN_ROOTS:
                answered = {item.coordinate: "=" for item in probe.fields}
            else:
                document, variables = probe.document(bindings, ARGUMENTS), probe.variables(world.variables)
                answered = letters(probe, await worlds[0].office.ask(viewer, document, variables))
            for coordinate, letter in answered.items():
                found[coordinate] = found.get(coordinate, "") + letter
    return found


def _table(cells: Cells) -> str:
    head = "field".ljust(WIDTH) + "needs".ljust(28) + "".join(_short(role).rjust(5) for role in ROLES)
    lines = [
        head,
        "",
        "# three letters a role: a company that granted, one that granted nothing, a foreign one",
        "",
    ]
    for item in composed().bindings.guarded():
        guard = item.guard
        scope = guard.scope.name if guard.scope else ("anybody" if guard.anonymous else "any viewer")
        needs = f"{scope} {guard.action.value}" if guard.scope else scope
        if item.type_name in ("Query", "Mutation"):
            given = ["may" if _may(guard, role) else "R" for role in ROLES]
        else:
            given = [cells[role].get(item.coordinate, "") for role in ROLES]
        if any(given):
            lines.append(
                item.coordinate.ljust(WIDTH) + needs.ljust(28) + "".join(text.rjust(5) for text in given)
            )
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _may(guard: Guard, role: Role) -> bool:
    if guard.roles is not None and role not in guard.roles:
        return False
    return guard.scope is None or role_allows(role, guard.scope, guard.action)


def _short(role: Role) -> str:
    return "".join(word[0] for word in role.value.split("_"))


def test_the_table_is_what_is_committed(cells: Cells, request: pytest.FixtureRequest) -> None:
    table = _table(cells)

    if request.config.getoption("--write-snapshots"):
        SNAPSHOT.write_text(table, encoding="utf-8")
    assert SNAPSHOT.read_text(encoding="utf-8") == table, "read the diff; then run with --write-snapshots"


def test_every_field_is_given_to_somebody(cells: Cells) -> None:
    fields = {name for found in cells.values() for name in found}

    never = sorted(name for name in fields if not any("V" in cells[role].get(name, "") for role in ROLES))
    assert never == [], "no role can read these at all: is the guard, or the world of the test, wrong?"


def test_no_field_of_a_company_is_given_to_somebody_who_has_nothing_to_do_with_it(cells: Cells) -> None:
    leaked = sorted(
        f"{name} to {role.value}"
        for role in ROLES
        for name, letters_of in cells[role].items()
        if letters_of.endswith("V") and not name.startswith(PUBLIC)
    )
    assert leaked == []


def test_every_guarded_field_is_denied_to_somebody(cells: Cells) -> None:
    fields = {name for found in cells.values() for name in found if not name.startswith(PUBLIC + OF_ONESELF)}

    open_to_all = sorted(
        name for name in fields if all(set(cells[role].get(name, "")) <= {"V", "="} for role in ROLES)
    )
    assert open_to_all == []


PUBLIC = ("Branding.", "Viewer.", "Place.")
"""The page before sign-in, and what one is told about oneself."""

OF_ONESELF = ("Export.",)
"""Everybody has some of these and nobody sees another's (`tests/services/exports`)."""
