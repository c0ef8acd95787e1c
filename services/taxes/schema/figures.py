"""What a draft says: computed in Python from one row, so nothing here has a source of its own."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import strawberry

from services.access.guard import Guard, column, node
from services.access.policy import Scope
from services.kit.scalars import Date, Money
from services.taxes.drafts import figures_of, inputs_of, profile_of, supplied_of
from services.taxes.queries.boxes import opening_boxes
from services.taxes.queries.declared import USES
from services.taxes.queries.drafts import INPUTS
from services.taxes.rules.corrections import carries
from services.taxes.rules.due_dates import due_on, opens_on
from services.taxes.rules.figures import RESULT_BOX, TYPED_BOXES, compute
from services.taxes.rules.informative import is_monthly_349
from services.taxes.rules.inputs import Kept
from services.taxes.rules.layouts import FORMS
from services.taxes.rules.models import QUARTERS, TaxModel, TaxPeriod, periods_of
from services.taxes.rules.profile import NOT_COMPUTED, Profile, why_not_computed
from services.taxes.rules.results import CHECK_SENTENCES, Figures
from services.taxes.rules.vat_303 import RATES_303, ResultType
from services.taxes.schema.enums import TaxReturnState

VIEW = Guard(Scope.TAXES)
NEEDS = ("model", "year", "period", *INPUTS)
"""The columns that figures are computed from, in the order `figures` takes them."""

_OPENING = opening_boxes()


@node(None, VIEW)
class TaxBoxShare:
    """What another box puts into one that is computed."""

    number: str = column("The other box.")
    amount: Money = column("What it puts in; all shares of a box add up to it.")
    of: str | None = column("The earlier return that it stands in, such as 4T 2025; null for this one.")


@node(None, VIEW)
class TaxBoxAmount:
    """One box of a form."""

    number: str = column("Box number as printed, such as 07.")
    amount: Money = column("In euro, signed; for boxes of rates per cent, for boxes of people their number.")
    typed: bool = column("Whether a person typed it.")
    reason: str | None = column("Where a typed amount comes from.")
    may_type: bool = column("Whether a person may type it.")
    opens: bool = column("Whether lines stand behind it: see taxBox.")
    kind: str = column("AMOUNT, RATE or PEOPLE.")
    shares: list[TaxBoxShare] = strawberry.field(
        description="The boxes that it is computed from, where no lines add up to it."
    )


@node(None, VIEW)
class TaxFormLine:
    """A line of a form."""

    label: str = column("What the line is, in the viewer's language.")
    boxes: list[TaxBoxAmount] = strawberry.field(
        description="Its boxes in the order of the form: base, rate, quota."
    )


@node(None, VIEW)
class TaxFormSection:
    """A part of a form."""

    title: str = column("Its title, in the viewer's language.")
    lines: list[TaxFormLine] = strawberry.field(description="Its lines in the order of the form.")


@node(None, VIEW)
class TaxFormRow:
    """A box of a form with the words around it, as a file lists it."""

    section: str = column("Title of its part of the form.")
    label: str = column("What its line is.")
    number: str = column("Box number as printed.")
    amount: Money = column("In euro, signed; for boxes of rates per cent, for boxes of people their number.")
    origin: str | None = column("Where a typed amount comes from.")


@node(None, VIEW)
class TaxCheck:
    """Two numbers that have to agree."""

    code: str = column("Stable code, such as OUTPUT_TAX.")
    text: str = column("What is compared, in the viewer's language.")
    ours: Money = column("What the return says.")
    theirs: Money = column("What the books say.")
    holds: bool = column("Whether they agree to the cent.")


@node(None, VIEW)
class TaxParty:
    """A person whom a return names."""

    key: str = column("Key of the operation: A or B in 347; E, A, S, I or T in 349; G-01, G-03 or H in 190.")
    tax_id: str | None = column("Tax or VAT number; null where the contact has none.")
    name: str = column("Name of the contact.")
    amount: Money = column("Euro; with VAT in 347, without in 349, before withholding in 190 and 180.")
    withheld: Money = column("What was withheld of it.")
    quarters: list[Money] = column("The amount by quarter, where the form asks for it.")
    reverse_charge: bool = column("Whether the customer owed the VAT.")
    corrects: str | None = column("The period that the amount corrects, such as 4T 2025.")
    declared_before: Money = column(
        "What was declared for the period that is corrected; the amount is what is right."
    )
    cash: Money = column("What was received in cash in the year, where it is over 6000 (347).")
    cash_year: int | None = column(
        "The earlier year whose sales that cash paid; null for sales of this year."
    )


@node(None, VIEW)
class TaxDifference:
    """A box that would say something else today than when the return was prepared."""

    number: str = column("Box number.")
    kept: Money = column("What was prepared.")
    now: Money = column("What the books say now.")


@node(None, VIEW)
class TaxFigures:
    """What a return says as the books stand now."""

    problem: str | None = column(
        "Why the return is not computed, in the viewer's language; null where it is."
    )
    problem_code: str | None = column("The same as a stable code, such as CASH_BASIS.")
    sections: list[TaxFormSection] = strawberry.field(
        description="The form in its order; empty for models that name persons."
    )
    checks: list[TaxCheck] = strawberry.field(description="What to look at before filing.")
    differences: list[TaxDifference] = strawberry.field(
        description="Boxes that changed since the return was prepared."
    )
    result_type: ResultType | None = column("What the result leads to.")
    result_amount: Money | None = column("The result: positive is to be paid.")


@node(None, VIEW)
class TaxNamed:
    """Whom a return names as the books stand now."""

    problem: str | None = column(
        "Why the return is not computed, in the viewer's language; null where it is."
    )
    parties: list[TaxParty] = strawberry.field(description="The persons, by key and name.")
    checks: list[TaxCheck] = strawberry.field(description="What to look at before filing.")


@node(None, VIEW)
class TaxObligation:
    """A return that a company files for a period."""

    model: TaxModel = column("The model.")
    period: str = column("1T to 4T, 01 to 12, or 0A for the whole year.")
    opens_on: Date = column("First day on which it can be filed.")
    due_on: Date = column("Last day, moved to a working day.")
    state: TaxReturnState = column("Where it stands.")
    return_id: strawberry.ID | None = column("The kept return, if it was prepared.")
    result_amount: Money | None = column("The result of the kept return; positive is to be paid.")
    problem: str | None = column("Why it is not computed, in the viewer's language.")
    is_empty: bool = column(
        "Whether nothing happened in the period that it tells of, so that it is not filed. Only a 349 says so"
        " (RD 1624/1992 art. 78 to 81); the others are filed without amounts."
    )


@node(None, VIEW)
class TaxProfileCard:
    """How a company is taxed."""

    taxpayer: str = column("COMPANY or SOLE_TRADER.")
    vat_scheme: str = column("VAT regime; only GENERAL is computed.")
    territory: str = column("Tax territory; only COMMON is computed.")
    monthly: bool = column("Whether VAT is filed by months.")
    monthly_refund: bool = column("Whether it is in the register of monthly refunds.")
    prorata_percent: Money | None = column("Provisional share of input VAT that is deducted; null for all.")
    income_method: str = column("How a sole trader's income is found.")


def figures(context: Any, *values: Any) -> TaxFigures:
    """This will compute the figures of a draft row, given the columns of NEEDS."""
    row = dict(zip(NEEDS, values, strict=True))
    inputs = inputs_of(row)
    found = compute(inputs, USES)
    kept = next(
        (one for one in inputs.kept if one.model is inputs.model and one.period == inputs.period), None
    )
    reasons = {
        item["box"]: item["reason"]
        for item in row["typed"]
        if (item["model"], item["period"]) == (row["model"], row["period"])
    }
    return TaxFigures(
        problem=context.translate(NOT_COMPUTED[found.problem]) if found.problem else None,
        problem_code=found.problem,
        sections=_sections(inputs.model, found, reasons, context.translate),
        checks=_checks(found, context.translate),
        differences=_differences(kept.boxes, found.boxes, left_out=_taken_over(kept, reasons))
        if kept
        else [],
        result_type=found.result,
        result_amount=None if found.amount is None else Money(found.amount),
    )


def form_rows(context: Any, *values: Any) -> list[TaxFormRow]:
    """This will give the form as one row per box, given the columns of NEEDS."""
    made = figures(context, *values)
    by_hand = context.translate("Typed by hand")
    return [
        TaxFormRow(
            section=section.title,
            label=line.label,
            number=box.number,
            amount=box.amount,
            origin=f"{by_hand}: {box.reason}" if box.typed else None,
        )
        for section in made.sections
        for line in section.lines
        for box in line.boxes
    ]


def named(context: Any, *values: Any) -> TaxNamed:
    """This will list whom a return names, given the columns of NEEDS."""
    found = figures_of(dict(zip(NEEDS, values, strict=True)))
    return TaxNamed(
        problem=context.translate(NOT_COMPUTED[found.problem]) if found.problem else None,
        parties=[
            TaxParty(
                key=one.key,
                tax_id=one.tax_id,
                name=one.name,
                amount=Money(one.amount),
                withheld=Money(one.withheld),
                quarters=[Money(amount) for amount in one.quarters],
                reverse_charge=one.reverse_charge,
                corrects=one.corrects,
                declared_before=Money(one.declared_before),
                cash=Money(one.cash),
                cash_year=one.cash_year,
            )
            for one in found.parties
        ],
        checks=_checks(found, context.translate),
    )


def _checks(found: Figures, translate: Any) -> list[TaxCheck]:
    return [
        TaxCheck(
            code=one.code,
            text=translate(CHECK_SENTENCES[one.code]).format(**one.values),
            ours=Money(one.ours),
            theirs=Money(one.theirs),
            holds=one.holds,
        )
        for one in found.checks
    ]


def _taken_over(kept: Kept, typed: Mapping[str, str]) -> frozenset[str]:
    """The boxes of a correction that differ from what it corrects because they tell what came of that."""
    carried = [box for box in carries(kept.model) if box in typed and box not in kept.boxes]
    return frozenset({*carries(kept.model), RESULT_BOX[kept.model], "111"}) if carried else frozenset()


def _differences(
    kept: Mapping[str, Decimal], now: Mapping[str, Decimal], *, left_out: frozenset[str]
) -> list[TaxDifference]:
    zero = Decimal("0.00")
    return [
        TaxDifference(number=box, kept=Money(kept.get(box, zero)), now=Money(now.get(box, zero)))
        for box in sorted({*kept, *now} - left_out)
        if kept.get(box, zero) != now.get(box, zero)
    ]


def _sections(
    model: TaxModel, found: Figures, reasons: Mapping[str, str], translate: Any
) -> list[TaxFormSection]:
    if found.problem or model not in FORMS:
        return []
    return [
        TaxFormSection(
            title=translate(section.title),
            lines=[
                TaxFormLine(
                    label=translate(line.label),
                    boxes=[_box(model, number, found, reasons) for number in line.boxes],
                )
                for line in section.lines
            ],
        )
        for section in FORMS[model]
    ]


_PEOPLE = {
    TaxModel.M111: frozenset({"01", "04", "07", "10", "13", "16", "19", "22", "25"}),
    TaxModel.M115: frozenset({"01"}),
}


def _box(model: TaxModel, number: str, found: Figures, reasons: Mapping[str, str]) -> TaxBoxAmount:
    kind = "PEOPLE" if number in _PEOPLE.get(model, ()) else "AMOUNT"
    if model is TaxModel.M303 and (number in RATES_303 or number == "65"):
        kind = "RATE"
    return TaxBoxAmount(
        number=number,
        amount=Money(found.boxes.get(number, Decimal("0.00"))),
        typed=number in reasons,
        reason=reasons.get(number),
        may_type=number in TYPED_BOXES.get(model, ()),
        opens=(model.value, number) in _OPENING,
        kind=kind,
        shares=[
            TaxBoxShare(number=one.box, amount=Money(one.amount), of=one.of)
            for one in found.shares.get(number, ())
        ],
    )


def obligations(context: Any, year: int, profile: Any, kept: Any, *intra_eu: Any) -> list[TaxObligation]:
    """This will list what a company files for a year, by the last day to file it.

    `intra_eu` is what was sold to other member states by quarter, and the months with anything bought or sold there.
    """
    supplied, traded = intra_eu
    how = profile_of(profile)
    # A correction that is under way leaves the obligation as it is: met by the return that was filed.
    in_order = sorted(kept, key=lambda item: (item["state"] == "FILED", int(item["sequence"])))
    known = {(item["model"], item["period"]): item for item in in_order if item["year"] == year}
    sold = supplied_of(supplied)
    by_months = [number for number in range(1, len(QUARTERS) + 1) if is_monthly_349(sold, year, number)]
    listed = []
    for model in TaxModel:
        problem = why_not_computed(model, how)
        if problem == "NEEDS_SOLE_TRADER":
            continue
        for code in periods_of(model, monthly=how.monthly, monthly_quarters=by_months):
            period, found = TaxPeriod(year, code), known.get((model.value, code))
            boxes = found["boxes"] if found else {}
            amount = boxes.get(RESULT_BOX.get(model, ""))
            listed.append(
                TaxObligation(
                    model=model,
                    period=code,
                    opens_on=Date(opens_on(period)),
                    due_on=Date(due_on(model, period)),
                    state=TaxReturnState(found["state"]) if found else TaxReturnState.DRAFT,
                    return_id=found["id"] if found else None,
                    result_amount=None if amount is None else Money(Decimal(amount)),
                    problem=context.translate(NOT_COMPUTED[problem]) if problem else None,
                    is_empty=model is TaxModel.M349 and not found and not period.has_any_of(traded),
                )
            )
    return sorted(listed, key=lambda one: (one.due_on, one.model.value, one.period))


def profile_card(context: Any, profile: Any) -> TaxProfileCard:
    """This will show a tax profile; a company without one is under the general rules."""
    how: Profile = profile_of(profile)
    return TaxProfileCard(
        taxpayer=how.taxpayer.value,
        vat_scheme=how.vat_scheme.value,
        territory=how.territory.value,
        monthly=how.monthly,
        monthly_refund=how.monthly_refund,
        prorata_percent=None if how.prorata_percent is None else Money(how.prorata_percent),
        income_method=how.income_method.value,
    )
