"""An account manager brings a bank statement into a client's books and settles an invoice with one of its lines."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from playwright.async_api import Locator, expect

from gateway.requests import cookie_name
from gateway.viewers import Viewers
from services.access.interface import acting
from services.banking.formats.norma43_writer import (
    AccountToWrite,
    MovementToWrite,
    norma43_records,
    records_to_bytes,
)
from services.journal.interface import verify_ledger
from services.kit.db import Database
from tests.support.browser import Window
from tests.support.demo import DemoCopy, on_its_day

MANAGER, CLIENT = "laia@puig.example", "Ascensors Montsià Manteniment SA"
DAY = date(2026, 11, 22)
"""The day after the last statement of the demo."""
CREDIT_TOTAL = slice(44, 58)
"""Where an end record states the total of payments in, in cents."""


@dataclass(frozen=True, slots=True)
class Books:
    """A client's books as its manager sees them through the contract."""

    desk: Window
    client_id: str

    async def account(self) -> dict[str, Any]:
        [account] = (await self.desk.ask("BankAccounts", id=self.client_id))["client"]["bankAccounts"]
        return dict(account)

    async def lines_left(self) -> int:
        work = (await self.desk.ask("ClientPage", id=self.client_id))["client"]["pendingWork"]
        return int(work["reconciliations"])

    async def line(self, text: str) -> dict[str, Any]:
        found = await self.desk.ask(
            "BankLines", companyId=self.client_id, orderBy="DATE_DESC", filter={"search": text}
        )
        [line] = found["bankLines"]["nodes"]
        return dict(line)

    async def open_invoice(self) -> dict[str, Any]:
        """The newest invoice that is not paid at all and that no bank line was proposed for."""
        lines = await self.desk.ask("BankLines", companyId=self.client_id, orderBy="DATE_DESC", filter={})
        proposed = {line["proposal"]["number"] for line in lines["bankLines"]["nodes"] if line["proposal"]}
        found = await self.desk.ask(
            "SalesDocuments", companyId=self.client_id, orderBy="ISSUED_DESC", filter={}
        )
        return next(
            document
            for document in found["salesDocuments"]["nodes"]
            if document["type"] == "SALES_INVOICE"
            and document["number"] not in proposed
            and document["outstanding"] == document["total"]
        )

    async def document(self, document_id: str) -> dict[str, Any]:
        found = (await self.desk.ask("SalesDocumentPage", id=document_id))["salesDocument"]
        # Links are signed anew each time, that to the picture of the QR code too.
        record = {name: value for name, value in found["verifactu"].items() if name != "qrImageUrl"}
        return {name: value for name, value in found.items() if not name.endswith("Url")} | {
            "verifactu": record
        }


def statement(account: dict[str, Any], invoice: dict[str, Any]) -> bytes:
    """Two accounts in code page 850, the second unknown to the books and with a wrong total of payments in."""
    iban = account["iban"]
    known = AccountToWrite(
        bank=iban[4:8],
        branch=iban[8:12],
        account=iban[14:],
        first_on=DAY,
        last_on=DAY,
        opening_balance=Decimal(account["statementBalance"]),
        holder="ASCENSORS MONTSIÀ",
        movements=(
            _movement(invoice["outstanding"], f"TRANSFERÈNCIA PENYÍSCOLA {invoice['number']}"),
            _movement("-12.50", "COMISIÓ MANTENIMENT Ñ"),
        ),
    )
    unknown = AccountToWrite(
        bank="2100",
        branch="0418",
        account="0006321426",
        first_on=DAY,
        last_on=DAY,
        opening_balance=Decimal("100.00"),
        holder="ASCENSORS MONTSIÀ",
        movements=(_movement("40.00", "INTERESSOS"),),
    )
    records = norma43_records([known, unknown])
    last = records[-2]
    records[-2] = last[: CREDIT_TOTAL.start] + "99999".zfill(14) + last[CREDIT_TOTAL.stop :]
    return records_to_bytes(records, encoding="cp850")


def _movement(amount: str, text: str) -> MovementToWrite:
    return MovementToWrite(operation_on=DAY, amount=Decimal(amount), text_lines=(text,))


async def choose_file(desk: Window, content: bytes) -> None:
    """This will give the open dialog a statement file."""
    file = {"name": "extracte.n43", "mimeType": "text/plain", "buffer": content}
    await desk.page.get_by_role("dialog").locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]


def figure(desk: Window, term: str) -> Locator:
    """The number under a term in the dialog."""
    pair = desk.page.get_by_role("dialog").locator("dl > div").filter(has_text=term)
    return pair.locator("dd")


