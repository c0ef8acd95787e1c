"""Whether a tax identifier or a bank account number can be true, and why not.

The checks are those of the numbers themselves: length, letters, check digits. Whether an intra-EU number is
registered is a question for VIES, and its answer is stored with its date.
"""

import warnings
from dataclasses import dataclass
from enum import StrEnum

from schwifty import IBAN
from schwifty.exceptions import (
    InvalidBBANChecksum,
    InvalidChecksumDigits,
    InvalidCountryCode,
    InvalidLength,
    NationalChecksumNotVerified,
    SchwiftyException,
)
from stdnum.es import cif, dni, nie, nif
from stdnum.eu import vat
from stdnum.exceptions import InvalidChecksum, ValidationError
from stdnum.exceptions import InvalidLength as InvalidTaxIdLength

from services.kit.errors import Refused

CHARACTERS_MAX = 64
"""More is no identifier, whatever it says."""

DUMMY_TAX_IDS = frozenset(
    {
        "00000000T",
        "00000001R",
        "11111111H",
        "12345678Z",
        "99999999R",
        "X0000000T",
        "Y0000000Z",
        "Z0000000M",
        "A00000000",
        "B00000000",
        "12345678A",
        "B12345678",
    }
)
"""Numbers typed to get past a form. Some have right check digits, so only a list tells them apart."""


class TaxIdType(StrEnum):
    """What kind of identifier it is. OTHER is kept as typed: no check is known for it."""

    DNI = "DNI"
    NIE = "NIE"
    CIF = "CIF"
    NIF = "NIF"
    EU_VAT = "EU_VAT"
    OTHER = "OTHER"


@dataclass(frozen=True, kw_only=True)
class TaxId:
    """A checked identifier in its one written form: capitals, no separators, no ES before Spanish ones."""

    type: TaxIdType
    value: str
    country: str


@dataclass(frozen=True, kw_only=True)
class BankAccountNumber:
    """A checked IBAN without blanks; bank name and BIC are None where the registry knows none."""

    iban: str
    bank_name: str | None
    bic: str | None


class TaxIdRefused(Refused):
    """A tax identifier cannot be true. `value` is what was typed; subclasses say why."""

    code = "TAX_ID_REFUSED"
    sentence = "{value} is no tax identifier."


class TaxIdMissing(TaxIdRefused):
    """Nothing was typed."""

    code = "TAX_ID_MISSING"
    sentence = "A tax identifier is needed."


class TaxIdIsDummy(TaxIdRefused):
    """A number that stands for nobody."""

    code = "TAX_ID_IS_DUMMY"
    sentence = "{value} is a placeholder, not somebody's tax identifier."


class TaxIdLengthWrong(TaxIdRefused):
    """Digits are missing or too many."""

    code = "TAX_ID_LENGTH_WRONG"
    sentence = "{value} has the wrong length for a tax identifier of {country}."


class TaxIdFormatWrong(TaxIdRefused):
    """Letters and digits do not stand where they should."""

    code = "TAX_ID_FORMAT_WRONG"
    sentence = "{value} is not written like a tax identifier of {country}."


class TaxIdCheckDigitWrong(TaxIdRefused):
    """The check digit or letter contradicts the rest: usually a typing error."""

    code = "TAX_ID_CHECK_DIGIT_WRONG"
    sentence = "The check digit of {value} is wrong; please compare it with the original."


class IbanRefused(Refused):
    """A bank account number cannot be true. `value` is what was typed; subclasses say why."""

    code = "IBAN_REFUSED"
    sentence = "{value} is not written like an IBAN."


class IbanCountryUnknown(IbanRefused):
    """The first two letters are no country with IBANs."""

    code = "IBAN_COUNTRY_UNKNOWN"
    sentence = "{value} does not begin with a country that has IBANs."


class IbanLengthWrong(IbanRefused):
    """Characters are missing or too many for its country."""

    code = "IBAN_LENGTH_WRONG"
    sentence = "{value} has the wrong length for its country."


class IbanCheckDigitsWrong(IbanRefused):
    """The two digits after the country contradict the rest."""

    code = "IBAN_CHECK_DIGITS_WRONG"
    sentence = "The check digits of {value} are wrong; please compare it with the original."


