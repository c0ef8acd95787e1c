"""The permission table: every field, every role, in a company that granted, one that did not, and a foreign one.

The table is run, not derived: each cell is what a real viewer got from a real question. It is committed and reviewed as
a diff; write it anew with `python -m pytest tests/house/test_permissions.py --write-snapshots` after reading why it
changed.

    V the value    R, S, P, T denied by role, scope, plan, state    - not there (hidden or empty)
"""

from pathlib import Path

import pytest

from gateway.schema import composed
from services.access.policy import Role, role_allows
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


async def _cells(worlds: tuple[World, ...], role: Role) -> dict[str, str]:
    """For each field three letters: granted, not granted, foreign. The viewer always stands in the first world's firm."""
    bindings = composed().bindings
    found: dict[str, str] = {}
    for place, world in zip(("granted", "closed", "foreign"), worlds, strict=True):
        viewer = await worlds[0].viewer(role) if place == "foreign" else await world.viewer(role)
        asking = worlds[0].office
        for probe in probes(bindings, world.arguments()):
            answer = await asking.ask(viewer, probe.document(bindings))
            for coordinate, letter in letters(probe, answer).items():
                found[coordinate] = found.get(coordinate, "") + letter
    return found


async def _table(worlds: tuple[World, ...]) -> str:
    bindings = composed().bindings
    cells = {role: await _cells(worlds, role) for role in ROLES}
    head = "field".ljust(WIDTH) + "needs".ljust(28) + "".join(_short(role).rjust(5) for role in ROLES)
    lines = [head, "", "# three letters a role: a company that granted, one that granted nothing, a foreign one", ""]
    for item in bindings.guarded():
        scope = item.guard.scope.name if item.guard.scope else ("anybody" if item.guard.anonymous else "any viewer")
        needs = f"{scope} {item.guard.action.value if item.guard.scope else ''}".strip()
        if item.type_name == "Mutation":
            given = [_may(item.guard, role) for role in ROLES]
        else:
            given = [cells[role].get(item.coordinate, "") for role in ROLES]
        if item.type_name == "Query" or any(given):
            lines.append(item.coordinate.ljust(WIDTH) + needs.ljust(28) + "".join(text.rjust(5) for text in given))
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _may(guard: object, role: Role) -> str:
    scope, action = guard.scope, guard.action  # type: ignore[attr-defined]
    return "may" if scope is None or role_allows(role, scope, action) else "R"


def _short(role: Role) -> str:
    return "".join(word[0] for word in role.value.split("_"))


async def test_the_table_is_what_is_committed(office: Office, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    worlds = await neighbours(office, tmp_path)

    table = await _table(worlds)

    if request.config.getoption("--write-snapshots"):
        SNAPSHOT.write_text(table, encoding="utf-8")
    assert SNAPSHOT.read_text(encoding="utf-8") == table, "read the diff; then run with --write-snapshots"


async def test_every_field_is_denied_or_hidden_to_somebody_and_given_to_somebody(office: Office, tmp_path: Path) -> None:
    worlds = await neighbours(office, tmp_path)
    cells = {role: await _cells(worlds, role) for role in ROLES}

    fields = {name for found in cells.values() for name in found}
    never_given = sorted(name for name in fields if not any("V" in cells[role].get(name, "") for role in ROLES))
    leaked = sorted(
        name for name in fields for role in ROLES if cells[role].get(name, "--").endswith("V") and not _public(name)
    )
    assert never_given == [], "no role can read these at all: is the guard, or the world of the test, wrong?"
    assert leaked == [], "these were given to somebody who has nothing to do with the company"


def _public(coordinate: str) -> bool:
    return coordinate.startswith(("Branding.", "Viewer.", "Place.", "Refusal."))