async def verifies(desk: Window, demo: DemoCopy, client_id: str) -> bool:
    """Whether every posted entry of the client holds, chain and all."""
    name = cookie_name("firm", secure=False)
    cookies = await desk.context.cookies()
    [secret] = [cookie["value"] for cookie in cookies if cookie["name"] == name]
    database = Database(demo.addresses)
    await database.open()
    try:
        with on_its_day():
            known = await Viewers(database).find(secret)
        assert known is not None
        async with acting(database, known.viewer) as act:
            return (await verify_ledger(act.session, UUID(client_id))).broken is None
    finally:
        await database.close()


async def open_bank(desk: Window) -> Books:
    """This will sign the manager in and open the client's bank."""
    await desk.sign_in(MANAGER)
    await desk.page.get_by_role("link", name=CLIENT, exact=True).click()
    await desk.page.wait_for_url("**/clients/*")
    client_id = desk.page.url.rsplit("/", 1)[-1]
    await desk.open(f"/firm/c/{client_id}/bank")
    return Books(desk, client_id)


async def test_manager_imports_a_statement_and_matches_a_line(desk: Window, demo: DemoCopy) -> None:
    books = await open_bank(desk)
    account, invoice, left = await books.account(), await books.open_invoice(), await books.lines_left()
    file = statement(account, invoice)

    await desk.page.keyboard.press("i")
    await choose_file(desk, file)
    await desk.page.get_by_label("Name of the account").fill("Compte d'estalvi")
    await desk.page.keyboard.press("Enter")

    dialog = desk.page.get_by_role("dialog")
    await expect(figure(desk, "Lines added")).to_have_text("3")
    await expect(figure(desk, "Already known")).to_have_text("0")
    warnings = dialog.get_by_role("list", name="Warnings").get_by_role("listitem")
    await expect(warnings).to_have_count(1)
    await expect(warnings).to_contain_text("The bank totals payments in at")
    closing = Decimal(account["statementBalance"]) + Decimal(invoice["outstanding"]) - Decimal("12.50")
    await expect(dialog).to_contain_text(
        f"opening {Decimal(account['statementBalance']):,}, closing {closing:,}"
    )
    await expect(dialog).to_contain_text("opening 100.00, closing 140.00")
    assert await books.lines_left() == left + 3

    await dialog.get_by_role("button", name="Import another file").click()
    await choose_file(desk, file)
    await expect(figure(desk, "Lines added")).to_have_text("0")
    await expect(figure(desk, "Already known")).to_have_text("3")
    await expect(dialog).to_contain_text("Every line of this file was here already. Nothing changed.")
    assert await books.lines_left() == left + 3
    await desk.page.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)

    await _match_and_take_back(books, invoice, demo)


async def _match_and_take_back(books: Books, invoice: dict[str, Any], demo: DemoCopy) -> None:
    desk, text = books.desk, "TRANSFERÈNCIA PENYÍSCOLA"
    line, document, left = (
        await books.line(text),
        await books.document(invoice["id"]),
        await books.lines_left(),
    )
    row = desk.page.get_by_role("row").filter(has_text=text)
    await expect(row).to_contain_text(invoice["number"])

    await walk_to(desk, row)
    await desk.page.keyboard.press("Enter")
    await expect(row).to_contain_text("Matched")

    matched, settled = await books.line(text), await books.document(invoice["id"])
    assert (matched["state"], matched["settledAmount"]) == ("MATCHED", invoice["outstanding"])
    assert settled["outstanding"] == "0.00"
    assert await books.lines_left() == left - 1
    entry = (await desk.ask("JournalEntryPage", id=matched["entryId"]))["journalEntry"]
    assert entry["state"] == "POSTED"
    assert sum(Decimal(one["debit"]) - Decimal(one["credit"]) for one in entry["lines"]) == 0
    assert await verifies(desk, demo, books.client_id)

    await desk.page.keyboard.press("u")
    await expect(row).to_contain_text("Open")

    assert await books.line(text) == line
    assert await books.document(invoice["id"]) == document
    assert await books.lines_left() == left
    assert await verifies(desk, demo, books.client_id)


async def walk_to(desk: Window, row: Locator) -> None:
    """This will go down with j until a row is the one in hand."""
    place = int(await row.get_attribute("aria-rowindex") or 0)
    at = desk.page.locator("tr[aria-current=true]")
    for _ in range(place - int(await at.get_attribute("aria-rowindex") or 0)):
        await desk.page.keyboard.press("j")
    await expect(row).to_have_attribute("aria-current", re.compile("true"))


async def test_manager_is_told_what_a_foreign_file_is(desk: Window) -> None:
    books = await open_bank(desk)
    left = await books.lines_left()

    await desk.page.keyboard.press("i")
    await choose_file(desk, b"Date;Text;Amount\n21/11/2026;BIZUM;12,00\n")

    refused = desk.page.get_by_role("alert")
    await expect(refused).to_contain_text("Nothing of extracte.n43 was imported.")
    await expect(refused).to_contain_text("Norma 43")
    assert await books.lines_left() == left
