"""The way of a return: typed boxes, preparing, approving, filing; and who may do what."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from services.documents.actions.refusals import ArrivalNeeded
from services.taxes.rules.models import TaxModel
from tests.services.taxes.test_drafts import boxes, draft
from tests.services.taxes.worked_quarter import Quarter, one_line, worked_quarter
from tests.support.builders.documents import approved, issuer
from tests.support.builders.journal import contact
from tests.support.office import Office

PREPARE = """mutation ($company: ID!, $model: TaxModel!, $year: Int!, $period: String!) {
  prepareTaxReturn(input: {companyId: $company, model: $model, year: $year, period: $period}) {
    taxReturn { id state resultType resultAmount dueOn boxes { number amount } }
    refusals { code path message } } }"""
APPROVE = "mutation ($id: ID!) { approveTaxReturn(returnId: $id) { taxReturn { state } refusals { code } } }"
WITHDRAW = (
    "mutation ($id: ID!) { withdrawTaxReturn(returnId: $id) { taxReturn { state } refusals { code } } }"
)
FILE = """mutation ($id: ID!, $receipt: String!, $code: String!, $on: Date!, $result: TaxResultType) {
  fileTaxReturn(input: {returnId: $id, receipt: $receipt, verificationCode: $code, filedOn: $on, resultType: $result}) {
    taxReturn { state receipt verificationCode filedOn resultType settlementEntryId }
    refusals { code path } } }"""
TYPE = """mutation ($company: ID!, $box: String!, $amount: Money) {
  typeTaxBox(input: {companyId: $company, model: M303, year: 2026, period: "1T", box: $box, amount: $amount,
    reason: "Told by the client"}) { companyId refusals { code path } } }"""
PROFILE = """mutation ($company: ID!, $scheme: VatScheme!, $taxpayer: TaxpayerKind!) {
  setTaxProfile(input: {companyId: $company, taxpayer: $taxpayer, vatScheme: $scheme, territory: COMMON}) {
    companyId refusals { code } } }"""
RECEIPT = {"receipt": "3031234567890", "code": "ABCD1234EFGH5678", "on": "2026-04-17"}


async def prepare(quarter: Quarter, viewer: Any = None, **other: Any) -> Any:
    asked = {"company": str(quarter.company_id), "model": "M303", "year": 2026, "period": "1T", **other}
    answer = await quarter.office.ask(viewer or quarter.office.bookkeeper, PREPARE, asked)
    assert answer.data is not None, answer.errors
    return answer.data["prepareTaxReturn"]


async def act_on(quarter: Quarter, document: str, return_id: str, viewer: Any = None, **other: Any) -> Any:
    answer = await quarter.office.ask(viewer or quarter.office.manager, document, {"id": return_id, **other})
    if answer.data is None:
        return answer.codes
    [payload] = answer.data.values()
    return payload


class TestTypedBoxes:
    async def test_enter_the_draft_and_leave_it_again(self, office: Office) -> None:
        company = str(await issuer(office))
        asked = {"company": company, "box": "44", "amount": "12.50"}

        await office.ask(office.bookkeeper, TYPE, asked)
        typed = boxes(await draft(office, company))
        await office.ask(office.bookkeeper, TYPE, asked | {"amount": None})

        assert (typed["44"], typed["45"]) == ("12.50", "12.50")
        assert "44" not in boxes(await draft(office, company))

    async def test_never_replace_what_documents_say(self, office: Office) -> None:
        company = str(await issuer(office))

        answer = await office.ask(office.manager, TYPE, {"company": company, "box": "09", "amount": "1.00"})

        assert answer.data["typeTaxBox"]["refusals"] == [{"code": "BAD_INPUT", "path": ["input", "box"]}]


class TestPreparing:
    async def test_freezes_the_boxes_and_later_changes_show(self, office: Office) -> None:
        quarter = await worked_quarter(office)
        prepared = await prepare(quarter)
        customer = await contact(
            office, quarter.company_id, "Tard SL", is_customer=True, tax_id="B65410011",
            address="Carrer Nou 1", postcode="08001", city="Barcelona",
        )  # fmt: skip
        await approved(
            office,
            quarter.company_id,
            customer,
            issued_on=date(2026, 3, 30),
            lines=one_line("S21", "100.00", "700"),
        )

        found = await draft(office, quarter.company_id)

        kept = {box["number"]: box["amount"] for box in prepared["taxReturn"]["boxes"]}
        assert (prepared["taxReturn"]["state"], kept["27"], kept["71"]) == ("PREPARED", "2939.00", "1324.00")
        assert prepared["taxReturn"]["dueOn"] == "2026-04-20"
        differences = {one["number"]: (one["kept"], one["now"]) for one in found["figures"]["differences"]}
        assert differences["27"] == ("2939.00", "2960.00")
        assert differences["09"] == ("2310.00", "2331.00")

    async def test_waits_for_the_end_of_the_period(self, office: Office) -> None:
        quarter = Quarter(office, await issuer(office), {})

        refused = await prepare(quarter, year=2099)

        assert [one["code"] for one in refused["refusals"]] == ["PERIOD_NOT_OVER"]

    async def test_is_refused_under_another_regime_with_the_reason(self, office: Office) -> None:
        quarter = Quarter(office, await issuer(office), {})
        await office.ask(
            office.bookkeeper,
            PROFILE,
            {"company": str(quarter.company_id), "scheme": "CASH_BASIS", "taxpayer": "COMPANY"},
        )

        refused = await prepare(quarter)
        found = await draft(office, quarter.company_id)

        assert [one["code"] for one in refused["refusals"]] == ["MODEL_NOT_COMPUTED"]
        assert "cash basis" in refused["refusals"][0]["message"]
        assert found["figures"]["problemCode"] == "CASH_BASIS"
        assert found["figures"]["sections"] == []

    async def test_keeps_what_is_pending_for_the_next_period(self, office: Office) -> None:
        quarter = Quarter(office, await issuer(office), {})
        supplier = await contact(
            office, quarter.company_id, "Proveïdor SL", is_supplier=True, tax_id="B28015865"
        )
        await approved(
            office,
            quarter.company_id,
            supplier,
            kind="PURCHASE_INVOICE",
            number="P-1",
            issued_on=date(2026, 2, 3),
            lines=one_line("P21", "1000.00", "600"),
        )
        await prepare(quarter)

        following = boxes(await draft(office, quarter.company_id, period="2T"))

        assert (following["110"], following["87"]) == ("210.00", "210.00")


class TestApproving:
    async def test_is_not_for_bookkeepers(self, office: Office) -> None:
        quarter = await worked_quarter(office)
        return_id = (await prepare(quarter))["taxReturn"]["id"]

        assert await act_on(quarter, APPROVE, return_id, office.bookkeeper) == ["ROLE"]

    async def test_is_for_the_client(self, office: Office) -> None:
        quarter = await worked_quarter(office)
        return_id = (await prepare(quarter))["taxReturn"]["id"]
        client = await office.client_owner(quarter.company_id)

        done = await act_on(quarter, APPROVE, return_id, client)

        assert done["taxReturn"]["state"] == "APPROVED"
        assert await act_on(quarter, FILE, return_id, client, **RECEIPT) == ["ROLE"]

    async def test_of_a_stranger_finds_nothing(self, office: Office, other_office: Office) -> None:
        quarter = await worked_quarter(office)
        return_id = (await prepare(quarter))["taxReturn"]["id"]

        answer = await other_office.ask(other_office.owner, APPROVE, {"id": return_id})

        assert [one["code"] for one in answer.data["approveTaxReturn"]["refusals"]] == ["NOT_FOUND"]

    async def test_can_be_taken_back(self, office: Office) -> None:
        quarter = await worked_quarter(office)
        return_id = (await prepare(quarter))["taxReturn"]["id"]
        await act_on(quarter, APPROVE, return_id)

        assert (await act_on(quarter, WITHDRAW, return_id))["taxReturn"]["state"] == "DRAFT"
        assert (await prepare(quarter))["taxReturn"]["id"] == return_id


class TestFiling:
    @pytest.mark.posting_rule(21)
    async def test_keeps_the_receipt_clears_the_vat_accounts_and_locks_the_period(
        self, office: Office
    ) -> None:
        quarter = await worked_quarter(office)
        await office.ask(
            office.manager, TYPE, {"company": str(quarter.company_id), "box": "110", "amount": "300.00"}
        )
        return_id = (await prepare(quarter))["taxReturn"]["id"]
        await act_on(quarter, APPROVE, return_id)

        done = await act_on(quarter, FILE, return_id, **RECEIPT)
        again = await act_on(quarter, FILE, return_id, **RECEIPT)

        assert done["refusals"] == []
        assert (done["taxReturn"]["state"], done["taxReturn"]["receipt"]) == ("FILED", "3031234567890")
        assert again["taxReturn"] == done["taxReturn"]
        assert await _settled(office, quarter.company_id) == {
            "477": Decimal("2939.00"),
            "472": Decimal("-1615.00"),
            "4700": Decimal("-300.00"),
            "4750": Decimal("-1024.00"),
        }
        with pytest.raises(ArrivalNeeded):
            await approved(
                office,
                quarter.company_id,
                await contact(office, quarter.company_id, "Proveïdor SL", is_supplier=True),
                kind="PURCHASE_INVOICE",
                number="P-99",
                issued_on=date(2026, 3, 31),
                lines=one_line("P21", "10.00", "600"),
            )

    async def test_leaves_the_checks_and_boxes_as_they_were(self, office: Office) -> None:
        """The settlement moves balances; it is no operation of the period."""
        quarter = await worked_quarter(office)
        return_id = (await prepare(quarter))["taxReturn"]["id"]
        await act_on(quarter, APPROVE, return_id)
        await act_on(quarter, FILE, return_id, **RECEIPT)

        found = await draft(office, quarter.company_id)

        assert found["figures"]["differences"] == []
        holding = {one["code"] for one in found["figures"]["checks"] if one["holds"]}
        assert holding >= {"OUTPUT_TAX", "INPUT_TAX"}

    @pytest.mark.parametrize(
        ("wrong", "path"),
        [
            ({"receipt": "303123"}, "receipt"),
            ({"code": "ABCD"}, "verificationCode"),
            ({"on": "2026-03-31"}, "filedOn"),
            ({"on": "2099-01-01"}, "filedOn"),
            ({"result": "REFUND"}, "resultType"),
        ],
    )
    async def test_refuses_a_receipt_that_is_none(
        self, office: Office, wrong: dict[str, str], path: str
    ) -> None:
        quarter = await worked_quarter(office)
        return_id = (await prepare(quarter))["taxReturn"]["id"]
        await act_on(quarter, APPROVE, return_id)

        refused = await act_on(quarter, FILE, return_id, **{**RECEIPT, **wrong})

        assert refused["refusals"] == [{"code": "BAD_INPUT", "path": ["input", path]}]

    async def test_needs_approval_first(self, office: Office) -> None:
        quarter = await worked_quarter(office)
        return_id = (await prepare(quarter))["taxReturn"]["id"]

        refused = await act_on(quarter, FILE, return_id, **RECEIPT)

        assert [one["code"] for one in refused["refusals"]] == ["RETURN_NOT_IN_STATE"]


class TestTheCalendar:
    CALENDAR = """query ($company: ID!) { taxCalendar(companyId: $company, year: 2026) {
      obligations { model period dueOn state returnId resultAmount problem } } }"""

    async def test_lists_what_a_company_files_with_its_states(self, office: Office) -> None:
        quarter = await worked_quarter(office)
        await prepare(quarter)

        answer = await office.ask(office.manager, self.CALENDAR, {"company": str(quarter.company_id)})

        rows = answer.data["taxCalendar"]["obligations"]
        first = next(one for one in rows if (one["model"], one["period"]) == ("M303", "1T"))
        assert (first["dueOn"], first["state"], first["resultAmount"]) == (
            "2026-04-20",
            "PREPARED",
            "1324.00",
        )
        assert "M130" not in {one["model"] for one in rows}
        assert (
            next(one["dueOn"] for one in rows if (one["model"], one["period"]) == ("M303", "4T"))
            == "2027-02-01"
        )

    async def test_of_a_sole_trader_has_the_instalments(self, office: Office) -> None:
        company = str(await issuer(office))
        await office.ask(
            office.manager, PROFILE, {"company": company, "scheme": "GENERAL", "taxpayer": "SOLE_TRADER"}
        )

        answer = await office.ask(office.manager, self.CALENDAR, {"company": company})

        assert TaxModel.M130.value in {one["model"] for one in answer.data["taxCalendar"]["obligations"]}


async def _settled(office: Office, company_id: UUID) -> dict[str, Decimal]:
    """Debit less credit of the settlement's lines, by heading."""
    async with office.act() as act:
        rows = await act.session.execute(
            text(
                "select case when a.code like '4700%' or a.code like '4750%' then left(a.code, 4)"
                " else left(a.code, 3) end,"
                " sum(l.debit - l.credit) from journal_line l"
                " join journal_entry e on e.id = l.entry_id"
                " join ledger_account a on a.id = l.ledger_account_id"
                " where e.company_id = :c and e.source = 'TAX_SETTLEMENT' group by 1"
            ),
            {"c": company_id},
        )
        return {row[0]: row[1] for row in rows.all()}
