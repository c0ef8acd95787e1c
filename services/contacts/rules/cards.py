"""What a contact card may hold. One check for every way in: a form, an import, another module."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from services.contacts.rules.identifiers import TaxId, TaxIdType, check_iban, check_tax_id
from services.contacts.rules.terms import NO_TERMS, PaymentTerms, checked_terms
from services.kit.errors import BadInput
from services.kit.money import to_cents

NAME_LENGTH_MAX = 200
TEXT_LENGTH_MAX = 200
NOTES_LENGTH_MAX = 4000
EMAIL_LENGTH_MAX = 254
TAGS_MAX = 20
TAG_LENGTH_MAX = 40
IBANS_MAX = 10
HUNDRED = Decimal(100)

LANGUAGES = ("es", "en", "ca", "sv")
"""What documents can be printed in."""

TEXTS = {
    "trade_name": "tradeName",
    "address": "address",
    "postcode": "postcode",
    "city": "city",
    "province": "province",
    "phone": "phone",
}
"""Lines of plain text on a card, with their names in the contract."""

_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]{2,}")
_ACCOUNT = re.compile(r"\d{3,12}")
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
"""Control signs, and those that turn the order of what follows around: a name would read as another one."""

_TAX_CODE = re.compile(r"[A-Z0-9_]{1,24}")


class PaymentMethod(StrEnum):
    """How money usually goes to or comes from a contact."""

    TRANSFER = "TRANSFER"
    DIRECT_DEBIT = "DIRECT_DEBIT"
    CARD = "CARD"
    CASH = "CASH"
    CHEQUE = "CHEQUE"
    PROMISSORY_NOTE = "PROMISSORY_NOTE"
    CONFIRMING = "CONFIRMING"


class ViesAnswer(StrEnum):
    """What VIES, the EU's register for trade between its countries, said of a VAT number."""

    REGISTERED = "REGISTERED"
    NOT_REGISTERED = "NOT_REGISTERED"


@dataclass(frozen=True, slots=True, kw_only=True)
class CardIban:
    """A bank account on a card, without blanks once checked."""

    iban: str
    is_default: bool = False
    bank_name: str | None = None
    bic: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """Everything a person may write on a contact's card. `tax_id_type` is found by the check, never given."""

    name: str
    trade_name: str | None = None
    tax_id: str | None = None
    tax_id_type: str | None = None
    address: str | None = None
    postcode: str | None = None
    city: str | None = None
    province: str | None = None
    country: str = "ES"
    email: str | None = None
    phone: str | None = None
    language: str = "es"
    is_customer: bool = False
    is_supplier: bool = False
    terms: PaymentTerms = NO_TERMS
    payment_method: str | None = None
    income_account_code: str | None = None
    expense_account_code: str | None = None
    sales_tax_code: str | None = None
    purchase_tax_code: str | None = None
    sales_withholding_rate: Decimal | None = None
    purchase_withholding_rate: Decimal | None = None
    vies_answer: str | None = None
    vies_checked_on: date | None = None
    tags: tuple[str, ...] = ()
    notes: str | None = None
    ibans: tuple[CardIban, ...] = ()


