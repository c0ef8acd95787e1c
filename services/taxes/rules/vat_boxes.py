"""The boxes of VAT by rate and kind of operation: 303 (record layout since October 2024) and 390 (since 2023).

Data first: a table per model says which boxes hold base and quota. `vat_feeds` then reads the tax code table once.
The order in the forms is base, rate, quota; the popular lists that say 01/02 are wrong.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from services.taxes.rules.taxed import Feed, Feeds, Part, TaxUse

Pair = tuple[str, str]
"""Box of the base, box of the quota."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VatBoxes:
    """Where a model wants each kind of operation. Quotas of a rate without a box of its own are an error shown."""

    output: Mapping[str, Pair]
    surcharge: Mapping[str, Pair]
    output_changes: Pair
    surcharge_changes: Pair
    intra_eu_goods: Mapping[str, Pair]
    intra_eu_services: Mapping[str, Pair]
    reverse_charge: Pair
    current: Pair
    investment: Pair
    import_current: Pair
    import_investment: Pair
    intra_eu_current: Pair
    intra_eu_service: Pair
    intra_eu_investment: Pair
    input_changes: Pair
    information: Mapping[str, str]


def _every(pair: Pair) -> dict[str, Pair]:
    return dict.fromkeys(("0", "2", "4", "5", "7.5", "10", "21"), pair)


BOXES_303 = VatBoxes(
    output={
        "0": ("150", "152"),
        "2": ("165", "167"),
        "4": ("01", "03"),
        "5": ("153", "155"),
        "7.5": ("153", "155"),
        "10": ("04", "06"),
        "21": ("07", "09"),
    },
    surcharge={
        "1.75": ("156", "158"),
        "0.26": ("168", "170"),
        "0.5": ("16", "18"),
        "0.62": ("16", "18"),
        "1": ("16", "18"),
        "1.4": ("19", "21"),
        "5.2": ("22", "24"),
    },
    output_changes=("14", "15"),
    surcharge_changes=("25", "26"),
    intra_eu_goods=_every(("10", "11")),
    intra_eu_services=_every(("10", "11")),
    reverse_charge=("12", "13"),
    current=("28", "29"),
    investment=("30", "31"),
    import_current=("32", "33"),
    import_investment=("34", "35"),
    intra_eu_current=("36", "37"),
    intra_eu_service=("36", "37"),
    intra_eu_investment=("38", "39"),
    input_changes=("40", "41"),
    information={"INTRA_EU": "59", "EXPORT": "60", "FOREIGN_SERVICE": "120", "REVERSE_CHARGE": "122"},
)

BOXES_390 = VatBoxes(
    output={
        "0": ("700", "701"),
        "2": ("667", "668"),
        "4": ("01", "02"),
        "5": ("702", "703"),
        "7.5": ("669", "670"),
        "10": ("03", "04"),
        "21": ("05", "06"),
    },
    surcharge={
        "1.75": ("41", "42"),
        "0.26": ("663", "664"),
        "0.5": ("35", "36"),
        "0.62": ("704", "705"),
        "1": ("671", "672"),
        "1.4": ("599", "600"),
        "5.2": ("601", "602"),
    },
    output_changes=("29", "30"),
    surcharge_changes=("43", "44"),
    intra_eu_goods={"4": ("21", "22"), "10": ("23", "24"), "21": ("25", "26")},
    intra_eu_services={"4": ("545", "546"), "10": ("547", "548"), "21": ("551", "552")},
    reverse_charge=("27", "28"),
    current=("48", "49"),
    investment=("50", "51"),
    import_current=("52", "53"),
    import_investment=("54", "55"),
    intra_eu_current=("56", "57"),
    intra_eu_service=("597", "598"),
    intra_eu_investment=("58", "59"),
    input_changes=("639", "62"),
    information={
        "DOMESTIC": "99",
        "EQUIVALENCE_SURCHARGE": "99",
        "INTRA_EU": "103",
        "EXPORT": "104",
        "EXEMPT": "105",
        "FOREIGN_SERVICE": "110",
        "REVERSE_CHARGE": "125",
    },
)

