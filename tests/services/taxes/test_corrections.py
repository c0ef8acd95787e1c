"""Correcting filed returns: the rectifying 303 box by box and in the books, what only adds, what takes a place."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from services.journal.actions.locks import grant_exception
from services.journal.rules.periods import LockKind
from services.kit import clock
from services.kit.money import ZERO
from services.taxes.rules.corrections import (
    ReturnKind,
    can_be_corrected,
    correction_of,
    taken_over,
)
from services.taxes.rules.models import TaxModel, TaxPeriod
from services.taxes.rules.vat_303 import ResultType, boxes_303, feeds_303, pending_after, usual_result
from tests.services.audit.test_events import log
from tests.services.taxes.taxed_lines import USES, line
from tests.services.taxes.test_drafts import boxes, draft
from tests.services.taxes.test_returns import APPROVE, FILE, RECEIPT, TYPE, act_on, prepare
from tests.services.taxes.worked_quarter import Quarter, one_line, worked_quarter
from tests.support.builders.documents import approved, customer, rectify
from tests.support.office import Office

CORRECT = """mutation ($id: ID!) { correctTaxReturn(input: {returnId: $id, reason: "A late invoice"}) {
  taxReturn { id kind state correctsId correctionReason } refusals { code path } } }"""
DISCARD = (
    "mutation ($id: ID!) { discardTaxCorrection(returnId: $id) { taxReturn { id state } refusals { code } } }"
)
RESULT = """query ($company: ID!) { taxDraft(companyId: $company, model: M303, year: 2026, period: "1T") {
  record { id kind state } figures { resultType differences { number } checks { code holds }
    sections { lines { boxes { number amount reason
    shares { number amount } } } } } } }"""
FEEDS = feeds_303(USES)


def rectified(
    base: str, filed: dict[str, Decimal], result: ResultType, pending: str = "0.00"
) -> dict[str, Decimal]:
    """The 303 of one sale at 21 % that rectifies a filed one."""
    typed = taken_over(TaxModel.M303, filed, result)
    return boxes_303(FEEDS, [line("S21", base)], typed=typed, pending=Decimal(pending))


def first(base: str, pending: str = "0.00") -> dict[str, Decimal]:
    return boxes_303(FEEDS, [line("S21", base)], typed={}, pending=Decimal(pending))


class TestTheRectifying303:
    @pytest.mark.parametrize(
        ("filed", "result", "now", "said", "becomes"),
        [
            # More: what was paid comes off.
            ("1000.00", ResultType.TO_PAY, "1100.00", ("210.00", "0.00", "21.00", None), ResultType.TO_PAY),
            # Less: what was paid unduly comes back.
            (
                "1000.00",
                ResultType.DIRECT_DEBIT,
                "600.00",
                ("210.00", "0.00", "-84.00", "84.00"),
                ResultType.REFUND,
            ),
            # Less than nothing: all that was paid comes back, the rest is compensated.
            (
                "1000.00",
                ResultType.TO_PAY,
                "-100.00",
                ("210.00", "0.00", "-231.00", "210.00"),
                ResultType.COMPENSATE,
            ),
            # What was to be compensated is said anew.
            (
                "-1000.00",
                ResultType.COMPENSATE,
                "-900.00",
                ("0.00", "0.00", "-189.00", None),
                ResultType.COMPENSATE,
            ),
            # What was refunded too much is paid back.
            ("-1000.00", ResultType.REFUND, "-900.00", ("0.00", "210.00", "21.00", None), ResultType.TO_PAY),
        ],
    )
    def test_says_what_is_still_to_be_paid_or_given_back(
        self,
        filed: str,
        result: ResultType,
        now: str,
        said: tuple[str, str, str, str | None],
        becomes: ResultType,
    ) -> None:
        made = rectified(now, first(filed), result)

        found = tuple(str(made[box]) if box in made else None for box in ("70", "109", "71", "111"))
        assert found == said
        assert usual_result(made) is becomes

    def test_leaves_for_later_what_was_not_paid_unduly(self) -> None:
        made = rectified("-100.00", first("1000.00"), ResultType.TO_PAY)

        assert pending_after(made, ResultType.COMPENSATE) == Decimal("21.00")
        assert pending_after(made, ResultType.REFUND) == ZERO

    def test_goes_on_from_the_one_before(self) -> None:
        lowered = rectified("600.00", first("1000.00"), ResultType.TO_PAY)

        again = rectified("700.00", lowered, ResultType.REFUND)

        assert (again["70"], again["109"], again["71"]) == (
            Decimal("210.00"),
            Decimal("84.00"),
            Decimal("21.00"),
        )

    def test_is_of_periods_since_the_third_quarter_of_2024(self) -> None:
        assert can_be_corrected(TaxModel.M303, TaxPeriod(2024, "3T"))
        assert can_be_corrected(TaxModel.M303, TaxPeriod(2024, "09"))
        assert not can_be_corrected(TaxModel.M303, TaxPeriod(2024, "2T"))
        assert not can_be_corrected(TaxModel.M303, TaxPeriod(2024, "08"))


class TestOtherModels:
    def test_add_or_take_the_place(self) -> None:
        assert correction_of(TaxModel.M111) is correction_of(TaxModel.M130) is ReturnKind.COMPLEMENTARY
        assert correction_of(TaxModel.M347) is correction_of(TaxModel.M390) is ReturnKind.SUBSTITUTIVE
        assert taken_over(TaxModel.M115, {"05": Decimal("171.00"), "04": ZERO}, ResultType.TO_PAY) == {
            "04": Decimal("171.00")
        }
        assert taken_over(TaxModel.M347, {}, None) == {}


class TestCorrecting:
    async def test_clears_what_is_new_and_counts_the_period_once(self, office: Office) -> None:
        quarter = await _filed(office)
        buyer = await customer(office, quarter.company_id, "Tard SL")
        await _open_period(office, quarter.company_id)
        late = await approved(
            office,
            quarter.company_id,
            buyer,
            issued_on=date(2026, 3, 30),
            lines=one_line("S21", "100.00", "700"),
        )
        filed = await _drawn(quarter)

        begun = await act_on(quarter, CORRECT, filed["record"]["id"], office.bookkeeper)
        again = await act_on(quarter, CORRECT, filed["record"]["id"], office.bookkeeper)
        draft_now = await _drawn(quarter)
        more = await _file(quarter, "3031234567891")
        own = await log(office, office.bookkeeper, quarter.company_id, about="TAX_RETURN")

        assert begun == again
        told = [(line["sentence"], line["reason"]) for line in own]
        assert ("Biel Font began to correct return 303 1T 2026", "A late invoice") in told
        correction = begun["taxReturn"]
        assert (correction["kind"], correction["state"]) == ("RECTIFYING", "DRAFT")
        assert correction["correctsId"] == filed["record"]["id"]
        said = {box["number"]: box for box in _boxes(draft_now)}
        assert (said["70"]["amount"], said["71"]["amount"], said["109"]["amount"]) == (
            "1024.00",
            "21.00",
            "0.00",
        )
        assert said["70"]["reason"] == "3031234567890 (2026-04-17)"
        changed = {one["number"] for one in draft_now["figures"]["differences"]}
        assert changed == {"07", "09", "27", "46", "64", "66", "69"}
        assert more["taxReturn"]["resultType"] == "TO_PAY"
        assert await _entry(office, more) == {"477": Decimal("21.00"), "4750": Decimal("-21.00")}

        await rectify(office, late, issued_on=date(2026, 3, 31), lines=one_line("S21", "-600.00", "708"))
        await act_on(quarter, CORRECT, (await _drawn(quarter))["record"]["id"], office.bookkeeper)
        less = await _file(quarter, "3031234567892")

        said = {box["number"]: box for box in _boxes(await _drawn(quarter))}
        assert (said["70"]["amount"], said["71"]["amount"], said["111"]["amount"]) == (
            "1045.00",
            "-126.00",
            "126.00",
        )
        assert said["111"]["shares"] == [{"number": "71", "amount": "126.00"}]
        assert less["taxReturn"]["resultType"] == "REFUND"
        assert await _entry(office, less) == {"477": Decimal("-126.00"), "4700": Decimal("126.00")}
        checks = (await _drawn(quarter))["figures"]["checks"]
        assert {one["code"] for one in checks if one["holds"]} >= {"OUTPUT_TAX", "INPUT_TAX"}
        assert boxes(await draft(office, quarter.company_id, "M390", "0A"))["95"] == "919.00"

    async def test_given_up_leaves_the_filed_one_as_it_was(self, office: Office) -> None:
        quarter = await _filed(office)
        filed = await _drawn(quarter)
        begun = await act_on(quarter, CORRECT, filed["record"]["id"])

        given_up = await act_on(quarter, DISCARD, begun["taxReturn"]["id"])
        refused = await act_on(quarter, DISCARD, filed["record"]["id"])

        assert given_up["taxReturn"] == {"id": filed["record"]["id"], "state": "FILED"}
        assert await _drawn(quarter) == filed
        assert [one["code"] for one in refused["refusals"]] == ["RETURN_NOT_IN_STATE"]
        assert (await act_on(quarter, CORRECT, filed["record"]["id"]))["taxReturn"]["state"] == "DRAFT"

    async def test_wants_a_filed_return(self, office: Office, other_office: Office) -> None:
        quarter = await worked_quarter(office)
        return_id = (await prepare(quarter))["taxReturn"]["id"]

        refused = await act_on(quarter, CORRECT, return_id)
        stranger = await act_on(quarter, CORRECT, return_id, other_office.owner)

        assert [one["code"] for one in refused["refusals"]] == ["RETURN_NOT_IN_STATE"]
        assert [one["code"] for one in stranger["refusals"]] == ["NOT_FOUND"]

    async def test_of_withholdings_only_adds(self, office: Office) -> None:
        quarter = await worked_quarter(office)
        return_id = (await prepare(quarter, model="M115"))["taxReturn"]["id"]
        await act_on(quarter, APPROVE, return_id)
        await act_on(quarter, FILE, return_id, **RECEIPT)

        begun = await act_on(quarter, CORRECT, return_id)
        now = boxes(await draft(office, quarter.company_id, "M115"))
        refused = await prepare(quarter, model="M115")

        assert begun["taxReturn"]["kind"] == "COMPLEMENTARY"
        assert (now["03"], now["04"], now.get("05", "0.00")) == ("171.00", "171.00", "0.00")
        assert [one["code"] for one in refused["refusals"]] == ["COMPLEMENTARY_LOWERS"]

    async def test_never_touches_what_was_filed(self, office: Office) -> None:
        quarter = await _filed(office)

        with pytest.raises(DBAPIError, match="a filed return is kept"):
            async with office.act() as act:
                await act.session.execute(
                    text("update tax_return set boxes = '{}' where company_id = :c"),
                    {"c": quarter.company_id},
                )


async def _filed(office: Office) -> Quarter:
    """The worked quarter with 300.00 from before, filed: 1024.00 to pay."""
    quarter = await worked_quarter(office)
    asked = {"company": str(quarter.company_id), "box": "110", "amount": "300.00"}
    await office.ask(office.manager, TYPE, asked)
    await _file(quarter, RECEIPT["receipt"])
    return quarter


async def _file(quarter: Quarter, receipt: str) -> Any:
    return_id = (await prepare(quarter))["taxReturn"]["id"]
    await act_on(quarter, APPROVE, return_id)
    done = await act_on(quarter, FILE, return_id, **RECEIPT | {"receipt": receipt})
    assert done["refusals"] == []
    return done


async def _drawn(quarter: Quarter) -> Any:
    answer = await quarter.office.ask(quarter.office.manager, RESULT, {"company": str(quarter.company_id)})
    return answer.data["taxDraft"]


def _boxes(drawn: Any) -> list[Any]:
    return [
        box for section in drawn["figures"]["sections"] for row in section["lines"] for box in row["boxes"]
    ]


async def _open_period(office: Office, company_id: UUID) -> None:
    async with office.act() as act:
        await grant_exception(
            act,
            company_id,
            LockKind.TAX,
            membership_id=None,
            until_at=clock.now() + timedelta(hours=1),
            reason="A late invoice",
            request_key="late",
        )


async def _entry(office: Office, done: Any) -> dict[str, Decimal]:
    """Debit less credit of the settlement of a filing, by heading."""
    async with office.act() as act:
        rows = await act.session.execute(
            text(
                "select case when left(a.code, 4) in ('4700', '4750') then left(a.code, 4) else left(a.code, 3) end,"
                " sum(l.debit - l.credit) from journal_line l"
                " join ledger_account a on a.id = l.ledger_account_id where l.entry_id = :e group by 1"
            ),
            {"e": UUID(done["taxReturn"]["settlementEntryId"])},
        )
        return {row[0]: row[1] for row in rows.all()}
