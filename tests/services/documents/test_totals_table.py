"""Documents with what the gateway makes of them, for the web to replay: its editor counts while somebody types.

`tests/snapshots/document_totals.json` is written here from the gateway's own rules and replayed by
`firm-web/src/documents/editor/gatewayTotals.test.ts`. Write it anew with `--write-snapshots` after reading why it
changed.
"""

import json
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest

from services.documents.rules.amounts import LineAmounts, document_totals, line_bases
from services.documents.rules.tax_codes import TAX_CODES, TaxCode, TaxSide

TABLE = Path(__file__).parents[2] / "snapshots" / "document_totals.json"
SEED = 20261122
CASES = 600
LINES_MAX = 9
RATES = ("0", "1", "7", "15", "19", "24")


def _amount(random: Random, places: int, most: int) -> Decimal:
    """A number of up to so many places; small ones come as often as large ones."""
    digits = random.randint(1, len(str(most)) + places)
    return Decimal(random.randrange(10**digits) % (most * 10**places)).scaleb(-random.randint(0, places))


def _text(amount: Decimal) -> str:
    """As it is kept and told: a column knows no zero below zero."""
    return str(amount + 0)


def _line(random: Random, codes: list[TaxCode]) -> LineAmounts:
    quantity = _amount(random, 4, 999) or Decimal(1)
    return LineAmounts(
        quantity=-quantity if random.random() < 0.2 else quantity,
        unit_price=_amount(random, 4, 99_999),
        discount_percent=Decimal(random.choice(("0", "0", "5", "12.5", "33.33", "100"))),
        tax=random.choice(codes),
    )


def _case(random: Random, side: TaxSide) -> list[Any]:
    """What is typed, then what it adds up to."""
    codes = random.sample([code for code in TAX_CODES.values() if code.side is side], 3)
    lines = [_line(random, codes) for _ in range(random.randint(1, LINES_MAX))]
    includes, withheld = random.random() < 0.4, Decimal(random.choice(RATES))
    totals = document_totals(lines, withholding_rate=withheld, prices_include_tax=includes)
    bases = line_bases(lines, prices_include_tax=includes)
    typed = [
        [line.tax.code, str(line.quantity), str(line.unit_price), str(line.discount_percent)]
        for line in lines
    ]
    taxes = [[tax.code.code, _text(tax.base), _text(tax.quota), _text(tax.surcharge)] for tax in totals.taxes]
    sums = [
        getattr(totals, name)
        for name in ("taxable_base", "tax_total", "surcharge", "withholding", "outlays", "total")
    ]
    return [
        includes,
        str(withheld),
        typed,
        [_text(base) for base in bases],
        taxes,
        [_text(one) for one in sums],
    ]


def _table() -> str:
    random = Random(SEED)  # noqa: S311 -- the same cases every time
    rules = {
        code.code: [
            *(code.side.value, code.regime.value, code.nature.value),
            *(str(code.rate), str(code.surcharge_rate)),
        ]
        for code in TAX_CODES.values()
    }
    cases = [_case(random, random.choice(list(TaxSide))) for _ in range(CASES)]
    rows = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
    return f'{{"rules":{json.dumps(rules)},\n"cases":[\n{rows}\n]}}\n'


def test_is_what_the_rules_say(request: pytest.FixtureRequest) -> None:
    table = _table()
    if request.config.getoption("--write-snapshots"):
        TABLE.write_text(table, encoding="utf-8")
    assert TABLE.read_text(encoding="utf-8") == table, "read the diff; then run with --write-snapshots"


def test_holds_every_tax_code() -> None:
    cases = json.loads(_table())["cases"]

    assert {line[0] for case in cases for line in case[2]} == set(TAX_CODES)
    assert sum(len(case[2]) for case in cases) > 2_500
