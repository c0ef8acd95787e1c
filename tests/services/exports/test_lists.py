"""A file holds what its viewer's list shows with the same filters, all pages of it, and nothing else."""

from datetime import datetime
from uuid import UUID

import pytest
from sqlalchemy import insert

from services.access.actions import revoke_from_firm
from services.access.policy import Scope
from services.contacts.models import Contact
from services.kit.db import table_of as table_of_model
from services.kit.ids import new_id
from tests.support.builders.documents import customer, draft, issuer, lines, sent
from tests.support.builders.exports import Exporting, about, column_of, table_of
from tests.support.office import BOOKS, Office

MANY_CONTACTS = 1234
"""More than one page of the reading."""


async def many_contacts(office: Office, company_id: UUID, count: int = MANY_CONTACTS) -> None:
    """Contacts of a company, every second one a customer."""
    rows = [
        Contact(
            company_id=company_id,
            name=f"Contact {number:06}",
            search_text=f"contact {number:06}",
            sort_name=f"contact {number:06}",
            match_key=f"contact {number:06}",
            is_customer=number % 2 == 0,
        ).model_dump()
        for number in range(1, count + 1)
    ]
    async with office.act() as act:
        await act.session.execute(insert(table_of_model(Contact)), rows)


class TestRows:
    async def test_are_the_whole_filtered_list_and_not_one_page(
        self, office: Office, exporting: Exporting
    ) -> None:
        company_id = await office.client()
        await many_contacts(office, company_id)

        content = await exporting.made(
            office.manager,
            "contacts",
            arguments={"companyId": str(company_id), "filter": {"customer": True}, "orderBy": "NAME_DESC"},
        )

        names = column_of(content, "Name")
        assert names == [f"Contact {n:06}" for n in range(MANY_CONTACTS, 0, -1) if n % 2 == 0]
        assert about(content)["Customer"] == "Yes"
        assert about(content)["Company"] == "Fusteria Puig SL"

    async def test_of_sales_are_real_days_and_numbers_with_a_total_per_currency(
        self, office: Office, exporting: Exporting
    ) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        await sent(office, company_id, contact_id, lines=lines((None, "100.00", "21")))
        await draft(office, company_id, contact_id, lines=lines((None, "50.00", "10")))
        await draft(
            office, company_id, contact_id, kind="ESTIMATE", currency="USD", lines=lines((None, "9.99", "0"))
        )

        content = await exporting.made(
            office.manager,
            "salesDocuments",
            arguments={"companyId": str(company_id), "orderBy": "TOTAL_DESC"},
        )

        rows = table_of(content)
        heading = rows[0]
        totals = {row[0]: row[heading.index("Total")] for row in rows[4:]}
        assert [row[heading.index("Total")] for row in rows[1:4]] == [121.00, 55.00, 9.99]
        assert rows[1][heading.index("Date")] == datetime(2026, 3, 2)  # noqa: DTZ001 -- as openpyxl reads a day
        assert rows[1][heading.index("Customer")] == "Cafés Brisa SL"
        assert totals == {"Total EUR": 176.00, "Total USD": 9.99}
        assert "Company" not in heading

    async def test_of_the_journal_are_its_lines_one_by_one(
        self, office: Office, exporting: Exporting
    ) -> None:
        company_id = await issuer(office)
        await sent(office, company_id, await customer(office, company_id))

        content = await exporting.made(
            office.manager, "journalEntries", arguments={"companyId": str(company_id)}
        )

        assert column_of(content, "Debit")[-1] == column_of(content, "Credit")[-1] == 121.00
        assert sorted(code[:3] for code in column_of(content, "Account")[:-1]) == ["430", "477", "700"]

    async def test_of_several_companies_name_each(self, office: Office, exporting: Exporting) -> None:
        for name in ("Fusteria Puig SL", "Tallers Mar SL"):
            await many_contacts(office, await office.client(name), 2)

        content = await exporting.made(office.manager, "contacts")

        assert sorted(column_of(content, "Company")) == ["Fusteria Puig SL"] * 2 + ["Tallers Mar SL"] * 2
        assert about(content)["Company"] == "All companies"


