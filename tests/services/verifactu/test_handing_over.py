"""Invoice records as files: a year's stretch of the chain in the tax agency's layout, for who may see all sales."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from lxml import etree

from services.access.policy import Scope
from services.kit import clock
from services.verifactu.actions import record_cancellation
from services.verifactu.handing_over import RecordsFile, files_of_year, records_file
from services.verifactu.record_xml import NAMESPACE
from tests.support.builders.documents import approved, customer, issuer
from tests.support.office import BOOKS, Office
from tests.support.published import handover_faults

FILES = """query ($id: ID!, $year: Int!) { invoiceRecordFiles(companyId: $id, year: $year) {
  firstPosition lastPosition url } }"""


async def chain(office: Office) -> UUID:
    """A company that issued at the end of 2025, twice in 2026, and voided the first of those."""
    company_id = await issuer(office)
    contact_id = await customer(office, company_id)
    # Madrid is in 2026 an hour before the world's clock.
    issued = []
    for at in ("2025-12-31T22:30", "2025-12-31T23:30", "2026-03-02T09:00"):
        with clock.moved_to(datetime.fromisoformat(at).replace(tzinfo=UTC)):
            issued.append(await approved(office, company_id, contact_id, issued_on=clock.now().date()))
    async with office.act() as act:
        await record_cancellation(act, issued[1])
    return company_id


async def asked(office: Office, viewer: Any, company_id: UUID, year: int) -> Any:
    return await office.ask(viewer, FILES, {"id": str(company_id), "year": year})


class TestFiles:
    async def test_hold_the_records_of_a_year_as_they_were_kept(self, office: Office) -> None:
        with clock.moved_to(datetime(2026, 3, 3, 9, tzinfo=UTC)):
            company_id = await chain(office)

        async with office.act() as act:
            files = await files_of_year(act.session, company_id, 2026)
            name, content = await records_file(act.session, company_id, files[0])

        assert files == [RecordsFile(2, 4)]
        assert name == "B65410011-2-4.xml"
        assert handover_faults(content) == []
        root = etree.fromstring(content)
        kinds = [etree.QName(each[0]).localname for each in root.iter("{*}RegistroFactura")]
        assert kinds == ["RegistroAlta", "RegistroAlta", "RegistroAnulacion"]
        assert (
            len({each.text for each in root.iter(f"{{{NAMESPACE}}}Huella")}) == 4
        )  # theirs and the one before

    async def test_of_a_year_without_records_are_none(self, office: Office) -> None:
        company_id = await issuer(office)

        assert (await asked(office, office.manager, company_id, 2026)).data == {"invoiceRecordFiles": []}

    async def test_are_refused_without_the_grant_and_unknown_to_others(
        self, office: Office, other_office: Office
    ) -> None:
        hidden = await office.client("Forn Vell SL", view=BOOKS - {Scope.SALES})
        company_id = await issuer(office)
        await approved(office, company_id, await customer(office, company_id))

        blind = await asked(office, office.manager, hidden, 2026)
        stranger = await asked(office, other_office.owner, company_id, 2026)

        assert (blind.data["invoiceRecordFiles"], blind.codes) == (None, ["SCOPE"])
        assert (stranger.data["invoiceRecordFiles"], stranger.codes) == (None, [])
