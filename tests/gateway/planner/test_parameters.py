"""Constants of declarations stand in the SQL, where PostgreSQL plans by them; what a caller gives never does."""

import re

from services.access.policy import Role
from tests.support.office import Office

COUNTED = "query($id: ID!) { client(id: $id) { pendingWork { purchases } } }"
SEARCHED = "query($s: String) { contacts(filter: {search: $s}, first: 3) { nodes { id } } }"
QUOTED = "Vidal'); drop table contact; --"


class TestParameters:
    def test_are_none_of_the_constants(self, office: Office) -> None:
        plan = office.plan(Role.ACCOUNT_MANAGER, COUNTED, {"id": str(office.firm_id)})

        assert plan is not None
        assert "'PENDING_REVIEW'" in plan.sql
        assert len(set(re.findall(r"\$\d+", plan.sql))) == len(plan.binders)

    def test_are_all_that_a_caller_gives(self, office: Office) -> None:
        by_id = office.plan(Role.ACCOUNT_MANAGER, COUNTED, {"id": str(office.firm_id)})
        by_text = office.plan(Role.ACCOUNT_MANAGER, SEARCHED, {"s": QUOTED})

        assert by_id is not None
        assert by_text is not None
        assert str(office.firm_id) not in by_id.sql
        assert "drop table" not in by_text.sql.lower()

    def test_are_the_same_for_the_next_statement_with_the_same_tables(self, office: Office) -> None:
        first, second = (
            office.plan(role, SEARCHED, {"s": "a"}) for role in (Role.FIRM_OWNER, Role.FIRM_ADMIN)
        )

        assert first is not None
        assert second is not None
        assert len(first.binders) == len(second.binders)
        assert first.sql.replace("FIRM_OWNER", "FIRM_ADMIN") == second.sql
