"""Opening bank accounts and payment gateways."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from services.access.interface import Act
from services.access.policy import Action, Scope
from services.banking.actions.order import take_turn
from services.banking.models import BankAccount
from services.banking.rules.ibans import checked_iban
from services.journal.interface import ensure_account, ledger_account_table
from services.kit.db import table_of
from services.kit.errors import BadInput, Refused
from services.kit.ids import new_id

NAME_LENGTH_MAX = 100
BANKS = "572"
"""Group of the chart for banks, current accounts (PGC 572)."""

_CODE_LENGTH = 8
"""As wide as the sub-accounts of contacts: 57200001."""

_account = table_of(BankAccount)


class BankAccountExists(Refused):
    """The company has an account with this number already."""

    code = "BANK_ACCOUNT_EXISTS"
    sentence = "Account {iban} is there already: {name}."


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBankAccount:
    """A bank account (`kind` BANK, with its IBAN) or a payment gateway (GATEWAY, without one)."""

    company_id: UUID | str
    name: str
    iban: str | None = None
    kind: str = "BANK"
    currency: str = "EUR"
    request_key: str | None = None


async def open_bank_account(act: Act, new: NewBankAccount) -> UUID:
    """This will add an account and its own ledger account 572...; the same request key gives the same account.

    Needs BANKING EDIT. Raises BadInput for an empty name, a bank without IBAN or a currency that is none,
    BankAccountNumberWrong, BankAccountExists.
    """
    company_id = await act.may(new.company_id, Scope.BANKING, Action.EDIT, path=("input", "companyId"))
    name = new.name.strip()
    if not 1 <= len(name) <= NAME_LENGTH_MAX:
        raise BadInput("input.name", "give a name of 1 to {most} signs", most=NAME_LENGTH_MAX)
    if not (len(new.currency) == 3 and new.currency.isascii() and new.currency.isupper()):  # noqa: PLR2004 -- ISO 4217
        raise BadInput("input.currency", "give the three letters of ISO 4217, such as EUR")
    if new.kind == "BANK" and not new.iban:
        raise BadInput("input.iban", "give the IBAN of the account")
    iban = checked_iban(new.iban) if new.iban else None

    await take_turn(act, company_id)
    if new.request_key is not None:
        known: UUID | None = await act.session.scalar(
            select(_account.c.id).where(
                _account.c.company_id == company_id, _account.c.request_key == new.request_key
            )
        )
        if known is not None:
            return known
    if iban is not None:
        same = await act.session.scalar(
            select(_account.c.name).where(_account.c.company_id == company_id, _account.c.iban == iban)
        )
        if same is not None:
            raise BankAccountExists(path=("input", "iban"), iban=iban, name=same)

    code = await _next_code(act, company_id)
    account = BankAccount(
        id=new_id(),
        company_id=company_id,
        name=name,
        iban=iban,
        kind=new.kind,
        currency=new.currency,
        ledger_account_id=await ensure_account(act, company_id, code, name),
        request_key=new.request_key,
    )
    act.session.add(account)
    await act.session.flush()
    return account.id


async def _next_code(act: Act, company_id: UUID) -> str:
    """The number after the highest sub-account of 572; the company's turn keeps two from taking the same."""
    ledger = ledger_account_table()
    highest = await act.session.scalar(
        select(func.max(ledger.c.code)).where(
            ledger.c.company_id == company_id,
            ledger.c.code.like(BANKS + "_" * (_CODE_LENGTH - len(BANKS))),
        )
    )
    return str(int(highest or BANKS.ljust(_CODE_LENGTH, "0")) + 1)
