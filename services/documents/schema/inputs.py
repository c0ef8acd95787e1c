"""What the mutations of documents take, and how it becomes what the acts take."""

from dataclasses import fields
from typing import Any

import strawberry

from services.access.interface import as_id
from services.contacts.interface import PaymentMethod
from services.contacts.schema.writes import PaymentTermsInput
from services.documents.actions.entered import ONE, NewDocument, NewLine, PrintedQuota
from services.documents.rules.amounts import HUNDRED
from services.documents.rules.instalments import Instalment
from services.documents.rules.kinds import DocumentKind
from services.documents.rules.kinds import RectificationCause as Cause
from services.documents.rules.kinds import VatRegime as Regime
from services.documents.schema.enums import (
    DocumentType,
    PurchaseDocumentType,
    RectificationCause,
    RectificationMethod,
    SalesDocumentType,
    VatRegime,
)
from services.kit.money import ZERO
from services.kit.scalars import Date, Money


@strawberry.input(
    description="One line of a document. It names a tax code, or a VAT rate that stands for one."
)
class DocumentLineInput:
    id: strawberry.ID | None = strawberry.field(
        default=None, description="In an edit: the line that this one was, so that its conversion holds."
    )
    description: str = strawberry.field(description="What is sold or bought, up to 2000 signs.")
    quantity: Money = strawberry.field(
        default=Money(ONE), description="How many; negative for what comes back."
    )
    unit_price: Money = strawberry.field(
        description="Price of one, up to four decimals; with VAT where the document's prices include it."
    )
    discount_percent: Money = strawberry.field(default=Money(ZERO), description="From 0 to 100.")
    tax_rate: Money | None = strawberry.field(
        default=None,
        description="VAT rate in per cent, such as 21: the code that side, regime, kind of line and day give it."
        " Without rate and code, the contact's card says.",
    )
    tax_code: str | None = strawberry.field(
        default=None, description="A code of `taxCodes`; goes before the rate."
    )
    deductible_percent: Money = strawberry.field(
        default=Money(HUNDRED), description="Of a purchase: how much of its VAT is deducted, 0 to 100."
    )
    ledger_account_code: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="Account of the income or cost; left out, the contact's card says. Null, or a card without one:"
        " the kind of line decides.",
    )
    is_product: bool = strawberry.field(default=True, description="Whether it is a product, not a service.")


@strawberry.input(description="A part of what is to be paid.")
class InstalmentInput:
    due_on: Date = strawberry.field(description="Day it is due.")
    amount: Money = strawberry.field(description="In the document's currency, with the sign of its total.")


@strawberry.input(
    description="VAT as a supplier printed it; kept when within a cent per line of the computed one."
)
class PrintedTaxInput:
    quota: Money = strawberry.field(description="The printed VAT, in the document's currency.")
    tax_rate: Money | None = strawberry.field(default=None, description="The rate it stands beside.")
    tax_code: str | None = strawberry.field(default=None, description="Or the code of the lines it is for.")


@strawberry.input(
    description="Which issued document this one corrects. The corrected one keeps what it says."
)
class RectificationInput:
    rectifies_id: strawberry.ID = strawberry.field(description="An approved document of the same contact.")
    reason: str = strawberry.field(description="Why, as it prints on the document; up to 500 signs.")
    method: RectificationMethod = strawberry.field(
        default=RectificationMethod.I, description="Differences, or the whole anew."
    )
    cause: RectificationCause = strawberry.field(
        default=RectificationCause.CORRECTION, description="Why, as the law tells causes apart; of sales."
    )


@strawberry.input
class DocumentContent:
    """What a document of either side says."""

    contact_id: strawberry.ID | None = strawberry.field(default=None, description="Customer or supplier.")
    series: str | None = strawberry.field(
        default=None,
        description="A series of the company, where numbers are ours; left out, the usual one.",
    )
    regime: VatRegime | None = strawberry.field(
        default=None, description="Left out, what the tax codes say, else DOMESTIC."
    )
    issued_on: Date = strawberry.field(description="Day of issue.")
    operation_on: Date | None = strawberry.field(
        default=None, description="Day of the operation, if another."
    )
    due_on: Date | None = strawberry.field(
        default=None, description="Last day to pay; of an estimate the last day it holds."
    )
    payment_terms: PaymentTermsInput | None = strawberry.field(
        default=strawberry.UNSET,
        description="Instead of dueOn: from the day of issue. Left out like dueOn and instalments, an invoice"
        " or expense takes those of the contact's card; null takes none.",
    )
    payment_method: PaymentMethod | None = strawberry.field(
        default=strawberry.UNSET,
        description="How it is paid; left out, an invoice or expense takes that of the contact's card.",
    )
    instalments: list[InstalmentInput] = strawberry.field(
        default_factory=list, description="Instead of dueOn: at most 60 that add up to the total."
    )
    currency: str = strawberry.field(default="EUR", description="ISO 4217 code.")
    exchange_rate: Money | None = strawberry.field(
        default=None,
        description="What one unit is worth in the currency of the books; left out, the company's table says.",
    )
    prices_include_tax: bool = strawberry.field(default=False, description="Whether unit prices include VAT.")
    description: str | None = strawberry.field(default=None, description="Notes that print below the lines.")
    withholding_rate: Money | None = strawberry.field(
        default=strawberry.UNSET,
        description="What is withheld (IRPF), in per cent of the base. Left out it is what the contact's card says.",
    )
    rectification: RectificationInput | None = strawberry.field(
        default=None, description="For a document that corrects another one: its lines are the differences."
    )
    lines: list[DocumentLineInput] = strawberry.field(
        description="1 to 500 lines; negative quantities for what comes back."
    )


