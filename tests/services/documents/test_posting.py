"""The worked entries of the posting rules to the cent, and generated documents."""

from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.documents.rules.amounts import LineAmounts, document_totals, shares_of
from services.documents.rules.kinds import SALES_KINDS, DocumentKind, VatRegime
from services.documents.rules.posting import (
    DocumentToPost,
    KindNotPosted,
    LinesDisagreeWithTotals,
    LineToPost,
    MoneyDirection,
    PostingAccounts,
    PostingLine,
    SettlementAmountWrong,
    TaxAccountMissing,
    counter_account_code,
    in_books,
    posting_lines,
    settlement_lines,
)
from services.documents.rules.tax_codes import TaxCode, TaxNature, TaxSide
from services.journal.chart import tax_sub_accounts
from tests.support.builders.taxes import code_for
from tests.support.ledger_oracle import LedgerOracle

CONTACT = UUID("01890a5d-ac96-774b-bcce-b302099a8057")

ACCOUNTS = PostingAccounts(
    output_tax={key: account.code for key, account in tax_sub_accounts("477").items()},
    input_tax={key: account.code for key, account in tax_sub_accounts("472").items()},
)

SALE, PURCHASE, EXPENSE = (DocumentKind.SALES_INVOICE, DocumentKind.PURCHASE_INVOICE, DocumentKind.EXPENSE)


def document(
    kind: DocumentKind,
    *lines: tuple[str, str, str],
    regime: VatRegime = VatRegime.DOMESTIC,
    withholding: str = "0",
    deductible: str = "100",
    is_credit_note: bool = False,
) -> DocumentToPost:
    """Lines are (account, base, rate)."""
    codes = [_code(kind, code, rate, regime) for code, _, rate in lines]
    amounts = [
        LineAmounts(
            quantity=Decimal(1),
            unit_price=Decimal(base),
            tax=code,
            deductible_percent=Decimal(deductible),
        )
        for (_, base, _), code in zip(lines, codes, strict=True)
    ]
    return DocumentToPost(
        kind=kind,
        contact_id=CONTACT,
        is_credit_note=is_credit_note,
        totals=document_totals(amounts, withholding_rate=Decimal(withholding)),
        lines=[
            LineToPost(
                ledger_account_code=account,
                base=Decimal(base),
                tax=code,
                deductible_percent=Decimal(deductible),
            )
            for (account, base, _), code in zip(lines, codes, strict=True)
        ],
    )


def _code(kind: DocumentKind, account: str, rate: str, regime: VatRegime) -> TaxCode:
    side = TaxSide.SALES if kind in SALES_KINDS else TaxSide.PURCHASES
    nature = TaxNature.INVESTMENT if account.startswith("2") else TaxNature.GOODS
    return code_for(rate, side=side, regime=regime, nature=nature)


def written(lines: tuple[PostingLine, ...]) -> list[str]:
    return [
        f"{'D' if line.debit else 'C'} {line.ledger_account_code} {line.debit or line.credit:.2f}"
        for line in lines
    ]


