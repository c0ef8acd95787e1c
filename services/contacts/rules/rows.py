"""Rows of a list of contacts as cards: what a cell means, and everything that is wrong with a row at once."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any

from babel import Locale
from stdnum.eu.vat import MEMBER_STATES

from services.contacts.rules.cards import Card, CardIban, PaymentMethod, checked_card
from services.contacts.rules.columns import ImportField, plain_header
from services.contacts.rules.terms import PaymentTerms
from services.kit.errors import Refused

SPANISH_POSTCODE_SIGNS = 5
COUNTRY_LANGUAGES = ("es", "ca", "en", "sv")

_WRITTEN = {
    ImportField.NAME: "name",
    ImportField.TRADE_NAME: "trade_name",
    ImportField.TAX_ID: "tax_id",
    ImportField.EMAIL: "email",
    ImportField.PHONE: "phone",
    ImportField.ADDRESS: "address",
    ImportField.POSTCODE: "postcode",
    ImportField.CITY: "city",
    ImportField.PROVINCE: "province",
    ImportField.INCOME_ACCOUNT: "income_account_code",
    ImportField.EXPENSE_ACCOUNT: "expense_account_code",
    ImportField.NOTES: "notes",
}
"""Columns that stand on the card as they are written."""

_OF_CARD = {
    **{name: field for field, name in _WRITTEN.items()},
    "country": ImportField.COUNTRY,
    "language": ImportField.LANGUAGE,
    "terms": ImportField.TERMS_DAYS,
    "payment_method": ImportField.PAYMENT_METHOD,
    "tags": ImportField.TAGS,
    "ibans": ImportField.IBAN,
}

_CUSTOMER = ("client", "customer", "kund", "comprador", "ambos", "both", "bada", "ambdos")
_SUPPLIER = (
    "proveedor",
    "proveidor",
    "supplier",
    "vendor",
    "leverant",
    "acreedor",
    "creditor",
    "ambos",
    "both",
)
_SUPPLIER_TOO = ("bada", "ambdos")

_METHODS = {
    PaymentMethod.TRANSFER: ("transfer", "overforing", "bank"),
    PaymentMethod.DIRECT_DEBIT: (
        "domicili",
        "recibo",
        "rebut",
        "debit",
        "giro",
        "adeudo",
        "autogiro",
        "remesa",
    ),
    PaymentMethod.CARD: ("tarjeta", "targeta", "card", "kort", "tpv"),
    PaymentMethod.CASH: ("efectivo", "efectiu", "cash", "kontant", "metalico", "contado", "comptat"),
    PaymentMethod.CHEQUE: ("cheque", "xec", "talon", "check", "taló"),
    PaymentMethod.PROMISSORY_NOTE: ("pagare", "promissory", "vaxel"),
    PaymentMethod.CONFIRMING: ("confirming",),
}
_LANGUAGES = {
    "es": ("es", "espanol", "castellano", "castella", "spanish", "spanska"),
    "ca": ("ca", "cat", "catalan", "catala", "katalanska"),
    "en": ("en", "ingles", "angles", "english", "engelska"),
    "sv": ("sv", "se", "sueco", "suec", "swedish", "svenska"),
}
_AT_ONCE = ("contado", "comptat", "vista", "inmediato", "immediate", "on receipt", "kontant", "direkt")


class CellNotUnderstood(Refused):
    """The cell says something that its column cannot hold."""

    code = "CELL_NOT_UNDERSTOOD"
    sentence = "{value} is not understood here."


class RowRepeated(Refused):
    """Another row of the file has this tax identifier."""

    code = "ROW_REPEATED"
    sentence = "Row {number} has this tax identifier already."


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one cell; `column` is its place from 0, None where the row lacks the column."""

    field: ImportField
    column: int | None
    refused: Refused


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row as a card. `given` names the fields of the card that the row fills; the card is None with problems."""

    number: int
    card: Card | None
    given: frozenset[str]
    name: str
    tax_id: str
    problems: tuple[Problem, ...]


def read_rows(
    rows: Sequence[tuple[int, Sequence[str]]],
    columns: Mapping[int, ImportField],
    *,
    is_customer: bool,
    is_supplier: bool,
) -> list[ReadRow]:
    """This will read each row, `(number, cells)`, and say all that is wrong with it.

    `is_customer` and `is_supplier` are what rows are whose kind column says nothing. Blocks: a thousand rows take about
    a tenth of a second.
    """
    first_with: dict[str, int] = {}
    made = []
    for number, cells in rows:
        read = _read(number, cells, columns, is_customer=is_customer, is_supplier=is_supplier)
        if read.card is not None and read.card.tax_id is not None:
            earlier = first_with.setdefault(read.card.tax_id, number)
            if earlier != number:
                repeated = Problem(
                    ImportField.TAX_ID, _place(columns, ImportField.TAX_ID), RowRepeated(number=earlier)
                )
                read = replace(read, card=None, problems=(repeated,))
        made.append(read)
    return made


def updated_card(kept: Card, row: ReadRow) -> Card:
    """This will give a kept card with what a row says; empty cells empty nothing, accounts and tags are added."""
    assert row.card is not None
    values = {name: getattr(row.card, name) for name in row.given if name not in {"tags", "ibans", "terms"}}
    values.pop("tax_id_type", None)
    if "terms" in row.given:
        values["terms"] = replace(
            row.card.terms,
            month_end=kept.terms.month_end,
            pay_days=row.card.terms.pay_days or kept.terms.pay_days,
        )
    known = {one.iban for one in kept.ibans}
    added = tuple(
        replace(one, is_default=one.is_default and not kept.ibans)
        for one in row.card.ibans
        if one.iban not in known
    )
    return replace(
        kept,
        **values,
        is_customer=kept.is_customer or row.card.is_customer,
        is_supplier=kept.is_supplier or row.card.is_supplier,
        tags=tuple(dict.fromkeys((*kept.tags, *row.card.tags))),
        ibans=(*kept.ibans, *added),
    )


def _read(
    number: int,
    cells: Sequence[str],
    columns: Mapping[int, ImportField],
    *,
    is_customer: bool,
    is_supplier: bool,
) -> ReadRow:
    said = {field: cells[place] for place, field in columns.items() if place < len(cells) and cells[place]}
    problems: list[Problem] = []
    values: dict[str, Any] = {name: said[field] for field, name in _WRITTEN.items() if field in said}
    for field, name, understand in _UNDERSTOOD:
        if field not in said:
            continue
        try:
            values[name] = understand(said[field])
        except ValueError:
            refused = CellNotUnderstood(value=said[field][:60])
            problems.append(Problem(field, _place(columns, field), refused))
    days, pay_days = values.pop("days", ()), values.pop("pay_days", ())
    if days or pay_days:
        values["terms"] = PaymentTerms(days=tuple(dict.fromkeys(days)), pay_days=pay_days)
    if "country" not in values and (country := _country_of(values.get("tax_id", ""))):
        values["country"] = country
    if values.get("country", "ES") == "ES" and "postcode" in values:
        # Spreadsheets take the leading zero of 08001 for a number's.
        code = values["postcode"]
        values["postcode"] = code.zfill(SPANISH_POSTCODE_SIGNS) if code.isdigit() else code
    kind = values.pop("kind", None) or (is_customer, is_supplier)
    given = frozenset(values)
    card = Card(**{"name": "", **values, "is_customer": kind[0], "is_supplier": kind[1]})
    checked, found = _checked(card, columns)
    problems += found
    return ReadRow(
        number=number,
        card=None if problems else checked,
        given=given,
        name=said.get(ImportField.NAME, "")[:200],
        tax_id=said.get(ImportField.TAX_ID, "")[:60],
        problems=tuple(problems),
    )


def _checked(card: Card, columns: Mapping[int, ImportField]) -> tuple[Card, list[Problem]]:
    """The card as it is kept, or everything that is wrong with it: what is wrong is taken away and the rest tried."""
    problems: list[Problem] = []
    for _ in fields(Card):
        try:
            return checked_card(card, at="row"), problems
        except Refused as refused:
            path = refused.path[1]
            name = "terms" if path == "paymentTerms" else re.sub(r"([A-Z])", r"_\1", path).lower()
            field = _OF_CARD[name]
            problems.append(Problem(field, _place(columns, field), refused))
            emptied: dict[str, Any] = {name: "-" if name == "name" else _EMPTY.get(name)}
            card = replace(card, **emptied)
    return card, problems


_EMPTY: dict[str, Any] = {
    "country": "ES",
    "language": "es",
    "tags": (),
    "ibans": (),
    "terms": PaymentTerms(),
}


def _place(columns: Mapping[int, ImportField], field: ImportField) -> int | None:
    return next((place for place, held in columns.items() if held is field), None)


def _country_of(tax_id: str) -> str | None:
    """The country of an identifier that begins with the prefix of another EU country."""
    prefix = tax_id.strip()[:2].upper()
    if prefix == "EL":
        return "GR"
    return prefix if prefix != "ES" and prefix.lower() in MEMBER_STATES else None


def _country(text: str) -> str:
    plain = plain_header(text)
    if len(plain) == len("es"):
        return plain.upper()
    return _countries()[plain]


@cache
def _countries() -> dict[str, str]:
    names: dict[str, str] = {}
    for language in COUNTRY_LANGUAGES:
        for code, name in Locale(language).territories.items():
            if len(code) == len("ES") and code.isalpha():
                names.setdefault(plain_header(name), code)
    return names


def _language(text: str) -> str:
    plain = plain_header(text)
    for code, words in _LANGUAGES.items():
        if plain in words:
            return code
    raise ValueError(text)


def _kind(text: str) -> tuple[bool, bool]:
    plain = plain_header(text)
    customer = any(word in plain for word in _CUSTOMER)
    supplier = any(word in plain for word in (*_SUPPLIER, *_SUPPLIER_TOO))
    if not (customer or supplier):
        raise ValueError(text)
    return customer, supplier


def _method(text: str) -> str:
    plain = plain_header(text)
    for method, words in _METHODS.items():
        if any(word in plain for word in words):
            return method.value
    raise ValueError(text)


def _days(text: str) -> tuple[int, ...]:
    numbers = tuple(int(number) for number in re.findall(r"\d{1,4}", text))
    if numbers:
        return numbers
    if any(word in plain_header(text) for word in _AT_ONCE):
        return (0,)
    raise ValueError(text)


def _numbers(text: str) -> tuple[int, ...]:
    numbers = tuple(int(number) for number in re.findall(r"\d{1,4}", text))
    if not numbers:
        raise ValueError(text)
    return numbers


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part for part in (piece.strip() for piece in re.split(r"[,;|\n]", text)) if part)


def _ibans(text: str) -> tuple[CardIban, ...]:
    return tuple(CardIban(iban=part) for part in _parts(text))


def _known(understand: Any) -> Any:
    """A lookup that fails like any other cell that is not understood."""

    def read(text: str) -> Any:
        try:
            return understand(text)
        except KeyError as error:
            raise ValueError(text) from error

    return read


_UNDERSTOOD = (
    (ImportField.COUNTRY, "country", _known(_country)),
    (ImportField.LANGUAGE, "language", _language),
    (ImportField.KIND, "kind", _kind),
    (ImportField.IBAN, "ibans", _ibans),
    (ImportField.TERMS_DAYS, "days", _days),
    (ImportField.PAY_DAYS, "pay_days", _numbers),
    (ImportField.PAYMENT_METHOD, "payment_method", _method),
    (ImportField.TAGS, "tags", _parts),
)
"""Columns whose words mean something: the field of the list, where it goes, how it is understood."""
