"""A supplier's invoice that arrives after its quarter was filed: deducted, booked and listed by its arrival."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from services.documents.actions.refusals import ArrivalNeeded
from services.documents.actions.unapproving import unapprove_document
from services.documents.interface import approve_document
from services.kit.errors import BadInput
from tests.services.journal.test_closing import closed
from tests.services.taxes.test_drafts import draft
from tests.services.taxes.test_tax_days import checks, filed
from tests.services.taxes.worked_quarter import Quarter, one_line, worked_quarter
from tests.support.builders.documents import approved, issuer, row
from tests.support.builders.documents import draft as drafted
from tests.support.builders.journal import contact, post
from tests.support.office import Office

ISSUED, ARRIVED = date(2026, 3, 20), date(2026, 4, 10)
BOOK = """query ($company: ID!, $from: Date!, $to: Date!) {
  vatBookLines(companyId: $company, filter: { book: RECEIVED, from: $from, to: $to }, first: 100) {
    nodes { documentId number issuedOn receivedOn taxOn deductible } } }"""
READ = "query ($id: ID!) { purchaseDocument(id: $id) { issuedOn receivedOn dueOn } }"
CREATE = """mutation ($input: CreatePurchaseDocumentInput!) {
  createPurchaseDocument(input: $input) { purchaseDocument { id receivedOn } refusals { code path message } } }"""


async def supplier(quarter: Quarter) -> UUID:
    return await contact(quarter.office, quarter.company_id, "Barnices Oria SL", is_supplier=True)


def invoice(**fields: Any) -> dict[str, Any]:
    """1 000.00 plus 21 % of 20 March."""
    return {
        "kind": "PURCHASE_INVOICE",
        "number": "BO-77",
        "issued_on": ISSUED,
        "lines": one_line("P21", "1000.00", "602"),
        **fields,
    }


async def late(quarter: Quarter) -> UUID:
    """The same, arrived on 10 April when the first quarter was filed."""
    await filed(quarter)
    fields = invoice(received_on=ARRIVED, due_on=date(2026, 4, 20))
    return await approved(quarter.office, quarter.company_id, await supplier(quarter), **fields)


async def listed(quarter: Quarter, first: str, last: str) -> list[dict[str, Any]]:
    asked = {"company": str(quarter.company_id), "from": first, "to": last}
    answer = await quarter.office.ask(quarter.office.bookkeeper, BOOK, asked)
    return list(answer.data["vatBookLines"]["nodes"])


class TestAnInvoiceOfAFiledQuarter:
    async def test_without_its_arrival_is_refused_where_the_arrival_is_said(self, office: Office) -> None:
        quarter = await worked_quarter(office)
        await filed(quarter)

        with pytest.raises(ArrivalNeeded) as refused:
            await approved(office, quarter.company_id, await supplier(quarter), **invoice())

        assert refused.value.path == ("receivedOn",)
        assert refused.value.values["first_open_on"] == date(2026, 4, 1)

    async def test_is_deducted_in_the_quarter_it_arrived_in(self, office: Office) -> None:
        quarter = await worked_quarter(office)
        document_id = await late(quarter)

        first = await draft(office, quarter.company_id)
        second = await draft(office, quarter.company_id, period="2T")

        assert first["figures"]["differences"] == []
        assert checks(first)["INPUT_TAX"] == ("1615.00", "1615.00")
        assert checks(second)["INPUT_TAX"] == ("210.00", "210.00")
        async with office.act() as act:
            entry_on = await act.session.scalar(
                text(
                    "select e.entry_on from document d join journal_entry e on e.id = d.entry_id where d.id = :d"
                ),
                {"d": document_id},
            )
        assert entry_on == ARRIVED

    async def test_stands_in_the_book_of_that_quarter_with_both_days(self, office: Office) -> None:
        quarter = await worked_quarter(office)
        document_id = await late(quarter)

        in_first = await listed(quarter, "2026-01-01", "2026-03-31")
        in_second = await listed(quarter, "2026-04-01", "2026-06-30")

        assert str(document_id) not in {one["documentId"] for one in in_first}
        assert in_second == [
            {
                "documentId": str(document_id),
                "number": "BO-77",
                "issuedOn": "2026-03-20",
                "receivedOn": "2026-04-10",
                "taxOn": "2026-04-10",
                "deductible": "210.00",
            }
        ]

    async def test_is_taken_back_and_approved_again_while_its_own_quarter_is_open(
        self, office: Office
    ) -> None:
        quarter = await worked_quarter(office)
        document_id = await late(quarter)

        async with office.act() as act:
            await unapprove_document(act, document_id)
        assert checks(await draft(office, quarter.company_id, period="2T"))["INPUT_TAX"] == ("0.00", "0.00")
        async with office.act() as act:
            await approve_document(act, document_id)

        assert checks(await draft(office, quarter.company_id, period="2T"))["INPUT_TAX"] == (
            "210.00",
            "210.00",
        )

    async def test_keeps_its_arrival_once_it_is_approved_even_against_sql(self, office: Office) -> None:
        quarter = await worked_quarter(office)
        document_id = await late(quarter)

        with pytest.raises(DBAPIError, match="the day it arrived cannot change"):
            async with office.act() as act:
                await act.session.execute(
                    text("update document set received_on = null where id = :d"), {"d": document_id}
                )

        assert (await row(office, document_id)).received_on == ARRIVED

    async def test_is_due_by_its_own_day_and_a_stranger_learns_nothing(
        self, office: Office, other_office: Office
    ) -> None:
        quarter = await worked_quarter(office)
        document_id = await late(quarter)

        own = await office.ask(office.bookkeeper, READ, {"id": str(document_id)})
        foreign = await other_office.ask(other_office.owner, READ, {"id": str(document_id)})

        assert own.data["purchaseDocument"] == {
            "issuedOn": "2026-03-20",
            "receivedOn": "2026-04-10",
            "dueOn": "2026-04-20",
        }
        assert foreign.data["purchaseDocument"] is None


class TestADayOfArrival:
    @pytest.mark.parametrize(
        ("fields", "why"),
        [
            ({"received_on": date(2026, 3, 19)}, "not before its day of issue"),
            ({"received_on": date(2030, 3, 21)}, "four years"),
            ({"received_on": ARRIVED, "kind": "PURCHASE_ORDER", "number": None}, "only the invoice"),
            ({"received_on": ARRIVED, "kind": "SALES_INVOICE", "number": None,
              "lines": one_line("S21", "10.00")}, "only the invoice"),
            ({"received_on": ARRIVED, "lines": one_line("P_ISP21", "10.00")}, "the buyer owes"),
        ],
        ids=["before its issue", "too late", "an order", "a sale", "reverse charge"],
    )  # fmt: skip
    async def test_that_cannot_be_is_refused(self, office: Office, fields: dict[str, Any], why: str) -> None:
        quarter = await worked_quarter(office)

        with pytest.raises(BadInput) as refused:
            await drafted(office, quarter.company_id, await supplier(quarter), **invoice(**fields))

        assert refused.value.path == ("receivedOn",)
        assert why in refused.value.values["problem"]

    async def test_is_entered_through_the_api(self, office: Office) -> None:
        quarter = await worked_quarter(office)
        line = {"description": "Barniz", "unitPrice": "1000.00", "taxCode": "P21"}
        given = {
            "companyId": str(quarter.company_id),
            "type": "EXPENSE",
            "contactId": str(await supplier(quarter)),
            "issuedOn": "2026-03-20",
            "receivedOn": "2026-04-10",
            "lines": [line],
            "requestKey": "late",
        }

        answer = await office.ask(office.bookkeeper, CREATE, {"input": given})
        early = await office.ask(
            office.bookkeeper, CREATE, {"input": {**given, "receivedOn": "2026-03-01", "requestKey": "early"}}
        )

        assert answer.data["createPurchaseDocument"]["purchaseDocument"]["receivedOn"] == "2026-04-10"
        (refusal,) = early.data["createPurchaseDocument"]["refusals"]
        assert (refusal["code"], refusal["path"]) == ("BAD_INPUT", ["receivedOn"])


async def test_one_of_a_closed_year_is_refused_where_the_arrival_is_said(office: Office) -> None:
    company_id = await issuer(office)
    await post(office, company_id, on=date(2025, 3, 1))
    assert (await closed(office, company_id, 2025))["refusals"] == []
    party = await contact(office, company_id, "Barnices Oria SL", is_supplier=True)
    fields = invoice(issued_on=date(2025, 12, 20))

    with pytest.raises(ArrivalNeeded) as refused:
        await approved(office, company_id, party, **fields)
    arrived = await approved(office, company_id, party, **fields, received_on=date(2026, 1, 8))

    assert refused.value.path == ("receivedOn",)
    assert refused.value.values["first_open_on"] == date(2026, 1, 1)
    assert (await row(office, arrived)).tax_on == date(2026, 1, 8)