BOXLESS_REGIMES = frozenset({"EXEMPT"})
"""Exempt operations are in no box of the 303 but those told beside exports; purchases without VAT in none at all."""


def vat_feeds(model: VatBoxes, uses: Iterable[TaxUse]) -> Feeds:
    """This will give the boxes of every tax code. A code that a model has no box for is missing: see `strays`."""
    made = {
        use.code: tuple(_sale(model, use) if use.side == "SALES" else _purchase(model, use)) for use in uses
    }
    return {code: feeds for code, feeds in made.items() if feeds}


def boxless(uses: Iterable[TaxUse]) -> frozenset[str]:
    """This will name the codes whose lines belong into no box by law: no VAT, or VAT that nobody deducts."""
    return frozenset(
        use.code
        for use in uses
        if (use.regime in BOXLESS_REGIMES and not use.is_like_export)
        or (use.side == "PURCHASES" and (use.regime == "EQUIVALENCE_SURCHARGE" or not use.rate))
    )


def _rate(rate: Decimal) -> str:
    """10.00 -> 10, 7.50 -> 7.5."""
    return f"{rate.normalize():f}"


def _sale(model: VatBoxes, use: TaxUse) -> list[Feed]:
    feeds: list[Feed] = []
    if use.regime in {"DOMESTIC", "EQUIVALENCE_SURCHARGE"}:
        feeds += _both(model.output.get(_rate(use.rate)), model.output_changes)
        if use.surcharge_rate:
            feeds += _both(
                model.surcharge.get(_rate(use.surcharge_rate)), model.surcharge_changes, Part.SURCHARGE
            )
    told = model.information.get(_told_as(use))
    if told is not None:
        feeds.append(Feed(told, Part.BASE))
    return feeds


def _told_as(use: TaxUse) -> str:
    """The regime beside whose sales a sale without VAT is told."""
    if use.is_like_export:
        return "EXPORT"
    return "FOREIGN_SERVICE" if use.nature == "TRIANGULAR" else use.regime  # Both are not subject here.


def _purchase(model: VatBoxes, use: TaxUse) -> list[Feed]:
    if use.regime in {"EXEMPT", "EQUIVALENCE_SURCHARGE"} or not use.rate:
        return []
    feeds: list[Feed] = []
    if use.is_self_assessed:
        feeds += _both(_owed(model, use), model.output_changes)
    base, quota = _deducted(model, use)
    changed_base, changed_quota = model.input_changes
    return [
        *feeds,
        Feed(base, Part.BASE, rectifying=False, deducts=True),
        Feed(quota, Part.DEDUCTIBLE, rectifying=False),
        Feed(changed_base, Part.BASE, rectifying=True, deducts=True),
        Feed(changed_quota, Part.DEDUCTIBLE, rectifying=True),
    ]


def _both(pair: Pair | None, changes: Pair, part: Part = Part.QUOTA) -> list[Feed]:
    """Base and quota of what is first declared, and of what rectifies it."""
    feeds = [
        Feed(changes[0], Part.BASE, rectifying=True),
        Feed(changes[1], part, rectifying=True),
    ]
    if pair is None:
        return []
    return [Feed(pair[0], Part.BASE, rectifying=False), Feed(pair[1], part, rectifying=False), *feeds]


def _owed(model: VatBoxes, use: TaxUse) -> Pair | None:
    if use.regime != "INTRA_EU":
        return model.reverse_charge
    by_rate = model.intra_eu_services if use.nature == "SERVICES" else model.intra_eu_goods
    return by_rate.get(_rate(use.rate))


def _deducted(model: VatBoxes, use: TaxUse) -> Pair:
    invests = use.nature == "INVESTMENT"
    if use.regime == "INTRA_EU":
        if use.nature == "SERVICES":
            return model.intra_eu_service
        return model.intra_eu_investment if invests else model.intra_eu_current
    if use.regime == "EXPORT":  # What is imported: the tax code table knows one regime for both ways.
        return model.import_investment if invests else model.import_current
    return model.investment if invests else model.current