class IbanNationalCheckWrong(IbanRefused):
    """The control digits inside (Spain: positions 13 and 14) contradict bank, branch or account."""

    code = "IBAN_NATIONAL_CHECK_WRONG"
    sentence = "The bank's own control digits in {value} are wrong; please compare it with the original."


def check_tax_id(text: str, *, country: str = "ES", path: tuple[str, ...] = ()) -> TaxId:
    """This will check a tax identifier and give its one written form.

    `country` is the ISO code of the contact, `path` where the text stands in the caller's input. Spanish numbers
    are checked as DNI, NIE, CIF or another NIF; those of EU countries as VAT numbers, with or without the prefix;
    others are only cleaned. Raises a TaxIdRefused.
    """
    value = _clean(text)
    if not value:
        raise TaxIdMissing(path=path, value=text)
    if len(value) > CHARACTERS_MAX or not value.isalnum() or not value.isascii():
        raise TaxIdFormatWrong(path=path, value=text[:CHARACTERS_MAX], country=country)
    if value.removeprefix("ES") in DUMMY_TAX_IDS:
        raise TaxIdIsDummy(path=path, value=text)
    try:
        return _checked(value, country)
    except InvalidTaxIdLength as error:
        raise TaxIdLengthWrong(path=path, value=text, country=country) from error
    except InvalidChecksum as error:
        raise TaxIdCheckDigitWrong(path=path, value=text) from error
    except ValidationError as error:
        raise TaxIdFormatWrong(path=path, value=text, country=country) from error


def check_iban(text: str, *, path: tuple[str, ...] = ()) -> BankAccountNumber:
    """This will check an IBAN: country, length, check digits, and the national check where one is known.

    `path` is where the text stands in the caller's input. Raises an IbanRefused.
    """
    value = _clean(text)
    if not value.isalnum() or not value.isascii() or len(value) > CHARACTERS_MAX:
        raise IbanRefused(path=path, value=text[:CHARACTERS_MAX])
    try:
        with warnings.catch_warnings():
            # Most countries publish no national check; its absence is no news to the person.
            warnings.simplefilter("ignore", NationalChecksumNotVerified)
            iban = IBAN(value, validate_bban=True)
    except InvalidCountryCode as error:
        raise IbanCountryUnknown(path=path, value=text) from error
    except InvalidLength as error:
        raise IbanLengthWrong(path=path, value=text) from error
    except InvalidChecksumDigits as error:
        raise IbanCheckDigitsWrong(path=path, value=text) from error
    except InvalidBBANChecksum as error:
        raise IbanNationalCheckWrong(path=path, value=text) from error
    except SchwiftyException as error:
        raise IbanRefused(path=path, value=text) from error
    return BankAccountNumber(
        iban=iban.compact, bank_name=iban.bank_name, bic=str(iban.bic) if iban.bic is not None else None
    )


def masked_iban(iban: str) -> str:
    """This will write an IBAN so that its owner recognises it and nobody can use it: ES91 **** 1332."""
    return f"{iban[:4]} **** {iban[-4:]}"


def spaced_iban(iban: str) -> str:
    """This will write an IBAN in groups of four, as on paper (ISO 13616)."""
    return " ".join(iban[start : start + 4] for start in range(0, len(iban), 4))


def _clean(text: str) -> str:
    return "".join(character for character in text if character not in " .-/\u00a0\t").upper()


def _checked(value: str, country: str) -> TaxId:
    if country == "ES":
        spanish = nif.validate(value)
        return TaxId(type=_spanish_type(spanish), value=spanish, country=country)
    if country.lower() in vat.MEMBER_STATES:
        # Greece alone writes a prefix that is not its country code.
        prefix = "EL" if country == "GR" else country
        number = vat.validate(prefix + value.removeprefix(prefix))
        return TaxId(type=TaxIdType.EU_VAT, value=number, country=country)
    return TaxId(type=TaxIdType.OTHER, value=value, country=country)


def _spanish_type(value: str) -> TaxIdType:
    """K, L and M numbers are of people without a DNI or NIE and have no name of their own."""
    if dni.is_valid(value):
        return TaxIdType.DNI
    if nie.is_valid(value):
        return TaxIdType.NIE
    return TaxIdType.CIF if cif.is_valid(value) else TaxIdType.NIF
