"""Where the fields of banking come from."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Integer,
    Numeric,
    Select,
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
from services.banking.models import BankAccount, BankLine, BankStatement, Reconciliation
from services.contacts.interface import contact_table
from services.documents.interface import document_table
from services.journal.interface import journal_entry_table, journal_line_table
from services.kit.db import table_of
from services.kit.reads import Ask, Expression, Filter, Join, Listing, Row, Sort, Source
from services.kit.search import like_pattern

_account = table_of(BankAccount)
_statement = table_of(BankStatement)
_line = table_of(BankLine)
_reconciliation = table_of(Reconciliation)

ACCOUNT = Source(_account)
STATEMENT = Source(_statement)
LINE = Source(_line)


def _newest_first(statement: Row) -> tuple[Expression, ...]:
    return (statement.c.last_day.desc(), statement.c.imported_at.desc(), statement.c.id.desc())


ACCOUNTS_OF_CLIENT = Join(
    lambda client, account: account.c.company_id == client.c.id,
    order=lambda account: (account.c.name, account.c.id),
    cap=200,
    expected=3,
)
STATEMENTS_OF_ACCOUNT = Join(
    lambda account, statement: statement.c.bank_account_id == account.c.id,
    order=_newest_first,
    cap=100,
    expected=12,
)


def is_open(line: Row) -> Expression:
    """Whether something of a line is left to reconcile: the predicate of the index `bank_line_open`, word for word."""
    return line.c.state.in_([literal_column(f"'{state}'") for state in ("NEW", "PROPOSED", "PARTLY")])


def statement_balance(account: Row, ask: Ask) -> Expression:
    """Closing balance of the newest statement."""
    newest = select(_statement.c.closing_balance).where(_statement.c.bank_account_id == account.c.id)
    return newest.order_by(*_newest_first(_statement)).limit(1).scalar_subquery()


def last_import_at(account: Row, ask: Ask) -> Expression:
    """When a statement of the account was last imported."""
    latest = select(func.max(_statement.c.imported_at)).where(_statement.c.bank_account_id == account.c.id)
    return latest.scalar_subquery()


def ledger_balance(account: Row, ask: Ask) -> Expression:
    """Debit less credit of posted entries on the ledger account; 0.00 before the first."""
    line, entry = journal_line_table(), journal_entry_table()
    balance = func.coalesce(func.sum(line.c.debit - line.c.credit), literal_column("0", Numeric(18, 2)))
    return (
        select(balance)
        .select_from(line.join(entry, entry.c.id == line.c.entry_id))
        .where(
            line.c.ledger_account_id == account.c.ledger_account_id,
            entry.c.state == literal_column("'POSTED'"),
        )
        .scalar_subquery()
    )


def unreconciled_count(account: Row, ask: Ask) -> Expression:
    """Lines of one account with something left to reconcile."""
    return (
        select(cast(func.count(), Integer))
        .select_from(_line)
        .where(
            _line.c.company_id == account.c.company_id,
            _line.c.bank_account_id == account.c.id,
            is_open(_line),
        )
        .scalar_subquery()
    )


def pending_reconciliations(client: Row, ask: Ask) -> Expression:
    """Lines of a company with something left to reconcile."""
    return (
        select(cast(func.count(), Integer))
        .select_from(_line)
        .where(_line.c.company_id == client.c.id, is_open(_line))
        .scalar_subquery()
    )


def _standing(line: Row, column: Any) -> Expression:
    """A column of the newest reconciliation of a line that was not undone."""
    return (
        select(column)
        .where(_reconciliation.c.bank_line_id == line.c.id, _reconciliation.c.undone_at.is_(None))
        .order_by(_reconciliation.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )


def entry_of(line: Row, ask: Ask) -> Expression:
    """The entry that the newest standing reconciliation posted."""
    return _standing(line, _reconciliation.c.entry_id)


def undo_token_of(line: Row, ask: Ask) -> Expression:
    """The newest standing reconciliation."""
    return _standing(line, _reconciliation.c.id)


def _may_view(scope: Scope, ask: Ask) -> Expression:
    bit = literal_column(str(scope.bit), BigInteger)
    return ask.reach.view.op("&", return_type=BigInteger)(bit) != literal_column("0", BigInteger)


def proposal_of(line: Row, ask: Ask) -> Any:
    """The proposed document of a line, while it is open and its side is granted to the viewer.

    Where others go with it, only while all of them are shown and still add up to the line.
    """
    document = document_table().alias("proposed")
    return _proposed(line, document, ask).where(
        document.c.id == line.c.proposed_document_id, or_(not_(_is_together(line)), _add_up(line, ask))
    )


def proposed_with(line: Row, ask: Ask) -> Any:
    """The other documents of a proposal, under the same conditions."""
    document = document_table().alias("proposed")
    chosen = _proposed(line, document, ask).where(
        document.c.id == any_(line.c.proposed_with), _add_up(line, ask)
    )
    return chosen.order_by(func.array_position(line.c.proposed_with, document.c.id))


def _is_together(line: Row) -> Expression:
    return func.cardinality(line.c.proposed_with) > literal_column("0", Integer)


def _proposed(line: Row, document: Row, ask: Ask) -> Select[Any]:
    """A document as a proposal shows it, if it may; which one is the caller's to say."""
    contact = contact_table().alias("party")
    left = func.abs(line.c.amount) - line.c.settled_amount
    held = _held(line, document)
    in_one_currency = document.c.currency == line.c.currency
    is_whole = or_(_is_together(line), line.c.proposed_difference.is_not(None))
    fitting = case((is_whole, held), else_=func.least(held, left))
    return (
        select(
            document.c.id,
            document.c.id.label("document_id"),
            document.c.kind.label("document_type"),
            document.c.number,
            contact.c.name.label("contact_name"),
            document.c.issued_on,
            document.c.due_on,
            document.c.currency,
            held.label("outstanding"),
            case((in_one_currency, fitting), else_=held).label("amount"),
            case((in_one_currency, fitting), else_=left).label("paid"),
            case((_comes_in(line, document), literal_column("'IN'")), else_=literal_column("'OUT'")).label(
                "direction"
            ),
            line.c.proposed_gives_back.label("gives_back"),
            line.c.proposed_difference.label("difference"),
            line.c.proposed_certainty.label("certainty"),
            line.c.proposed_reasons.label("reasons"),
        )
        .select_from(document.outerjoin(contact, contact.c.id == document.c.contact_id))
        .where(*_is_proposable(line, document, ask))
        .correlate_except(document, contact)
    )


