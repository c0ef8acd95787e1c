"""Pages by key: each selection of a page is answered by itself."""

import pytest

from services.contacts.actions import NewContact, create_contact
from tests.support.office import Office


async def _contacts(office: Office) -> str:
    company_id = await office.client()
    async with office.act() as act:
        for name in ("Anna", "Berta", "Carla"):
            await create_contact(
                act, NewContact(company_id=company_id, name=name, email=f"{name.lower()}@example.test")
            )
    return str(company_id)


@pytest.mark.parametrize("planned", [True, False])
class TestAliases:
    async def test_of_nodes_hold_their_own_fields(self, office: Office, *, planned: bool) -> None:
        company_id = await _contacts(office)

        answer = await office.ask(
            office.manager,
            "query($c: ID!) { contacts(companyId: $c, first: 2) {"
            " names: nodes { name } addresses: nodes { name: email } totalCount pageInfo { hasNextPage } } }",
            {"c": company_id},
            planned=planned,
        )

        assert answer.data["contacts"] == {
            "names": [{"name": "Anna"}, {"name": "Berta"}],
            "addresses": [{"name": "anna@example.test"}, {"name": "berta@example.test"}],
            "totalCount": 3,
            "pageInfo": {"hasNextPage": True},
        }
