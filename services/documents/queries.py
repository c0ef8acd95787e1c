"""Where the fields of documents come from."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Integer,
    Numeric,
    and_,
    any_,
    case,
    cast,
    func,
    literal_column,
    not_,
    or_,
    select,
)

from services.access.policy import Scope
from services.accounts.interface import branding_table, company_table
from services.contacts.interface import contact_table, named_as
from services.documents.models import (
    Attachment,
    Document,
    DocumentInstalment,
    DocumentLine,
    DocumentLink,
    DocumentMailing,
    DocumentSeries,
    DocumentSettings,
    DocumentTax,
    ExchangeRate,
    Settlement,
)
from services.documents.orders import document_sorts
from services.documents.rules.kinds import POSTED_KINDS
from services.documents.rules.settlements import OFFSET, PAYMENT
from services.documents.warnings import twin_of, warning_codes
from services.journal.interface import journal_entry_table
from services.kit.reads import Ask, Expression, Filter, Join, Listing, Row, Source
from services.kit.search import like_pattern

_document: Any = Document.__table__  # type: ignore[attr-defined]
_attachment: Any = Attachment.__table__  # type: ignore[attr-defined]
_link: Any = DocumentLink.__table__  # type: ignore[attr-defined]
_contact: Any = contact_table()

SENT_FIRST = ("SALES_INVOICE", "PROFORMA")
"""Kinds that a contact sees only after they were sent; the others as soon as they are approved."""


def shown_to_contact(row: Row) -> Expression:
    """Whether the contact that a document is made out to may see it. Whose it is, the caller compares.

    Sales documents that are approved and not archived; invoices and proformas once sent. Every path to a contact
    (portal, lists, files, mails) uses this one predicate.
    """
    return and_(
        row.c.side == "SALES",
        row.c.status != "DRAFT",
        row.c.status != "PENDING_REVIEW",
        row.c.archived_at.is_(None),
        or_(and_(*(row.c.kind != kind for kind in SENT_FIRST)), row.c.sent_at.is_not(None)),
    )


def is_own(row: Row, ask: Ask) -> Expression:
    """Whether a document is made out to the viewing contact and is one it may see."""
    return and_(row.c.contact_id == any_(ask.reach.contacts), shown_to_contact(row))


SALES_DOCUMENT = Source(_document, where=lambda row: row.c.side == "SALES", portal=is_own)
PURCHASE_DOCUMENT = Source(_document, where=lambda row: row.c.side == "PURCHASES")

# These are reached only through their document, whose visibility they share.
DOCUMENT_LINE = Source(DocumentLine.__table__, company=None)  # type: ignore[attr-defined]
DOCUMENT_TAX = Source(DocumentTax.__table__, company=None)  # type: ignore[attr-defined]
INSTALMENT = Source(DocumentInstalment.__table__, company=None)  # type: ignore[attr-defined]
_entry: Any = journal_entry_table()


def is_by_hand(settlement: Row, ask: Ask) -> Expression:
    """Whether a payment or an offset was entered by hand, and not with a bank line."""
    by_hand = (
        select(_entry.c.id)
        .where(_entry.c.id == settlement.c.entry_id, _entry.c.source.in_((PAYMENT, OFFSET)))
        .correlate(settlement)
        .exists()
    )
    return or_(settlement.c.entry_id.is_(None), by_hand)


SETTLEMENT = Source(
    Settlement.__table__,  # type: ignore[attr-defined]
    company=None,
    where=lambda row: row.c.undone_at.is_(None),
)
ATTACHMENT = Source(_attachment, company=None)
MAILING = Source(DocumentMailing.__table__, company=None)  # type: ignore[attr-defined]

_company, _branding = company_table(), branding_table()
COMPANY_CARD = Source(
    select(
        *(
            _company.c[name]
            for name in (
                *("id", "name", "tax_id", "address", "postcode", "city", "province", "country"),
                *("email", "phone", "iban", "locale"),
            )
        ),
        *(
            _branding.c[name]
            for name in ("slug", "display_name", "primary_color", "document_footer", "logo_sha256")
        ),
    )
    .outerjoin(_branding, _branding.c.company_id == _company.c.id)
    .subquery("company_card"),
    company="id",
)
_settings: Any = DocumentSettings.__table__  # type: ignore[attr-defined]
SETTINGS = Source(select(_settings.c.company_id.label("id"), *_settings.c).subquery("settings"))
SERIES = Source(DocumentSeries.__table__)  # type: ignore[attr-defined]
EXCHANGE_RATE = Source(ExchangeRate.__table__)  # type: ignore[attr-defined]

LINES_OF = Join(
    lambda document, line: line.c.document_id == document.c.id,
    order=lambda line: (line.c.position,),
    cap=500,
    expected=5,
)
TAXES_OF = Join(
    lambda document, tax: tax.c.document_id == document.c.id,
    order=lambda tax: (tax.c.rate.desc(), tax.c.tax_code),
    cap=50,
    expected=2,
)
SETTLEMENTS_OF = Join(
    lambda document, settlement: settlement.c.document_id == document.c.id,
    order=lambda settlement: (settlement.c.settled_on, settlement.c.id),
    cap=200,
    expected=1,
)
ATTACHMENTS_OF = Join(
    lambda document, attachment: attachment.c.document_id == document.c.id,
    order=lambda attachment: (attachment.c.created_at, attachment.c.id),
    cap=100,
    expected=1,
)
MAILINGS_OF = Join(
    lambda document, mailing: mailing.c.document_id == document.c.id,
    order=lambda mailing: (mailing.c.created_at.desc(), mailing.c.id.desc()),
    cap=50,
    expected=1,
)
INSTALMENTS_OF = Join(
    lambda document, part: part.c.document_id == document.c.id,
    order=lambda part: (part.c.position,),
    cap=60,
    expected=1,
)
RECTIFIED_OF = Join(lambda document, rectified: rectified.c.id == document.c.rectifies_id)
RECTIFYING_OF = Join(
    lambda document, rectifying: rectifying.c.rectifies_id == document.c.id,
    order=lambda rectifying: (rectifying.c.issued_on, rectifying.c.id),
    cap=50,
    expected=1,
)
CONVERTED_FROM = Join(
    lambda document, source: source.c.id.in_(
        select(_link.c.from_id).where(_link.c.to_id == document.c.id).correlate(document)
    ),
    order=lambda source: (source.c.issued_on, source.c.id),
    cap=50,
    expected=1,
)
CONVERTED_INTO = Join(
    lambda document, target: target.c.id.in_(
        select(_link.c.to_id).where(_link.c.from_id == document.c.id).correlate(document)
    ),
    order=lambda target: (target.c.issued_on, target.c.id),
    cap=200,
    expected=1,
)
CONTACT_OF = Join(lambda document, contact: contact.c.id == document.c.contact_id)


def substituted_by(document_id: UUID) -> Any:
    """Number and day of the simplified invoices that a full one takes the place of."""
    linked = select(_link.c.from_id).where(_link.c.to_id == document_id, _link.c.purpose == "SUBSTITUTION")
    return (
        select(_document.c.number, _document.c.issued_on)
        .where(_document.c.id.in_(linked))
        .order_by(_document.c.issued_on, _document.c.number)
    )


def has_paper(document: Row, ask: Ask) -> Expression:
    """Whether a file belongs to the document: the paper it was made from."""
    return (
        select(_attachment.c.id)
        .where(_attachment.c.document_id == document.c.id)
        .correlate(document)
        .exists()
    )


def twin_id_of(purchase: Row, ask: Ask) -> Expression:
    """Another purchase that may be the same paper."""
    return twin_of(purchase)


def account_of_line(line: Row, ask: Ask) -> Expression:
    """The account chosen for a line. How the issuer books is not the contact's business."""
    return case((ask.reach.contact.is_(None), line.c.ledger_account_code))


