"""Whether a bank account number can be true (ISO 13616, with the national check where one is published)."""

import warnings

from schwifty import IBAN
from schwifty.exceptions import NationalChecksumNotVerified, SchwiftyException

from services.kit.errors import Refused

IBAN_LENGTH_MAX = 34


class BankAccountNumberWrong(Refused):
    """The number fails its length, its country or one of its check digits. `iban` is what was typed."""

    code = "BANK_ACCOUNT_NUMBER_WRONG"
    sentence = "{iban} is no bank account number: compare it with the original."


def checked_iban(text: str) -> str:
    """This will give an IBAN in capitals without blanks. Raises BankAccountNumberWrong."""
    value = "".join(text.split()).replace("-", "").upper()
    if len(value) > IBAN_LENGTH_MAX or not (value.isascii() and value.isalnum()):
        raise BankAccountNumberWrong(path=("input", "iban"), iban=text[:IBAN_LENGTH_MAX])
    try:
        with warnings.catch_warnings():
            # Most countries publish no national check; its absence is no news to the person.
            warnings.simplefilter("ignore", NationalChecksumNotVerified)
            return str(IBAN(value, validate_bban=True).compact)
    except SchwiftyException as error:
        raise BankAccountNumberWrong(path=("input", "iban"), iban=text) from error
