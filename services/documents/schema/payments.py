"""Payments, offsets and advances in GraphQL."""

import strawberry

from services.access.guard import mutation
from services.access.interface import Info
from services.documents.actions import advances, paying
from services.documents.schema.payloads import APPROVE, SALES_EDIT, DocumentPayload, shown
from services.kit.scalars import Date, Money

KEY = "Chosen by the caller; the same key twice does it once."


@strawberry.input(description="Money that settles a document or part of it, entered by hand.")
class RecordPaymentInput:
    document_id: strawberry.ID = strawberry.field(description="An open document of either side.")
    amount: Money = strawberry.field(
        description="In the document's currency, with the sign of what is outstanding; no more than that."
    )
    on: Date = strawberry.field(description="Day of the money.")
    account_code: str = strawberry.field(description="Cash or a bank account, 570 to 574.")
    paid: Money | None = strawberry.field(
        default=None,
        description="For a document in another currency: what moved on the account, in the currency of the books.",
    )
    request_key: str = strawberry.field(description=KEY)


@strawberry.input(description="A credit note that is set off against an invoice of the same contact.")
class OffsetDocumentsInput:
    credit_id: strawberry.ID = strawberry.field(description="A document with a negative amount outstanding.")
    document_id: strawberry.ID = strawberry.field(description="A document with a positive one.")
    amount: Money | None = strawberry.field(
        default=None, description="Above zero; left out, as much as goes."
    )
    on: Date = strawberry.field(description="Day of the offset.")
    request_key: str = strawberry.field(description=KEY)


@strawberry.input(description="An advance that an invoice takes off.")
class DeductAdvanceInput:
    document_id: strawberry.ID = strawberry.field(description="An invoice that is not approved.")
    version: int = strawberry.field(description="The version that the editor saw.")
    advance_id: strawberry.ID = strawberry.field(
        description="An approved invoice of the same contact with lines on 438 (407 of a supplier)."
    )
    amount: Money | None = strawberry.field(
        default=None, description="Of the base; left out, all that is left of the advance."
    )
    text: str = strawberry.field(description="What the line says, such as Advance FV26-000012.")


@strawberry.type
class Payments:
    @mutation(guard=APPROVE)
    async def record_payment(self, info: Info, input: RecordPaymentInput) -> DocumentPayload:
        """Posts money that settles a document of either side; needs APPROVE of its side.

        For a document in another currency the difference to what was booked goes to 668 or 768.
        """
        async with info.context.write() as act:
            return shown(
                await paying.record_payment(
                    act,
                    paying.NewPayment(
                        document_id=input.document_id,
                        amount=input.amount,
                        on=input.on,
                        account_code=input.account_code,
                        paid=input.paid,
                        request_key=input.request_key,
                    ),
                )
            )

    @mutation(guard=APPROVE)
    async def offset_documents(self, info: Info, input: OffsetDocumentsInput) -> DocumentPayload:
        """Sets a credit note off against an invoice; needs APPROVE of their side. Gives the invoice."""
        async with info.context.write() as act:
            return shown(
                await paying.offset_documents(
                    act,
                    input.credit_id,
                    input.document_id,
                    amount=input.amount,
                    on=input.on,
                    request_key=input.request_key,
                )
            )

    @mutation(guard=APPROVE)
    async def undo_settlement(self, info: Info, id: strawberry.ID) -> DocumentPayload:
        """Undoes a payment entered by hand or an offset; what was open is open again."""
        async with info.context.write() as act:
            return shown(await paying.undo_settlement(act, id))

    @mutation(guard=SALES_EDIT)
    async def deduct_advance(self, info: Info, input: DeductAdvanceInput) -> DocumentPayload:
        """Takes an advance off an invoice that is not approved, VAT included; needs EDIT of its side."""
        async with info.context.write() as act:
            return shown(
                await advances.deduct_advance(
                    act,
                    input.document_id,
                    input.advance_id,
                    version=input.version,
                    amount=input.amount,
                    text=input.text,
                )
            )
