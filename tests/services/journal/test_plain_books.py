"""A year as plain text gives the same trial balance to beancount as to us; hledger's form adds up too."""

from collections import defaultdict
from decimal import Decimal
from uuid import UUID

from beancount import loader
from beancount.core.data import Open, Transaction

from services.journal.formats.plain_text import PlainForm
from services.journal.interface import plain_books
from tests.support.builders.journal import balances, books, contact, line, post, rent
from tests.support.office import Office

TRICKY = 'Café "La Ñ"; 10 | 20 \\ 🪚\nsecond line'


async def text_of(office: Office, company_id: UUID, year: int, form: PlainForm) -> str:
    async with office.database.read(office.owner.id) as session:
        return "".join([text async for text in plain_books(session, company_id, year, form)])


def read_by_beancount(text: str) -> tuple[dict[str, Decimal], int]:
    """What beancount makes of a file: the balance of each account, and how many entries; it must not complain."""
    directives, errors, _ = loader.load_string(text)
    assert errors == []
    held: defaultdict[str, Decimal] = defaultdict(Decimal)
    entries = [one for one in directives if isinstance(one, Transaction)]
    for entry in entries:
        for posting in entry.postings:
            assert posting.units is not None
            assert isinstance(posting.units.number, Decimal)
            held[posting.account.split(":")[1]] += posting.units.number
    assert {one.account.split(":")[1] for one in directives if isinstance(one, Open)} == set(held)
    return {code: amount for code, amount in held.items() if amount}, len(entries)


async def a_quarter(office: Office) -> UUID:
    company_id = await books(office)
    buyer = await contact(office, company_id, TRICKY.splitlines()[0])
    sale = [
        line("430", debit="121.00", contact_id=buyer),
        line("705", credit="100.00"),
        line("47700021", credit="21.00"),
    ]
    await post(office, company_id, sale, text=TRICKY)
    await post(office, company_id, rent("900.10"))
    await post(office, company_id, rent("0.01"), text="; comment")
    return company_id


async def test_beancount_reads_the_same_balances(office: Office) -> None:
    company_id = await a_quarter(office)

    found, count = read_by_beancount(await text_of(office, company_id, 2026, PlainForm.BEANCOUNT))

    assert found == await balances(office, company_id)
    assert count == 3


async def test_hledger_form_has_the_same_balances(office: Office) -> None:
    company_id = await a_quarter(office)
    held: defaultdict[str, Decimal] = defaultdict(Decimal)
    text = await text_of(office, company_id, 2026, PlainForm.HLEDGER)

    for row in text.splitlines():
        if row.startswith("    "):
            # Two blanks part account and amount, as hledger's manual says.
            account, amount = row.strip().split("  ")
            held[account.split(":")[1]] += Decimal(amount.removesuffix(" EUR"))

    assert {code: amount for code, amount in held.items() if amount} == await balances(office, company_id)
    # What hledger asks for when it checks strictly: the currency and every account said before they are used.
    said = [row.split()[1] for row in text.splitlines() if row.startswith("account ")]
    assert text.startswith("commodity 1000.00 EUR\n")
    assert {code.split(":")[1] for code in said} == set(held)


async def test_a_year_outside_reach_is_empty(office: Office, other_office: Office) -> None:
    company_id = await a_quarter(office)

    assert await text_of(other_office, company_id, 2026, PlainForm.BEANCOUNT) == ""
    assert await text_of(office, company_id, 1999, PlainForm.BEANCOUNT) == ""
