"""Bad input through GraphQL on the real engine: a typed refusal that names the field, and nothing changed.

One company with everything to be wrong about; before and after each call all tables are counted in one statement,
together with the last numbers of every counter.
"""

import unicodedata
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from pypdf import PdfReader
from sqlmodel import SQLModel

from services.documents.interface import pdf_of
from services.journal.actions.closing import close_year
from services.kit.ids import new_id
from tests.support.builders.documents import (
    CARD,
    approved,
    customer,
    draft,
    issuer,
    line_ids,
    lines,
    piece,
    row,
)
from tests.support.builders.journal import contact, keep_draft, post, set_locks, with_the_keys
from tests.support.database import TestServer
from tests.support.office import Office

DOCUMENT = """mutation ($input: CreateSalesDocumentInput!) { createSalesDocument(input: $input) {
  salesDocument { id total } refusals { code path message } } }"""
APPROVE = """mutation ($ids: [ID!]!) { approveDocuments(ids: $ids, requestKey: "k") {
  results { refusals { code path message } } refusals { code path message } } }"""
ENTRY = """mutation ($input: CreateEntryInput!) { createEntry(input: $input) {
  entry { id } refusals { code path message } } }"""
POST = """mutation ($ids: [ID!]!) { postEntries(ids: $ids, requestKey: "k") {
  results { refusals { code path message } } refusals { code path message } } }"""
CONTACT = """mutation ($input: CreateContactInput!) { createContact(input: $input) {
  contact { id name } refusals { code path message } } }"""

JANUARY = date(2026, 1, 15)
BOARD = {"description": "Oak board", "unitPrice": "100.00", "taxRate": "21"}
DEBIT = {"ledgerAccountCode": "621", "debit": "900.00"}
CREDIT = {"ledgerAccountCode": "572", "credit": "900.00"}
LISTED = """query ($c: ID!) { salesDocuments(companyId: $c, filter: {status: APPROVED}) { nodes {
  contact { name } lines { description } } } }"""
STRANGE_NAMES = ("Café ☕🎉 Núñez", "شركة النخيل", "קפה תל אביב SL")


@dataclass
class Desk:
    """A company and what the cases name: 2025 is closed, January 2026 locked."""

    office: Office
    company_id: UUID
    contact_id: UUID
    invoice: UUID
    drafts: dict[str, UUID]
    entries: dict[str, str]
    others: dict[str, str]

    def sale(self, **said: Any) -> dict[str, Any]:
        """A sales invoice that would be kept, with what is wrong about it."""
        return {
            "companyId": str(self.company_id),
            "contactId": str(self.contact_id),
            "type": "SALES_INVOICE",
            "issuedOn": "2026-03-02",
            "lines": [BOARD],
            "requestKey": str(new_id()),
            **said,
        }

    def entry(self, *lines: dict[str, str], on: str = "2026-03-02") -> dict[str, Any]:
        """An entry that would be kept, with what is wrong about it."""
        return {
            "companyId": str(self.company_id),
            "entryOn": on,
            "text": "Rent",
            "lines": list(lines),
            "requestKey": str(new_id()),
        }


@pytest.fixture
async def desk(office: Office) -> Desk:
    company_id = await issuer(office)
    contact_id = await customer(office, company_id)
    await post(office, company_id, on=date(2025, 5, 4))
    async with office.act() as act:
        await close_year(act, company_id, 2025, request_key="close")
    drafts = {"locked": await draft(office, company_id, contact_id, kind="EXPENSE", issued_on=JANUARY)}
    drafts["account"] = await draft(office, company_id, contact_id, lines=lines(("70099999", "1", "21")))
    entries = {"locked": await keep_draft(office, company_id, JANUARY)}
    entries["closed"] = await keep_draft(office, company_id, date(2025, 6, 15))
    invoice = await approved(office, company_id, contact_id, issued_on=date(2026, 3, 2))
    drafts["late"] = await draft(office, company_id, contact_id, issued_on=date(2026, 2, 27))
    other = await issuer(office, "Tallers Mistral SL")
    theirs = await approved(office, other, await customer(office, other))
    await set_locks(office, company_id, tax_until=date(2026, 1, 31), hard_until=date(2025, 12, 31))
    # The first call writes the session; none of the others writes anything.
    await office.ask(office.manager, LISTED, {"c": str(company_id)})
    return Desk(
        office=office,
        company_id=company_id,
        contact_id=contact_id,
        invoice=invoice,
        drafts=drafts,
        entries=entries,
        others={
            "contact": str((await row(office, theirs)).contact_id),
            "document": str(theirs),
            "line": str((await line_ids(office, theirs))[0]),
        },
    )


