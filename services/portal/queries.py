"""Where the fields of the portal come from."""

from typing import Any

from sqlalchemy import Date, Integer, Numeric, and_, any_, cast, exists, func, literal, or_, select, union_all

from services.access.interface import colleague_table, portal_state
from services.accounts.interface import branding_table, company_table
from services.contacts.interface import contact_table, stands_for
from services.documents.interface import document_line_table, document_sorts, document_table, shown_to_contact
from services.kit.reads import Ask, Expression, Filter, Join, Listing, Row, Source
from services.kit.search import like_pattern
from services.portal.models import DocumentView, Message

PORTAL_YEARS = (2000, 2100)
"""The calendar years that a home page can be asked for, both included."""

_document: Any = document_table()
_line: Any = document_line_table()
_contact: Any = contact_table()
_company: Any = company_table()
_message: Any = Message.__table__  # type: ignore[attr-defined]
_branding: Any = branding_table()
_colleague: Any = colleague_table()
_view: Any = DocumentView.__table__  # type: ignore[attr-defined]


# ---------------------------------------------------------------- documents


def is_own(row: Row, ask: Ask) -> Expression:
    """Whether a document is made out to the viewing contact and is one it may see."""
    return and_(row.c.contact_id == any_(ask.reach.contacts), shown_to_contact(row))


PORTAL_DOCUMENT = Source(_document, where=lambda row: row.c.side == "SALES", portal=is_own)

DOCUMENT_LINES = Join(
    lambda document, line: line.c.document_id == document.c.id,
    order=lambda line: (line.c.position,),
    cap=500,
    expected=5,
)
DOCUMENT_TAXES = Join(
    lambda document, tax: tax.c.document_id == document.c.id,
    order=lambda tax: (tax.c.rate.desc(),),
    cap=20,
    expected=2,
)


def _party(table: Any) -> Any:
    names = ("id", "name", "tax_id", "address", "postcode", "city", "province", "country")
    return select(*(table.c[name] for name in names))


PARTY = Source(union_all(_party(_company), _party(_contact)).subquery(), company=None)
"""Who stands on a document: a company of its own or an entry of a contact book. Ids are unique over both."""

ISSUER = Join(lambda document, party: party.c.id == document.c.company_id)
RECIPIENT = Join(lambda document, party: party.c.id == document.c.contact_id)


def _read(row: Row, value: str, ask: Ask) -> Expression | None:
    if value == "ALL":
        return None
    return row.c.read_at.is_not(None) if value == "READ" else row.c.read_at.is_(None)


PORTAL_DOCUMENTS = Listing(
    filters={
        "filter.type": Filter(lambda row, value, ask: row.c.kind == value, reads=("type",), flag=True),
        "filter.search": Filter(
            lambda row, value, ask: row.c.search_text.like(value),
            reads=("number", "description", "lines"),
            prepare=like_pattern,
        ),
        "filter.read": Filter(_read, reads=("readAt",), flag=True),
    },
    sorts=document_sorts(),
)


# ---------------------------------------------------------------- home


def _in_year(document: Row, year: Any) -> Expression:
    return and_(
        document.c.issued_on >= cast(func.make_date(year, 1, 1), Date),
        document.c.issued_on < cast(func.make_date(year + 1, 1, 1), Date),
    )


def _home() -> Any:
    """One row per contact and year with every figure: one pass over its documents, one over their product lines.

    Money is of the currency of the publisher's books: amounts of different currencies are never added up.
    """
    year = (
        func.generate_series(*PORTAL_YEARS, type_=Integer)
        .table_valued("year", name="calendar")
        .render_derived()
    )
    mine = _document.alias("mine")
    own = and_(stands_for(mine.c.contact_id, _contact), shown_to_contact(mine))
    # A full invoice in place of simplified ones says again what they said.
    invoice = and_(
        mine.c.kind == "SALES_INVOICE",
        mine.c.currency == _company.c.currency,
        mine.c.is_substitute.is_(False),
    )
    this_year = _in_year(mine, year.c.year)
    today = cast(func.timezone(_company.c.time_zone, func.app_now()), Date)
    # A credit note has a negative total: it lowers the sum and is not counted.
    counted = and_(invoice, this_year, mine.c.total >= 0)
    figures = (
        select(
            func.coalesce(func.sum(mine.c.total).filter(invoice, this_year), 0).label("received_total"),
            func.coalesce(func.sum(mine.c.outstanding).filter(invoice), 0).label("outstanding_total"),
            func.count()
            .filter(
                mine.c.kind == "ESTIMATE",
                mine.c.status == "APPROVED",
                mine.c.sent_at.is_not(None),
                or_(mine.c.due_on.is_(None), mine.c.due_on >= today),
            )
            .label("pending_estimates"),
            func.count().filter(counted).label("invoice_count"),
            func.avg(mine.c.paid_on - mine.c.issued_on)
            .filter(counted, mine.c.status == "PAID", mine.c.paid_on.is_not(None))
            .label("payment_days"),
        )
        .where(own)
        .lateral("figures")
    )
    products = (
        select(func.count())
        .select_from(_line.join(mine, mine.c.id == _line.c.document_id))
        .where(own, counted, _line.c.is_product)
        .scalar_subquery()
    )
    invoices = func.nullif(figures.c.invoice_count, 0)
    money = Numeric(18, 2)
    return (
        select(
            _contact.c.id,
            _contact.c.company_id,
            func.array_append(_contact.c.merged_ids, _contact.c.id).label("contact_ids"),
            year.c.year,
            _company.c.currency,
            cast(figures.c.received_total, money).label("received_total"),
            cast(figures.c.outstanding_total, money).label("outstanding_total"),
            cast(figures.c.pending_estimates, Integer).label("pending_estimates"),
            cast(figures.c.received_total / invoices, money).label("average_invoice"),
            cast(cast(products, money) / invoices, money).label("products_per_invoice"),
            cast(figures.c.payment_days, money).label("average_payment_days"),
            cast(figures.c.invoice_count, Integer).label("invoice_count"),
        )
        .select_from(_contact)
        .join(_company, _company.c.id == _contact.c.company_id)
        .join(year, literal(value=True))
        .join(figures, literal(value=True))
        .subquery()
    )