@strawberry.input
class SalesContent(DocumentContent):
    """What a sales document says."""

    is_simplified: bool = strawberry.field(
        default=False,
        description="An invoice without the customer's details, up to the company's limit, VAT included.",
    )


@strawberry.input
class PurchaseContent(DocumentContent):
    """What a purchase document says."""

    number: str | None = strawberry.field(default=None, description="The supplier's own number.")
    received_on: Date | None = strawberry.field(
        default=None,
        description="Day an invoice or expense arrived, if its VAT is deducted from then (LIVA art. 99): its entry and"
        " its tax period follow it. From the day of issue to four years later; not where the buyer owes the VAT.",
    )
    printed_taxes: list[PrintedTaxInput] = strawberry.field(
        default_factory=list, description="VAT as the supplier printed it."
    )


@strawberry.input(description="A new sales document; it gets its number when it is approved.")
class CreateSalesDocumentInput(SalesContent):
    company_id: strawberry.ID = strawberry.field(description="The company that issues it.")
    type: SalesDocumentType = strawberry.field(description="Kind of document.")
    for_review: bool = strawberry.field(default=False, description="Send it to review at once.")
    request_key: str = strawberry.field(
        description="Chosen by the caller; the same key twice makes one document."
    )


@strawberry.input(description="A new purchase document.")
class CreatePurchaseDocumentInput(PurchaseContent):
    company_id: strawberry.ID = strawberry.field(description="The company that buys.")
    type: PurchaseDocumentType = strawberry.field(description="Kind of document.")
    for_review: bool = strawberry.field(default=False, description="Send it to review at once.")
    request_key: str = strawberry.field(
        description="Chosen by the caller; the same key twice makes one document."
    )


VERSION = "The version that the editor saw; another one in the meantime is refused."


@strawberry.input(description="The whole content of a sales document that is not approved yet.")
class UpdateSalesDocumentInput(SalesContent):
    id: strawberry.ID = strawberry.field(description="The document.")
    version: int = strawberry.field(description=VERSION)


@strawberry.input(description="The whole content of a purchase document that is not approved.")
class UpdatePurchaseDocumentInput(PurchaseContent):
    id: strawberry.ID = strawberry.field(description="The document.")
    version: int = strawberry.field(description=VERSION)


@strawberry.input(description="So much of a line.")
class LineQuantityInput:
    line_id: strawberry.ID = strawberry.field(description="A line of the document.")
    quantity: Money = strawberry.field(description="At most its `remainingQuantity`.")


@strawberry.input(description="An approved document that goes on.")
class ConversionSourceInput:
    id: strawberry.ID = strawberry.field(description="The document.")
    lines: list[LineQuantityInput] = strawberry.field(
        default_factory=list, description="What of it; none: all that is left."
    )


@strawberry.input(
    description="Documents that become one of the next kind; all of one contact, currency and regime."
)
class ConvertDocumentsInput:
    sources: list[ConversionSourceInput] = strawberry.field(description="1 to 50 documents of one side.")
    into: DocumentType = strawberry.field(description="The next kind, such as an invoice of delivery notes.")
    issued_on: Date = strawberry.field(description="Day of issue.")
    due_on: Date | None = strawberry.field(default=None, description="Last day to pay.")
    number: str | None = strawberry.field(
        default=None, description="Of a purchase: the supplier's own number."
    )
    for_review: bool = strawberry.field(default=False, description="Send it to review at once.")
    request_key: str = strawberry.field(
        description="Chosen by the caller; the same key twice makes one document."
    )


