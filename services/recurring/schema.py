"""Recurring invoices in GraphQL."""

from datetime import date
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from services.access.guard import (
    OPEN,
    Guard,
    Refusal,
    Touched,
    column,
    connection,
    expr,
    many,
    mutation,
    node,
    one,
    payload,
    python,
    refusals,
    resolved,
    single,
    touched,
)
from services.access.interface import Info, RequestContext
from services.access.policy import Action, Scope
from services.documents.interface import NewLine
from services.kit.money import ZERO
from services.kit.pages import Connection
from services.kit.scalars import Date, DateTime, Money
from services.recurring import actions, queries
from services.recurring.rules import PREVIEW_MAX, FollowUp, Frequency, Schedule, check_schedule
from services.recurring.told import told

if TYPE_CHECKING:
    from services.contacts.schema import Contact
    from services.documents.schema.reads import SalesDocument

ONE = Decimal(1)

VIEW = Guard(Scope.RECURRING)
EDIT = Guard(Scope.RECURRING, Action.EDIT)

ContactOut = Annotated["Contact", strawberry.lazy("services.contacts.schema")]
SalesDocumentOut = Annotated["SalesDocument", strawberry.lazy("services.documents.schema.reads")]


@strawberry.enum(description="How often a template makes an invoice; WEEKLY takes every n weeks.")
class RecurringFrequency(Enum):
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    QUARTERLY = "QUARTERLY"
    YEARLY = "YEARLY"


@strawberry.enum(
    description="What becomes of an invoice: it stays a draft, is approved, or is approved and mailed."
)
class RecurringFollowUp(Enum):
    DRAFT = "DRAFT"
    APPROVE = "APPROVE"
    SEND = "SEND"


@strawberry.enum(description="Where a template stands. ENDED: no date is left, or somebody ended it.")
class RecurringState(Enum):
    ACTIVE = "ACTIVE"
    PAUSED = "PAUSED"
    ENDED = "ENDED"


@strawberry.enum(
    description="What became of a run's mail: none was wanted, it was queued, or it was refused."
)
class RecurringMail(Enum):
    NONE = "NONE"
    QUEUED = "QUEUED"
    REFUSED = "REFUSED"


def _told(context: RequestContext, kept: str | None) -> str | None:
    found = told(kept, context.translate)
    return found.message if found else None


