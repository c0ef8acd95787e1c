"""A draft: what a return says, computed from frozen inputs; what to look at before it is filed.

`compute` is the one way from sums to boxes, for the screen, for preparing and for the comparison with what was
prepared.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from services.kit.money import ZERO, total
from services.taxes.rules.informative import MONTHLY_349, most_supplied, rows_347, rows_349
from services.taxes.rules.inputs import Inputs, before
from services.taxes.rules.models import MONTHS, QUARTERS, YEARLY, TaxModel, TaxPeriod
from services.taxes.rules.profile import IncomeMethod, why_not_computed
from services.taxes.rules.results import Check, Figures, Party
from services.taxes.rules.shares import shares_130, shares_303, shares_390
from services.taxes.rules.taxed import Feeds, TaxUse, strays
from services.taxes.rules.vat_303 import (
    RATES_303,
    TYPED_303,
    TYPED_INPUT_303,
    ResultType,
    boxes_303,
    feeds_303,
    pending_after,
    usual_result,
)
from services.taxes.rules.vat_390 import (
    TYPED_390,
    TYPED_INPUT_390,
    TYPED_TURNOVER_390,
    Kept303,
    boxes_390,
    feeds_390,
)
from services.taxes.rules.vat_boxes import boxless
from services.taxes.rules.withholdings import (
    FEEDS_111,
    FEEDS_115,
    KEYS_190,
    KNOWN_WITHHOLDINGS,
    TYPED_111,
    TYPED_115,
    TYPED_130,
    TYPED_WITHHELD_111,
    Recipient,
    YearSoFar,
    boxes_111,
    boxes_115,
    boxes_130,
)

TYPED_BOXES: Mapping[TaxModel, frozenset[str]] = {
    TaxModel.M303: TYPED_303,
    TaxModel.M390: TYPED_390,
    TaxModel.M111: TYPED_111,
    TaxModel.M115: TYPED_115,
    TaxModel.M130: TYPED_130,
}
"""Boxes that a person may type, by model."""

_TYPED_INTO: Mapping[TaxModel, Mapping[str, Mapping[tuple[TaxModel, str], int]]] = {
    TaxModel.M303: {
        "45": {(TaxModel.M303, box): 1 for box in TYPED_INPUT_303},
        "46": {(TaxModel.M303, box): -1 for box in TYPED_INPUT_303},
    },
    TaxModel.M390: {
        **{here: {(TaxModel.M303, there): 1} for there, here in TYPED_INPUT_390.items()},
        "64": {(TaxModel.M303, there): 1 for there in TYPED_INPUT_390},
        "65": {(TaxModel.M303, there): -1 for there in TYPED_INPUT_390},
        "108": {(TaxModel.M390, box): sign for box, sign in TYPED_TURNOVER_390.items()},
    },
    TaxModel.M111: {
        "28": {(TaxModel.M111, box): 1 for box in TYPED_WITHHELD_111},
        "30": {**{(TaxModel.M111, box): 1 for box in TYPED_WITHHELD_111}, (TaxModel.M111, "29"): -1},
    },
    TaxModel.M115: {"05": {(TaxModel.M115, "04"): -1}},
}


def typed_into(model: TaxModel) -> Iterator[tuple[str, TaxModel, str, int]]:
    """This will tell which boxes of a model add up typed ones: the box, where that was typed, its number, the sign."""
    for box, typed in _TYPED_INTO.get(model, {}).items():
        for (typed_in, number), sign in typed.items():
            yield box, typed_in, number, sign


RESULT_BOX: Mapping[TaxModel, str] = {
    TaxModel.M303: "71",
    TaxModel.M111: "30",
    TaxModel.M115: "05",
    TaxModel.M130: "19",
}
"""The box that says what is to be paid; the others inform."""


WAGES_WITHHELD = frozenset({"03", "06"})
"""Boxes of the 111 that hold what was withheld from wages."""


def feeds_of(model: TaxModel, uses: Mapping[str, TaxUse]) -> Feeds:
    """This will give the boxes that each code of a line goes into."""
    match model:
        case TaxModel.M303:
            return feeds_303(uses.values())
        case TaxModel.M390:
            return feeds_390(uses.values())
        case TaxModel.M111:
            return FEEDS_111
        case TaxModel.M115:
            return FEEDS_115
    return {}


def compute(inputs: Inputs, uses: Mapping[str, TaxUse]) -> Figures:
    """This will compute the return of a period. Pure: the same inputs give the same figures."""
    problem = why_not_computed(inputs.model, inputs.profile)
    if problem is not None:
        return Figures(problem=problem)
    match inputs.model:
        case TaxModel.M303:
            return _m303(inputs, uses)
        case TaxModel.M390:
            return _m390(inputs, uses)
        case TaxModel.M111 | TaxModel.M115:
            return _withholdings(inputs)
        case TaxModel.M190 | TaxModel.M180:
            return _recipients(inputs)
        case TaxModel.M130:
            return _m130(inputs)
        case TaxModel.M347:
            return _m347(inputs, uses)
        case TaxModel.M349:
            return _m349(inputs, uses)


def _m303(inputs: Inputs, uses: Mapping[str, TaxUse]) -> Figures:
    feeds = feeds_303(uses.values())
    previous = next(
        (one for one in inputs.kept if one.model is inputs.model and one.period == before(inputs.period)),
        None,
    )
    pending = pending_after(previous.boxes, previous.result or ResultType.NOTHING) if previous else ZERO
    typed = inputs.typed_here()
    boxes = boxes_303(feeds, inputs.lines, typed=typed, pending=pending)
    boxes |= {box: Decimal(rate) for box, rate in RATES_303.items()}
    checks = [
        Check(code="OUTPUT_TAX", ours=boxes["27"], theirs=-inputs.booked("477")),
        Check(code="INPUT_TAX", ours=boxes["45"], theirs=inputs.booked("472")),
        *_codes_without_box(feeds, inputs, uses),
    ]
    if previous is None and "110" not in typed:
        checks.append(Check(code="PERIOD_BEFORE", ours=boxes["110"], theirs=boxes["110"]))
    before_it = None if previous is None else (_named(previous.period), previous.boxes)
    return Figures(
        boxes=boxes,
        checks=tuple(checks),
        result=usual_result(boxes),
        amount=boxes["71"],
        shares=shares_303(boxes, before=before_it, typed=typed),
    )


def _named(period: TaxPeriod) -> str:
    return f"{period.code} {period.year}"


def _m390(inputs: Inputs, uses: Mapping[str, TaxUse]) -> Figures:
    feeds = feeds_390(uses.values())
    kept_303 = [
        one for one in inputs.kept if one.model is TaxModel.M303 and one.period.year == inputs.period.year
    ]
    kept = [Kept303(one.period.code, one.boxes, one.result or ResultType.NOTHING) for one in kept_303]
    boxes = boxes_390(
        feeds,
        inputs.lines,
        typed=inputs.typed_here(),
        typed_303=[
            pair
            for (model, _), typed in inputs.typed.items()
            if model is TaxModel.M303
            for pair in typed.items()
        ],
        kept=kept,
    )
    checks = [
        Check(code="OUTPUT_TAX", ours=boxes["47"], theirs=-inputs.booked("477")),
        Check(code="INPUT_TAX", ours=boxes["64"], theirs=inputs.booked("472")),
        *_codes_without_box(feeds, inputs, uses),
    ]
    if {one.period for one in kept} in (set(QUARTERS), set(MONTHS)):
        checks += [
            Check(code="QUARTERS_OUTPUT", ours=boxes["47"], theirs=total(one.boxes["27"] for one in kept)),
            Check(code="QUARTERS_INPUT", ours=boxes["64"], theirs=total(one.boxes["45"] for one in kept)),
        ]
    in_order = [(_named(one.period), one.boxes) for one in sorted(kept_303, key=lambda one: one.period.code)]
    return Figures(boxes=boxes, checks=tuple(checks), shares=shares_390(boxes, in_order, inputs.typed_here()))


def _codes_without_box(feeds: Feeds, inputs: Inputs, uses: Mapping[str, TaxUse]) -> list[Check]:
    vat = [line for line in inputs.lines if line.code[:1] not in "WV"]
    found = strays(feeds, vat, boxless(uses.values()))
    if not found:
        return []
    left = total(abs(line.base) for line in vat if line.code in found)
    return [Check(code="CODES_WITHOUT_BOX", ours=ZERO, theirs=left, values={"codes": ", ".join(found)})]


def _withholdings(inputs: Inputs) -> Figures:
    fill = boxes_111 if inputs.model is TaxModel.M111 else boxes_115
    boxes = fill(inputs.lines, inputs.recipients, inputs.typed_here())
    amount = boxes[RESULT_BOX[inputs.model]]
    result = ResultType.TO_PAY if amount > ZERO else ResultType.NOTHING
    return Figures(boxes=boxes, checks=_withheld_checks(inputs), result=result, amount=amount)


def _withheld_checks(inputs: Inputs) -> tuple[Check, ...]:
    """What was withheld on documents against 4751. Wages booked by hand show here until their boxes are typed."""
    ours = [line for line in inputs.lines if line.code.startswith("W")]
    wages = total(
        amount
        for (model, code), typed in inputs.typed.items()
        if model is TaxModel.M111 and (inputs.model in YEARLY or code == inputs.period.code)
        for box, amount in typed.items()
        if box in WAGES_WITHHELD
    )
    checks = [
        Check(code="WITHHELD", ours=total(line.quota for line in ours) + wages, theirs=-inputs.booked("4751"))
    ]
    unknown = [line for line in ours if line.code not in KNOWN_WITHHOLDINGS]
    if unknown:
        rates = ", ".join(sorted({f"{Decimal(line.code[1:]).normalize():f} %" for line in unknown}))
        left = total(line.quota for line in unknown)
        checks.append(Check(code="RATES_UNKNOWN", ours=ZERO, theirs=left, values={"rates": rates}))
    return tuple(checks)


def _recipients(inputs: Inputs) -> Figures:
    """190 and 180: who bore what in the year, each person once per rate."""
    keys = KEYS_190 if inputs.model is TaxModel.M190 else dict.fromkeys(FEEDS_115, "")
    by_person: dict[tuple[str, str], list[Recipient]] = {}
    for who in inputs.recipients:
        if who.code in keys:
            by_person.setdefault((who.code, who.tax_id or who.contact_id or who.name), []).append(who)
    parties = [
        Party(
            key=keys[code],
            tax_id=found[0].tax_id,
            name=found[0].name,
            amount=total(who.paid for who in found),
            withheld=total(who.withheld for who in found),
        )
        for (code, _), found in by_person.items()
    ]
    return Figures(
        parties=tuple(sorted(parties, key=lambda one: (one.key, one.name))),
        checks=(*_withheld_checks(inputs), *_numbers_missing(parties)),
    )


def _m130(inputs: Inputs) -> Figures:
    last = QUARTERS.index(inputs.period.code) + 1
    quarters = [
        YearSoFar(
            income=-total(
                amount for (name, at), amount in inputs.ledger.items() if name == "7" and at <= number
            ),
            expenses=total(
                amount for (name, at), amount in inputs.ledger.items() if name == "6" and at <= number
            ),
            withheld=total(
                line.quota for line in inputs.lines if line.code.startswith("V") and line.quarter <= number
            ),
        )
        for number in range(1, last + 1)
    ]
    typed = [inputs.typed.get((inputs.model, code), {}) for code in QUARTERS[:last]]
    simplified = inputs.profile.income_method is IncomeMethod.DIRECT_SIMPLIFIED
    made = boxes_130(quarters, simplified=simplified, typed=typed)
    boxes = made[-1]
    result = ResultType.TO_PAY if boxes["19"] > ZERO else ResultType.NOTHING
    names = [f"{code} {inputs.period.year}" for code in QUARTERS[:last]]
    shares = shares_130(list(zip(names, made, strict=True)))
    return Figures(boxes=boxes, result=result, amount=boxes["19"], shares=shares)


def _m347(inputs: Inputs, uses: Mapping[str, TaxUse]) -> Figures:
    parties = [
        Party(
            key=row.key,
            tax_id=row.tax_id,
            name=row.name,
            amount=row.amount,
            quarters=row.quarters,
            reverse_charge=row.reverse_charge,
            cash=row.cash,
            cash_year=row.cash_year,
        )
        for row in rows_347(inputs.partners, uses, year=inputs.period.year, cash=inputs.cash)
    ]
    return Figures(parties=tuple(parties), checks=_numbers_missing(parties))


def _m349(inputs: Inputs, uses: Mapping[str, TaxUse]) -> Figures:
    rows = rows_349(inputs.partners, uses, inputs.period, inputs.supplied, inputs.declared)
    parties = [
        Party(
            key=row.key,
            tax_id=row.vat_number,
            name=row.name,
            amount=row.amount,
            corrects=f"{row.corrects.code} {row.corrects.year}" if row.corrects else None,
            declared_before=row.declared_before,
        )
        for row in rows
    ]
    odd = [party for party, row in zip(parties, rows, strict=True) if not row.number_is_plausible]
    return Figures(parties=tuple(parties), checks=(*_missing(odd), *_by_months(inputs)))


def _by_months(inputs: Inputs) -> tuple[Check, ...]:
    """A quarter that has to be filed by months."""
    code = inputs.period.code
    if code not in QUARTERS:
        return ()
    most = most_supplied(inputs.supplied, inputs.period.year, QUARTERS.index(code) + 1)
    return (Check(code="MONTHLY_349", ours=MONTHLY_349, theirs=most),) if most > MONTHLY_349 else ()


def _numbers_missing(parties: Sequence[Party]) -> tuple[Check, ...]:
    return _missing([one for one in parties if not one.tax_id])


def _missing(parties: Sequence[Party]) -> tuple[Check, ...]:
    if not parties:
        return ()
    names = ", ".join(sorted({one.name for one in parties}))
    left = total(abs(one.amount) for one in parties)
    return (Check(code="NUMBERS_MISSING", ours=ZERO, theirs=left, values={"names": names}),)
