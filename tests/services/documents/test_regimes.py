"""The posting rules of each regime on the real ledger, and figures given otherwise than line by line."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from services.contacts.interface import PaymentTerms
from services.documents.actions.entered import PrintedQuota
from services.documents.actions.refusals import ExchangeRateMissing
from services.documents.interface import Instalment, VatRegime
from services.documents.rules.amounts import PrintedQuotaOff, PrintedRateUnknown
from services.documents.rules.instalments import InstalmentsDisagree
from services.documents.rules.tax_codes import TaxCodeNotInForce
from services.kit.errors import BadInput
from tests.support.builders.documents import approved, booked, customer, draft, issuer, piece, row
from tests.support.office import Office

SALE, PURCHASE, EXPENSE = "SALES_INVOICE", "PURCHASE_INVOICE", "EXPENSE"


class TestPosting:
    @pytest.mark.parametrize(
        ("fields", "entry"),
        [
            pytest.param(
                {
                    "kind": SALE,
                    "regime": VatRegime.EQUIVALENCE_SURCHARGE,
                    "lines": (piece("1000", ledger_account_code="700"),),
                },
                ["C 47700021 210.00", "C 47701520 52.00", "C 700 1000.00", "D 43000001 1262.00*"],
                id="rule 2",
                marks=pytest.mark.posting_rule(2),
            ),
            pytest.param(
                {
                    "kind": SALE,
                    "withholding_rate": Decimal(15),
                    "lines": (piece("1000", ledger_account_code="705"),),
                },
                ["C 47700021 210.00", "C 705 1000.00", "D 43000001 1060.00*", "D 473 150.00"],
                id="rule 3",
                marks=pytest.mark.posting_rule(3),
            ),
            pytest.param(
                {"kind": PURCHASE, "regime": VatRegime.EQUIVALENCE_SURCHARGE, "lines": (piece("1000"),)},
                ["C 40000001 1262.00*", "D 600 1262.00"],
                id="rule 4",
                marks=pytest.mark.posting_rule(4),
            ),
            pytest.param(
                {
                    "kind": EXPENSE,
                    "withholding_rate": Decimal(15),
                    "lines": (piece("1000", ledger_account_code="623"),),
                },
                ["C 41000001 1060.00*", "C 4751 150.00", "D 47200021 210.00", "D 623 1000.00"],
                id="rule 5",
                marks=pytest.mark.posting_rule(5),
            ),
            pytest.param(
                {
                    "kind": EXPENSE,
                    "withholding_rate": Decimal(19),
                    "lines": (piece("900", ledger_account_code="621"),),
                },
                ["C 41000001 918.00*", "C 4751 171.00", "D 47200021 189.00", "D 621 900.00"],
                id="rule 6",
                marks=pytest.mark.posting_rule(6),
            ),
            pytest.param(
                {"kind": PURCHASE, "regime": VatRegime.INTRA_EU, "lines": (piece("500"),)},
                ["C 40000001 500.00*", "C 47702021 105.00", "D 47202021 105.00", "D 600 500.00"],
                id="rule 7",
                marks=pytest.mark.posting_rule(7),
            ),
            pytest.param(
                {"kind": PURCHASE, "lines": (piece("500", tax_code="P_ISP21"),)},
                ["C 40000001 500.00*", "C 47703021 105.00", "D 47203021 105.00", "D 600 500.00"],
                id="rule 8, reverse charge",
                marks=pytest.mark.posting_rule(8),
            ),
            pytest.param(
                {"kind": EXPENSE, "lines": (piece("500", tax_code="P_EXT21", is_product=False),)},
                ["C 41000001 500.00*", "C 47704021 105.00", "D 47204021 105.00", "D 629 500.00"],
                id="rule 8, service from abroad",
                marks=pytest.mark.posting_rule(8),
            ),
            pytest.param(
                {"kind": SALE, "lines": (piece("500", tax_code="S_IC_GOODS"),)},
                ["C 700 500.00", "D 43000001 500.00*"],
                id="rule 9",
                marks=pytest.mark.posting_rule(9),
            ),
            pytest.param(
                {"kind": SALE, "lines": (piece("500", tax_code="S_EXPORT"),)},
                ["C 700 500.00", "D 43000001 500.00*"],
                id="rule 9, export",
                marks=pytest.mark.posting_rule(9),
            ),
            pytest.param(
                {
                    "kind": EXPENSE,
                    "lines": (piece("200", is_product=False, deductible_percent=Decimal(50)),),
                },
                ["C 41000001 242.00*", "D 47200021 21.00", "D 629 221.00"],
                id="rule 10",
                marks=pytest.mark.posting_rule(10),
            ),
            pytest.param(
                {"kind": SALE, "lines": (piece("500", ledger_account_code="438"),)},
                ["C 43800001 500.00*", "C 47700021 105.00", "D 43000001 605.00*"],
                id="rule 17",
                marks=pytest.mark.posting_rule(17),
            ),
            pytest.param(
                {"kind": PURCHASE, "lines": (piece("1200", ledger_account_code="217"),)},
                ["C 52300001 1452.00*", "D 217 1200.00", "D 47200021 252.00"],
                id="rule 19",
                marks=pytest.mark.posting_rule(19),
            ),
            pytest.param(
                {
                    "kind": SALE,
                    "issued_on": date(2025, 1, 7),
                    "operation_on": date(2024, 12, 30),
                    "lines": (piece("100", tax_rate=Decimal("7.5")),),
                },
                ["C 47700075 7.50", "C 700 100.00", "D 43000001 107.50*"],
                id="a rate of the day of the operation",
            ),
        ],
    )
    async def test_is_that_of_the_rule(
        self, office: Office, fields: dict[str, Any], entry: list[str]
    ) -> None:
        company_id = await issuer(office)
        number = None if fields["kind"] == SALE else "P-1"

        document_id = await approved(
            office, company_id, await customer(office, company_id), number=number, **fields
        )

        assert await booked(office, document_id) == sorted(entry)

    async def test_refuses_a_code_that_was_not_in_force(self, office: Office) -> None:
        company_id = await issuer(office)

        with pytest.raises(TaxCodeNotInForce):
            await draft(office, company_id, None, lines=(piece("1", tax_code="S5"),))


class TestPrices:
    async def test_may_include_vat(self, office: Office) -> None:
        company_id = await issuer(office)
        document_id = await approved(
            office,
            company_id,
            await customer(office, company_id),
            prices_include_tax=True,
            lines=(piece("36.50", tax_rate=Decimal(10)),),
        )

        assert await booked(office, document_id) == ["C 47700010 3.32", "C 700 33.18", "D 43000001 36.50*"]


class TestPrintedFigures:
    async def test_of_a_supplier_are_kept_to_a_cent_a_line(self, office: Office) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        ten = tuple(piece("0.35") for _ in range(10))

        kept = await draft(
            office,
            company_id,
            contact_id,
            kind=PURCHASE,
            number="A-1",
            lines=ten,
            printed_quotas=(PrintedQuota(tax_rate=Decimal(21), quota=Decimal("0.70")),),
        )

        assert (await row(office, kept)).total == Decimal("4.20")
        for quota, rate, refusal in (("0.85", "21", PrintedQuotaOff), ("0.00", "10", PrintedRateUnknown)):
            with pytest.raises(refusal):
                await draft(
                    office,
                    company_id,
                    contact_id,
                    kind=PURCHASE,
                    number="A-2",
                    lines=ten,
                    printed_quotas=(PrintedQuota(tax_rate=Decimal(rate), quota=Decimal(quota)),),
                )


class TestOtherCurrency:
    async def test_is_posted_at_the_rate_of_the_document(self, office: Office) -> None:
        company_id = await issuer(office)
        document_id = await approved(
            office,
            company_id,
            await customer(office, company_id),
            currency="USD",
            exchange_rate=Decimal("0.9137"),
            withholding_rate=Decimal(15),
            lines=(piece("1000", ledger_account_code="705"),),
        )

        kept = await row(office, document_id)
        assert (kept.total, kept.outstanding, kept.booked_total) == (
            Decimal("1060.00"),
            Decimal("1060.00"),
            Decimal("968.52"),
        )
        assert await booked(office, document_id) == sorted(
            ["D 43000001 968.52*", "D 473 137.06", "C 705 913.70", "C 47700021 191.88"]
        )

    async def test_without_a_rate_is_kept_but_not_posted(self, office: Office) -> None:
        company_id = await issuer(office)

        with pytest.raises(ExchangeRateMissing):
            await approved(office, company_id, await customer(office, company_id), currency="USD")

    async def test_needs_a_rate_above_zero_and_the_books_own_none(self, office: Office) -> None:
        company_id = await issuer(office)

        for currency, rate in (("USD", "0"), ("USD", "-1"), ("EUR", "1.1")):
            with pytest.raises(BadInput):
                await draft(office, company_id, None, currency=currency, exchange_rate=Decimal(rate))


class TestInstalments:
    async def test_by_terms_share_the_total(self, office: Office) -> None:
        company_id = await issuer(office)
        document_id = await draft(
            office,
            company_id,
            None,
            terms=PaymentTerms(days=(30, 60, 90)),
            lines=(piece("100"),),
        )

        assert (await row(office, document_id)).due_on == date(2026, 5, 31)

    async def test_by_strange_terms_are_refused(self, office: Office) -> None:
        company_id = await issuer(office)

        for terms in (PaymentTerms(days=(-1,)), PaymentTerms(days=(366,)), PaymentTerms(pay_days=(32,))):
            with pytest.raises(BadInput) as refused:
                await draft(office, company_id, None, terms=terms)

            assert refused.value.path[0] == "paymentTerms"

    async def test_are_refused_unless_they_are_the_whole(self, office: Office) -> None:
        company_id = await issuer(office)
        parts = (
            Instalment(due_on=date(2026, 4, 2), amount=Decimal("60.50")),
            Instalment(due_on=date(2026, 5, 2), amount=Decimal("60.49")),
        )

        with pytest.raises(InstalmentsDisagree):
            await draft(office, company_id, None, instalments=parts, lines=(piece("100"),))
