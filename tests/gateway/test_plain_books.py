"""A year of the journal as a text file over HTTP: for who may see the journal, as long as they may."""

import httpx2

from services.access.actions import revoke_from_firm
from services.access.interface import Viewer
from tests.gateway.test_files import link
from tests.support.builders.journal import books, post
from tests.support.office import Office


async def test_a_year_is_sent_as_text_until_the_grant_ends(
    http: httpx2.AsyncClient, served_office: Office
) -> None:
    company_id = await books(served_office)
    await post(served_office, company_id, text="Rent of March")
    client = await served_office.client_owner(company_id)

    def address(viewer: Viewer) -> str:
        return link(viewer, "plain-books", company=str(company_id), year="2026", form="BEANCOUNT")

    sent = await http.get(address(served_office.bookkeeper))
    async with served_office.act(client) as act:
        await revoke_from_firm(act, company_id=company_id, firm_id=served_office.firm_id)
    refused = await http.get(address(served_office.bookkeeper))
    own = await http.get(address(client))

    assert sent.status_code == own.status_code == 200
    assert '2026-03-02 * "Rent of March"' in sent.text
    assert "2026.beancount" in sent.headers["content-disposition"]
    assert refused.status_code in (403, 404)
    assert "Rent" not in refused.text
