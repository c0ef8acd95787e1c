"""Random documents, payments and reversals against a ledger in memory: no cent of difference."""

from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from services.documents.rules.amounts import LineAmounts, document_totals, line_bases
from services.documents.rules.kinds import SALES_KINDS, DocumentKind
from services.documents.rules.posting import (
    DocumentToPost,
    LineToPost,
    PostingAccounts,
    PostingLine,
    counter_account_code,
    in_books,
    posting_lines,
)
from services.documents.rules.settlements import Cleared, clearing_lines
from services.documents.rules.tax_codes import TaxSide, codes_on
from services.journal.interface import tax_account_codes
from tests.support.ledger_oracle import LedgerOracle

SALE, PURCHASE, EXPENSE = DocumentKind.SALES_INVOICE, DocumentKind.PURCHASE_INVOICE, DocumentKind.EXPENSE
TODAY = date(2026, 3, 2)
CODES = {side: codes_on(side, TODAY) for side in TaxSide}
ACCOUNTS = PostingAccounts(output_tax=tax_account_codes("477"), input_tax=tax_account_codes("472"))
CONTACT = UUID("01890a5d-ac96-774b-bcce-b302099a8057")
CENT = Decimal("0.01")

amounts = st.decimals(min_value=Decimal("0.01"), max_value=Decimal("9999.99"), places=2)
quantities = st.sampled_from([Decimal(text) for text in ("1", "2.5", "-1", "0.3333", "7")])


# Built once: making and checking a strategy takes longer than drawing from it.
kinds = st.sampled_from([SALE, PURCHASE, EXPENSE])
lines_of = {
    side: st.lists(
        st.builds(
            LineAmounts,
            quantity=quantities,
            unit_price=amounts,
            discount_percent=st.sampled_from([Decimal(0), Decimal("12.5"), Decimal(100)]),
            tax=st.sampled_from(codes),
            deductible_percent=st.sampled_from([Decimal(100), Decimal(50), Decimal("33.33"), Decimal(0)]),
        ),
        min_size=1,
        max_size=6,
    )
    for side, codes in CODES.items()
}
accounts_of = {
    TaxSide.SALES: st.sampled_from(["700", "705", "438"]),
    TaxSide.PURCHASES: st.sampled_from(["600", "629", "217", "621"]),
}
withholdings = st.sampled_from([Decimal(0), Decimal(7), Decimal(15), Decimal(19)])
rates = st.sampled_from([Decimal(1), Decimal("0.9137"), Decimal("0.00612"), Decimal("1.17")])
yes_or_no = st.booleans()
slips = st.sampled_from([CENT, -CENT, 0 * CENT])


@st.composite
def documents(draw: st.DrawFn) -> tuple[DocumentToPost, Decimal]:
    """A document of any kind that is posted, with lines of any code, and what its currency is worth."""
    kind = draw(kinds)
    side = TaxSide.SALES if kind in SALES_KINDS else TaxSide.PURCHASES
    drawn = draw(lines_of[side])
    gross = draw(yes_or_no)
    totals = document_totals(drawn, withholding_rate=draw(withholdings), prices_include_tax=gross)
    lines = [
        LineToPost(
            ledger_account_code=draw(accounts_of[side]),
            base=base,
            tax=line.tax,
            deductible_percent=line.deductible_percent,
        )
        for line, base in zip(drawn, line_bases(drawn, prices_include_tax=gross), strict=True)
    ]
    document = DocumentToPost(
        kind=kind, contact_id=CONTACT, lines=lines, totals=totals, is_credit_note=totals.total < 0
    )
    return document, draw(rates)


def half_up(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def reversed_entry(lines: tuple[PostingLine, ...]) -> list[PostingLine]:
    return [replace(line, debit=line.credit, credit=line.debit) for line in lines]


def paid_by(booked: DocumentToPost, part: Decimal, money: Decimal) -> tuple[PostingLine, ...]:
    cleared = Cleared(
        account_code=counter_account_code(booked, ACCOUNTS), booked=part, contact_id=booked.contact_id
    )
    return clearing_lines(
        [cleared], is_sale=booked.kind in SALES_KINDS, money=("572", money) if money else None
    )


def output_tax(document: DocumentToPost, rate: Decimal) -> Decimal:
    """What is owed to the tax office, added up tax by tax."""
    owed = Decimal(0)
    for tax in document.totals.taxes:
        if document.kind in SALES_KINDS:
            owed += half_up(tax.quota * rate) + half_up(tax.surcharge * rate)
        elif tax.code.is_self_assessed:
            owed += half_up(tax.quota * rate)
    return owed


class TestRules:
    @settings(max_examples=1_500, deadline=None)
    @given(st.lists(documents(), min_size=1, max_size=4), st.data())
    def test_agree_with_the_oracle_over_any_year(
        self, drawn: list[tuple[DocumentToPost, Decimal]], data: st.DataObject
    ) -> None:
        oracle, entries, gain = LedgerOracle(), [], Decimal(0)
        for document, rate in drawn:
            booked = in_books(document, rate)
            entries.append(posting_lines(booked, ACCOUNTS))
            for part in self.parts(booked.totals.total, data):
                slip = data.draw(slips) if rate != 1 else 0 * CENT
                entries.append(paid_by(booked, part, part + slip))
                gain += slip if document.kind in SALES_KINDS else -slip
        for entry in filter(None, entries):
            oracle.post(entry)

        assert oracle.balance("477") == -sum(output_tax(*each) for each in drawn)
        assert oracle.balance("668") + oracle.balance("768") == -gain
        if all(rate == 1 for _, rate in drawn):
            assert oracle.balance("472") == sum(
                tax.deductible_quota for document, _ in drawn for tax in document.totals.taxes
            )
        for entry in filter(None, entries):
            oracle.post(reversed_entry(entry))
        assert oracle.trial_balance() == {}

    @staticmethod
    def parts(total: Decimal, data: st.DataObject) -> list[Decimal]:
        """The whole at once, or three parts whose cents are not even."""
        if not total:
            return []
        third = half_up(total / 3)
        if not third or total == 2 * third or data.draw(yes_or_no):
            return [total]
        return [third, third, total - 2 * third]

    @settings(max_examples=1_500, deadline=None)
    @given(documents())
    def test_leave_nobody_owing_what_was_paid(self, drawn: tuple[DocumentToPost, Decimal]) -> None:
        document, rate = drawn
        booked = in_books(document, rate)
        entry = posting_lines(booked, ACCOUNTS)
        oracle = LedgerOracle()
        if not entry:
            return
        oracle.post(entry)
        account = counter_account_code(booked, ACCOUNTS)
        before = oracle.cents_by_contact[account, CONTACT]
        sign = 1 if document.kind in SALES_KINDS else -1

        assert before == sign * int(booked.totals.total * 100)
        if before:
            oracle.post(
                clearing_lines(
                    [Cleared(account_code=account, booked=booked.totals.total, contact_id=CONTACT)],
                    is_sale=sign > 0,
                    money=("572", booked.totals.total),
                )
            )
        assert oracle.cents_by_contact[account, CONTACT] == 0
