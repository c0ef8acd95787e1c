"""Fields that Python computes are guarded like those that a statement gives."""

from services.access.policy import Role
from tests.support.world import World

CANDIDATES = "query($line: ID!) { matchCandidates(lineId: $line) { number } }"


class TestComputedFieldOfQuery:
    async def test_is_denied_to_a_role_that_its_guard_leaves_out(self, world: World) -> None:
        answer = await world.office.ask(world.contact, CANDIDATES, {"line": str(world.ids["bank_line"])})

        assert answer.data == {"matchCandidates": None}
        assert answer.codes == ["ROLE"]
        assert answer.errors[0]["path"] == ["matchCandidates"]
        assert answer.errors[0]["extensions"]["scope"] == "BANKING"

    async def test_is_denied_under_the_key_that_asked(self, world: World) -> None:
        document = CANDIDATES.replace("matchCandidates", "a: matchCandidates")

        answer = await world.office.ask(world.contact, document, {"line": str(world.ids["bank_line"])})

        assert answer.errors[0]["path"] == ["a"]

    async def test_is_computed_for_the_others(self, world: World) -> None:
        for role in (Role.ACCOUNT_MANAGER, Role.CLIENT_OWNER):
            viewer = await world.viewer(role)

            answer = await world.office.ask(viewer, CANDIDATES, {"line": str(world.ids["bank_line"])})

            assert answer.codes == []
            assert [found["number"] for found in answer.data["matchCandidates"]] == ["FV26-000001"]