@strawberry.input(description="A document that corrects an approved one of either side.")
class RectifyDocumentInput:
    id: strawberry.ID = strawberry.field(description="The document to correct.")
    method: RectificationMethod = strawberry.field(
        default=RectificationMethod.I,
        description="I: `lines` are the differences, none takes the whole back. S: `lines` are the whole anew.",
    )
    reason: str = strawberry.field(description="Why, as it prints on the document; up to 500 signs.")
    cause: RectificationCause = strawberry.field(
        default=RectificationCause.CORRECTION, description="Why, as the law tells causes apart; of sales."
    )
    issued_on: Date = strawberry.field(description="Day of issue of the new document.")
    number: str | None = strawberry.field(
        default=None, description="Of a purchase: the supplier's own number."
    )
    lines: list[DocumentLineInput] = strawberry.field(default_factory=list, description="See `method`.")
    for_review: bool = strawberry.field(default=False, description="Send it to review at once.")
    request_key: str = strawberry.field(
        description="Chosen by the caller; the same key twice makes one document."
    )


@strawberry.input(description="The full invoice in place of simplified ones.")
class SubstituteInvoicesInput:
    ids: list[strawberry.ID] = strawberry.field(description="1 to 50 issued simplified invoices.")
    contact_id: strawberry.ID = strawberry.field(description="The customer, with name, tax id and address.")
    issued_on: Date = strawberry.field(description="Day of issue.")
    for_review: bool = strawberry.field(default=False, description="Send it to review at once.")
    request_key: str = strawberry.field(
        description="Chosen by the caller; the same key twice makes one document."
    )


def new_document(given: CreateSalesDocumentInput | CreatePurchaseDocumentInput) -> NewDocument:
    """This will turn an input into what the act takes."""
    return NewDocument(
        company_id=given.company_id,
        kind=DocumentKind(given.type.value),
        status="PENDING_REVIEW" if given.for_review else "DRAFT",
        request_key=given.request_key,
        **content_of(given),
    )


def content_of(given: Any) -> dict[str, Any]:
    """This will turn what a document says, in an input that has these fields, into those of NewDocument."""
    rectification: RectificationInput | None = given.rectification
    return {
        "contact_id": as_id(given.contact_id, "contact", ("contactId",)) if given.contact_id else None,
        "number": getattr(given, "number", None),
        "series": given.series,
        "is_simplified": getattr(given, "is_simplified", False),
        "regime": Regime(given.regime.value) if given.regime else None,
        "issued_on": given.issued_on,
        "operation_on": given.operation_on,
        "received_on": getattr(given, "received_on", None),
        "due_on": given.due_on,
        "terms": given.payment_terms.as_terms() if given.payment_terms else None,
        "asks_terms": given.payment_terms is strawberry.UNSET,
        "payment_method": given.payment_method or None,
        "asks_method": given.payment_method is strawberry.UNSET,
        "instalments": tuple(Instalment(due_on=one.due_on, amount=one.amount) for one in given.instalments),
        "currency": given.currency,
        "exchange_rate": given.exchange_rate,
        "prices_include_tax": given.prices_include_tax,
        "description": given.description,
        "withholding_rate": given.withholding_rate or ZERO,
        "asks_withholding": given.withholding_rate is strawberry.UNSET,
        "printed_quotas": tuple(
            PrintedQuota(quota=one.quota, tax_rate=one.tax_rate, tax_code=one.tax_code)
            for one in getattr(given, "printed_taxes", ())
        ),
        "lines": new_lines(given.lines),
        **(_rectification(rectification) if rectification else {}),
    }


def changed_document(given: UpdateSalesDocumentInput | UpdatePurchaseDocumentInput) -> NewDocument:
    """This will turn an input into a content; the act fills in what stays."""
    return NewDocument(company_id="", kind="", **content_of(given))


def new_lines(given: list[DocumentLineInput]) -> tuple[NewLine, ...]:
    """This will turn the lines of an input into those that the act takes: their fields have the same names."""
    own = {"id", "ledger_account_code", "asks_account"}
    names = [field.name for field in fields(NewLine) if field.name not in own]
    return tuple(
        NewLine(
            id=as_id(line.id, "line", ("lines", str(place), "id")) if line.id else None,
            ledger_account_code=line.ledger_account_code or None,
            asks_account=line.ledger_account_code is strawberry.UNSET,
            **{name: getattr(line, name) for name in names},
        )
        for place, line in enumerate(given)
    )


def _rectification(given: RectificationInput) -> dict[str, Any]:
    path = ("rectification", "rectifiesId")
    return {
        "rectifies_id": as_id(given.rectifies_id, "document", path),
        "rectification_reason": given.reason,
        "rectification_method": given.method.value,
        "rectification_cause": Cause(given.cause.value),
    }