def checked_card(card: Card, *, at: str = "input", known: TaxId | None = None) -> Card:
    """This will give the card as it is kept: trimmed, identifiers in their one form, one default IBAN.

    `at` is where the card stands in the caller's input. `known` is what the card already says and need not be proven
    again: an identifier that was kept once is not refused because a list of placeholders grew. Raises TaxIdRefused,
    IbanRefused, or BadInput naming the field.
    """
    name = _line(card.name)
    if not 1 <= len(name) <= NAME_LENGTH_MAX:
        raise BadInput(f"{at}.name", "give a name of 1 to {most} signs", most=NAME_LENGTH_MAX)
    country = card.country.strip().upper()
    if not (len(country) == len("ES") and country.isascii() and country.isalpha()):
        raise BadInput(f"{at}.country", "give the two letters of ISO 3166, such as ES")
    if card.language not in LANGUAGES:
        raise BadInput(f"{at}.language", "choose one of {known}", known=", ".join(LANGUAGES))
    texts: dict[str, Any] = {
        field: _text(getattr(card, field), f"{at}.{shown}") for field, shown in TEXTS.items()
    }
    tax_id = _tax_id(card.tax_id, country, at, known)
    return replace(
        card,
        name=name,
        **texts,
        country=country,
        tax_id=tax_id.value if tax_id else None,
        tax_id_type=tax_id.type.value if tax_id else None,
        email=_email(card.email, f"{at}.email"),
        terms=checked_terms(card.terms, path=f"{at}.paymentTerms"),
        payment_method=_method(card.payment_method, f"{at}.paymentMethod"),
        income_account_code=_account(card.income_account_code, f"{at}.incomeAccountCode"),
        expense_account_code=_account(card.expense_account_code, f"{at}.expenseAccountCode"),
        sales_tax_code=_tax_code(card.sales_tax_code, f"{at}.salesTaxCode"),
        purchase_tax_code=_tax_code(card.purchase_tax_code, f"{at}.purchaseTaxCode"),
        sales_withholding_rate=_percent(card.sales_withholding_rate, f"{at}.salesWithholdingRate"),
        purchase_withholding_rate=_percent(card.purchase_withholding_rate, f"{at}.purchaseWithholdingRate"),
        vies_answer=_vies(card, tax_id, at),
        tags=_tags(card.tags, f"{at}.tags"),
        notes=_text(card.notes, f"{at}.notes", most=NOTES_LENGTH_MAX, lines=True),
        ibans=_ibans(card.ibans, at),
    )


def merged_card(kept: Card, gone: Card) -> Card:
    """This will give the card that stands for both: what the kept one says, with its gaps filled from the other.

    Roles, tags and IBANs are those of both; the kept default IBAN stays the default; notes stand one below the other.
    """
    filled = {field: getattr(kept, field) or getattr(gone, field) for field in _GAPS}
    known = {iban.iban for iban in kept.ibans}
    others = tuple(replace(iban, is_default=False) for iban in gone.ibans if iban.iban not in known)
    ibans = kept.ibans + others if kept.ibans else gone.ibans
    notes = [text for text in (kept.notes, gone.notes) if text]
    return replace(
        kept,
        **filled,
        tax_id=kept.tax_id or gone.tax_id,
        tax_id_type=kept.tax_id_type if kept.tax_id else gone.tax_id_type,
        vies_answer=kept.vies_answer if kept.tax_id else gone.vies_answer,
        vies_checked_on=kept.vies_checked_on if kept.tax_id else gone.vies_checked_on,
        country=kept.country if kept.tax_id or not gone.tax_id else gone.country,
        is_customer=kept.is_customer or gone.is_customer,
        is_supplier=kept.is_supplier or gone.is_supplier,
        terms=kept.terms if kept.terms.days else gone.terms,
        tags=tuple(dict.fromkeys((*kept.tags, *gone.tags)))[:TAGS_MAX],
        notes="\n\n".join(dict.fromkeys(notes))[:NOTES_LENGTH_MAX] or None,
        ibans=ibans[:IBANS_MAX],
    )


_GAPS = (
    *("trade_name", "address", "postcode", "city", "province", "email", "phone", "payment_method"),
    *("income_account_code", "expense_account_code", "sales_tax_code", "purchase_tax_code"),
    *("sales_withholding_rate", "purchase_withholding_rate"),
)


def _line(text: str) -> str:
    return " ".join(_UNSEEN.sub("", text).split())


def _text(text: str | None, path: str, *, most: int = TEXT_LENGTH_MAX, lines: bool = False) -> str | None:
    plain = (text.strip() if lines else _line(text)) if text else ""
    if len(plain) > most:
        raise BadInput(path, "give at most {most} signs", most=most)
    return plain.replace("\x00", "") or None


def _email(text: str | None, path: str) -> str | None:
    plain = text.strip().lower() if text else ""
    if plain and (len(plain) > EMAIL_LENGTH_MAX or not _EMAIL.fullmatch(plain)):
        raise BadInput(path, "this is no e-mail address")
    return plain or None


