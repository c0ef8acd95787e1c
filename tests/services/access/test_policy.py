"""Who is named beside a refusal as the one that can open it."""

import pytest

from services.access.policy import Role, Scope, who_can_grant

OPENED_BY = {
    Role.BOOKKEEPER: (Role.FIRM_OWNER, Role.FIRM_ADMIN),
    Role.FIRM_ADMIN: (Role.FIRM_OWNER,),
    Role.FIRM_OWNER: (),
    Role.CLIENT_EMPLOYEE: (Role.CLIENT_OWNER,),
    Role.CLIENT_OWNER: (),
}


@pytest.mark.parametrize("role", OPENED_BY, ids=lambda role: role.value)
def test_a_higher_role_is_given_by_who_stands_above_and_never_by_oneself(role: Role) -> None:
    assert who_can_grant(role, Scope.PRACTICE, "ROLE") == OPENED_BY[role]
