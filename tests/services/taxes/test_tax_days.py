"""The quarter of an operation is its own, whatever day the entry has, and what was filed stays as it was filed."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from services.documents.actions.unapproving import unapprove_document
from services.documents.actions.voiding import void_document
from services.documents.interface import NewLine
from services.journal.interface import reverse_entry
from services.journal.rules.periods import TaxPeriodFiled
from services.kit import clock
from services.recurring.rules import FollowUp, Frequency, Schedule
from tests.services.journal.test_assistants_posted import DRAFT as BY_ASSISTANT
from tests.services.journal.test_assistants_posted import POST
from tests.services.recurring.test_making import at
from tests.services.taxes.test_drafts import draft
from tests.services.taxes.test_returns import APPROVE, FILE, RECEIPT, act_on, prepare
from tests.services.taxes.worked_quarter import Quarter, one_line, worked_quarter
from tests.support.builders.documents import CARD, approved, balances, issuer, row
from tests.support.builders.journal import contact, set_locks
from tests.support.builders.recurring import recurring, run_due, runs
from tests.support.office import Office

SECOND = {"receipt": "3031234567891", "code": "ABCD1234EFGH5679", "on": "2026-07-17"}
LAST_OF_MARCH, IN_APRIL = date(2026, 3, 31), date(2026, 4, 5)


def checks(found: Any) -> dict[str, tuple[str, str]]:
    return {one["code"]: (one["ours"], one["theirs"]) for one in found["figures"]["checks"]}


async def filed(quarter: Quarter, period: str = "1T", receipt: Any = RECEIPT) -> Any:
    """The return of a period, prepared, approved and filed."""
    return_id = (await prepare(quarter, period=period))["taxReturn"]["id"]
    await act_on(quarter, APPROVE, return_id)
    done = await act_on(quarter, FILE, return_id, **receipt)
    assert done["refusals"] == []
    return done["taxReturn"]


async def invoiced_in_april(quarter: Quarter) -> UUID:
    """1 000.00 plus 21 %: carried out on the last of March, invoiced in April."""
    customer = await contact(quarter.office, quarter.company_id, "Otro SL", is_customer=True, **CARD)
    return await approved(
        quarter.office,
        quarter.company_id,
        customer,
        issued_on=IN_APRIL,
        operation_on=LAST_OF_MARCH,
        lines=one_line("S21", "1000.00", "705"),
    )


class TestAnOperationInvoicedInTheNextQuarter:
    async def test_is_declared_and_settled_in_its_own_and_both_returns_are_filed(
        self, office: Office
    ) -> None:
        quarter = await worked_quarter(office)
        await invoiced_in_april(quarter)

        first = await draft(office, quarter.company_id)
        second = await draft(office, quarter.company_id, period="2T")

        assert checks(first)["OUTPUT_TAX"] == ("3149.00", "3149.00")
        assert checks(second)["OUTPUT_TAX"] == ("0.00", "0.00")
        assert (await filed(quarter))["settlementEntryId"] is not None
        assert (await filed(quarter, "2T", SECOND))["settlementEntryId"] is None
        assert checks(await draft(office, quarter.company_id, "M390", "0A"))["OUTPUT_TAX"] == (
            "3149.00",
            "3149.00",
        )

    async def test_is_refused_once_its_quarter_was_filed(self, office: Office) -> None:
        quarter = await worked_quarter(office)
        await filed(quarter)

        with pytest.raises(TaxPeriodFiled) as refused:
            await invoiced_in_april(quarter)

        assert refused.value.path == ("operationOn",)
        assert refused.value.values == {
            "day": LAST_OF_MARCH,
            "filed_until": LAST_OF_MARCH,
            "first_open_on": date(2026, 4, 1),
        }
        assert (await draft(office, quarter.company_id))["figures"]["differences"] == []

    async def test_is_not_voided_once_its_quarter_was_filed(self, office: Office) -> None:
        quarter = await worked_quarter(office)
        invoice = await invoiced_in_april(quarter)
        await filed(quarter)

        with pytest.raises(TaxPeriodFiled):
            async with office.act() as act:
                await void_document(act, invoice, reason="Never happened", request_key="void")

    async def test_waits_with_its_reason_where_a_template_would_make_it(self, office: Office) -> None:
        quarter = await worked_quarter(office)
        customer = await contact(office, quarter.company_id, "Otro SL", is_customer=True, **CARD)
        monthly = Schedule(starts_on=LAST_OF_MARCH, frequency=Frequency.MONTHLY)
        with clock.moved_to(at(3, 1)):
            template = await recurring(
                office, quarter.company_id, customer, monthly, follow_up=FollowUp.APPROVE
            )
        await set_locks(office, quarter.company_id, tax_until=LAST_OF_MARCH)

        with clock.moved_to(at(4, 20)):
            await run_due(office)

        (run,) = await runs(office, template)
        assert (run.document_id, "TAX_PERIOD_FILED" in run.refusal) == (None, True)


class TestAfterFiling:
    async def test_a_purchase_of_the_quarter_keeps_its_approval(self, office: Office) -> None:
        quarter = await worked_quarter(office)
        await filed(quarter)

        with pytest.raises(TaxPeriodFiled):
            async with office.act() as act:
                await unapprove_document(act, quarter.documents["goods10"])

        assert (await row(office, quarter.documents["goods10"])).status == "APPROVED"

    async def test_a_reversed_settlement_is_no_operation_of_the_next_quarter(self, office: Office) -> None:
        quarter = await worked_quarter(office)
        settlement = UUID((await filed(quarter))["settlementEntryId"])

        async with office.act() as act:
            await reverse_entry(act, settlement)

        following = checks(await draft(office, quarter.company_id, period="2T"))
        assert (following["OUTPUT_TAX"], following["INPUT_TAX"]) == (("0.00", "0.00"), ("0.00", "0.00"))


class TestASettlementByTheAssistant:
    async def test_is_no_operation_and_filing_does_not_clear_the_accounts_again(self, office: Office) -> None:
        quarter = await worked_quarter(office)
        asked = {
            "companyId": str(quarter.company_id),
            "entryOn": "2026-03-31",
            "assistant": "VAT_SETTLEMENT",
            "values": [{"name": "until", "value": "2026-03-31"}],
            "requestKey": "by hand",
        }
        drafted = (await office.ask(office.bookkeeper, BY_ASSISTANT, {"input": asked})).data
        ids = [drafted["draftFromTemplate"]["entry"]["id"]]
        await office.ask(office.manager, POST, {"ids": ids, "key": "post"})

        found = checks(await draft(office, quarter.company_id))
        done = await filed(quarter)

        assert (found["OUTPUT_TAX"], found["INPUT_TAX"]) == (("2939.00",) * 2, ("1615.00",) * 2)
        assert done["settlementEntryId"] is None
        left = await balances(office, quarter.company_id)
        assert {
            code: amount for code, amount in left.items() if code.startswith(("472", "477", "4700", "4750"))
        } == {
            "4750": Decimal("-1324.00"),
        }


class TestHalfDeductibleInDollars:
    async def test_is_booked_to_the_cent_as_it_is_declared_and_the_return_is_filed(
        self, office: Office
    ) -> None:
        company_id = await issuer(office)
        american = await contact(office, company_id, "Cloud Inc", is_supplier=True, country="US")
        invoice = await approved(
            office,
            company_id,
            american,
            kind="PURCHASE_INVOICE",
            number="A1",
            issued_on=date(2026, 2, 2),
            currency="USD",
            exchange_rate=Decimal("0.9429"),
            lines=(
                NewLine(
                    description="Hosting",
                    unit_price=Decimal("921.91"),
                    tax_code="P_EXT21",
                    ledger_account_code="629",
                    deductible_percent=Decimal(50),
                ),
            ),
        )
        quarter = Quarter(office, company_id, {"hosting": invoice})

        found = await draft(office, company_id)

        assert checks(found)["INPUT_TAX"] == ("91.27", "91.27")
        assert (await filed(quarter))["state"] == "FILED"