WORKED = {
    "1 sale at three rates": (
        document(SALE, ("700", "1000", "21"), ("700", "200", "10"), ("700", "100", "4")),
        ["D 430 1534.00", "C 700 1300.00", "C 47700021 210.00", "C 47700010 20.00", "C 47700004 4.00"],
    ),
    "2 sale to a retailer under surcharge": (
        document(SALE, ("700", "1000", "21"), regime=VatRegime.EQUIVALENCE_SURCHARGE),
        ["D 430 1262.00", "C 700 1000.00", "C 47700021 210.00", "C 47701520 52.00"],
    ),
    "3 invoice of a professional": (
        document(SALE, ("705", "1000", "21"), withholding="15"),
        ["D 430 1060.00", "D 473 150.00", "C 705 1000.00", "C 47700021 210.00"],
    ),
    "4 purchase by a retailer under surcharge": (
        document(PURCHASE, ("600", "1000", "21"), regime=VatRegime.EQUIVALENCE_SURCHARGE),
        ["D 600 1262.00", "C 400 1262.00"],
    ),
    "5 expense of a professional": (
        document(EXPENSE, ("623", "1000", "21"), withholding="15"),
        ["D 623 1000.00", "D 47200021 210.00", "C 410 1060.00", "C 4751 150.00"],
    ),
    "6 rent": (
        document(EXPENSE, ("621", "900", "21"), withholding="19"),
        ["D 621 900.00", "D 47200021 189.00", "C 410 918.00", "C 4751 171.00"],
    ),
    "7 intra-EU purchase of goods": (
        document(PURCHASE, ("600", "500", "21"), regime=VatRegime.INTRA_EU),
        ["D 600 500.00", "D 47202021 105.00", "C 47702021 105.00", "C 400 500.00"],
    ),
    "8 domestic reverse charge": (
        document(PURCHASE, ("600", "500", "21"), regime=VatRegime.REVERSE_CHARGE),
        ["D 600 500.00", "D 47203021 105.00", "C 47703021 105.00", "C 400 500.00"],
    ),
    "8 service from abroad": (
        document(EXPENSE, ("629", "500", "21"), regime=VatRegime.FOREIGN_SERVICE),
        ["D 629 500.00", "D 47204021 105.00", "C 47704021 105.00", "C 410 500.00"],
    ),
    "9 intra-EU sale": (
        document(SALE, ("700", "500", "0"), regime=VatRegime.INTRA_EU),
        ["D 430 500.00", "C 700 500.00"],
    ),
    "9 export": (
        document(SALE, ("700", "500", "0"), regime=VatRegime.EXPORT),
        ["D 430 500.00", "C 700 500.00"],
    ),
    "10 half deductible": (
        document(EXPENSE, ("629", "200", "21"), deductible="50"),
        ["D 629 221.00", "D 47200021 21.00", "C 410 242.00"],
    ),
    "11 credit note issued": (
        document(SALE, ("700", "-100", "21"), is_credit_note=True),
        ["D 708 100.00", "D 47700021 21.00", "C 430 121.00"],
    ),
    "11 rebate issued": (
        document(SALE, ("709", "-100", "21"), is_credit_note=True),
        ["D 709 100.00", "D 47700021 21.00", "C 430 121.00"],
    ),
    "12 credit note received": (
        document(PURCHASE, ("600", "-100", "21"), is_credit_note=True),
        ["D 400 121.00", "C 608 100.00", "C 47200021 21.00"],
    ),
    "12 credit note received for a service": (
        document(EXPENSE, ("629", "-100", "21"), is_credit_note=True),
        ["D 410 121.00", "C 629 100.00", "C 47200021 21.00"],
    ),
    "11 a piece comes back on an ordinary invoice": (
        document(SALE, ("700", "300", "21"), ("700", "-100", "21")),
        ["D 430 242.00", "C 700 200.00", "C 47700021 42.00"],
    ),
    "11 the whole said anew": (
        document(SALE, ("700", "-100", "21"), ("700", "80", "21"), is_credit_note=True),
        ["D 708 100.00", "D 47700021 4.20", "C 700 80.00", "C 430 24.20"],
    ),
    "17 advance from a customer": (
        document(SALE, ("438", "500", "21")),
        ["D 430 605.00", "C 438 500.00", "C 47700021 105.00"],
    ),
    "17 the invoice that takes the advance": (
        document(SALE, ("700", "2000", "21"), ("438", "-500", "21")),
        ["D 430 1815.00", "D 438 500.00", "C 700 2000.00", "C 47700021 315.00"],
    ),
    "goods from abroad, as the customs agent invoices their VAT": (
        document(PURCHASE, ("600", "1000", "21"), regime=VatRegime.EXPORT),
        ["D 600 1000.00", "D 47200021 210.00", "C 400 1210.00"],
    ),
    "19 computer": (
        document(PURCHASE, ("217", "1200", "21")),
        ["D 217 1200.00", "D 47200021 252.00", "C 523 1452.00"],
    ),
}


