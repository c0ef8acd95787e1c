"""Thousands of acts on the real engine: the product and a ledger in memory are told the same, and agree to the cent.

Documents of all kinds, regimes and two currencies, payments by hand and by bank lines (in part, many to many, given
back), offsets, credit notes, unapprovals, entries and reversals, undoing of each, under a tax lock that moves on. About
a sixth of the acts are wrong: the model knows which, and the product has to refuse exactly those.
"""

from collections import Counter

import pytest
from sqlalchemy import text

from services.banking.actions import NewBankAccount, open_bank_account
from services.journal.interface import verify_ledger
from tests.support.books_acts import Trade
from tests.support.builders.documents import balances, customer, issuer
from tests.support.office import Office

ACTS = 1_600
AT_ONCE = 100
"""Acts in one transaction: a commit each would measure the disk."""

HEADINGS = ("430", "400", "410", "523", "572")


async def begun(office: Office, seed: int) -> Trade:
    company_id = await issuer(office)
    contacts = [await customer(office, company_id, name) for name in ("Cafés Brisa SL", "Molino Alto SA")]
    async with office.act() as act:
        account_id = await open_bank_account(
            act, NewBankAccount(company_id=company_id, name="Caixa", iban="ES9121000418450200051332")
        )
    trade = Trade(company_id, account_id, contacts, seed)
    async with office.act() as act:
        await trade.open_statement(act)
    return trade


async def check(office: Office, trade: Trade) -> None:
    """Balances, what is open on each document, and VAT by code are the model's."""
    kept: Counter[str] = Counter()
    for code, balance in (await balances(office, trade.company_id)).items():
        kept[next((known for known in HEADINGS if code.startswith(known)), code)] += int(balance * 100)
    expected = {code: int(amount * 100) for code, amount in trade.books.oracle.trial_balance().items()}
    assert {code: amount for code, amount in kept.items() if amount} == expected

    async with office.act() as act:
        open_now = await act.session.execute(
            text("select id, outstanding from document where company_id = :c"), {"c": trade.company_id}
        )
        outstanding = {row.id: int(row.outstanding * 100) for row in open_now}
        by_contact = await act.session.execute(
            text(
                "select left(a.code, 3) as heading, l.contact_id, sum(l.debit - l.credit) as balance"
                " from journal_line l join journal_entry e on e.id = l.entry_id and e.state = 'POSTED'"
                " join ledger_account a on a.id = l.ledger_account_id"
                " where l.company_id = :c and l.contact_id is not null group by 1, 2"
            ),
            {"c": trade.company_id},
        )
        held = {(row.heading, row.contact_id): int(row.balance * 100) for row in by_contact}
        by_code = await act.session.execute(
            text(
                "select t.tax_code, sum(t.base) as base, sum(t.quota) as quota from document_tax t"
                " join document d on d.id = t.document_id and d.approved_at is not null"
                " where d.company_id = :c group by 1"
            ),
            {"c": trade.company_id},
        )
        taxes = {row.tax_code: (int(row.base * 100), int(row.quota * 100)) for row in by_code}
    assert outstanding == {one.document_id: one.outstanding for one in trade.books.papers}
    contacts = {key: amount for key, amount in trade.books.oracle.cents_by_contact.items() if amount}
    assert {key: amount for key, amount in held.items() if amount} == contacts
    assert {code: sums for code, sums in taxes.items() if any(sums)} == trade.books.taxes()


@pytest.mark.parametrize("seed", range(2))
async def test_the_product_agrees_with_the_oracle_act_by_act(office: Office, seed: int) -> None:
    trade = await begun(office, seed)

    while trade.count < ACTS:
        async with office.act() as act:
            for _ in range(AT_ONCE):
                await trade.step(act)
        await check(office, trade)

    async with office.act() as act:
        verified = await verify_ledger(act.session, trade.company_id)
    assert verified.broken is None
    assert verified.entry_count == trade.books.oracle.entry_count
    # The acts are worth nothing if all were allowed, or none.
    assert trade.count // 10 < trade.refused < trade.count // 2
