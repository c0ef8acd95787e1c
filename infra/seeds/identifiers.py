"""Tax identifiers and bank accounts with right check digits, made from a running number: nobody's on purpose."""

from dataclasses import dataclass

from stdnum.es import ccc, cif, dni


def company_tax_id(number: int, letter: str = "B") -> str:
    """The CIF of a company: B limited company, A stock company, F cooperative, J civil partnership."""
    body = f"{letter}{number % 10_000_000:07}"
    # Both candidates are given: a digit and a letter; these kinds of company have the digit.
    return body + str(cif.calc_check_digits(body))[0]


def person_tax_id(number: int) -> str:
    """The DNI of a person."""
    body = f"{number % 100_000_000:08}"
    return body + str(dni.calc_check_digit(body))


@dataclass(frozen=True, slots=True)
class SpanishAccount:
    """A bank account as a statement file names it (bank, branch, account) and as people do (IBAN)."""

    bank: str
    branch: str
    account: str
    iban: str


def spanish_account(bank: str, branch: str, number: int) -> SpanishAccount:
    """An account at a bank and branch (four digits each)."""
    account = f"{number % 10_000_000_000:010}"
    code = f"{bank}{branch}00{account}"
    return SpanishAccount(
        bank, branch, account, str(ccc.to_iban(f"{bank}{branch}{ccc.calc_check_digits(code)}{account}"))
    )
