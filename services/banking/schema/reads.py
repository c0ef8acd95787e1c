"""What can be read of banks: accounts, statements, lines, candidates."""

from collections.abc import Sequence
from enum import Enum
from typing import Any

import strawberry

from services.access.guard import (
    Guard,
    column,
    connection,
    derived,
    expr,
    extends,
    many,
    node,
    python,
    resolved,
    single,
)
from services.access.interface import Info, RequestContext
from services.access.policy import Scope
from services.banking import queries
from services.banking.candidates import SHOWN_MAX, FoundCandidate, match_candidates
from services.banking.rules.candidates import ReasonCode
from services.banking.rules.reasons import REASON_SENTENCES
from services.banking.rules.statements import StatementWarning, WarningCode
from services.kit.pages import Connection
from services.kit.scalars import Date, DateTime, Money
from services.kit.words import stored_value

VIEW = Guard(Scope.BANKING)


def _reasons(context: RequestContext, stored: Sequence[dict[str, Any]]) -> list[str]:
    """Reasons as they are stored (code and values), in the viewer's language."""
    return [
        context.translate.fill(
            REASON_SENTENCES[ReasonCode(one["code"])],
            {name: stored_value(value) for name, value in one["values"].items()},
        )
        for one in stored
    ]


def _warnings(context: RequestContext, stored: Sequence[dict[str, Any]]) -> list[str]:
    """Warnings as they are stored (code and values), in the viewer's language."""
    return [
        StatementWarning(WarningCode(one["code"]), one["values"]).told(context.translate) for one in stored
    ]


@strawberry.enum(description="A bank account, or a payment gateway that pays out to one.")
class BankAccountKind(Enum):
    BANK = "BANK"
    GATEWAY = "GATEWAY"


@strawberry.enum(description="How far a bank line is reconciled.")
class BankLineState(Enum):
    NEW = "NEW"
    PROPOSED = "PROPOSED"
    MATCHED = "MATCHED"
    PARTLY = "PARTLY"
    IGNORED = "IGNORED"


@strawberry.enum(description="Which way money goes.")
class MoneyDirection(Enum):
    IN = "IN"
    OUT = "OUT"


@strawberry.enum(
    description="Why a line and the documents it pays differ: cents written off (659, 759), at most 0.05; the bank's"
    " fee (626); a discount for prompt payment (706 on sales, 606 on purchases)."
)
class BankDifference(Enum):
    WRITE_OFF = "WRITE_OFF"
    FEE = "FEE"
    DISCOUNT = "DISCOUNT"


@node(queries.STATEMENT, VIEW)
class BankStatement:
    """One account of one imported file, as the bank states it."""

    id: strawberry.ID = column("Stable identifier.")
    bank_account_id: strawberry.ID = column("The account.")
    filename: str = column("Name of the file it came in.")
    first_day: Date = column("First day, included.")
    last_day: Date = column("Last day, included.")
    opening_balance: Money = column("Balance before the first line, in the currency of the account.")
    closing_balance: Money = column(
        "Balance after the last line as the bank states it; where it states none (a warning says so), as the lines"
        " give it."
    )
    line_count: int = column("Lines of the file, known ones included.")
    added_count: int = column("Lines that were new.")
    imported_at: DateTime = column("When it was imported.")
    warnings: list[str] = python(
        ("warnings",), _warnings, "Controls that failed and things left out, each with its numbers."
    )


@node(queries.ACCOUNT, VIEW)
class BankAccount:
    """A bank account or payment gateway of a company, mirrored by a ledger account of group 572."""

    id: strawberry.ID = column("Stable identifier.")
    company_id: strawberry.ID = column("The company it belongs to.")
    name: str = column("Name it goes by in the company.")
    iban: str | None = column("IBAN without blanks; null for gateways.")
    kind: BankAccountKind = column("Bank or gateway.")
    currency: str = column("ISO 4217 code of every amount here.")
    statement_balance: Money | None = expr(
        queries.statement_balance, "Closing balance of the newest statement; null before the first import."
    )
    ledger_balance: Money | None = expr(
        queries.ledger_balance,
        "Balance of its ledger account, posted entries only; positive = in the company's favour.",
    )
    last_import_at: DateTime | None = expr(queries.last_import_at, "When a statement was last imported.")
    unreconciled_count: int = expr(
        queries.unreconciled_count,
        "Lines with something left to reconcile: the total of bankLines(filter: {bankAccountId, unreconciled: true}).",
        nullable=False,
    )
    statements: list[BankStatement] | None = many(
        queries.STATEMENTS_OF_ACCOUNT, "Imported statements, the newest first, at most 100."
    )


@node(None, VIEW)
class MatchCandidate:
    """A document that could settle a bank line, or whose money the line could give back.

    Shown only to viewers who are granted the document's side as well, SALES or PURCHASES.
    """

    document_id: strawberry.ID = column("The document.")
    document_type: str = column("Its kind, such as SALES_INVOICE or PURCHASE_INVOICE.")
    number: str | None = column("Its number; for purchases the supplier's.")
    contact_name: str | None = column("Customer or supplier.")
    issued_on: Date = column("Day of issue.")
    due_on: Date | None = column("Day it is due.")
    currency: str = column("ISO 4217 code of `outstanding` and `amount`.")
    outstanding: Money = column(
        "What is open on the document, or with `givesBack` what was paid of it; without sign."
    )
    amount: Money = column("How much of it the line would settle, without sign.")
    paid: Money = column(
        "What of the line that is, in the line's currency: the same amount, unless the document is in another one."
    )
    direction: MoneyDirection = column(
        "Which way its money goes: a customer's credit note goes out, as does what is given back of a sale."
    )
    gives_back: bool = column(
        "The document is paid, and the line would give that money back (a returned debit)."
    )
    certainty: int = column("How sure the match is, 0 to 100; 0 for documents found by search alone.")
    difference: BankDifference | None = column(
        "What would close the document although the line differs from it; null where nothing does."
    )
    reasons: list[str] = python(("reasons",), _reasons, "Why it is a candidate, in the viewer's language.")