def warnings_of(document: Row, ask: Ask) -> Expression:
    """What a reviewer should look at before a document is approved."""
    return warning_codes(document)


def remaining_of_line(line: Row, ask: Ask) -> Expression:
    """What of a line no later document has taken: its quantity less what went into documents not cancelled."""
    target = _document.alias("target")
    taken = (
        select(func.coalesce(func.sum(_link.c.quantity), 0))
        .join(target, target.c.id == _link.c.to_id)
        .where(
            _link.c.from_line_id == line.c.id,
            _link.c.purpose == "CONVERSION",
            target.c.status != "CANCELLED",
        )
        .correlate(line)
        .scalar_subquery()
    )
    return cast(line.c.quantity - taken, Numeric(14, 4))


def has_expired(row: Row, ask: Ask) -> Expression:
    """Whether an estimate's last day is over and nobody answered."""
    return and_(
        row.c.kind == "ESTIMATE",
        row.c.status == "APPROVED",
        row.c.due_on.is_not(None),
        row.c.due_on < ask.today,
    )


def status_of(row: Row, ask: Ask) -> Expression:
    """Where a document stands today."""
    return case(
        (has_expired(row, ask), "EXPIRED"), (row.c.voided_at.is_not(None), "VOIDED"), else_=row.c.status
    )