class TestPostingLines:
    @pytest.mark.parametrize("case", WORKED)
    def test_give_the_worked_entry(self, case: str) -> None:
        posted, expected = WORKED[case]

        lines = posting_lines(posted, ACCOUNTS)

        assert sorted(written(lines)) == sorted(expected)
        LedgerOracle().post(lines)

    def test_name_the_contact_on_the_third_party_line_only(self) -> None:
        lines = posting_lines(document(SALE, ("700", "100", "21")), ACCOUNTS)

        assert [line.ledger_account_code for line in lines if line.contact_id] == ["430"]

    def test_name_the_contact_on_its_advance_too(self) -> None:
        lines = posting_lines(document(SALE, ("438", "500", "21")), ACCOUNTS)

        assert [line.ledger_account_code for line in lines if line.contact_id] == ["430", "438"]

    def test_put_debits_first(self) -> None:
        lines = posting_lines(document(EXPENSE, ("623", "1000", "21"), withholding="15"), ACCOUNTS)

        assert [bool(line.debit) for line in lines] == [True, True, False, False]

    def test_turn_sides_when_an_invoice_is_negative(self) -> None:
        lines = posting_lines(document(SALE, ("700", "-100", "21")), ACCOUNTS)

        assert sorted(written(lines)) == ["C 430 121.00", "D 47700021 21.00", "D 700 100.00"]

    def test_are_refused_for_papers_that_are_not_posted(self) -> None:
        with pytest.raises(KindNotPosted):
            posting_lines(document(DocumentKind.ESTIMATE, ("700", "1", "21")), ACCOUNTS)

    def test_are_refused_for_a_rate_without_account(self) -> None:
        with pytest.raises(TaxAccountMissing) as refusal:
            posting_lines(
                document(EXPENSE, ("629", "100", "21")),
                replace(ACCOUNTS, input_tax={}),
            )

        assert refusal.value.values["rate"] == Decimal(21)

    def test_are_refused_when_lines_and_totals_disagree(self) -> None:
        right = document(SALE, ("700", "100", "21"))
        wrong = DocumentToPost(
            kind=SALE,
            contact_id=CONTACT,
            lines=right.lines,
            totals=document(SALE, ("700", "99", "21")).totals,
        )

        with pytest.raises(LinesDisagreeWithTotals):
            posting_lines(wrong, ACCOUNTS)

    bases = st.decimals(min_value=Decimal("-500.00"), max_value=Decimal("99999.99"), places=2)
    rates = st.sampled_from(["21", "10", "4", "0"])

    @given(
        kind=st.sampled_from([SALE, PURCHASE, EXPENSE]),
        lines=st.lists(
            st.tuples(st.sampled_from(["600", "700", "629", "217"]), bases.map(str), rates),
            min_size=1,
            max_size=9,
        ),
        regime=st.sampled_from(VatRegime),
        withholding=st.sampled_from(["0", "7", "15", "19"]),
        deductible=st.sampled_from(["0", "33.33", "50", "100"]),
        is_credit_note=st.booleans(),
    )
    def test_always_balance_and_agree_with_the_totals(
        self,
        *,
        kind: DocumentKind,
        lines: list[tuple[str, str, str]],
        regime: VatRegime,
        withholding: str,
        deductible: str,
        is_credit_note: bool,
    ) -> None:
        posted = document(
            kind,
            *lines,
            regime=regime,
            withholding=withholding,
            deductible=deductible,
            is_credit_note=is_credit_note,
        )

        entry = posting_lines(posted, ACCOUNTS)

        assert sum((line.debit - line.credit for line in entry), Decimal(0)) == 0
        assert all((line.debit > 0) != (line.credit > 0) for line in entry)
        owed = sum((line.debit - line.credit for line in entry if line.contact_id), Decimal(0))
        assert owed == (1 if kind is SALE else -1) * posted.totals.total