def _next_dates(_context: RequestContext, *kept: Any) -> list[date]:
    starts_on, frequency, every, ends_on, count_max, next_index, made_count, next_on = kept
    if next_on is None:
        return []
    schedule = Schedule(
        starts_on=_day(starts_on),
        frequency=Frequency(frequency),
        every=every,
        ends_on=_day(ends_on) if ends_on else None,
        count_max=count_max,
    )
    return schedule.upcoming(next_index, made_count, PREVIEW_MAX // 2)


def _day(given: date | str) -> date:
    return given if isinstance(given, date) else date.fromisoformat(given)


@node(queries.LINE, OPEN)
class RecurringLine:
    """One line of a template."""

    id: strawberry.ID = column("Stable identifier.")
    position: int = column("Place on the invoice, from 1.")
    description: str = column("What is sold.")
    is_product: bool = column("Whether it is a product, not a service.")
    quantity: Money = column("How many; up to four decimals.")
    unit_price: Money = column("Price of one without VAT; up to four decimals.")
    discount_percent: Money = column("Discount in per cent.")
    tax_code: str | None = column("Tax code; null where a bare rate was given.")
    tax_rate: Money | None = column("VAT rate in per cent, where no code was given.")
    ledger_account_code: str | None = column("Account of the income; null leaves it to the contact's card.")


@node(queries.RUN, OPEN)
class RecurringRun:
    """What a template did on one of its dates."""

    id: strawberry.ID = column("Stable identifier.")
    scheduled_on: Date = column("The date of the timetable.")
    ran_at: DateTime = column("When it was last tried.")
    document: SalesDocumentOut | None = one(queries.DOCUMENT_OF, "The invoice; null while it is refused.")
    refusal: str | None = python(
        ("refusal",), _told, "Why no invoice was made yet; it is tried again every hour."
    )
    mail: RecurringMail = column("What became of its mail.")
    mail_refusal: str | None = python(("mail_refusal",), _told, "Why the invoice was not mailed.")


@node(queries.RECURRING, VIEW)
class RecurringInvoice:
    """A template that makes a sales invoice on every date of its timetable."""

    id: strawberry.ID = column("Stable identifier.")
    company_id: strawberry.ID = column("The company that invoices.")
    name: str = column("What the template is called; not printed.")
    state: RecurringState = expr(queries.state, "Where it stands.", nullable=False)
    is_late: bool = expr(
        queries.is_late, "Whether the last try for the next date was refused.", nullable=False
    )
    frequency: RecurringFrequency = column("How often.")
    every: int = column("Every n weeks; 1 for the other frequencies.")
    starts_on: Date = column("The first date, from which all others are counted.")
    ends_on: Date | None = column("The last possible date.")
    count_max: int | None = column("The most invoices it makes.")
    made_count: int = column("How many invoices it has made.")
    next_on: Date | None = column("The next date; null when none is left.")
    next_dates: list[Date] | None = python(
        (
            "starts_on",
            "frequency",
            "every",
            "ends_on",
            "count_max",
            "next_index",
            "made_count",
            "next_on",
        ),
        _next_dates,
        "The next dates, at most twelve.",
    )
    follow_up: RecurringFollowUp = column("What becomes of an invoice it made.")
    attaches_pdf: bool = column(
        "Whether the mail holds the PDF; then readAt stays null. Otherwise it holds a link into the portal."
    )
    currency: str = column("ISO 4217 code.")
    description: str | None = column("Notes that print below the lines.")
    withholding_rate: Money = column("What the customer withholds, in per cent.")
    due_days: int | None = column("Days to pay; null leaves them to the contact's terms.")
    taxable_base: Money = expr(queries.base, "What one invoice adds up to without VAT.", nullable=False)
    created_at: DateTime = column("When it was made.")
    paused_at: DateTime | None = column("Since when it is paused.")
    ended_at: DateTime | None = column("When somebody ended it.")
    contact: ContactOut | None = one(queries.CONTACT_OF, "The customer.")
    lines: list[RecurringLine] = many(queries.LINES_OF, "Its lines in order.", guard=VIEW)
    runs: list[RecurringRun] = many(
        queries.RUNS_OF, "What it did, the newest date first; at most 200.", guard=VIEW
    )


@strawberry.enum(description="Order of a list of templates; ended ones come last by date.")
class RecurringOrder(Enum):
    NEXT_ASC = "NEXT_ASC"
    NEXT_DESC = "NEXT_DESC"
    NAME_ASC = "NAME_ASC"
    NAME_DESC = "NAME_DESC"
    BASE_ASC = "BASE_ASC"
    BASE_DESC = "BASE_DESC"
    STATE_ASC = "STATE_ASC"
    STATE_DESC = "STATE_DESC"
    CREATED_DESC = "CREATED_DESC"


@strawberry.input(description="Which templates a list holds; conditions are joined by AND.")
class RecurringFilter:
    state: RecurringState | None = strawberry.field(default=None, description="Only in this state.")
    contact_id: strawberry.ID | None = strawberry.field(default=None, description="Only for this customer.")
    search: str | None = strawberry.field(
        default=None,
        description="Part of the name, the customer's name or a line; accents and case are ignored.",
    )


@strawberry.input(description="A timetable.")
class RecurringScheduleInput:
    starts_on: Date = strawberry.field(description="The first date, from which all others are counted.")
    frequency: RecurringFrequency = strawberry.field(description="How often.")
    every: int = strawberry.field(default=1, description="Every 1 to 52 weeks; 1 for the other frequencies.")
    ends_on: Date | None = strawberry.field(default=None, description="The last possible date.")
    count_max: int | None = strawberry.field(default=None, description="The most invoices, 1 to 1000.")


@strawberry.input(description="One line of a template: a tax code or a VAT rate.")
class RecurringLineInput:
    description: str = strawberry.field(description="What is sold, up to 2000 signs.")
    quantity: Money = strawberry.field(default=Money(ONE), description="How many.")
    unit_price: Money = strawberry.field(description="Price of one without VAT, up to four decimals.")
    discount_percent: Money = strawberry.field(default=Money(ZERO), description="From 0 to 100.")
    tax_code: str | None = strawberry.field(default=None, description="Tax code, such as S21.")
    tax_rate: Money | None = strawberry.field(
        default=None, description="VAT rate in per cent, without a code."
    )
    ledger_account_code: str | None = strawberry.field(
        default=None,
        description="Account of the income; left out, the contact's card says, else the kind of line.",
    )
    is_product: bool = strawberry.field(default=False, description="Whether it is a product, not a service.")


@strawberry.input(description="A template as it is to be.")
class RecurringInvoiceInput:
    contact_id: strawberry.ID = strawberry.field(description="The customer.")
    name: str = strawberry.field(description="What the template is called, up to 120 signs.")
    schedule: RecurringScheduleInput = strawberry.field(description="When it makes invoices.")
    lines: list[RecurringLineInput] = strawberry.field(description="1 to 500 lines.")
    follow_up: RecurringFollowUp = strawberry.field(
        default=RecurringFollowUp.DRAFT, description="What becomes of an invoice it made."
    )
    attaches_pdf: bool = strawberry.field(
        default=True,
        description="Whether the mail holds the PDF; then nobody learns whether it was read. Otherwise a link.",
    )
    currency: str = strawberry.field(default="EUR", description="ISO 4217 code.")
    description: str | None = strawberry.field(default=None, description="Notes that print below the lines.")
    withholding_rate: Money | None = strawberry.field(
        default=strawberry.UNSET,
        description="IRPF withheld, in per cent. Left out it is what the contact's card says now.",
    )
    due_days: int | None = strawberry.field(
        default=None, description="Days to pay, 0 to 365; left out, the contact's terms decide."
    )


@payload
class RecurringInvoicePayload:
    """The template as it is now, or why nothing was done."""

    recurring_invoice: Touched[RecurringInvoice] = touched()
    refusals: list[Refusal] = refusals()


@strawberry.type
class Query:
    @connection(queries.RECURRINGS)
    def recurring_invoices(
        self,
        *,
        company_id: strawberry.ID | None = None,
        filter: RecurringFilter | None = None,
        order_by: RecurringOrder = RecurringOrder.NEXT_ASC,
        first: int = 50,
        after: str | None = None,
    ) -> Connection[RecurringInvoice] | None:
        """Templates of one company, or of all within reach. At most 200 a page."""

    @single(lambda row, values, ask: row.c.id == values["id"])
    def recurring_invoice(self, id: strawberry.ID) -> RecurringInvoice | None:
        """One template; null if there is none with this id within reach."""

    @resolved(guard=VIEW, cap=PREVIEW_MAX)
    async def recurring_dates(
        self, info: Info, schedule: RecurringScheduleInput, first: int = 12
    ) -> list[Date] | None:
        """The dates of a timetable from today on, before it is kept; at most 24, null for one that makes no sense."""
        wanted = _schedule(schedule)
        check_schedule(wanted, info.context.today)
        index = wanted.first_index_from(info.context.today)
        return [Date(day) for day in wanted.upcoming(index, 0, max(0, min(first, PREVIEW_MAX)))]


@strawberry.type
class Mutation:
    @mutation(guard=EDIT)
    async def create_recurring_invoice(
        self, info: Info, company_id: strawberry.ID, input: RecurringInvoiceInput, request_key: str
    ) -> RecurringInvoicePayload:
        """Keeps a template; the same key twice makes one. Making invoices final needs SALES APPROVE as well."""
        async with info.context.write() as act:
            made = await actions.create_recurring(act, company_id, _new(input), request_key=request_key)
        return RecurringInvoicePayload(recurring_invoice=made)

    @mutation(guard=EDIT)
    async def change_recurring_invoice(
        self, info: Info, id: strawberry.ID, input: RecurringInvoiceInput
    ) -> RecurringInvoicePayload:
        """Writes a template anew; from now on it acts as the viewer. Invoices it made stay as they are."""
        async with info.context.write() as act:
            return RecurringInvoicePayload(
                recurring_invoice=await actions.change_recurring(act, id, _new(input))
            )

    @mutation(guard=EDIT)
    async def pause_recurring_invoice(self, info: Info, id: strawberry.ID) -> RecurringInvoicePayload:
        """Stops a template until it is resumed."""
        async with info.context.write() as act:
            return RecurringInvoicePayload(recurring_invoice=await actions.pause_recurring(act, id))

    @mutation(guard=EDIT)
    async def resume_recurring_invoice(self, info: Info, id: strawberry.ID) -> RecurringInvoicePayload:
        """Lets a paused template go on from today; what it passed over is not made up."""
        async with info.context.write() as act:
            return RecurringInvoicePayload(recurring_invoice=await actions.resume_recurring(act, id))

    @mutation(guard=EDIT)
    async def end_recurring_invoice(self, info: Info, id: strawberry.ID) -> RecurringInvoicePayload:
        """Ends a template for good; its history stays."""
        async with info.context.write() as act:
            return RecurringInvoicePayload(recurring_invoice=await actions.end_recurring(act, id))


def _schedule(given: RecurringScheduleInput) -> Schedule:
    return Schedule(
        starts_on=given.starts_on,
        frequency=Frequency(given.frequency.value),
        every=given.every,
        ends_on=given.ends_on,
        count_max=given.count_max,
    )


def _new(given: RecurringInvoiceInput) -> actions.NewRecurring:
    return actions.NewRecurring(
        contact_id=given.contact_id,
        name=given.name,
        schedule=_schedule(given.schedule),
        follow_up=FollowUp(given.follow_up.value),
        attaches_pdf=given.attaches_pdf,
        currency=given.currency,
        description=given.description,
        withholding_rate=given.withholding_rate or ZERO,
        asks_withholding=given.withholding_rate is strawberry.UNSET,
        due_days=given.due_days,
        lines=tuple(
            NewLine(
                description=line.description,
                quantity=line.quantity,
                unit_price=line.unit_price,
                discount_percent=line.discount_percent,
                tax_code=line.tax_code,
                tax_rate=line.tax_rate,
                ledger_account_code=line.ledger_account_code,
                asks_account=True,
                is_product=line.is_product,
            )
            for line in given.lines
        ),
    )
