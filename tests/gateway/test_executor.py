"""The executor's own promises: what a plan costs, bounds per surface, and memory that does not grow."""

from typing import Any

import pytest

from gateway import limits
from gateway.executor import DOCUMENTS_MAX, Executor, OperationInvalid
from gateway.limits import IntrospectionRefused, OperationTooLarge
from gateway.schema import composed
from gateway.viewers import Known, Viewers
from services.access.interface import Viewer
from services.access.policy import Role
from services.kit.db import Database
from tests.support.office import Office
from tests.support.world import World


def cost(office: Office, document: str, **variables: int) -> int:
    plan = office.plan(Role.FIRM_OWNER, document, variables)
    assert plan is not None
    return plan.cost


class TestCost:
    def test_is_the_rows_that_may_come(self, office: Office) -> None:
        assert cost(office, "{contacts(first:10){nodes{name}}}") == 10
        assert cost(office, "{contacts(first:200){nodes{name}}}") == 200

    def test_counts_rows_below_rows(self, office: Office) -> None:
        flat = cost(office, "{salesDocuments(first:10){nodes{number}}}")

        assert cost(office, "{salesDocuments(first:10){nodes{lines{description}}}}") > 5 * flat

    def test_adds_what_stands_side_by_side(self, office: Office) -> None:
        one = cost(office, "{contacts(first:7){nodes{name}}}")

        assert cost(office, "{contacts(first:7){nodes{name}} b:contacts(first:7){nodes{id}}}") == 2 * one

    def test_follows_the_variables(self, office: Office) -> None:
        document = "query Page($first:Int!){contacts(first:$first){nodes{name}}}"

        assert [cost(office, document, first=first) for first in (5, 100)] == [5, 100]

    def test_of_what_is_left_out_is_nothing(self, office: Office) -> None:
        assert cost(office, "{contacts(first:100) @skip(if:true){nodes{name}}}") == 0

    def test_of_what_a_variable_leaves_out_is_nothing(self, office: Office) -> None:
        document = "query Some($wanted:Boolean!){contacts(first:100) @include(if:$wanted){nodes{name}}}"

        assert [cost(office, document, wanted=wanted) for wanted in (True, False)] == [100, 0]


class TestPrepared:
    def test_document_of_one_surface_keeps_to_the_bounds_of_the_other(self, database: Database) -> None:
        executor = Executor(composed(), Viewers(database))
        document = "{" + " ".join(f"a{number}:viewer{{id}}" for number in range(35)) + "}"

        prepared = executor.prepare(document, limits.OWN_APPS)
        with pytest.raises(OperationTooLarge):
            executor.prepare(document, limits.PARTNERS)
        assert executor.prepare(document, limits.OWN_APPS) is prepared

    def test_documents_are_forgotten_beyond_a_number(self, database: Database) -> None:
        executor = Executor(composed(), Viewers(database))
        first = executor.prepare("{__typename}", limits.PARTNERS)

        for number in range(DOCUMENTS_MAX):
            executor.prepare(f"query Q{number}{{__typename}}", limits.PARTNERS)

        assert executor.prepare("{__typename}", limits.PARTNERS) is not first

    def test_a_wrong_document_is_not_remembered(self, database: Database) -> None:
        executor = Executor(composed(), Viewers(database))

        for _ in range(2):
            with pytest.raises(OperationInvalid) as refused:
                executor.prepare("{viewer{nothing}}", limits.PARTNERS)
            assert refused.value.status == 422
            assert "nothing" in refused.value.errors[0].message


SHARED = "query Q($n: Int!) { contacts(first: $n) { totalCount nodes { name notes } } viewer { role } }"


async def test_a_plan_is_never_that_of_another_role_or_surface(world: World) -> None:
    """One text asked by everybody, warm or cold, in any order: each gets what a process of its own would give."""
    everybody = [await world.viewer(role) for role in Role]

    async def told(asking: Viewer | Known) -> tuple[Any, list[str]]:
        answer = await world.office.ask(asking, SHARED, {"n": 5})
        return answer.data, answer.codes

    alone = []
    for asking in everybody:
        world.office.executor = Executor(composed(), world.office.viewers)
        alone.append(await told(asking))
    for order in (everybody, everybody[::-1]):
        world.office.executor = Executor(composed(), world.office.viewers)
        warm = {id(asking): await told(asking) for asking in order}
        assert [warm[id(asking)] for asking in everybody] == alone
    assert len({str(found) for found in alone}) > 4, "the roles do differ here"


async def test_a_plan_is_never_that_of_another_choice(office: Office) -> None:
    company_id = await office.client()
    asked = "query ($c: ID!, $f: AuditFilter) { auditEvents(companyId: $c, filter: $f) { nodes { about } } }"

    answers = [
        await office.ask(office.owner, asked, {"c": str(company_id), "f": {"about": about}})
        for about in ("GRANT", "TEAM")
    ]

    chosen = [{node["about"] for node in answer.data["auditEvents"]["nodes"]} for answer in answers]
    assert chosen == [{"GRANT"}, {"TEAM"}]


async def test_what_one_surface_may_ask_is_not_known_to_another(office: Office) -> None:
    introspection = "{ __schema { queryType { name } } }"
    assert office.executor.prepare(introspection, limits.PARTNERS).document.definitions

    with pytest.raises(IntrospectionRefused):
        office.executor.prepare(introspection, limits.OWN_APPS)
