"""Settings, series and exchange rates of a company, in GraphQL."""

import strawberry

from services.access.guard import (
    Guard,
    Refusal,
    Touched,
    column,
    expr,
    mutation,
    node,
    payload,
    refusals,
    rows,
    single,
    touched,
)
from services.access.interface import Info
from services.access.policy import Scope
from services.documents import queries
from services.documents.actions import settings
from services.documents.schema.enums import DocumentType, SeriesUse
from services.documents.schema.payloads import APPROVE, SALES_EDIT
from services.kit.scalars import Date, Money

SALES = Guard(Scope.SALES)


@node(queries.SETTINGS, SALES)
class DocumentSettings:
    """How a company's documents are approved; a company that never changed it has no row: 400.00 and one person."""

    company_id: strawberry.ID = column("The company.")
    simplified_limit: Money = column("Simplified invoices up to this total, VAT included: 400.00 or 3000.00.")
    needs_second_person: bool = column("Whether whoever made a document may not approve it.")


@node(queries.SERIES, SALES)
class DocumentSeries:
    """A series that a company set up beside the usual ones (FV, FR, FS, PR, PF, PV, AL, RC, PC)."""

    id: strawberry.ID = column("Stable identifier.")
    type: DocumentType = column("Kind of document.", name="kind")
    code: str = column("What its numbers begin with.")
    use: SeriesUse = column("What it is used for.")
    is_usual: bool = column("Whether it is taken where nobody names one.")


@node(queries.EXCHANGE_RATE, SALES)
class ExchangeRate:
    """What one unit of a currency is worth in the currency of the books, from a day on."""

    id: strawberry.ID = column("Stable identifier.")
    currency: str = column("ISO 4217 code.")
    day: Date = column("First day.")
    rate: Money | None = expr(queries.rate_of, "Worth of one unit, up to eight decimals.", places=8)


@strawberry.type
class SettingsQuery:
    @single(lambda row, values, ask: row.c.company_id == values["companyId"])
    def document_settings(self, company_id: strawberry.ID) -> DocumentSettings | None:
        """How a company's documents are approved; null where nobody changed it."""

    @rows(queries.SERIES_LIST, lambda row: (row.c.kind, row.c.code.collate("C"), row.c.id))
    def document_series(self, company_id: strawberry.ID) -> list[DocumentSeries] | None:
        """The series that a company set up itself, at most 200."""

    @rows(queries.RATE_LIST, lambda row: (row.c.currency.collate("C"), row.c.day.desc(), row.c.id))
    def exchange_rates(
        self, company_id: strawberry.ID, currency: str | None = None
    ) -> list[ExchangeRate] | None:
        """The exchange rates that a company keeps, the newest first by currency, at most 200."""


@payload
class DocumentSettingsPayload:
    """The settings as they are now, or why they were not changed."""

    settings: Touched[DocumentSettings] = touched()
    refusals: list[Refusal] = refusals()


@payload
class DocumentSeriesPayload:
    """The series as it is now, or why it was refused."""

    series: Touched[DocumentSeries] = touched()
    refusals: list[Refusal] = refusals()


@payload
class ExchangeRatePayload:
    """The rate as it is kept now, or why it was refused."""

    exchange_rate: Touched[ExchangeRate] = touched()
    refusals: list[Refusal] = refusals()


@strawberry.type
class Settings:
    @mutation(guard=APPROVE)
    async def change_document_settings(
        self, info: Info, *, company_id: strawberry.ID, simplified_limit: Money, needs_second_person: bool
    ) -> DocumentSettingsPayload:
        """Sets the limit of simplified invoices, and whether two people make and approve a document."""
        async with info.context.write() as act:
            changed = await settings.change_settings(
                act,
                company_id,
                simplified_limit=simplified_limit,
                needs_second_person=needs_second_person,
            )
        return DocumentSettingsPayload(settings=changed)

    @mutation(guard=APPROVE)
    async def keep_document_series(
        self,
        info: Info,
        *,
        company_id: strawberry.ID,
        type: DocumentType,
        code: str,
        use: SeriesUse = SeriesUse.ORDINARY,
        is_usual: bool = False,
    ) -> DocumentSeriesPayload:
        """Sets up a series, or changes whether it is the usual one; needs APPROVE of the kind's side."""
        async with info.context.write() as act:
            kept = await settings.keep_series(
                act, company_id, type.value, code, use=use.value, is_usual=is_usual
            )
        return DocumentSeriesPayload(series=kept)

    @mutation(guard=SALES_EDIT)
    async def set_exchange_rate(
        self, info: Info, *, company_id: strawberry.ID, currency: str, day: Date, rate: Money
    ) -> ExchangeRatePayload:
        """Notes what a currency is worth from a day on; documents that are kept already keep their rate."""
        async with info.context.write() as act:
            kept = await settings.set_exchange_rate(act, company_id, currency, day, rate)
        return ExchangeRatePayload(exchange_rate=kept)