class TestViewers:
    async def test_without_the_grant_are_refused_at_once(self, office: Office, exporting: Exporting) -> None:
        company_id = await office.client(view=BOOKS - {Scope.CONTACTS})

        answer = await exporting.ask(office.manager, "contacts", arguments={"companyId": str(company_id)})

        assert [item["code"] for item in answer.data["startExport"]["refusals"]] == ["DENIED"]
        assert await exporting.panel(office.manager) == []

    async def test_of_another_firm_find_no_company(
        self, office: Office, other_office: Office, exporting: Exporting
    ) -> None:
        company_id = await office.client()
        asked = {"companyId": str(company_id)}

        answer = await exporting.ask(other_office.manager, "contacts", arguments=asked)
        unknown = await exporting.ask(
            other_office.manager, "contacts", arguments={"companyId": str(new_id())}
        )

        assert [item["code"] for item in answer.data["startExport"]["refusals"]] == ["NOT_FOUND"]
        assert answer.data == unknown.data

    async def test_get_only_their_own_companies_rows(
        self, office: Office, other_office: Office, exporting: Exporting
    ) -> None:
        await many_contacts(office, await office.client(), 3)
        await many_contacts(other_office, await other_office.client("Una altra SL"), 2)

        content = await exporting.made(other_office.manager, "contacts")

        assert len(column_of(content, "Name")) == 2
        assert about(content)["Company"] == "Una altra SL"

    async def test_who_are_portal_contacts_get_their_own_documents_alone(
        self, office: Office, exporting: Exporting
    ) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        contact = await office.portal_contact(company_id, contact_id)
        await sent(office, company_id, contact_id)
        await sent(office, company_id, await customer(office, company_id, "Altres SL"))
        await draft(office, company_id, contact_id)

        own = await exporting.made(contact, "portalDocuments")
        sales = await exporting.made(contact, "salesDocuments", arguments={"companyId": str(company_id)})
        journal = await exporting.ask(contact, "journalEntries", arguments={"companyId": str(company_id)})

        assert len(table_of(own)) == len(table_of(sales)) == 3  # heading, invoice, total
        assert column_of(sales, "Customer")[0] == "Cafés Brisa SL"
        assert [item["code"] for item in journal.data["startExport"]["refusals"]] == ["DENIED"]

    async def test_see_nothing_of_each_others_files(self, office: Office, exporting: Exporting) -> None:
        company_id = await office.client()
        export_id = await exporting.start(
            office.manager, "contacts", arguments={"companyId": str(company_id)}
        )
        await exporting.make(office.manager, export_id)

        assert await exporting.fetch(office.manager, export_id) is not None
        assert await exporting.panel(office.owner) == []
        assert await exporting.fetch(office.owner, export_id) is None


class TestGrantsThatEnd:
    async def test_between_asking_and_making_leave_no_file(
        self, office: Office, exporting: Exporting
    ) -> None:
        company_id = await office.client()
        client_owner = await office.client_owner(company_id)
        await many_contacts(office, company_id, 3)
        export_id = await exporting.start(
            office.manager, "contacts", arguments={"companyId": str(company_id)}
        )

        async with office.act(client_owner) as act:
            await revoke_from_firm(act, company_id=company_id, firm_id=office.firm_id)
        await exporting.make(office.manager, export_id)

        state = await exporting.state(office.manager, export_id)
        assert (state["state"], state["failure"], state["url"]) == ("FAILED", "DENIED", None)
        assert await exporting.fetch(office.manager, export_id) is None

    async def test_between_making_and_fetching_hide_the_file(
        self, office: Office, exporting: Exporting
    ) -> None:
        company_id = await office.client()
        client_owner = await office.client_owner(company_id)
        await many_contacts(office, company_id, 3)
        export_id = await exporting.start(
            office.manager, "contacts", arguments={"companyId": str(company_id)}
        )
        await exporting.make(office.manager, export_id)
        assert (await exporting.state(office.manager, export_id))["url"] == "/files/export"

        async with office.act(client_owner) as act:
            await revoke_from_firm(act, company_id=company_id, firm_id=office.firm_id)

        assert await exporting.state(office.manager, export_id) == {}
        assert await exporting.fetch(office.manager, export_id) is None

    async def test_in_one_of_several_companies_hide_only_files_with_its_rows(
        self, office: Office, exporting: Exporting
    ) -> None:
        first, second = await office.client("Primera SL"), await office.client("Segona SL")
        client_owner = await office.client_owner(second)
        await many_contacts(office, first, 2)
        without = await exporting.start(office.manager, "contacts")
        await exporting.make(office.manager, without)
        await many_contacts(office, second, 2)
        both = await exporting.start(office.manager, "contacts")
        await exporting.make(office.manager, both)

        async with office.act(client_owner) as act:
            await revoke_from_firm(act, company_id=second, firm_id=office.firm_id)

        assert await exporting.fetch(office.manager, without) is not None
        assert await exporting.fetch(office.manager, both) is None


class TestArguments:
    @pytest.mark.parametrize(
        "arguments",
        [
            {"first": 5},
            {"after": "x"},
            {"nonsense": 1},
            {"filter": {"customer": "perhaps"}},
            {"orderBy": "UP"},
        ],
    )
    async def test_that_the_list_does_not_take_are_refused(
        self, office: Office, exporting: Exporting, arguments: dict[str, object]
    ) -> None:
        await office.client()

        answer = await exporting.ask(office.manager, "contacts", arguments=arguments)

        refusal = answer.data["startExport"]["refusals"][0]
        assert (refusal["code"], refusal["path"]) == ("BAD_INPUT", ["arguments"])

    async def test_of_no_declared_list_are_refused(self, office: Office, exporting: Exporting) -> None:
        answer = await exporting.ask(office.manager, "firmGrants")

        assert [item["code"] for item in answer.data["startExport"]["refusals"]] == ["NOT_EXPORTED"]