def _held(line: Row, document: Row) -> Expression:
    """What is open on a proposed document, or was paid of it where the line gives that back; without sign."""
    gives_back = line.c.proposed_gives_back
    return func.abs(
        case((gives_back, document.c.total - document.c.outstanding), else_=document.c.outstanding)
    )


def _comes_in(line: Row, document: Row) -> Expression:
    """Whether the money of a proposed document comes in."""
    is_sale = document.c.side == literal_column("'SALES'")
    return (is_sale == (document.c.total > literal_column("0", Numeric(14, 2)))) != line.c.proposed_gives_back


def _is_proposable(line: Row, document: Row, ask: Ask) -> tuple[Expression, ...]:
    """Of the line's company, with something left of it, and of a side that is granted to the viewer."""
    return (
        document.c.company_id == line.c.company_id,
        _held(line, document) != literal_column("0", Numeric(14, 2)),
        or_(
            and_(document.c.side == literal_column("'SALES'"), _may_view(Scope.SALES, ask)),
            and_(document.c.side == literal_column("'PURCHASES'"), _may_view(Scope.PURCHASES, ask)),
        ),
    )


def _add_up(line: Row, ask: Ask) -> Expression:
    """Whether all documents of a proposal can be shown and are worth what is left of the line, no more and no less."""
    document = document_table().alias("together")
    with_line = _comes_in(line, document) == (line.c.amount > literal_column("0", Numeric(14, 2)))
    held = _held(line, document)
    return (
        select(
            and_(
                func.count() == func.cardinality(line.c.proposed_with) + literal_column("1", Integer),
                func.sum(case((with_line, held), else_=-held))
                == func.abs(line.c.amount) - line.c.settled_amount,
            )
        )
        .where(
            or_(document.c.id == line.c.proposed_document_id, document.c.id == any_(line.c.proposed_with)),
            *_is_proposable(line, document, ask),
        )
        .correlate_except(document)
        .scalar_subquery()
    )


def _state(row: Row, value: str, ask: Ask) -> Expression:
    return row.c.state == literal_column(f"'{value}'")


def _unreconciled(row: Row, value: bool, ask: Ask) -> Expression:  # noqa: FBT001 -- the value of a filter
    return is_open(row) if value else ~is_open(row)


def _direction(row: Row, value: str, ask: Ask) -> Expression:
    return row.c.amount > literal_column("0") if value == "IN" else row.c.amount < literal_column("0")


LINES = Listing(
    filters={
        "companyId": Filter(lambda row, value, ask: row.c.company_id == value, reads=("companyId",)),
        "filter.bankAccountId": Filter(
            lambda row, value, ask: row.c.bank_account_id == value, reads=("bankAccountId",)
        ),
        "filter.state": Filter(_state, reads=("state",), flag=True),
        "filter.unreconciled": Filter(_unreconciled, reads=("state",), flag=True),
        "filter.search": Filter(
            lambda row, value, ask: row.c.search_text.like(value),
            reads=("text", "reference", "amount"),
            prepare=like_pattern,
        ),
        "filter.direction": Filter(_direction, reads=("amount",), flag=True),
    },
    sorts={
        "DATE_ASC": Sort(lambda row: row.c.operation_on, reads="operationOn"),
        "DATE_DESC": Sort(lambda row: row.c.operation_on, reads="operationOn", descending=True),
        "AMOUNT_ASC": Sort(lambda row: row.c.amount, reads="amount"),
        "AMOUNT_DESC": Sort(lambda row: row.c.amount, reads="amount", descending=True),
    },
)
