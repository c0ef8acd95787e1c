"""How a company stands on its own papers: address, bank account, language."""

from dataclasses import asdict, dataclass
from uuid import UUID

from sqlalchemy import update

from services.access.interface import Act
from services.access.policy import Action, Scope
from services.accounts.interface import company_table
from services.contacts.interface import check_iban
from services.kit.errors import BadInput
from services.kit.mail import check_address
from services.kit.words import LOCALES

_company = company_table()

_LENGTHS_MAX = {"address": 200, "postcode": 12, "city": 80, "province": 80, "phone": 40}
"""Signs that fit on a paper's head."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyOnPaper:
    """What its papers say of a company beside name and tax id, which stay. None is nothing.

    `iban` prints as the account to pay to; `language` (es, en, ca, sv) is that of papers without a contact.
    """

    address: str | None
    postcode: str | None
    city: str | None
    province: str | None
    email: str | None
    phone: str | None
    iban: str | None
    language: str


async def change_company_card(act: Act, company_id: UUID | str, card: CompanyOnPaper) -> UUID:
    """This will change what a company's papers say of it from now on and give its id. Printed papers stay.

    Needs ACCOUNTS EDIT. Raises BadInput, and an IbanRefused.
    """
    company = await act.may(company_id, Scope.ACCOUNTS, Action.EDIT, path=("input", "companyId"))
    if card.language not in LOCALES:
        raise BadInput("input.language", "choose one of {known}", known=", ".join(LOCALES))
    row = {name: _line(text) for name, text in asdict(card).items()}
    for name, most in _LENGTHS_MAX.items():
        if len(row[name] or "") > most:
            raise BadInput(f"input.{name}", "give at most {most} signs", most=most)
    if row["email"] is not None:
        check_address("input.email", row["email"])
    if row["iban"] is not None:
        row["iban"] = check_iban(row["iban"], path=("input", "iban")).iban
    row["locale"] = row.pop("language")
    await act.session.execute(update(_company).where(_company.c.id == company).values(**row))
    return company


def _line(text: str | None) -> str | None:
    """One line without blanks around it, or nothing."""
    return " ".join((text or "").replace("\x00", "").split()) or None
