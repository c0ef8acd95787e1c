"""What a reviewer is warned of, and what a batch leaves out."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from services.documents.actions.filing import attach
from services.documents.interface import approve_documents
from services.kit import clock
from tests.support.builders.documents import approved, customer, draft, issuer, piece, row
from tests.support.builders.journal import contact, set_locks
from tests.support.office import Office


async def warned(office: Office, document_id: UUID) -> list[str]:
    field = "salesDocument" if (await row(office, document_id)).side == "SALES" else "purchaseDocument"
    answer = await office.ask(
        office.owner,
        f"query ($id: ID!) {{ {field}(id: $id) {{ warnings }} }}",
        {"id": str(document_id)},
    )
    found: list[str] = answer.data[field]["warnings"]
    return found


async def with_paper(office: Office, document_id: UUID) -> UUID:
    async with office.act() as act:
        await attach(
            act,
            document_id=document_id,
            filename="paper.pdf",
            media_type="application/pdf",
            size=1,
            sha256=document_id.hex,
        )
    return document_id


class TestWarnings:
    async def test_of_a_first_purchase_without_paper(self, office: Office) -> None:
        company_id = await issuer(office)
        bought = await draft(
            office, company_id, await customer(office, company_id), kind="PURCHASE_INVOICE", number="A-1"
        )

        assert await warned(office, bought) == ["NO_PAPER", "NEW_CONTACT"]
        await with_paper(office, bought)
        assert await warned(office, bought) == ["NEW_CONTACT"]

    async def test_of_a_number_twice_an_account_and_an_amount_out_of_habit(self, office: Office) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        usual: dict[str, Any] = {"kind": "EXPENSE", "lines": (piece("100", ledger_account_code="629"),)}
        for number in ("A-1", "A-2", "A-3"):
            await approved(office, company_id, contact_id, number=number, **usual)

        strange = await with_paper(
            office,
            await draft(
                office,
                company_id,
                contact_id,
                kind="EXPENSE",
                number="A-3",
                lines=(piece("301", ledger_account_code="623"),),
            ),
        )
        another_day = {**usual, "issued_on": date(2026, 4, 9)}
        plain = await with_paper(
            office, await draft(office, company_id, contact_id, number="A-4", **another_day)
        )
        alike = await with_paper(office, await draft(office, company_id, contact_id, number="A-5", **usual))

        assert await warned(office, strange) == ["DUPLICATE_NUMBER", "UNUSUAL_AMOUNT", "UNUSUAL_ACCOUNT"]
        assert await warned(office, plain) == []
        assert await warned(office, alike) == ["LOOKS_ALIKE"]

    async def test_of_sales(self, office: Office) -> None:
        company_id = await issuer(office)
        nameless = await contact(office, company_id, "Passing trade", is_customer=True)
        await set_locks(office, company_id, soft_until=date(2026, 3, 31))

        sale = await draft(office, company_id, nameless, lines=(piece("1000"),), due_on=date(2026, 6, 30))

        assert await warned(office, sale) == ["NO_TAX_ID", "LOCKED_PERIOD", "LONG_TERM"]
        assert await warned(office, await draft(office, company_id, None)) == ["NO_CONTACT", "LOCKED_PERIOD"]

    async def test_of_days_that_the_law_or_the_calendar_does_not_have(self, office: Office) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        late, in_time, ahead = [
            await draft(office, company_id, contact_id, issued_on=on, operation_on=date(2026, 1, 31))
            for on in (date(2026, 2, 16), date(2026, 2, 15), clock.today() + timedelta(days=2))
        ]

        assert await warned(office, late) == ["LATE_ISSUE"]
        assert await warned(office, in_time) == []
        assert await warned(office, ahead) == ["FUTURE_DATE", "LATE_ISSUE"]

    async def test_of_an_invoice_that_arrives_in_the_future(self, office: Office) -> None:
        company_id = await issuer(office)
        fields: dict[str, Any] = {
            "kind": "PURCHASE_INVOICE",
            "number": "A-1",
            "received_on": clock.today() + timedelta(days=2),
        }
        bill = await draft(office, company_id, await customer(office, company_id), **fields)

        assert "FUTURE_DATE" in await warned(office, bill)

    async def test_end_with_the_approval(self, office: Office) -> None:
        company_id = await issuer(office)
        bought = await approved(
            office, company_id, await customer(office, company_id), kind="EXPENSE", number="A-1"
        )

        assert await warned(office, bought) == []


class TestBatch:
    async def test_leaves_out_what_is_warned_of(self, office: Office) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        plain = await draft(office, company_id, contact_id)
        late = await draft(office, company_id, contact_id, due_on=date(2026, 7, 1))

        async with office.act() as act:
            outcomes = await approve_documents(act, [plain, late], leave_out_warned=True)

        assert [outcome.refused.code if outcome.refused else None for outcome in outcomes] == [
            None,
            "LEFT_OUT",
        ]
        assert ((await row(office, plain)).status, (await row(office, late)).status) == (
            "APPROVED",
            "PENDING_REVIEW",
        )

    @pytest.mark.parametrize("leave_out", [True, False])
    async def test_takes_a_number_that_comes_twice_once(self, office: Office, *, leave_out: bool) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        await approved(office, company_id, contact_id, kind="EXPENSE", number="A-0")
        twins = [
            await with_paper(
                office,
                await draft(
                    office,
                    company_id,
                    contact_id,
                    kind="EXPENSE",
                    number="A-1",
                    lines=(piece(price, tax_rate=Decimal(21)),),
                ),
            )
            for price in ("100", "101")
        ]

        async with office.act() as act:
            outcomes = await approve_documents(act, twins, leave_out_warned=leave_out)

        refused = [outcome.refused.code if outcome.refused else None for outcome in outcomes]
        assert refused == (["LEFT_OUT", "LEFT_OUT"] if leave_out else [None, "ALREADY_BOOKED"])
