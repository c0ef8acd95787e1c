"""What a person should look at before a purchase is approved: no paper, or another one that may be the same."""

from datetime import date
from typing import Any
from uuid import UUID

from services.documents.interface import attach
from tests.support.builders.documents import customer, draft, issuer
from tests.support.office import Office

LIST = """query ($company: ID) {
  purchaseDocuments(companyId: $company) { nodes { id hasPaper twinId } } }"""


async def doubts(office: Office, company_id: UUID) -> dict[str, tuple[bool, str | None]]:
    """By document: whether its paper is there, and which one may be the same. Both ways of asking agree."""
    asked = {"company": str(company_id)}
    planned = await office.ask(office.manager, LIST, asked)
    walked = await office.ask(office.manager, LIST, asked, planned=False)
    assert planned.data == walked.data
    return {
        node["id"]: (node["hasPaper"], node["twinId"]) for node in planned.data["purchaseDocuments"]["nodes"]
    }


async def purchase(office: Office, company_id: UUID, contact_id: UUID, number: str, **given: Any) -> str:
    made = await draft(
        office,
        company_id,
        contact_id,
        kind="PURCHASE_INVOICE",
        number=number,
        status="PENDING_REVIEW",
        **given,
    )
    return str(made)


class TestAPurchase:
    async def test_says_whether_its_paper_is_there(self, office: Office) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        with_paper = await purchase(office, company_id, contact_id, "A-1", issued_on=date(2026, 1, 5))
        without = await purchase(office, company_id, contact_id, "A-2", issued_on=date(2026, 2, 5))
        async with office.act() as act:
            await attach(
                act,
                document_id=UUID(with_paper),
                filename="a.pdf",
                media_type="application/pdf",
                size=9,
                sha256="a" * 64,
            )

        found = await doubts(office, company_id)

        assert found == {with_paper: (True, None), without: (False, None)}

    async def test_names_another_of_the_same_supplier_total_and_number_or_day(self, office: Office) -> None:
        company_id = await issuer(office)
        mill = await customer(office, company_id)
        other = await customer(office, company_id)
        first = await purchase(office, company_id, mill, "A-1", issued_on=date(2026, 1, 5))
        again = await purchase(office, company_id, mill, "A-1", issued_on=date(2026, 3, 5))
        same_day = await purchase(office, company_id, mill, "A-9", issued_on=date(2026, 1, 5))
        elsewhere = await purchase(office, company_id, other, "A-1", issued_on=date(2026, 1, 5))
        alone = await purchase(office, company_id, mill, "A-7", issued_on=date(2026, 4, 5))

        twins = {one: twin for one, (_, twin) in (await doubts(office, company_id)).items()}

        assert twins[again] == first
        assert twins[same_day] == first
        assert twins[first] == same_day
        assert twins[elsewhere] is None
        assert twins[alone] is None
