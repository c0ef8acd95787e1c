"""Making a document and sending it to review."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert

from services.access.interface import Act, as_id
from services.access.policy import Action, Scope
from services.contacts.interface import contact_table
from services.documents.actions.refusals import TotalNegative
from services.documents.models import Document, DocumentLine, DocumentTax
from services.documents.rules.amounts import DocumentTotals, LineAmounts, document_totals, line_base
from services.documents.rules.kinds import SALES_KINDS, DocumentKind
from services.documents.rules.states import DocumentStatus, check_transition
from services.documents.rules.validity import LineToCheck, check_document
from services.kit import clock
from services.kit.errors import BadInput, NotFound, RequestKeyUsed
from services.kit.ids import new_id
from services.kit.money import ZERO
from services.kit.search import search_text

ONE = Decimal(1)
NUMBER_LENGTH_MAX = 60
SEARCHED_SIGNS_MAX = 2_000
PRICE_PLACES = 4
PERCENT_PLACES = 2
"""Places that quantities and unit prices, and percentages, are kept with."""

CURRENCY_SIGNS = 3

SUPPLIER_NUMBERED = frozenset({DocumentKind.PURCHASE_INVOICE, DocumentKind.EXPENSE})
"""Kinds that come from a supplier and keep the supplier's number; all others are numbered here."""

_document: Any = Document.__table__  # type: ignore[attr-defined]
_line: Any = DocumentLine.__table__  # type: ignore[attr-defined]
_tax: Any = DocumentTax.__table__  # type: ignore[attr-defined]
_contact = contact_table()

