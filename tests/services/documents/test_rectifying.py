"""Correcting what was issued."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from services.documents.actions.paying import NewPayment, record_payment
from services.documents.actions.rectifying import rectify_document
from services.documents.actions.refusals import (
    CauseRefused,
    RectificationReasonMissing,
    RectifiedAlready,
    TakenBackTwice,
)
from services.documents.interface import approve_document
from services.documents.rules.kinds import RectificationCause
from services.documents.rules.unpaid import DebtTooOld, DebtTooYoung, VatWasPaid
from services.kit.errors import BadInput, Refused
from tests.support.builders.documents import (
    approved,
    balances,
    booked,
    customer,
    issuer,
    piece,
    rectify,
    row,
)
from tests.support.builders.journal import contact
from tests.support.office import Office

WAITED = date(2026, 9, 10)
"""More than six months after the first invoice of a test."""


async def recorded_as(office: Office, document_id: UUID) -> Any:
    """The record of an issued invoice."""
    async with office.act() as act:
        return (
            await act.session.execute(
                text("select * from invoice_record where document_id = :d"), {"d": document_id}
            )
        ).one()


class TestRectifying:
    @pytest.mark.posting_rule(11)
    async def test_takes_an_invoice_back_whole(self, office: Office) -> None:
        company_id = await issuer(office)
        first = await approved(office, company_id, await customer(office, company_id))

        credit = await rectify(office, first)

        kept = await row(office, credit)
        assert (kept.number, kept.total, kept.outstanding, kept.rectification_method) == (
            "FR26-000001",
            Decimal("-121.00"),
            Decimal("-121.00"),
            "I",
        )
        assert await booked(office, credit) == ["C 43000001 121.00*", "D 47700021 21.00", "D 708 100.00"]

    async def test_says_the_whole_anew(self, office: Office) -> None:
        company_id = await issuer(office)
        first = await approved(office, company_id, await customer(office, company_id))

        anew = await rectify(office, first, method="S", lines=(piece("80"),))

        assert (await row(office, anew)).total == Decimal("-24.20")
        assert (await balances(office, company_id))["43000001"] == Decimal("96.80")

    async def test_uses_the_rate_of_the_first(self, office: Office) -> None:
        company_id = await issuer(office)
        first = await approved(
            office,
            company_id,
            await customer(office, company_id),
            issued_on=date(2025, 1, 7),
            operation_on=date(2024, 12, 30),
            lines=(piece("100", tax_code="S7_5"),),
        )

        assert (await row(office, await rectify(office, first))).total == Decimal("-107.50")

    @pytest.mark.posting_rule(12)
    async def test_books_a_suppliers_credit_note(self, office: Office) -> None:
        company_id = await issuer(office)
        first = await approved(
            office, company_id, await customer(office, company_id), kind="PURCHASE_INVOICE", number="A-7"
        )

        credit = await rectify(office, first, number="AB-1")

        assert await booked(office, credit) == ["C 47200021 21.00", "C 608 100.00", "D 40000001 121.00*"]

    async def test_does_not_take_back_twice(self, office: Office) -> None:
        company_id = await issuer(office)
        lines = (piece("100"), piece("50", tax_code="S10"))
        first = await approved(office, company_id, await customer(office, company_id), lines=lines)
        await rectify(office, first, lines=(piece("40", "-1"),), request_key="part")

        with pytest.raises(TakenBackTwice) as refused:
            await rectify(office, first, request_key="whole")
        said = refused.value.values
        assert (said["earlier"], said["left"], said["taken"]) == (
            "FR26-000001",
            Decimal("60.00"),
            Decimal("100.00"),
        )
        rest = await rectify(
            office, first, lines=(piece("60", "-1"), piece("50", "-1", tax_code="S10")), request_key="rest"
        )
        with pytest.raises(TakenBackTwice):
            await rectify(office, first, lines=(piece("1", "-1"),), request_key="beyond")

        assert "43000001" not in await balances(office, company_id)
        # What a credit note took is there again once that one is taken back.
        await rectify(office, rest, request_key="given back")
        await rectify(office, first, lines=(piece("60", "-1"),), request_key="again")
        assert (await balances(office, company_id))["43000001"] == Decimal("55.00")

    async def test_does_not_say_anew_what_was_rectified_by_differences(self, office: Office) -> None:
        """1000, then 100 less: "it is 800 now" has to say whether the 100 are in it."""
        company_id = await issuer(office)
        first = await approved(office, company_id, await customer(office, company_id), lines=(piece("1000"),))
        async with office.act() as act:
            drafted = await rectify_document(
                act, first, method="S", reason="Price", issued_on=WAITED, lines=(piece("800"),),
                status="PENDING_REVIEW", request_key="drafted before",
            )  # fmt: skip
        await rectify(office, first, lines=(piece("100", "-1"),))

        with pytest.raises(RectifiedAlready):
            await rectify(office, first, method="S", lines=(piece("800"),), request_key="anew")
        with pytest.raises(RectifiedAlready):
            async with office.act() as act:
                await approve_document(act, drafted)
        await rectify(office, first, lines=(piece("100", "-1"),), request_key="difference")

        assert (await balances(office, company_id))["43000001"] == Decimal("968.00")

    async def test_wants_a_reason(self, office: Office) -> None:
        company_id = await issuer(office)
        first = await approved(office, company_id, await customer(office, company_id))

        with pytest.raises(RectificationReasonMissing):
            await rectify(office, first, reason=" ")


class TestCause:
    """What is stated about the reason decides the type on record (order HAC/1177/2024, key list L2)."""

    @pytest.mark.parametrize(
        ("cause", "recorded"),
        [
            (RectificationCause.CORRECTION, "R1"),
            (RectificationCause.INSOLVENCY, "R2"),
            (RectificationCause.UNCOLLECTABLE, "R3"),
            (RectificationCause.OTHER, "R4"),
        ],
    )
    async def test_is_the_type_on_record(
        self, office: Office, cause: RectificationCause, recorded: str
    ) -> None:
        company_id = await issuer(office)
        first = await approved(office, company_id, await customer(office, company_id))

        credit = await rectify(office, first, cause=cause, issued_on=WAITED)

        record = await recorded_as(office, credit)
        assert (record.type, record.tax_total, record.total) == (
            recorded,
            Decimal("-21.00"),
            Decimal("-121.00"),
        )
        assert f"<sum1:TipoFactura>{recorded}<" in record.xml

    async def test_of_a_simplified_invoice_is_r5_whatever_is_stated(self, office: Office) -> None:
        company_id = await issuer(office)
        nobody = await contact(office, company_id, "Clientes varios", is_customer=True)
        first = await approved(office, company_id, nobody, is_simplified=True)

        credit = await rectify(office, first, cause=RectificationCause.OTHER)

        assert (await recorded_as(office, credit)).type == "R5"

    @pytest.mark.parametrize("cause", [RectificationCause.INSOLVENCY, RectificationCause.UNCOLLECTABLE])
    async def test_of_unpaid_invoices_takes_back_the_vat_and_leaves_the_debt(
        self, office: Office, cause: RectificationCause
    ) -> None:
        company_id = await issuer(office)
        first = await approved(office, company_id, await customer(office, company_id))

        credit = await rectify(office, first, cause=cause, issued_on=WAITED)

        kept = await row(office, credit)
        assert (kept.taxable_base, kept.tax_total) == (Decimal("-100.00"), Decimal("-21.00"))
        assert (kept.total, kept.outstanding, kept.booked_total) == (Decimal("-21.00"),) * 3
        assert await booked(office, credit) == ["C 43000001 21.00*", "D 47700021 21.00"]
        assert (await balances(office, company_id))["43000001"] == Decimal("100.00")

    async def test_for_vat_alone_has_no_whole_to_say_anew(self, office: Office) -> None:
        company_id = await issuer(office)
        first = await approved(office, company_id, await customer(office, company_id))

        with pytest.raises(BadInput):
            await rectify(office, first, method="S", cause=RectificationCause.INSOLVENCY)

    @pytest.mark.parametrize(
        ("due_on", "issued_on", "refused"),
        [
            (None, "2026-09-01", DebtTooYoung),
            (None, "2026-09-02", None),
            (None, "2027-09-03", DebtTooOld),
            # Payment put off by more than a year: the wait begins with it.
            ("2027-03-03", "2027-09-02", DebtTooYoung),
        ],
    )
    async def test_of_a_bad_debt_waits_six_months_and_then_is_late_after_a_year_more(
        self, office: Office, due_on: str | None, issued_on: str, refused: type[Refused] | None
    ) -> None:
        company_id = await issuer(office)
        due = date.fromisoformat(due_on) if due_on else None
        first = await approved(office, company_id, await customer(office, company_id), due_on=due)
        back = {"cause": RectificationCause.UNCOLLECTABLE, "issued_on": date.fromisoformat(issued_on)}

        if refused is None:
            assert (await row(office, await rectify(office, first, **back))).total == Decimal("-21.00")
        else:
            with pytest.raises(refused):
                await rectify(office, first, **back)

    async def test_takes_back_the_vat_of_what_is_not_paid_alone(self, office: Office) -> None:
        """LIVA art. 80.10: what was paid is taken for its share of base and VAT."""
        company_id = await issuer(office)
        first = await approved(office, company_id, await customer(office, company_id))
        async with office.act() as act:
            await record_payment(
                act,
                NewPayment(
                    document_id=first,
                    amount=Decimal("60.50"),
                    on=date(2026, 3, 9),
                    account_code="572",
                    request_key="half",
                ),
            )
        back = {"cause": RectificationCause.UNCOLLECTABLE, "issued_on": WAITED}

        with pytest.raises(VatWasPaid):
            await rectify(office, first, **back)
        half = await rectify(office, first, lines=(piece("50", "-1"),), **back)

        assert (await row(office, half)).total == Decimal("-10.50")

    async def test_warns_of_terms_that_the_books_do_not_know(self, office: Office) -> None:
        company_id = await issuer(office)
        first = await approved(office, company_id, await customer(office, company_id))
        asked = "query ($id: ID!) { salesDocument(id: $id) { warnings } }"

        for cause, warning in (("INSOLVENCY", "INSOLVENCY_TERM"), ("UNCOLLECTABLE", "SHORT_WAIT")):
            async with office.act() as act:
                drafted = await rectify_document(
                    act,
                    first,
                    method="I",
                    reason="Not paid",
                    cause=RectificationCause(cause),
                    issued_on=WAITED,
                    request_key=cause,
                )
            answer = await office.ask(office.manager, asked, {"id": str(drafted)})
            assert answer.data["salesDocument"]["warnings"] == [warning]

    async def test_for_vat_alone_needs_vat_on_a_full_invoice_of_ours(self, office: Office) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        simplified = await approved(office, company_id, contact_id, is_simplified=True)
        exempt = await approved(office, company_id, contact_id, lines=(piece("100", tax_code="S_EXEMPT"),))
        bought = await approved(office, company_id, contact_id, kind="PURCHASE_INVOICE", number="A-1")

        for first in (simplified, exempt, bought):
            with pytest.raises(CauseRefused):
                await rectify(office, first, cause=RectificationCause.INSOLVENCY, number=None)