def _tax_id(text: str | None, country: str, at: str, known: TaxId | None) -> TaxId | None:
    if text is None or not text.strip():
        return None
    if known is not None and (text, country) == (known.value, known.country):
        return known
    return check_tax_id(text, country=country, path=(*at.split("."), "taxId"))


def _method(text: str | None, path: str) -> str | None:
    if text is not None and text not in {method.value for method in PaymentMethod}:
        raise BadInput(
            path, "choose one of {known}", known=", ".join(method.value for method in PaymentMethod)
        )
    return text


def _account(text: str | None, path: str) -> str | None:
    plain = text.strip() if text else ""
    if plain and not _ACCOUNT.fullmatch(plain):
        raise BadInput(path, "an account has 3 to 12 digits")
    return plain or None


def _tax_code(text: str | None, path: str) -> str | None:
    plain = text.strip().upper() if text else ""
    if plain and not _TAX_CODE.fullmatch(plain):
        raise BadInput(path, "a tax code has capitals and digits, such as S21")
    return plain or None


def _percent(rate: Decimal | None, path: str) -> Decimal | None:
    """A rate as it is kept; 0 is none."""
    if not rate:
        return None
    if not 0 < rate < HUNDRED or rate != to_cents(rate):
        raise BadInput(path, "give a percentage from 0 to 99.99, with at most two decimals")
    return rate


def _vies(card: Card, tax_id: TaxId | None, at: str) -> str | None:
    """What the register of VAT numbers of the EU answered, with the day: an answer is about a number on a day."""
    answer = card.vies_answer
    if answer is None and card.vies_checked_on is None:
        return None
    if answer not in set(ViesAnswer):
        raise BadInput(f"{at}.viesAnswer", "choose one of {known}", known=", ".join(ViesAnswer))
    if card.vies_checked_on is None:
        raise BadInput(f"{at}.viesCheckedOn", "say on which day the register was asked")
    if tax_id is None or tax_id.type is TaxIdType.OTHER:
        raise BadInput(f"{at}.viesAnswer", "only a VAT number of the EU stands in the register")
    return answer


def _tags(tags: Sequence[str], path: str) -> tuple[str, ...]:
    kept: dict[str, str] = {}
    for tag in filter(None, map(_line, tags)):
        if len(tag) > TAG_LENGTH_MAX:
            raise BadInput(path, "give at most {most} signs", most=TAG_LENGTH_MAX)
        kept.setdefault(tag.casefold(), tag)
    if len(kept) > TAGS_MAX:
        raise BadInput(path, "give at most {most} tags", most=TAGS_MAX)
    return tuple(kept.values())


def _ibans(ibans: Sequence[CardIban], at: str) -> tuple[CardIban, ...]:
    if len(ibans) > IBANS_MAX:
        raise BadInput(f"{at}.ibans", "give at most {most} bank accounts", most=IBANS_MAX)
    checked: dict[str, CardIban] = {}
    for place, given in enumerate(ibans):
        number = check_iban(given.iban, path=(*at.split("."), "ibans", str(place), "iban"))
        if number.iban in checked:
            raise BadInput(f"{at}.ibans.{place}.iban", "this bank account stands on the card twice")
        checked[number.iban] = CardIban(
            iban=number.iban, is_default=given.is_default, bank_name=number.bank_name, bic=number.bic
        )
    defaults = [iban for iban, one in checked.items() if one.is_default]
    if len(defaults) > 1:
        raise BadInput(f"{at}.ibans", "only one bank account can be the default")
    chosen = defaults[0] if defaults else next(iter(checked), None)
    return tuple(replace(one, is_default=iban == chosen) for iban, one in checked.items())


def known_tax_id(card: Card) -> TaxId | None:
    """What a kept card says of its tax identifier, in the words of the check."""
    if card.tax_id is None or card.tax_id_type is None:
        return None
    return TaxId(type=TaxIdType(card.tax_id_type), value=card.tax_id, country=card.country)
