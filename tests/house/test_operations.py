"""Every registered operation of both apps: fits the contract, costs one statement, and answers alike both ways."""

import re
from typing import Any

import orjson
import pytest
from graphql import OperationType, Undefined, parse
from graphql.language import FieldNode, OperationDefinitionNode
from graphql.utilities import type_from_ast
from sqlalchemy import text

from gateway.operations import Operations, Registered
from gateway.schema import composed
from gateway.web import MANIFESTS
from services.access.policy import PLAN_SCOPES, Role, SubscriptionPlan
from services.kit.db import Database
from services.kit.ids import new_id
from tests.bench.operations import ALL as BENCH
from tests.support.arguments import ARGUMENTS
from tests.support.office import Answered, Office
from tests.support.statements import recorded
from tests.support.world import World

OPERATIONS = Operations(tuple(MANIFESTS.values()))
COMPUTED_ROOTS = {"matchCandidates", "recurringDates", "savedViews", "taxCodes", "viewer"}
"""Fields of Query that Python resolves: from several reads, of rows that belong to no company, or of none."""


def _operation(registered: Registered) -> OperationDefinitionNode:
    found = parse(registered.body).definitions[0]
    assert isinstance(found, OperationDefinitionNode)
    return found


READS = [item for item in OPERATIONS.all() if _operation(item).operation is OperationType.QUERY]


def _roots(registered: Registered) -> list[str]:
    return [
        item.name.value
        for item in _operation(registered).selection_set.selections
        if isinstance(item, FieldNode)
    ]


def sample(registered: Registered, world: World) -> dict[str, Any]:
    """Variables that make an operation ask for the rows of a world. KeyError names a variable it does not know."""
    root = _roots(registered)[0]
    given: dict[str, Any] = {
        "companyId": str(world.company_id),
        "clientId": str(world.company_id),
        "lineId": str(world.ids["bank_line"]),
        "year": 2026,
        "slug": f"tallers-{world.company_id.hex[-12:]}",
        "id": _id_for(root, world),
        "schedule": {"startsOn": "2026-01-31", "frequency": "MONTHLY"},
    }
    variables: dict[str, Any] = {}
    for definition in _operation(registered).variable_definitions or ():
        name = definition.variable.name.value
        needed = str(type_from_ast(composed().graphql, definition.type)).endswith("!")
        if name in given:
            variables[name] = given[name]
        elif needed and definition.default_value in (None, Undefined):
            variables[name] = _first_value(definition.type)
    return variables


def _id_for(root: str, world: World) -> str:
    """The id that a field of Query takes, of a row of the world."""
    wanted = re.search(r"id: \$(\w+)", ARGUMENTS.get(root, ""))
    return world.variables[wanted.group(1)] if wanted else ""


def _first_value(node: Any) -> Any:
    named = type_from_ast(composed().graphql, node.type if hasattr(node, "type") else node)
    values = getattr(named, "values", None)
    if values:
        return next(iter(values))
    return {"Int": 25, "String": "a", "Boolean": False, "Date": "2026-11-21"}[str(named)]


def _sorted_errors(answer: Answered) -> list[bytes]:
    return sorted(orjson.dumps(error, option=orjson.OPT_SORT_KEYS) for error in answer.errors)


@pytest.fixture(scope="module")
async def world(database: Database, tmp_path_factory: pytest.TempPathFactory) -> World:
    """One company for all reads of this file: they change nothing."""
    return await World.open(await Office.open(database, tmp_path_factory.mktemp("world"), "Gestoría Mar SL"))


def test_the_apps_have_registered_operations() -> None:
    assert len(READS) > 10


@pytest.mark.parametrize("registered", READS, ids=lambda item: item.name)
async def test_the_plan_answers_as_graphql_core_does_for_every_role(
    registered: Registered, world: World
) -> None:
    for role in Role:
        viewer = await world.viewer(role)
        variables = sample(registered, world)

        planned = await world.office.ask(viewer, registered.body, variables)
        executed = await world.office.ask(viewer, registered.body, variables, planned=False)

        assert planned.data == executed.data, role
        assert _sorted_errors(planned) == _sorted_errors(executed), role


@pytest.mark.parametrize("registered", READS, ids=lambda item: item.name)
async def test_a_registered_read_is_one_statement(
    registered: Registered, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    if COMPUTED_ROOTS & set(_roots(registered)):
        return
    viewer = world.contact if "portal" in _roots(registered)[0] else world.office.manager
    known = await world.office.known(viewer)
    variables = sample(registered, world)
    await world.office.ask(known, registered.body, variables)

    with recorded(monkeypatch) as statements:
        answer = await world.office.ask(known, registered.body, variables)

    assert answer.data is not None
    assert len(statements.data) == 1, statements.data
    # What the caller gave is bound, never written.
    assert str(world.company_id) not in statements.data[0]


@pytest.mark.parametrize("clients", [10, 100, 1000])
async def test_the_dashboard_is_one_statement_for_any_number_of_clients(
    office: Office, monkeypatch: pytest.MonkeyPatch, clients: int
) -> None:
    await _many_clients(office, clients)
    document = (
        BENCH["dashboard"].replace("MY_CLIENTS", "ALL").replace("first: 50", f"first: {min(clients, 200)}")
    )
    await office.ask(office.owner, document)

    with recorded(monkeypatch) as statements:
        answer = await office.ask(office.owner, document)

    assert len(answer.data["clients"]["nodes"]) == min(clients, 200)
    assert len(statements.data) == 1


async def _many_clients(office: Office, count: int) -> None:
    """Clients written at once; the act that makes one is tested elsewhere."""
    ids = [new_id() for _ in range(count)]
    given = {"ids": ids, "mask": PLAN_SCOPES[SubscriptionPlan.FULL], "firm": office.firm_id}
    async with office.act() as act:
        await act.session.execute(
            text(
                "insert into company (id, kind, name, search_text, sort_name, country, currency, locale, time_zone,"
                " fiscal_year_start_month, subscription_plan, plan_mask, created_at)"
                " select id, 'CLIENT', 'Client', 'client', 'client', 'ES', 'EUR', 'es', 'Europe/Madrid', 1, 'FULL',"
                " cast(:mask as bigint), now() from unnest(cast(:ids as uuid[])) id"
            ),
            given,
        )
        await act.session.execute(
            text(
                "insert into collaboration (id, firm_id, company_id, state, created_at)"
                " select gen_random_uuid(), :firm, id, 'ACTIVE', now() from unnest(cast(:ids as uuid[])) id"
            ),
            given,
        )