def _status(row: Row, value: str, ask: Ask) -> Expression:
    if value == "EXPIRED":
        return or_(row.c.status == "EXPIRED", has_expired(row, ask))
    if value == "APPROVED":
        return and_(row.c.status == "APPROVED", not_(has_expired(row, ask)))
    if value == "VOIDED":
        return row.c.voided_at.is_not(None)
    if value == "CANCELLED":
        return and_(row.c.status == "CANCELLED", row.c.voided_at.is_(None))
    return row.c.status == value


def exchange_rate_of(document: Row, ask: Ask) -> Expression:
    """What one unit of a document's currency is worth in the currency of the books, as it was kept."""
    return document.c.exchange_rate


def is_pending(row: Row) -> Expression:
    """Whether a document waits for review where lists show it: what the counters count."""
    return and_(row.c.status == "PENDING_REVIEW", row.c.archived_at.is_(None))


def pending(side: str) -> Callable[[Row, Ask], Expression]:
    """How many documents of a side wait for review: the total of its list filtered by PENDING_REVIEW."""

    def counted(client: Row, ask: Ask) -> Expression:
        return (
            select(cast(func.count(), Integer))
            .select_from(_document)
            .where(_document.c.company_id == client.c.id, _document.c.side == side, is_pending(_document))
            .scalar_subquery()
        )

    return counted


def _archived(row: Row, value: bool, ask: Ask) -> Expression:  # noqa: FBT001 -- the form of every filter
    return row.c.archived_at.is_not(None) if value else row.c.archived_at.is_(None)


def _read(row: Row, value: str, ask: Ask) -> Expression | None:
    if value == "ALL":
        return None
    return row.c.read_at.is_not(None) if value == "READ" else row.c.read_at.is_(None)


def _search(row: Row, value: Any, ask: Ask) -> Expression:
    """In the document's own texts; by the contact's name only where the viewer may see the contact book."""
    bit = literal_column(str(Scope.CONTACTS.bit), BigInteger)
    sees_contacts = ask.reach.view.op("&", return_type=BigInteger)(bit) != literal_column("0", BigInteger)
    named = select(_contact.c.id).where(
        _contact.c.company_id == row.c.company_id, _contact.c.search_text.like(value)
    )
    return or_(row.c.search_text.like(value), and_(sees_contacts, row.c.contact_id.in_(named)))


def is_unposted(row: Row) -> Expression:
    """Whether a document will post an entry and nobody has approved it: what a year lacks before it is closed."""
    return and_(row.c.kind.in_(sorted(POSTED_KINDS)), row.c.status.in_(("DRAFT", "PENDING_REVIEW")))


_FILTERS: Mapping[str, Filter] = {
    "companyId": Filter(lambda row, value, ask: row.c.company_id == value, reads=("companyId",)),
    "archived": Filter(_archived, reads=("archivedAt",), flag=True),
    "filter.type": Filter(lambda row, value, ask: row.c.kind == value, reads=("type",), flag=True),
    "filter.status": Filter(_status, reads=("status",), flag=True),
    "filter.search": Filter(_search, reads=("number", "description", "lines"), prepare=like_pattern),
    "filter.contactId": Filter(lambda row, value, ask: named_as(row.c.contact_id, value), reads=("contact",)),
    "filter.from": Filter(lambda row, value, ask: row.c.issued_on >= value, reads=("issuedOn",)),
    "filter.to": Filter(lambda row, value, ask: row.c.issued_on <= value, reads=("issuedOn",)),
    "filter.open": Filter(
        lambda row, value, ask: row.c.outstanding != 0 if value else row.c.outstanding == 0,
        reads=("outstanding",),
        flag=True,
    ),
    "filter.unposted": Filter(
        lambda row, value, ask: is_unposted(row) if value else not_(is_unposted(row)),
        reads=("type", "status"),
        flag=True,
    ),
}


SALES_DOCUMENTS = Listing(
    filters={**_FILTERS, "filter.read": Filter(_read, reads=("readAt",), flag=True)}, sorts=document_sorts()
)
PURCHASE_DOCUMENTS = Listing(filters=_FILTERS, sorts=document_sorts(is_read=False))

_OF_COMPANY = Filter(lambda row, value, ask: row.c.company_id == value, reads=())
SERIES_LIST = Listing(filters={"companyId": _OF_COMPANY})
RATE_LIST = Listing(
    filters={
        "companyId": _OF_COMPANY,
        "currency": Filter(lambda row, value, ask: row.c.currency == value, reads=("currency",)),
    }
)


def rate_of(row: Row, ask: Ask) -> Expression:
    """What one unit of a currency is worth, with every decimal."""
    return row.c.rate