async def counted(desk: Desk, server: TestServer) -> dict[str, int]:
    """The rows of every table and the last number of every counter, in one statement."""
    tables = sorted(SQLModel.metadata.tables)
    parts = [f"select '{name}' as what, count(*) as count from {name}" for name in tables]  # noqa: S608 -- our own names
    parts += [
        "select 'numbers of documents', coalesce(sum(last_number), 0) from document_counter",
        "select 'versions of documents', coalesce(sum(version), 0) from document",
        "select 'jobs', count(*) from pgqueuer",
    ]
    async with with_the_keys(desk.office, server) as connection:
        rows = await connection.fetch(" union all ".join(parts))
    return {row["what"]: int(row["count"]) for row in rows}


def refusals_of(answer: Any) -> list[dict[str, Any]]:
    """Every refusal of the one mutation that was asked, of the whole and of each item."""
    (payload,) = answer.data.values()
    assert payload is not None, answer.errors
    found: list[dict[str, Any]] = [*payload["refusals"]]
    for result in payload.get("results") or ():
        found += result["refusals"]
    return found


Case = tuple[str, dict[str, Any], str, list[str]]
"""What is asked with which variables, and the code and path of the one refusal."""


def entries(desk: Desk) -> dict[str, Case]:
    """The journal: what does not balance, stands in a closed time, or on an account of nobody here."""
    kept = {name: {"ids": [str(entry_id)]} for name, entry_id in desk.entries.items()}
    foreign = {**CREDIT, "ledgerAccountCode": "430", "contactId": desk.others["contact"]}
    unknown = {**CREDIT, "ledgerAccountCode": "57299999"}
    asked = {
        "a cent apart": desk.entry(DEBIT, {**CREDIT, "credit": "899.99"}),
        "one line": desk.entry(DEBIT),
        "below zero": desk.entry({**DEBIT, "debit": "-900.00"}, {**CREDIT, "credit": "-900.00"}),
        "in no year": desk.entry(DEBIT, CREDIT, on="2031-06-15"),
        "account of nobody": desk.entry(DEBIT, unknown),
        "contact of another company": desk.entry(DEBIT, foreign),
        "in another company": {**desk.entry(DEBIT, CREDIT), "companyId": str(new_id())},
    }
    given = {name: {"input": entry} for name, entry in asked.items()}
    return {
        "entry: a cent apart": (ENTRY, given["a cent apart"], "ENTRY_NOT_BALANCED", ["lines"]),
        "entry: one line": (ENTRY, given["one line"], "ENTRY_TOO_SHORT", ["lines"]),
        "entry: below zero": (ENTRY, given["below zero"], "ENTRY_LINE_AMOUNT_WRONG", ["lines", "0"]),
        "entry: in no year": (ENTRY, given["in no year"], "FISCAL_YEAR_MISSING", ["entryOn"]),
        "entry: account of nobody": (ENTRY, given["account of nobody"], "LEDGER_ACCOUNT_MISSING", ["lines"]),
        "entry: foreign contact": (ENTRY, given["contact of another company"], "NOT_FOUND", ["contactId"]),
        "entry: foreign company": (ENTRY, given["in another company"], "NOT_FOUND", ["companyId"]),
        "posting: in a locked period": (POST, kept["locked"], "PERIOD_LOCKED", ["entryOn"]),
        "posting: in a closed year": (POST, kept["closed"], "FISCAL_YEAR_CLOSED", ["entryOn"]),
    }


