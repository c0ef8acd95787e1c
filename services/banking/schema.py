"""Banking in GraphQL."""

from collections.abc import Sequence
from enum import Enum
from typing import Any

import strawberry

from services.access.guard import (
    Guard,
    Refusal,
    Touched,
    column,
    connection,
    derived,
    expr,
    extends,
    many,
    mutation,
    node,
    payload,
    python,
    refusals,
    resolved,
    single,
    touched,
)
from services.access.interface import Info, RequestContext
from services.access.policy import Action, Scope
from services.banking import actions, queries
from services.banking.candidates import SHOWN_MAX, FoundCandidate, match_candidates
from services.banking.rules.matching import ReasonCode
from services.banking.rules.reasons import REASON_SENTENCES
from services.banking.rules.statements import StatementWarning, WarningCode
from services.kit.pages import Connection
from services.kit.scalars import Date, DateTime, Money
from services.kit.words import stored_value

VIEW = Guard(Scope.BANKING)
EDIT = Guard(Scope.BANKING, Action.EDIT)


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
    """An open document that could settle a bank line.

    Shown only to viewers who are granted the document's side as well: SALES for money in, PURCHASES for money out.
    """

    document_id: strawberry.ID = column("The document.")
    document_type: str = column("Its kind, such as SALES_INVOICE or PURCHASE_INVOICE.")
    number: str | None = column("Its number; for purchases the supplier's.")
    contact_name: str | None = column("Customer or supplier.")
    issued_on: Date = column("Day of issue.")
    due_on: Date | None = column("Day it is due.")
    currency: str = column("ISO 4217 code of the amounts here.")
    outstanding: Money = column("What is open on the document.")
    amount: Money = column("How much of it the line would settle.")
    certainty: int = column("How sure the match is, 0 to 100; 0 for documents found by search alone.")
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
        """Open documents that could settle a line, the most certain first, at most 50.

        With `search` those whose number, contact or amount has that text. Null for a line outside reach; empty where
        the documents' side is not granted.
        """
        found = await match_candidates(info.context, line_id, search)
        return None if found is None else [_candidate(info.context, one) for one in found]


def _candidate(context: RequestContext, found: FoundCandidate) -> MatchCandidate:
    return MatchCandidate(**{**found.fields(), "reasons": _reasons(context, found.reasons)})


@strawberry.input(description="A new bank account or payment gateway.")
class OpenBankAccountInput:
    company_id: strawberry.ID = strawberry.field(description="The company it belongs to.")
    name: str = strawberry.field(description="Name it goes by, 1 to 100 signs.")
    iban: str | None = strawberry.field(default=None, description="IBAN; needed for a bank.")
    kind: BankAccountKind = strawberry.field(default=BankAccountKind.BANK, description="Bank or gateway.")
    currency: str = strawberry.field(default="EUR", description="ISO 4217 code.")
    request_key: str = strawberry.field(
        description="Chosen by the caller; the same key twice makes one account."
    )


@strawberry.input(description="A bank statement file that was uploaded.")
class ImportStatementInput:
    company_id: strawberry.ID = strawberry.field(description="The company whose accounts the file is about.")
    upload_id: strawberry.ID = strawberry.field(
        description="The upload, made for statements of this company."
    )
    request_key: str = strawberry.field(
        description="Chosen by the caller; the same key twice gives the first result."
    )


@strawberry.input(description="A document and how much of it a line settles.")
class ReconcileTarget:
    document_id: strawberry.ID = strawberry.field(description="An open document of the line's company.")
    amount: Money = strawberry.field(description="Positive, at most what is open on it.")


@strawberry.input(description="A bank line and the documents it settles.")
class ReconcileInput:
    line_id: strawberry.ID = strawberry.field(description="The bank line.")
    targets: list[ReconcileTarget] = strawberry.field(description="1 to 100 documents, each once.")
    request_key: str = strawberry.field(
        description="Chosen by the caller; the same key twice gives the first result."
    )


@payload
class OpenBankAccountPayload:
    """The account that was opened, or why none was."""

    bank_account: Touched[BankAccount] = touched()
    refusals: list[Refusal] = refusals()


@payload
class ImportStatementPayload:
    """What a file brought, or why nothing of it was imported."""

    statements: Touched[list[BankStatement]] = touched("The statements of the file, new and known.")
    added_count: int = strawberry.field(default=0, description="Lines that were new.")
    known_count: int = strawberry.field(default=0, description="Lines that were there already.")
    warnings: list[str] = strawberry.field(
        default_factory=list, description="Controls that failed and things left out, each with its numbers."
    )
    refusals: list[Refusal] = refusals()


@payload
class ReconcilePayload:
    """The line as it is now and how to take this back, or why nothing was done."""

    line: Touched[BankLine] = touched()
    undo_token: strawberry.ID | None = strawberry.field(
        default=None, description="Give it to `undo` to take back this and nothing else."
    )
    refusals: list[Refusal] = refusals()


@payload
class UndoPayload:
    """The line as it is after undoing, or why nothing was done."""

    undone: bool = strawberry.field(default=False, description="Whether it was taken back.")
    line: Touched[BankLine] = touched()
    refusals: list[Refusal] = refusals()


@strawberry.type
class Mutation:
    @mutation(guard=EDIT)
    async def open_bank_account(self, info: Info, input: OpenBankAccountInput) -> OpenBankAccountPayload:
        """Adds a bank account or gateway with a ledger account of its own."""
        async with info.context.write() as act:
            made = await actions.open_bank_account(
                act,
                actions.NewBankAccount(
                    company_id=input.company_id,
                    name=input.name,
                    iban=input.iban,
                    kind=input.kind.value,
                    currency=input.currency,
                    request_key=input.request_key,
                ),
            )
        return OpenBankAccountPayload(bank_account=made)

    @mutation(guard=EDIT)
    async def import_statement(self, info: Info, input: ImportStatementInput) -> ImportStatementPayload:
        """Imports a Norma 43 file: every account in it or nothing; what is known already is not added again."""
        async with info.context.write() as act:
            done = await actions.import_uploaded_statement(
                act,
                info.context.store,
                company_id=input.company_id,
                upload_id=input.upload_id,
                request_key=input.request_key,
            )
        return ImportStatementPayload(
            statements=list(done.statement_ids),
            added_count=done.added_count,
            known_count=done.known_count,
            warnings=[one.told(info.context.translate) for one in done.warnings],
        )

    @mutation(guard=EDIT)
    async def reconcile(self, info: Info, input: ReconcileInput) -> ReconcilePayload:
        """Settles documents with a bank line and posts that as one balanced entry on the day of the line."""
        async with info.context.write() as act:
            done = await actions.reconcile(
                act,
                input.line_id,
                [
                    actions.AskedTarget(document_id=one.document_id, amount=one.amount)
                    for one in input.targets
                ],
                request_key=input.request_key,
            )
        return ReconcilePayload(line=done.line_id, undo_token=str(done.reconciliation_id))  # type: ignore[arg-type]

    @mutation(guard=EDIT)
    async def undo(self, info: Info, token: strawberry.ID) -> UndoPayload:
        """Takes back one reconciliation: a reversing entry is posted, its documents and its line are open again."""
        async with info.context.write() as act:
            line = await actions.undo(act, token)
        return UndoPayload(undone=True, line=line)
