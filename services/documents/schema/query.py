"""Lists of commercial documents in GraphQL, and the tax codes that their lines bear."""

import strawberry

from services.access.guard import OPEN, connection, resolved, single
from services.documents import queries
from services.documents.rules.tax_codes import TaxSide as Side
from services.documents.rules.tax_codes import codes_on
from services.documents.schema.enums import (
    DocumentOrder,
    DocumentStatus,
    PurchaseDocumentType,
    ReadFilter,
    SalesDocumentType,
    TaxLegend,
    TaxNature,
    TaxSide,
    VatRegime,
)
from services.documents.schema.issuer import CompanyCardQuery
from services.documents.schema.reads import PurchaseDocument, SalesDocument, TaxCode
from services.documents.schema.settings import SettingsQuery
from services.kit.pages import Connection
from services.kit.scalars import Date, Money

SEARCH_TEXT = (
    "Part of number, notes or lines, or of the contact's name where the contact book is granted; accents and case"
    " are ignored."
)

UNPOSTED_TEXT = (
    "Only (or all but) what posts an entry and nobody has approved: what a year lacks before it is closed."
)


@strawberry.input(description="Which sales documents a list holds; conditions are joined by AND.")
class SalesDocumentFilter:
    type: SalesDocumentType | None = strawberry.field(default=None, description="Only this kind.")
    status: DocumentStatus | None = strawberry.field(default=None, description="Only in this state.")
    read: ReadFilter | None = strawberry.field(default=None, description="Only read, or only unread ones.")
    search: str | None = strawberry.field(default=None, description=SEARCH_TEXT)
    contact_id: strawberry.ID | None = strawberry.field(default=None, description="Only to this customer.")
    open: bool | None = strawberry.field(
        default=None, description="Only with (or only without) an amount to collect."
    )
    unposted: bool | None = strawberry.field(default=None, description=UNPOSTED_TEXT)
    from_: Date | None = strawberry.field(
        default=None, name="from", description="First day of issue, included."
    )
    to: Date | None = strawberry.field(default=None, description="Last day of issue, included.")


@strawberry.input(description="Which purchase documents a list holds; conditions are joined by AND.")
class PurchaseDocumentFilter:
    type: PurchaseDocumentType | None = strawberry.field(default=None, description="Only this kind.")
    status: DocumentStatus | None = strawberry.field(default=None, description="Only in this state.")
    search: str | None = strawberry.field(default=None, description=SEARCH_TEXT)
    contact_id: strawberry.ID | None = strawberry.field(default=None, description="Only of this supplier.")
    open: bool | None = strawberry.field(
        default=None, description="Only with (or only without) an amount to pay."
    )
    unposted: bool | None = strawberry.field(default=None, description=UNPOSTED_TEXT)
    from_: Date | None = strawberry.field(
        default=None, name="from", description="First day of issue, included."
    )
    to: Date | None = strawberry.field(default=None, description="Last day of issue, included.")


@strawberry.type
class Query(SettingsQuery, CompanyCardQuery):
    @connection(queries.SALES_DOCUMENTS)
    def sales_documents(
        self,
        *,
        company_id: strawberry.ID | None = None,
        filter: SalesDocumentFilter | None = None,
        archived: bool = False,
        order_by: DocumentOrder = DocumentOrder.ISSUED_DESC,
        first: int = 50,
        after: str | None = None,
    ) -> Connection[SalesDocument] | None:
        """Sales documents of one company, or of all within reach; archived ones only when asked. At most 200 a page."""

    @single(lambda row, values, ask: row.c.id == values["id"])
    def sales_document(self, id: strawberry.ID) -> SalesDocument | None:
        """One sales document; null if there is none with this id within reach."""

    @connection(queries.PURCHASE_DOCUMENTS)
    def purchase_documents(
        self,
        *,
        company_id: strawberry.ID | None = None,
        filter: PurchaseDocumentFilter | None = None,
        archived: bool = False,
        order_by: DocumentOrder = DocumentOrder.ISSUED_DESC,
        first: int = 50,
        after: str | None = None,
    ) -> Connection[PurchaseDocument] | None:
        """Purchases of one company, or of all within reach; archived ones only when asked. At most 200 a page."""

    @single(lambda row, values, ask: row.c.id == values["id"])
    def purchase_document(self, id: strawberry.ID) -> PurchaseDocument | None:
        """One purchase document; null if there is none with this id within reach."""

    @resolved(guard=OPEN, cap=200)
    def tax_codes(self, side: TaxSide, on: Date) -> list[TaxCode]:
        """Tax codes of a side that may be used on a day; the same for everybody."""
        return [
            TaxCode(
                code=each.code,
                side=TaxSide(each.side.value),
                regime=VatRegime(each.regime.value),
                nature=TaxNature(each.nature.value),
                rate=Money(each.rate),
                surcharge_rate=Money(each.surcharge_rate),
                valid_from=Date(each.valid_from),
                valid_until=Date(each.valid_until) if each.valid_until else None,
                legend=TaxLegend(each.legend.value) if each.legend else None,
            )
            for each in codes_on(Side(side.value), on)
        ]