class TestInBooks:
    def test_turn_a_sale_in_dollars_into_euros(self) -> None:
        dollars = document(SALE, ("705", "1000", "21"), withholding="15")

        euros = in_books(dollars, Decimal("0.9137"))

        assert written(posting_lines(euros, ACCOUNTS)) == [
            "D 430 968.52",
            "D 473 137.06",
            "C 705 913.70",
            "C 47700021 191.88",
        ]

    @given(
        lines=st.lists(
            st.tuples(
                st.sampled_from(["600", "629", "217"]),
                st.decimals(min_value=Decimal(-500), max_value=Decimal("9999.99"), places=2).map(str),
                st.sampled_from(["21", "10", "4", "0"]),
            ),
            min_size=1,
            max_size=9,
        ),
        kind=st.sampled_from([SALE, EXPENSE]),
        rate=st.decimals(min_value=Decimal("0.01"), max_value=Decimal(150), places=6),
    )
    def test_balance_at_any_rate(
        self, lines: list[tuple[str, str, str]], kind: DocumentKind, rate: Decimal
    ) -> None:
        turned = in_books(document(kind, *lines, withholding="15"), rate)

        entry = posting_lines(turned, ACCOUNTS)

        assert sum((line.debit - line.credit for line in entry), Decimal(0)) == 0
        assert sum(line.base for line in turned.lines) == turned.totals.taxable_base


class TestCounterAccountCode:
    def test_is_decided_by_the_largest_base(self) -> None:
        mixed = document(PURCHASE, ("600", "10", "21"), ("629", "90", "21"))

        assert counter_account_code(mixed, ACCOUNTS) == "410"

    def test_is_the_customer_for_sales(self) -> None:
        assert counter_account_code(document(SALE, ("752", "10", "21")), ACCOUNTS) == "430"


class TestSettlementLines:
    def test_collect_several_invoices_at_once(self) -> None:
        items = [("430", CONTACT, Decimal("1060.00")), ("430", CONTACT, Decimal("121.00"))]

        lines = settlement_lines("57200001", items, MoneyDirection.IN)

        assert written(lines) == ["D 57200001 1181.00", "C 430 1060.00", "C 430 121.00"]
        LedgerOracle().post(lines)

    def test_pay_a_supplier(self) -> None:
        lines = settlement_lines("57200001", [("410", CONTACT, Decimal("918.00"))], MoneyDirection.OUT)

        assert written(lines) == ["D 410 918.00", "C 57200001 918.00"]

    @pytest.mark.parametrize("amount", ["0", "-1", "0.005"])
    def test_are_refused_for_amounts_that_are_not(self, amount: str) -> None:
        with pytest.raises(SettlementAmountWrong):
            settlement_lines("572", [("430", CONTACT, Decimal(amount))], MoneyDirection.IN)

    def test_are_refused_for_nothing(self) -> None:
        with pytest.raises(SettlementAmountWrong):
            settlement_lines("572", [], MoneyDirection.IN)

    def test_bring_the_customer_back_to_zero(self) -> None:
        oracle = LedgerOracle()
        invoice = document(SALE, ("705", "1000", "21"), withholding="15")

        oracle.post(posting_lines(invoice, ACCOUNTS))
        oracle.post(settlement_lines("572", [("430", CONTACT, invoice.totals.total)], MoneyDirection.IN))

        assert oracle.balance("430") == 0
        assert oracle.balance("572") == Decimal("1060.00")


class TestSharesOf:
    amounts = st.decimals(min_value=Decimal("-999.99"), max_value=Decimal("999.99"), places=2)

    @given(
        amounts,
        st.lists(st.decimals(min_value=Decimal("0.01"), max_value=999, places=2), min_size=1, max_size=9),
    )
    def test_add_up_and_stay_within_a_cent(self, amount: Decimal, weights: list[Decimal]) -> None:
        shares = shares_of(amount, weights)

        assert sum(shares) == amount
        whole = sum(weights)
        for share, weight in zip(shares, weights, strict=True):
            assert abs(share - amount * weight / whole) <= Decimal("0.01")

    def test_go_to_the_first_when_nothing_weighs(self) -> None:
        assert shares_of(Decimal("0.01"), [Decimal(5), Decimal(-5)]) == [Decimal("0.01"), Decimal("0.00")]