# Written once: every document runs these, and building a statement costs more than running it.
_ADD = insert(_document).returning(_document.c.id)
_ADD_ONCE = (
    insert(_document).on_conflict_do_nothing(constraint="document_once_per_request").returning(_document.c.id)
)
_ADD_LINES = insert(_line)
_ADD_TAXES = insert(_tax)
_LOCKED = select(Document).where(_document.c.id == bindparam("of_document")).with_for_update()
_CONTACT = select(_contact.c.id).where(
    _contact.c.id == bindparam("of_contact"), _contact.c.company_id == bindparam("of_company")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLine:
    """One line as entered: a price without VAT; percentages from 0 to 100.

    `ledger_account_code` None leaves the account to the kind: 700 or 705 on sales, 600 or 629 on purchases, for
    products and for services.
    """

    description: str
    quantity: Decimal = ONE
    unit_price: Decimal
    discount_percent: Decimal = ZERO
    tax_rate: Decimal
    ledger_account_code: str | None = None
    is_product: bool = True

    @property
    def amounts(self) -> LineAmounts:
        """What the rules compute with."""
        return LineAmounts(
            quantity=self.quantity,
            unit_price=self.unit_price,
            discount_percent=self.discount_percent,
            tax_rate=self.tax_rate,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDocument:
    """A document as entered. `number` is the supplier's own, for purchases only; `status` DRAFT or PENDING_REVIEW.

    `withholding_rate` in per cent of the taxable base. `request_key` makes sending twice harmless.
    """

    company_id: UUID | str
    kind: DocumentKind | str
    contact_id: UUID | None
    issued_on: date
    lines: tuple[NewLine, ...]
    due_on: date | None = None
    operation_on: date | None = None
    currency: str = "EUR"
    description: str | None = None
    withholding_rate: Decimal = ZERO
    number: str | None = None
    status: str = "DRAFT"
    request_key: str | None = None


async def create_document(act: Act, new: NewDocument) -> UUID:
    """This will keep a document with its totals and give its id; the same request key gives the same document.

    Needs EDIT of SALES or PURCHASES, by its kind. Raises what check_document raises, TotalNegative, BadInput,
    RequestKeyUsed, and NotFound for a contact of another company and for whoever writes only what is their own.
    """
    kind = DocumentKind(new.kind)
    scope = scope_of(kind)
    if act.owns_only(scope):
        # A portal contact may order from its publisher one day; the publisher's own papers are never its to write.
        raise NotFound("company", path=("companyId",))
    company_id = await act.may(new.company_id, scope, Action.EDIT, path=("companyId",))
    number = _checked(new, kind)
    totals = document_totals([line.amounts for line in new.lines], withholding_rate=new.withholding_rate)
    if totals.total < 0:
        raise TotalNegative(path=("lines",), total=totals.total)
    if new.contact_id is not None:
        await _check_contact(act, company_id, new.contact_id)
    row = {
        "id": new_id(),
        "company_id": company_id,
        "side": scope.name,
        "kind": kind.value,
        "status": new.status,
        "contact_id": new.contact_id,
        "number": number,
        "issued_on": new.issued_on,
        "operation_on": new.operation_on,
        "due_on": new.due_on,
        "currency": new.currency,
        "description": new.description,
        "search_text": searched(number, new.description, [line.description for line in new.lines]),
        "taxable_base": totals.taxable_base,
        "tax_total": totals.tax_total,
        "withholding_rate": new.withholding_rate,
        "withholding": totals.withholding,
        "total": totals.total,
        "outstanding": ZERO,
        "request_key": new.request_key,
        "created_by": act.viewer.id,
        "created_at": clock.now(),
    }
    adding = _ADD if new.request_key is None else _ADD_ONCE
    document_id: UUID | None = await act.session.scalar(adding, row)
    if document_id is None:
        known = select(_document.c.id, _document.c.kind).where(
            _document.c.company_id == company_id, _document.c.request_key == new.request_key
        )
        first = (await act.session.execute(known)).one()
        if first.kind != kind.value:
            raise RequestKeyUsed(path=("requestKey",))
        return first.id  # type: ignore[no-any-return]
    await _add_lines(act, company_id, document_id, new.lines, totals)
    return document_id


async def submit_document(act: Act, document_id: UUID | str) -> UUID:
    """This will send a draft to review. Needs EDIT of its side. Raises TransitionRefused."""
    document = await found(act, document_id, Action.EDIT)
    check_transition(
        DocumentKind(document.kind), DocumentStatus(document.status), DocumentStatus.PENDING_REVIEW
    )
    document.status = DocumentStatus.PENDING_REVIEW.value
    await act.session.flush()
    return document.id


async def found(act: Act, document_id: UUID | str, action: Action) -> Document:
    """This will give a document, locked, if the viewer may take `action` on its side. Raises NotFound, Denied."""
    path = ("id",)
    wanted = as_id(document_id, "document", path)
    document: Document | None = await act.session.scalar(_LOCKED, {"of_document": wanted})
    if document is None:
        raise NotFound("document", path=path)
    scope = Scope[document.side]
    await act.may(document.company_id, scope, action, what="document", path=path)
    if act.owns_only(scope):
        raise NotFound("document", path=path)
    return document


def scope_of(kind: DocumentKind) -> Scope:
    """The module scope that a kind belongs to; its name is the document's side."""
    return Scope.SALES if kind in SALES_KINDS else Scope.PURCHASES


def searched(number: str | None, description: str | None, lines: Sequence[str]) -> str:
    """What a search looks through: number, description and lines. The contact's name is looked up in its book."""
    return search_text(number, description, *lines)[:SEARCHED_SIGNS_MAX]


def _checked(new: NewDocument, kind: DocumentKind) -> str | None:
    """Refuses what makes no sense and gives the supplier's number, cleaned."""
    if new.status not in {DocumentStatus.DRAFT, DocumentStatus.PENDING_REVIEW}:
        raise BadInput("status", "a new document is a DRAFT or waits for review (PENDING_REVIEW)")
    if len(new.currency) != CURRENCY_SIGNS or not new.currency.isalpha() or not new.currency.isupper():
        raise BadInput("currency", "give the three capital letters of ISO 4217, such as EUR")
    number = (new.number or "").strip() or None
    if number is not None and kind not in SUPPLIER_NUMBERED:
        raise BadInput("number", "this kind gets its number when it is approved")
    if number is not None and len(number) > NUMBER_LENGTH_MAX:
        raise BadInput("number", "give at most {most} signs", most=NUMBER_LENGTH_MAX)
    check_document(
        kind=kind,
        lines=[LineToCheck(description=line.description, amounts=line.amounts) for line in new.lines],
        issued_on=new.issued_on,
        due_on=new.due_on,
        withholding_rate=new.withholding_rate,
    )
    for position, line in enumerate(new.lines):
        _check_places(f"lines.{position}.quantity", line.quantity, PRICE_PLACES)
        _check_places(f"lines.{position}.unitPrice", line.unit_price, PRICE_PLACES)
        _check_places(f"lines.{position}.discountPercent", line.discount_percent, PERCENT_PLACES)
    _check_places("withholdingRate", new.withholding_rate, PERCENT_PLACES)
    return number


def _check_places(path: str, amount: Decimal, places: int) -> None:
    """What is kept must be what was computed with, so nothing may be rounded away."""
    exponent = amount.normalize().as_tuple().exponent
    if not isinstance(exponent, int) or -exponent > places:
        raise BadInput(path, "give at most {most} decimals", most=places)


async def _check_contact(act: Act, company_id: UUID, contact_id: UUID) -> None:
    known = await act.session.scalar(_CONTACT, {"of_contact": contact_id, "of_company": company_id})
    if known is None:
        raise NotFound("contact", path=("contactId",))


async def _add_lines(
    act: Act, company_id: UUID, document_id: UUID, lines: Sequence[NewLine], totals: DocumentTotals
) -> None:
    of_document = {"company_id": company_id, "document_id": document_id}
    await act.session.execute(
        _ADD_LINES,
        [
            {
                "id": new_id(),
                **of_document,
                "position": position,
                "description": line.description.strip(),
                "is_product": line.is_product,
                "quantity": line.quantity,
                "unit_price": line.unit_price,
                "discount_percent": line.discount_percent,
                "tax_rate": line.tax_rate,
                "ledger_account_code": line.ledger_account_code,
                "base": line_base(line.amounts),
            }
            for position, line in enumerate(lines, start=1)
        ],
    )
    await act.session.execute(
        _ADD_TAXES,
        [
            {"id": new_id(), **of_document, "rate": tax.rate, "base": tax.base, "quota": tax.quota}
            for tax in totals.taxes
        ],
    )
