"""Where the fields of the inbox come from."""

from sqlalchemy import Integer, case, cast, func, literal_column, or_, select

from services.access.interface import membership_table
from services.inbox.models import InboxFile, InboxPage
from services.kit.db import table_of
from services.kit.reads import Ask, Expression, Filter, Join, Listing, Row, Sort, Source
from services.kit.search import like_pattern

_file = table_of(InboxFile)
_page = table_of(InboxPage)

FILE = Source(_file, own=lambda row, ask: row.c.uploaded_by == ask.viewer)
PAGE = Source(_page, company=None)

PAGES_OF = Join(
    lambda file, page: page.c.inbox_file_id == file.c.id,
    order=lambda page: (page.c.number,),
    cap=100,
    expected=2,
)


def first_of_its_content(row: Row, ask: Ask) -> Expression:
    """The first paper with the same content, unless it is a colleague's that an employee does not see."""
    member, first = membership_table().alias("asking"), _file.alias("first")
    employee = select(member.c.id).where(
        member.c.id == ask.viewer, member.c.role == literal_column("'CLIENT_EMPLOYEE'")
    )
    own = select(first.c.id).where(first.c.id == row.c.duplicate_of_id, first.c.uploaded_by == ask.viewer)
    return case((or_(~employee.exists(), own.correlate(row).exists()), row.c.duplicate_of_id))


def _waiting(client: Row, kind: str) -> Expression:
    """How many papers of a kind wait: the condition of the index `inbox_file_to_review`, word for word."""
    return (
        select(cast(func.count(), Integer))
        .select_from(_file)
        .where(
            _file.c.company_id == client.c.id,
            _file.c.kind == literal_column(f"'{kind}'"),
            _file.c.state == literal_column("'TO_REVIEW'"),
        )
        .scalar_subquery()
    )


def waiting_scans(client: Row, ask: Ask) -> Expression:
    """Photos to review."""
    return _waiting(client, "SCAN")


def waiting_files(client: Row, ask: Ask) -> Expression:
    """PDFs to review."""
    return _waiting(client, "FILE")


FILES = Listing(
    filters={
        "companyId": Filter(lambda row, value, ask: row.c.company_id == value, reads=("companyId",)),
        "filter.state": Filter(
            lambda row, value, ask: row.c.state == literal_column(f"'{value}'"), reads=("state",), flag=True
        ),
        "filter.kind": Filter(
            lambda row, value, ask: row.c.kind == literal_column(f"'{value}'"), reads=("kind",), flag=True
        ),
        "filter.search": Filter(
            lambda row, value, ask: row.c.search_text.like(value),
            reads=("filename", "sender"),
            prepare=like_pattern,
        ),
    },
    sorts={
        "RECEIVED_ASC": Sort(lambda row: row.c.received_at, reads="receivedAt"),
        "RECEIVED_DESC": Sort(lambda row: row.c.received_at, reads="receivedAt", descending=True),
    },
)
