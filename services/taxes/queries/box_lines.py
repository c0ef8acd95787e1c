"""The lines behind a box, branch by branch: VAT, withholdings, what was withheld from us, the profit and loss accounts.

Each branch gives lines of the same columns, none of amount zero, and nothing for boxes that are not its own. What each
tax code puts into a box is written into the statement as one JSON value; a box looks its codes up once and each line
then its weights, since a join with rows of ours has no statistics and was run as a loop in a loop.
"""

import json
from collections import Counter, defaultdict
from itertools import product
from typing import Any

from sqlalchemy import (
    Integer,
    Text,
    Uuid,
    and_,
    case,
    cast,
    func,
    literal_column,
    or_,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import JSONB

from services.documents.interface import document_table, document_tax_table
from services.journal.interface import journal_entry_table, journal_line_table, ledger_account_table
from services.kit.reads import Expression, Row
from services.taxes.queries.declared import (
    MONEY,
    NOT_MOVEMENTS,
    NOTHING,
    USES,
    constant,
    in_euro,
    is_rectifying,
    one_of,
)
from services.taxes.queries.sums import VAT_BOXED, of_period, withholding_code
from services.taxes.rules.figures import feeds_of
from services.taxes.rules.models import TaxModel
from services.taxes.rules.taxed import Part

WITHHOLDING_BOXED = ("M111", "M115")
"""Models whose boxes come from withholdings: said first, so that the other lines are not looked for."""

RESULT_BOXES = (
    ("M130", "01", "7", -1),
    ("M130", "02", "6", 1),
    ("M130", "03", "7", -1),
    ("M130", "03", "6", -1),
)
"""Boxes of the instalment that come from the profit and loss accounts: model, box, group, sign of debit less credit."""

BORNE_BOXES = (("M130", "06"),)
"""Boxes of what customers withheld."""

_BOTH = (False, True)
_PARTS = (Part.BASE, Part.QUOTA, Part.SURCHARGE, Part.DEDUCTIBLE)
_RECTIFYING, _DEDUCTS = "|R", "|D"
_document: Any = document_table()
_tax: Any = document_tax_table()
_entry: Any = journal_entry_table()
_line: Any = journal_line_table()
_account: Any = ledger_account_table()


def in_order(line: Any) -> tuple[Any, ...]:
    """The order of lines: day and number, and what tells two apart that have the same."""
    return (line.c.day, line.c.number, line.c.document_id, line.c.entry_id, line.c.code)


def _weights() -> Any:
    """What of a line of each code goes into each box, by model and box: a JSON value.

    A line is known by its code, with marks if it rectifies and if something of it is deducted. A total adds up several
    boxes, so a line may count with several of its amounts: the weights of _PARTS say how often each.
    """
    found: defaultdict[tuple[str, str, str], Counter[Part]] = defaultdict(Counter)
    for model in TaxModel:
        for code, feeds in feeds_of(model, USES).items():
            for feed, rectifying, deducts in product(feeds, _BOTH, _BOTH):
                if feed.rectifying in (None, rectifying) and feed.deducts in (None, deducts):
                    marks = (_RECTIFYING if rectifying else "") + (_DEDUCTS if deducts else "")
                    found[model.value, feed.box, code + marks][feed.part] += feed.sign
    tree: defaultdict[str, defaultdict[str, dict[str, list[int]]]] = defaultdict(lambda: defaultdict(dict))
    for (of_model, box, key), parts in found.items():
        if any(parts.values()):
            tree[of_model][box][key] = [parts[part] for part in _PARTS]
    text = json.dumps(tree, sort_keys=True, separators=(",", ":"))
    return literal_column(f"'{text}'::jsonb", JSONB)


_WEIGHTS = _weights()


def _fed(box: Row, name: str) -> Any:
    """The weights of one box, computed once: a limit keeps them from being looked up anew for every line."""
    of_box = _WEIGHTS.op("->")(box.c.model).op("->")(box.c.number)
    return select(cast(of_box, JSONB).label("of")).limit(1).correlate(box).lateral(name)


def _weighed(fed: Any, key: Any, amounts: tuple[Any, ...]) -> Any:
    weights = cast(fed.c.of.op("->")(key), JSONB)
    shares = [
        cast(weights.op("->>")(literal_column(str(place), Integer)), Integer) * amount
        for place, amount in enumerate(amounts)
    ]
    return cast(sum(shares[1:], shares[0]), MONEY)


def _vat_lines(box: Row) -> Any:
    document, tax = _document.alias("box_document"), _tax.alias("box_tax")
    fed = _fed(box, "vat_fed")
    marks = case((is_rectifying(document), constant(_RECTIFYING)), else_=constant(""))
    deducts = case((tax.c.deductible_quota != NOTHING, constant(_DEDUCTS)), else_=constant(""))
    key = cast(tax.c.tax_code, Text).op("||")(marks).op("||")(deducts)
    amounts = tuple(
        in_euro(tax.c[name], document) for name in ("base", "quota", "surcharge", "deductible_quota")
    )
    amount = _weighed(fed, key, amounts)
    return _of_documents(
        fed.join(document, true()).join(tax, tax.c.document_id == document.c.id),
        [one_of(box.c.model, VAT_BOXED), of_period(box, document), tax.c.company_id == box.c.company_id],
        document,
        code=tax.c.tax_code,
        amounts=(amounts[0], amounts[1], amounts[2]),
        amount=amount,
    ).correlate(box)


def _withheld_lines(box: Row) -> Any:
    document, fed = _document.alias("paid_document"), _fed(box, "withheld_fed")
    code = withholding_code(document)
    amounts = (in_euro(document.c.taxable_base, document), in_euro(document.c.withholding, document))
    return _of_documents(
        fed.join(document, true()),
        [
            one_of(box.c.model, WITHHOLDING_BOXED),
            of_period(box, document),
            document.c.withholding != NOTHING,
        ],
        document,
        code=code,
        amounts=(*amounts, NOTHING),
        amount=_weighed(fed, cast(code, Text), amounts),
    ).correlate(box)


def _borne_lines(box: Row) -> Any:
    document = _document.alias("borne_document")
    here = [
        and_(box.c.model == constant(model), box.c.number == constant(number))
        for model, number in BORNE_BOXES
    ]
    withheld = in_euro(document.c.withholding, document)
    return _of_documents(
        document,
        [
            or_(*here),
            of_period(box, document),
            document.c.withholding != NOTHING,
            document.c.side == constant("SALES"),
        ],
        document,
        code=withholding_code(document),
        amounts=(in_euro(document.c.taxable_base, document), withheld, NOTHING),
        amount=withheld,
    ).correlate(box)


def _of_documents(
    rows: Any, where: list[Any], document: Row, *, code: Any, amounts: tuple[Any, Any, Any], amount: Any
) -> Any:
    base, quota, surcharge = amounts
    return (
        select(
            document.c.id.label("document_id"),
            cast(None, Uuid).label("entry_id"),
            document.c.side.label("side"),
            cast(document.c.number, Text).label("number"),
            document.c.tax_on.label("day"),
            document.c.contact_id.label("contact_id"),
            cast(None, Text).label("text"),
            cast(code, Text).label("code"),
            base.label("base"),
            quota.label("quota"),
            surcharge.label("surcharge"),
            amount.label("amount"),
        )
        .select_from(rows)
        .where(*where, amount != NOTHING)
    )


def entry_lines(box: Row, of_box: Any = None) -> Any:
    """Lines of the profit and loss accounts, for the instalment of a sole trader; `of_box` looks at another of it."""
    number = box.c.number if of_box is None else of_box
    moved = _line.c.debit - _line.c.credit
    return (
        select(
            cast(None, Uuid).label("document_id"),
            _entry.c.id.label("entry_id"),
            constant("JOURNAL").label("side"),
            cast(_entry.c.number, Text).label("number"),
            _line.c.entry_on.label("day"),
            cast(None, Uuid).label("contact_id"),
            cast(_line.c.text, Text).label("text"),
            _account.c.code.label("code"),
            cast(moved, MONEY).label("base"),
            NOTHING.label("quota"),
            NOTHING.label("surcharge"),
            cast(_sign(box, number) * moved, MONEY).label("amount"),
        )
        .select_from(
            _line.join(_entry, _entry.c.id == _line.c.entry_id).join(
                _account, _account.c.id == _line.c.ledger_account_id
            )
        )
        .where(
            box.c.model == constant("M130"),
            _sign(box, number).is_not(None),
            moved != NOTHING,
            _line.c.company_id == box.c.company_id,
            _account.c.company_id == box.c.company_id,
            _line.c.entry_on >= box.c.starts_on,
            _line.c.entry_on < box.c.ends_before,
            _entry.c.state == constant("POSTED"),
            ~one_of(_entry.c.source, NOT_MOVEMENTS),
        )
        .correlate(box)
    )


def _sign(box: Row, number: Any) -> Expression:
    """How debit less credit of an account counts in a box; null where it does not."""
    return case(
        *(
            (
                and_(
                    box.c.model == constant(model),
                    number == constant(of_number),
                    func.left(_account.c.code, 1) == constant(group),
                ),
                literal_column(str(sign), Integer),
            )
            for model, of_number, group, sign in RESULT_BOXES
        )
    )


BRANCHES = {
    "vat": _vat_lines,
    "withheld": _withheld_lines,
    "borne": _borne_lines,
    "entry": entry_lines,
}
"""Where the lines of boxes come from, by a name for the statement."""