def documents(desk: Desk) -> dict[str, Case]:
    """Documents: numbers, dates, currencies, lines, and whatever belongs to somebody else."""
    line = ["lines", "0"]
    back = [{**BOARD, "quantity": "-1"}]
    wrong = {"rectifiesId": str(desk.invoice), "reason": "Came back"}
    foreign = {**wrong, "rectifiesId": desk.others["document"]}
    said: dict[str, tuple[dict[str, Any], str, list[str]]] = {
        "10,000 lines": ({"lines": [BOARD] * 10_000}, "TOO_MANY_LINES", ["lines"]),
        "no line": ({"lines": []}, "DOCUMENT_WITHOUT_LINES", ["lines"]),
        "negative in all": ({"lines": back}, "RECTIFIED_MISSING", ["rectification"]),
        "negative estimate": ({"type": "ESTIMATE", "lines": back}, "TOTAL_NEGATIVE", ["lines"]),
        "quantity of nothing": (
            {"lines": [{**BOARD, "quantity": "0"}]},
            "QUANTITY_ZERO",
            [*line, "quantity"],
        ),
        "negative price": ({"lines": [{**BOARD, "unitPrice": "-1"}]}, "PRICE_REFUSED", [*line, "unitPrice"]),
        "fifth decimal": ({"lines": [{**BOARD, "quantity": "0.00001"}]}, "BAD_INPUT", [*line, "quantity"]),
        "no such VAT": ({"lines": [{**BOARD, "taxRate": "22"}]}, "TAX_RATE_UNKNOWN", [*line, "taxRate"]),
        "no such currency": ({"currency": "euro"}, "BAD_INPUT", ["currency"]),
        "rate of our own currency": ({"exchangeRate": "1.10"}, "BAD_INPUT", ["exchangeRate"]),
        "rectified in another currency": (
            {"currency": "USD", "rectification": wrong, "lines": back},
            "RECTIFIED_WRONG",
            ["rectification", "rectifiesId"],
        ),
        "series that no number can have": ({"series": "fv 26"}, "SERIES_REFUSED", ["series"]),
        "due before it is issued": ({"dueOn": "2026-03-01"}, "DUE_BEFORE_ISSUED", ["dueOn"]),
        "withholding of all": ({"withholdingRate": "100"}, "WITHHOLDING_REFUSED", ["withholdingRate"]),
        "contact of another company": ({"contactId": desk.others["contact"]}, "NOT_FOUND", ["contactId"]),
        "line of another company": (
            {"lines": [{**BOARD, "id": desk.others["line"]}]},
            "BAD_INPUT",
            [*line, "id"],
        ),
        "rectifies another company's": (
            {"rectification": foreign, "lines": back},
            "NOT_FOUND",
            ["rectification", "rectifiesId"],
        ),
        "in another company": ({"companyId": str(new_id())}, "NOT_FOUND", ["companyId"]),
    }
    cases: dict[str, Case] = {
        f"document: {name}": (DOCUMENT, {"input": desk.sale(**parts)}, code, path)
        for name, (parts, code, path) in said.items()
    }
    for name, document_id, code, path in (
        ("before the number in front of it", desk.drafts["late"], "ISSUED_BEFORE_PREVIOUS", ["issuedOn"]),
        ("in a locked period", desk.drafts["locked"], "ARRIVAL_NEEDED", ["receivedOn"]),
        ("on an account of nobody", desk.drafts["account"], "LEDGER_ACCOUNT_MISSING", ["lines"]),
        ("of another firm", new_id(), "NOT_FOUND", ["id"]),
    ):
        cases[f"approving: {name}"] = (APPROVE, {"ids": [str(document_id)]}, code, path)
    return cases


def contacts(desk: Desk) -> dict[str, Case]:
    """Contacts: identifiers that nobody has."""
    said: dict[str, tuple[dict[str, Any], str, str]] = {
        "dummy": ({"taxId": "B12345678"}, "TAX_ID_IS_DUMMY", "taxId"),
        "wrong check digit": ({"taxId": "B28015866"}, "TAX_ID_CHECK_DIGIT_WRONG", "taxId"),
        "no identifier": ({"taxId": "🎉"}, "TAX_ID_FORMAT_WRONG", "taxId"),
        "name of nothing": ({"name": " \u202e "}, "BAD_INPUT", "name"),
    }
    own = {"companyId": str(desk.company_id), "name": "Cafés Brisa SL", "requestKey": "c"}
    return {
        f"contact: {name}": (CONTACT, {"input": {**own, **parts}}, code, ["input", path])
        for name, (parts, code, path) in said.items()
    }


async def test_is_refused_by_code_and_field_and_changes_nothing(
    desk: Desk, postgres_server: TestServer
) -> None:
    cases = {**entries(desk), **documents(desk), **contacts(desk)}
    answered: dict[str, list[tuple[str, list[str]]]] = {}
    before = await counted(desk, postgres_server)

    for name, (operation, variables, _, _) in cases.items():
        refusals = refusals_of(await desk.office.ask(desk.office.manager, operation, variables))
        assert all(refusal["message"] for refusal in refusals), name
        answered[name] = [(refusal["code"], refusal["path"]) for refusal in refusals]
        assert await counted(desk, postgres_server) == before, name

    assert answered == {name: [(code, path)] for name, (_, _, code, path) in cases.items()}


@pytest.mark.parametrize("name", STRANGE_NAMES)
async def test_strange_names_are_taken_as_they_are_and_printed(office: Office, name: str) -> None:
    company_id = await issuer(office)
    contact_id = await contact(office, company_id, f"{name}\u202e", is_customer=True, **CARD)
    invoice = await approved(office, company_id, contact_id, lines=(piece("10", description=name),))

    listed = await office.ask(office.manager, LISTED, {"c": str(company_id)})
    _, pdf = await pdf_of(office.database, office.store, office.owner, invoice)

    (document,) = listed.data["salesDocuments"]["nodes"]
    assert (document["contact"]["name"], document["lines"][0]["description"]) == (name, name)
    printed = PdfReader(BytesIO(pdf)).pages[0].extract_text()
    letters = {sign for sign in name if sign.isalpha()}
    assert letters <= set(printed) | presented(letters)
    assert "10,00" in printed


def presented(letters: set[str]) -> set[str]:
    """Letters that a page may show in the form of their place in the word."""
    return {sign for sign in letters if "ARABIC" in unicodedata.name(sign)}
