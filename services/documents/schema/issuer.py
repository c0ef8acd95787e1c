"""A company as its own papers show it, in GraphQL."""

from dataclasses import fields

import strawberry

from services.access.guard import (
    Guard,
    Refusal,
    Touched,
    column,
    mutation,
    node,
    payload,
    python,
    refusals,
    single,
    touched,
)
from services.access.interface import Info, RequestContext
from services.access.policy import Action, Scope
from services.documents import queries
from services.documents.actions.issuer import CompanyOnPaper, change_company_card

PROFILE = Guard(Scope.ACCOUNTS)


def _sample_link(context: RequestContext, company_id: str) -> str:
    return context.link("sample-document", company=company_id)


def _logo_link(context: RequestContext, company_id: str, sha256: str | None) -> str | None:
    if sha256 is None:
        return None
    return context.link(
        "object",
        company=company_id,
        scope=Scope.ACCOUNTS.name,
        sha256=sha256,
        filename="logo.png",
        media_type="image/png",
    )


@node(queries.COMPANY_CARD, PROFILE)
class CompanyCard:
    """A company as its papers show it. How they look is set with setBranding."""

    id: strawberry.ID = column("The company.")
    name: str = column("Business name.")
    tax_id: str | None = column("Tax identifier.")
    address: str | None = column("Street and number.")
    postcode: str | None = column("Postcode, kept as text.")
    city: str | None = column("Town.")
    province: str | None = column("Province or region.")
    country: str = column("ISO 3166 code of the country.")
    email: str | None = column("Where answers to its mails go.")
    phone: str | None = column("Telephone, as entered.")
    iban: str | None = column("Account to pay to, as it prints on invoices.")
    language: str = column("Language of papers without a contact: es, en, ca or sv.", name="locale")
    slug: str | None = column("Address of its portal; null where it has none.")
    display_name: str | None = column("Name on the door of its portal.")
    primary_color: str | None = column("Its colour as #rrggbb.")
    document_footer: str | None = column("What stands at the foot of its papers, up to three lines.")
    logo_url: str | None = python(("id", "logo_sha256"), _logo_link, "Signed link to its logo (PNG).")
    sample_url: str | None = python(
        ("id",), _sample_link, "Signed link to an example of an invoice as it would print now (PDF)."
    )


@strawberry.type
class CompanyCardQuery:
    @single(lambda row, values, ask: row.c.id == values["id"])
    def company_card(self, id: strawberry.ID) -> CompanyCard | None:
        """A company as its papers show it; null if there is none with this id within reach."""


@strawberry.input(description="What a company's papers say of it from now on; what is null is nothing.")
class ChangeCompanyCardInput:
    company_id: strawberry.ID = strawberry.field(description="The company.")
    address: str | None = strawberry.field(default=None, description="Street and number.")
    postcode: str | None = strawberry.field(default=None, description="Postcode.")
    city: str | None = strawberry.field(default=None, description="Town.")
    province: str | None = strawberry.field(default=None, description="Province or region.")
    email: str | None = strawberry.field(default=None, description="Where answers to its mails go.")
    phone: str | None = strawberry.field(default=None, description="Telephone.")
    iban: str | None = strawberry.field(default=None, description="Account to pay to.")
    language: str = strawberry.field(description="es, en, ca or sv.")


@payload
class CompanyCardPayload:
    """The card as it is now, or why it was not changed."""

    card: Touched[CompanyCard] = touched()
    refusals: list[Refusal] = refusals()


@strawberry.type
class CompanyCardMutation:
    @mutation(guard=Guard(Scope.ACCOUNTS, Action.EDIT))
    async def change_company_card(self, info: Info, input: ChangeCompanyCardInput) -> CompanyCardPayload:
        """Changes what a company's papers say of it. Papers that were printed stay as they are."""
        said = CompanyOnPaper(**{each.name: getattr(input, each.name) for each in fields(CompanyOnPaper)})
        async with info.context.write() as act:
            return CompanyCardPayload(card=await change_company_card(act, input.company_id, said))
