"""Acts of banking: opening an account, importing a statement, reconciling, undoing."""

import strawberry

from services.access.guard import Guard, Refusal, Touched, mutation, payload, refusals, touched
from services.access.interface import Info
from services.access.policy import Action, Scope
from services.banking import actions
from services.banking.rules.differences import Difference
from services.banking.schema.reads import (
    BankAccount,
    BankAccountKind,
    BankDifference,
    BankLine,
    BankStatement,
)
from services.kit.scalars import Money

EDIT = Guard(Scope.BANKING, Action.EDIT)


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
    document_id: strawberry.ID = strawberry.field(description="A document of the line's company.")
    amount: Money = strawberry.field(
        description="Positive, in the document's currency, at most what is open on it, or was paid of it."
    )
    gives_back: bool = strawberry.field(
        default=False,
        description="Money that had paid it goes back, as with a returned direct debit: it is open again.",
    )
    paid: Money | None = strawberry.field(
        default=None,
        description="Positive: what of the line that is. Needed where the document is in another currency.",
    )


@strawberry.input(description="What of a line goes to an account instead of a document, such as a fee (626).")
class ReconcilePart:
    ledger_account_code: str = strawberry.field(
        description="An account of the chart: 626 for a fee, 555 until somebody knows what it is."
    )
    amount: Money = strawberry.field(
        description="In the line's currency: positive for money in, negative for money out, as a fee."
    )
    contact_id: strawberry.ID | None = strawberry.field(
        default=None, description="Whose it is; needed on accounts of third parties."
    )


@strawberry.input(description="A bank line and the documents and accounts it settles; at least one of them.")
class ReconcileInput:
    line_id: strawberry.ID = strawberry.field(description="The bank line.")
    targets: list[ReconcileTarget] = strawberry.field(
        description="At most 100 documents, each once. One that goes against the line needs another of its contact."
    )
    parts: list[ReconcilePart] = strawberry.field(
        default_factory=list, description="At most 20; they need EDIT of the journal."
    )
    difference: BankDifference | None = strawberry.field(
        default=None,
        description="Closes the line together with its documents, all of which must be taken whole; more than cents"
        " needs EDIT of the journal.",
    )
    exchange_rate: Money | None = strawberry.field(
        default=None,
        description="What one unit of the line's currency is worth in the books; null takes the company's own rate of"
        " that day. Only where the line is in another currency.",
    )
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


@strawberry.input(description="A bank line that needs no document.")
class SetBankLineAsideInput:
    line_id: strawberry.ID = strawberry.field(description="The bank line; nothing of it may be reconciled.")
    reason: str = strawberry.field(description="Why, 1 to 500 signs.")


@payload
class BankLinePayload:
    """The line as it is now, or why nothing was done."""

    line: Touched[BankLine] = touched()
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
        """Settles documents with a bank line and posts that as one balanced entry on the day of the line.

        Credit notes, money given back, fees and other accounts go into the same entry; what documents in another
        currency were booked at differently goes to 668 or 768.
        """
        async with info.context.write() as act:
            done = await actions.reconcile(
                act,
                input.line_id,
                [
                    actions.AskedTarget(
                        document_id=one.document_id,
                        amount=one.amount,
                        gives_back=one.gives_back,
                        paid=one.paid,
                    )
                    for one in input.targets
                ],
                [
                    actions.AskedPart(
                        account_code=one.ledger_account_code.strip(),
                        amount=one.amount,
                        contact_id=one.contact_id,
                    )
                    for one in input.parts
                ],
                difference=None if input.difference is None else Difference(input.difference.value),
                exchange_rate=input.exchange_rate,
                request_key=input.request_key,
            )
        return ReconcilePayload(line=done.line_id, undo_token=str(done.reconciliation_id))  # type: ignore[arg-type]

    @mutation(guard=EDIT)
    async def set_bank_line_aside(self, info: Info, input: SetBankLineAsideInput) -> BankLinePayload:
        """Says that an open line needs no document, and why; nothing is posted, the line no longer waits."""
        async with info.context.write() as act:
            return BankLinePayload(line=await actions.set_aside(act, input.line_id, reason=input.reason))

    @mutation(guard=EDIT)
    async def take_bank_line_back(self, info: Info, id: strawberry.ID) -> BankLinePayload:
        """Opens a line again that was set aside, and looks for documents that fit."""
        async with info.context.write() as act:
            return BankLinePayload(line=await actions.take_line_back(act, id))

    @mutation(guard=EDIT)
    async def undo(self, info: Info, token: strawberry.ID) -> UndoPayload:
        """Takes back one reconciliation: a reversing entry is posted, its documents and its line are open again."""
        async with info.context.write() as act:
            line = await actions.undo(act, token)
        return UndoPayload(undone=True, line=line)