HOME = Source(_home(), portal=lambda row, ask: row.c.id == ask.reach.contact)


def home_months(home: Row, ask: Ask) -> Any:
    """The twelve months of the year with the totals of invoices (less credit notes) and of estimates, by issue day."""
    month = func.generate_series(1, 12, type_=Integer).table_valued("month", name="months").render_derived()
    mine = _document.alias("mine")
    money = Numeric(18, 2)

    def summed(kind: str) -> Any:
        return cast(func.coalesce(func.sum(mine.c.total).filter(mine.c.kind == kind), 0), money)

    joined = and_(
        mine.c.contact_id == any_(home.c.contact_ids),
        mine.c.currency == home.c.currency,
        or_(mine.c.kind == "SALES_INVOICE", mine.c.kind == "ESTIMATE"),
        _in_year(mine, home.c.year),
        func.extract("month", mine.c.issued_on) == month.c.month,
        shown_to_contact(mine),
    )
    return (
        select(
            month.c.month,
            summed("SALES_INVOICE").label("sales"),
            summed("ESTIMATE").label("estimates"),
        )
        .select_from(month.outerjoin(mine, joined))
        .group_by(month.c.month)
        .order_by(month.c.month)
    )


PROFILE = Source(_contact, portal=lambda row, ask: row.c.id == ask.reach.contact)


# ---------------------------------------------------------------- messages


def _on_own_document(row: Row, ask: Ask) -> Expression:
    document = _document.alias("commented")
    # The reach row may stand several selects above: whatever is not this document is looked up out there.
    own = select(document.c.id).where(document.c.id == row.c.document_id, is_own(document, ask))
    return exists(own.correlate_except(document))


MESSAGE = Source(_message, portal=_on_own_document)

MESSAGES_OF = Join(
    lambda document, message: message.c.document_id == document.c.id,
    order=lambda message: (message.c.created_at, message.c.id),
    cap=500,
    expected=2,
)
DOCUMENT_VIEW = Source(_view)

VIEWS_OF = Join(
    lambda document, view: view.c.document_id == document.c.id,
    order=lambda view: (view.c.at.desc(), view.c.id.desc()),
    cap=200,
    expected=2,
)


def name_of_viewer(row: Row, ask: Ask) -> Expression:
    """Name of the person who looked."""
    return select(_colleague.c.name).where(_colleague.c.id == row.c.membership_id).scalar_subquery()


def is_current_view(row: Row, ask: Ask) -> Expression:
    """Whether the document has said the same since."""
    seen = _document.alias("seen")
    later = select(seen.c.id).where(seen.c.id == row.c.document_id, seen.c.content_changed_at > row.c.at)
    return ~exists(later.correlate_except(seen))


LAST_MESSAGE_OF = Join(
    lambda document, message: message.c.document_id == document.c.id,
    order=lambda message: (message.c.created_at.desc(), message.c.id.desc()),
)


# ---------------------------------------------------------------- access and branding


def portal_state_of(contact: Row, ask: Ask) -> Expression:
    """Where a contact's portal access stands."""
    return portal_state(contact.c.id, ask.today)


BRANDING = Source(
    select(
        _branding.c.company_id.label("id"),
        _branding.c.slug,
        _branding.c.display_name,
        _branding.c.primary_color,
        _branding.c.logo_sha256,
        _branding.c.document_footer,
    ).subquery(),
    company=None,
)
"""Shown before anybody has signed in, so it holds nothing but what stands on the door."""


def locales(_row: Row, _ask: Ask) -> Expression:
    """The languages a portal speaks."""
    return func.json_build_array("es", "en", "ca", "sv")