@node(queries.LINE, VIEW)
class BankLine:
    """One movement as the bank states it."""

    id: strawberry.ID = column("Stable identifier.")
    company_id: strawberry.ID = column("The company it belongs to.")
    bank_account_id: strawberry.ID = column("The account it moved.")
    operation_on: Date = column("Day the bank booked it; its entry has this date.")
    value_on: Date = column("Value date.")
    amount: Money = column("Signed: positive = money in.")
    currency: str = column("ISO 4217 code of the amounts here.")
    text: str = column("What the bank says about it.")
    reference: str | None = column("The bank's document number and references.")
    concept: str | None = column("Common concept of Norma 43, such as 04 for transfers.")
    state: BankLineState = column("How far it is reconciled.")
    settled_amount: Money = column("Part already reconciled, without sign.")
    entry_id: strawberry.ID | None = expr(
        queries.entry_of, "The entry of the newest reconciliation that stands."
    )
    undo_token: strawberry.ID | None = expr(
        queries.undo_token_of, "Give it to `undo` to take back the newest reconciliation that stands."
    )
    proposal: MatchCandidate | None = derived(
        queries.proposal_of,
        "The best candidate when the program last looked; null when there is none, or where the document's side (SALES"
        " or PURCHASES) is not granted.",
    )
    proposed_with: list[MatchCandidate] = derived(
        queries.proposed_with,
        "Documents of the same contact that the proposal settles together with the first, each whole; empty for most.",
    )
    set_aside_at: DateTime | None = column(
        "When somebody said that the line needs no document; it is IGNORED then."
    )
    set_aside_by_name: str | None = column("Who said so.")
    set_aside_reason: str | None = column("Why.")


@extends("Client")
class ClientBanks:
    bank_accounts: list[BankAccount] | None = many(
        queries.ACCOUNTS_OF_CLIENT, "Bank accounts and payment gateways, by name."
    )


@extends("PendingWork")
class PendingReconciliations:
    reconciliations: int | None = expr(
        queries.pending_reconciliations,
        "Bank lines with something left to reconcile: the total of bankLines(filter: {unreconciled: true}).",
        guard=VIEW,
    )


@strawberry.enum(description="Order of a list of bank lines.")
class BankLineOrder(Enum):
    DATE_ASC = "DATE_ASC"
    DATE_DESC = "DATE_DESC"
    AMOUNT_ASC = "AMOUNT_ASC"
    AMOUNT_DESC = "AMOUNT_DESC"


@strawberry.input(description="Which bank lines a list holds; conditions are joined by AND.")
class BankLineFilter:
    bank_account_id: strawberry.ID | None = strawberry.field(
        default=None, description="Only of this account."
    )
    state: BankLineState | None = strawberry.field(default=None, description="Only in this state.")
    unreconciled: bool | None = strawberry.field(
        default=None,
        description="Only lines with something left to reconcile (NEW, PROPOSED, PARTLY), or only the others.",
    )
    search: str | None = strawberry.field(
        default=None,
        description="Part of text, reference or amount (1210.00 or 1.210,00); accents and case are ignored.",
    )
    direction: MoneyDirection | None = strawberry.field(
        default=None, description="Only money in, or only money out."
    )


@strawberry.type
class Query:
    @connection(queries.LINES)
    def bank_lines(
        self,
        company_id: strawberry.ID | None = None,
        filter: BankLineFilter | None = None,
        order_by: BankLineOrder = BankLineOrder.DATE_DESC,
        first: int = 50,
        after: str | None = None,
    ) -> Connection[BankLine] | None:
        """Bank lines of one company, or of all companies within reach. At most 200 a page."""

    @single(lambda row, values, ask: row.c.id == values["id"])
    def bank_line(self, id: strawberry.ID) -> BankLine | None:
        """One bank line; null if there is none with this id within reach."""

    @single(lambda row, values, ask: row.c.id == values["id"])
    def bank_account(self, id: strawberry.ID) -> BankAccount | None:
        """One bank account; null if there is none with this id within reach."""

    @resolved(guard=VIEW, cap=SHOWN_MAX)
    async def match_candidates(
        self, info: Info, line_id: strawberry.ID, search: str | None = None
    ) -> list[MatchCandidate] | None:
        """Documents that could settle a line, the most certain first, at most 50.

        With `search` those whose number, contact or amount has that text, paid ones included whose money the line could
        give back. Null for a line outside reach; empty where no side of documents is granted.
        """
        found = await match_candidates(info.context, line_id, search)
        return None if found is None else [_candidate(info.context, one) for one in found]


def _candidate(context: RequestContext, found: FoundCandidate) -> MatchCandidate:
    said = {
        "reasons": _reasons(context, found.reasons),
        "direction": MoneyDirection(found.direction),
        "difference": found.difference and BankDifference(found.difference),
    }
    return MatchCandidate(**{**found.fields(), **said})
