"""From a row of `queries.drafts` to the figures of a return."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from services.taxes.queries.declared import USES
from services.taxes.rules.figures import compute
from services.taxes.rules.informative import CashReceived, DeclaredSum, PartnerSum
from services.taxes.rules.inputs import Inputs, Kept
from services.taxes.rules.models import MONTHS, TaxModel, TaxPeriod
from services.taxes.rules.profile import IncomeMethod, Profile, TaxpayerKind, TaxTerritory, VatScheme
from services.taxes.rules.results import Figures
from services.taxes.rules.taxed import TaxedSum
from services.taxes.rules.vat_303 import ResultType
from services.taxes.rules.withholdings import Recipient

Json = Any


def figures_of(row: Mapping[str, Json]) -> Figures:
    """This will compute the return of a row."""
    return compute(inputs_of(row), USES)


def inputs_of(row: Mapping[str, Json]) -> Inputs:
    """This will read a row: its JSON columns, whether parsed already or still text."""
    said = {
        name: json.loads(value) if isinstance(value, str) and value[:1] in "[{" else value
        for name, value in row.items()
    }
    return Inputs(
        model=TaxModel(said["model"]),
        period=TaxPeriod(said["year"], said["period"]),
        profile=profile_of(said["profile"]),
        lines=[_sum(item) for item in (*said["vat"], *said["withheld"])],
        recipients=[_recipient(item) for item in said["recipients"]],
        partners=[_partner(item) for item in said["partners"]],
        cash=[_cash(item) for item in said["cash"]],
        declared=[_declared(item) for item in said["declared"]],
        supplied=supplied_of(said["supplied"]),
        ledger={(item["heading"], item["quarter"]): Decimal(item["amount"]) for item in said["ledger"]},
        typed=_typed(said["typed"]),
        kept=latest_of(said["kept"]),
    )


def profile_of(said: Mapping[str, Json] | None) -> Profile:
    """This will read a tax profile; a company without one is under the general rules."""
    if said is None:
        return Profile()
    prorata = said["prorata_percent"]
    return Profile(
        taxpayer=TaxpayerKind(said["taxpayer"]),
        vat_scheme=VatScheme(said["vat_scheme"]),
        territory=TaxTerritory(said["territory"]),
        monthly=said["monthly"],
        monthly_refund=said["monthly_refund"],
        prorata_percent=None if prorata is None else Decimal(prorata),
        income_method=IncomeMethod(said["income_method"]),
    )


def latest_of(said: Iterable[Mapping[str, Json]]) -> list[Kept]:
    """This will read returns that were prepared: of each period the last, what corrects before what it corrects."""
    found = {
        (item["model"], item["year"], item["period"]): item
        for item in sorted(said, key=lambda item: int(item["sequence"]))
    }
    return [kept_of(item) for item in found.values()]


def kept_of(said: Mapping[str, Json]) -> Kept:
    """This will read a return that was prepared."""
    return Kept(
        model=TaxModel(said["model"]),
        period=TaxPeriod(said["year"], said["period"]),
        state=said["state"],
        boxes=boxes_of(said["boxes"]),
        result=ResultType(said["result_type"]) if said["result_type"] else None,
        inputs_hash=said["inputs_hash"],
    )


def boxes_of(said: Mapping[str, Json]) -> dict[str, Decimal]:
    """This will read boxes as a return keeps them."""
    return {box: Decimal(amount) for box, amount in said.items()}


def _sum(said: Mapping[str, Json]) -> TaxedSum:
    zero = "0.00"
    return TaxedSum(
        code=said["code"],
        base=Decimal(said["base"]),
        quota=Decimal(said["quota"]),
        surcharge=Decimal(said.get("surcharge", zero)),
        deductible=Decimal(said.get("deductible", zero)),
        rectifying=said.get("rectifying", False),
        deducts=said.get("deducts", False),
        quarter=said["quarter"],
    )


def _recipient(said: Mapping[str, Json]) -> Recipient:
    return Recipient(
        code=said["code"],
        tax_id=said["tax_id"],
        name=said["name"],
        paid=Decimal(said["base"]),
        withheld=Decimal(said["quota"]),
        quarter=said["quarter"],
        contact_id=said["contact_id"],
    )


def _partner(said: Mapping[str, Json]) -> PartnerSum:
    corrects = None
    if said["corrected_year"] is not None:
        corrects = TaxPeriod(said["corrected_year"], MONTHS[said["corrected_month"] - 1])
    return PartnerSum(
        contact_id=said["contact_id"],
        name=said["name"],
        tax_id=said["tax_id"],
        country=said["country"],
        code=said["code"],
        quarter=said["quarter"],
        base=Decimal(said["base"]),
        charged=Decimal(said["charged"]),
        withheld=said["withheld"],
        corrects=corrects,
    )


def supplied_of(said: Iterable[Mapping[str, Json]]) -> dict[tuple[int, int], Decimal]:
    """This will read what was sold to other member states, by year and quarter."""
    return {(item["year"], item["quarter"]): Decimal(item["base"]) for item in said}


def _declared(said: Mapping[str, Json]) -> DeclaredSum:
    return DeclaredSum(
        contact_id=said["contact_id"],
        tax_id=said["tax_id"],
        code=said["code"],
        month=TaxPeriod(said["year"], MONTHS[said["month"] - 1]),
        base=Decimal(said["base"]),
    )


def _cash(said: Mapping[str, Json]) -> CashReceived:
    return CashReceived(
        contact_id=said["contact_id"],
        name=said["name"],
        tax_id=said["tax_id"],
        year=said["year"],
        amount=Decimal(said["amount"]),
    )


def _typed(said: list[Mapping[str, Json]]) -> Mapping[tuple[TaxModel, str], Mapping[str, Decimal]]:
    typed: defaultdict[tuple[TaxModel, str], dict[str, Decimal]] = defaultdict(dict)
    for item in said:
        typed[TaxModel(item["model"]), item["period"]][item["box"]] = Decimal(item["amount"])
    return typed
