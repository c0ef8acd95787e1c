"""Drafts, kept returns, boxes with their lines, VAT books."""

import strawberry

from services.access.guard import column, connection, derived, derived_by, node, one, python, single
from services.kit.pages import Connection
from services.kit.scalars import Date, DateTime, Money
from services.taxes.queries import books, boxes, drafts, returns
from services.taxes.rules.corrections import ReturnKind
from services.taxes.rules.due_dates import due_on
from services.taxes.rules.models import TaxModel, TaxPeriod
from services.taxes.rules.vat_303 import ResultType
from services.taxes.schema.enums import (
    TaxReturnOrder,
    TaxReturnState,
    VatBookKind,
    VatBookOrder,
)
from services.taxes.schema.figures import (
    NEEDS,
    VIEW,
    TaxFigures,
    TaxFormRow,
    TaxNamed,
    TaxObligation,
    TaxProfileCard,
    figures,
    form_rows,
    named,
    obligations,
    profile_card,
)


@node(None, VIEW)
class KeptTaxBox:
    """A box of a kept return."""

    number: str = column("Box number.")
    amount: Money = column("What it said when the return was prepared.")


@node(returns.RETURN, VIEW)
class TaxReturn:
    """A return that was prepared, approved or filed: its boxes as they were then."""

    id: strawberry.ID = column("Stable identifier.")
    company_id: strawberry.ID = column("The company that files it.")
    model: TaxModel = column("The model.")
    year: int = column("Calendar year.")
    period: str = column("1T to 4T, 01 to 12, or 0A for the whole year.")
    kind: ReturnKind = column("The first return of its period, or what corrects it.")
    corrects_id: strawberry.ID | None = column("The filed return that it corrects.")
    correction_reason: str | None = column("Why it corrects that one.")
    state: TaxReturnState = column("Where it stands.")
    due_on: Date = column("Last day to file the first return of the period.")
    boxes: list[KeptTaxBox] = derived(returns.kept_boxes, "Its boxes by number.")
    result_type: ResultType | None = column("What the result leads to.")
    result_amount: Money | None = column("The result: positive is to be paid.")
    prepared_at: DateTime = column("When its boxes were frozen.")
    approved_at: DateTime | None = column("When it was approved.")
    receipt: str | None = column("The receipt number of the tax agency, 13 digits.")
    verification_code: str | None = column("The secure verification code (CSV), 16 signs.")
    filed_on: Date | None = column("The day it was filed.")
    filed_at: DateTime | None = column("When the filing was noted here.")
    settlement_entry_id: strawberry.ID | None = column("The entry that cleared the VAT accounts.")


def _due(_context: object, model: str, year: int, period: str) -> Date:
    return Date(due_on(TaxModel(model), TaxPeriod(year, period)))


@node(drafts.DRAFT, VIEW)
class TaxDraft:
    """The return of a company, model and period as the books stand now."""

    company_id: strawberry.ID = column("The company.")
    company_name: str = column("Its name.")
    currency: str = column("ISO 4217 code of every amount here.")
    model: TaxModel = column("The model.")
    year: int = column("Calendar year.")
    period: str = column("1T to 4T, 01 to 12, or 0A for the whole year.")
    starts_on: Date = column("First day that counts; an instalment counts from 1 January.")
    ends_before: Date = column("The day after the last.")
    due_on: Date = python(("model", "year", "period"), _due, "Last day to file it, moved to a working day.")
    figures: TaxFigures = python(NEEDS, figures, "What the return says.")
    rows: list[TaxFormRow] = python(NEEDS, form_rows, "The form as a list of boxes, in its order.")
    record: TaxReturn | None = one(drafts.RECORD_OF, "What was prepared or filed; null before.")


@node(drafts.DRAFT, VIEW)
class TaxPartyList:
    """The persons whom a return names: 347, 349, 190 and 180."""

    company_id: strawberry.ID = column("The company.")
    company_name: str = column("Its name.")
    currency: str = column("ISO 4217 code of every amount here.")
    model: TaxModel = column("The model.")
    year: int = column("Calendar year.")
    period: str = column("1T to 4T, 01 to 12, or 0A for the whole year.")
    due_on: Date = python(("model", "year", "period"), _due, "Last day to file it, moved to a working day.")
    named: TaxNamed = python(NEEDS, named, "Whom the return names.")
    record: TaxReturn | None = one(drafts.RECORD_OF, "What was prepared or filed; null before.")


@node(None, VIEW)
class TaxBoxLine:
    """A document (or an entry of the journal) behind a box."""

    document_id: strawberry.ID | None = column("The document; null for an entry of the journal.")
    entry_id: strawberry.ID | None = column("The entry, for boxes that come from the journal.")
    side: str = column(
        "SALES, PURCHASES or JOURNAL; TYPED for what a person typed, with the reason as its name; FLAT for the 5 % of"
        " expenses that are hard to justify."
    )
    number: str | None = column("Number of the document or entry.")
    day: Date = column("The day that decides the period.")
    name: str | None = column("Customer or supplier, or the text of the entry.")
    tax_id: str | None = column("Tax number of the contact.")
    code: str = column("Tax code, withholding rate (W15.00) or account.")
    base: Money = column("Base in euro, signed.", name="base")
    quota: Money = column("VAT or withholding in euro, signed.")
    surcharge: Money = column("Equivalence surcharge in euro, signed.")
    amount: Money = column("What it put into the box; all of them add up to it.")


@node(None, VIEW)
class TaxBoxSum:
    """What the lines behind a box come to."""

    amount: Money = column("The sum of all lines.")
    line_count: int = column("How many lines there are.")


@node(boxes.BOX, VIEW)
class TaxBox:
    """A box with the lines behind it."""

    model: TaxModel = column("The model.")
    year: int = column("Calendar year.")
    period: str = column("The period.")
    number: str = column("Box number as printed.")
    currency: str = column("ISO 4217 code of every amount here.")
    sum: TaxBoxSum | None = derived(boxes.sum_of_box, "What all lines come to.")

    @derived_by(boxes.lines_of_box, guard=VIEW)
    def lines(self, most: int | None = None) -> list[TaxBoxLine] | None:
        """By day and number, the first 1000; or as many as asked for, 20000 at most."""


@node(returns.CALENDAR, VIEW)
class TaxCalendar:
    """What a company files for a year."""

    company_id: strawberry.ID = column("The company.")
    currency: str = column("ISO 4217 code of every amount here.")
    year: int = column("Calendar year.")
    profile: TaxProfileCard = python(("profile",), profile_card, "How the company is taxed.")
    obligations: list[TaxObligation] = python(
        ("year", "profile", "kept", "supplied", "traded"),
        obligations,
        "Every return of the year, by the last day to file it.",
    )


@node(books.ENTRY, VIEW)
class VatBookLine:
    """One invoice under one tax code, as it stands in a VAT book."""

    id: strawberry.ID = column("Stable identifier.")
    company_id: strawberry.ID = column("The company.")
    book: VatBookKind = column("Issued or received.")
    document_id: strawberry.ID = column("The document.")
    kind: str = column("Kind of document.")
    number: str | None = column("Its number; for purchases the supplier's.")
    issued_on: Date = column("Day of issue.")
    operation_on: Date | None = column("Day of the operation, where it is another.")
    received_on: Date | None = column("Day a supplier's invoice arrived, where it counts from then.")
    tax_on: Date = column("The day that decides the period.")
    is_rectifying: bool = column("Whether it rectifies another document or is a credit note.")
    is_simplified: bool = column("Whether it is a simplified invoice.")
    tax_year: int = column("The year of that day.")
    tax_quarter: str = column("Its quarter, 1T to 4T.")
    invoice_type: str = column(
        "Type by list L2 of the tax agency: F1 full, F2 simplified, F3 in place of simplified ones, F5 import, R1 to R4"
        " rectifying by cause, R5 rectifying a simplified one. F4 is for summaries, which are not made here."
    )
    is_substitute: bool = column(
        "Whether it takes the place of simplified invoices (F3). What it says was recorded with those: its amounts"
        " stand here and are in no total and no return."
    )
    substitutes: str | None = column("The numbers of those; null for any other invoice.")
    contact_name: str | None = column("Customer or supplier.")
    tax_id: str | None = column("Its tax number.")
    country: str | None = column("Its country, ISO 3166.")
    tax_code: str = column("Tax code.")
    regime: str = column("VAT regime of the code.")
    operation_key: str = column(
        "Key of the operation as the tax agency's books have it: 01 general, 02 export, 09 bought inside the EU."
    )
    qualification: str | None = column(
        "How VAT treats what was sold: S1 taxed, S2 reverse charge, N2 not subject here, E1, E2, E5 exempt; null for"
        " invoices received."
    )
    is_investment: bool = column("Whether it is an investment good.")
    rate: Money = column("VAT in per cent.")
    base: Money = column("Base in euro, signed.", name="base_amount")
    quota: Money = column("VAT in euro, signed; assessed by the buyer where nobody charged it.")
    surcharge_rate: Money = column("Equivalence surcharge in per cent.")
    surcharge: Money = column("Equivalence surcharge in euro, signed.")
    deductible: Money = column("What of the VAT may be deducted; zero on sales.")
    total: Money = column("Base with the VAT and surcharge that were charged.")


@node(None, VIEW)
class VatBookTotal:
    """Sums of a VAT book under one tax code."""

    tax_code: str = column("Tax code.")
    regime: str = column("VAT regime of the code.")
    is_investment: bool = column("Whether it is for investment goods.")
    rate: Money = column("VAT in per cent.")
    surcharge_rate: Money = column("Equivalence surcharge in per cent.")
    line_count: int = column("How many lines.")
    base: Money = column("Sum of bases.", name="base_amount")
    quota: Money = column("Sum of VAT.")
    surcharge: Money = column("Sum of surcharges.")
    deductible: Money = column("Sum of what may be deducted.")
    total: Money = column("Sum of totals.")


@node(books.BOOK, VIEW)
class VatBook:
    """A VAT book of one period, added up."""

    book: VatBookKind = column("Issued or received.")
    year: int = column("Calendar year.")
    period: str = column("1T to 4T, 01 to 12, or 0A for the whole year.")
    starts_on: Date = column("First day.")
    ends_before: Date = column("The day after the last.")
    currency: str = column("ISO 4217 code of every amount here.")
    totals: list[VatBookTotal] = derived(
        books.totals_of_book, "Sums by tax code, the highest rate first, F3 left out."
    )


@strawberry.input(description="Which lines of a VAT book a list holds; conditions are joined by AND.")
class VatBookFilter:
    book: VatBookKind | None = strawberry.field(default=None, description="Only issued, or only received.")
    from_: Date | None = strawberry.field(name="from", default=None, description="First day, included.")
    to: Date | None = strawberry.field(default=None, description="Last day, included.")
    tax_code: str | None = strawberry.field(default=None, description="Only this tax code.")
    investment: bool | None = strawberry.field(default=None, description="Only (or no) investment goods.")
    rectifying: bool | None = strawberry.field(default=None, description="Only (or no) rectifying documents.")
    search: str | None = strawberry.field(default=None, description="Part of number, name or tax number.")


@strawberry.input(description="Which kept returns a list holds; conditions are joined by AND.")
class TaxReturnFilter:
    year: int | None = strawberry.field(default=None, description="Only of this year.")
    model: TaxModel | None = strawberry.field(default=None, description="Only this model.")
    state: TaxReturnState | None = strawberry.field(default=None, description="Only in this state.")


@strawberry.type
class Query:
    @single(drafts.of_return)
    def tax_draft(
        self, company_id: strawberry.ID, model: TaxModel, year: int, period: str
    ) -> TaxDraft | None:
        """The return of a period as the books stand now; null if the model is not filed for such a period."""

    @single(drafts.of_return)
    def tax_parties(
        self, company_id: strawberry.ID, model: TaxModel, year: int, period: str
    ) -> TaxPartyList | None:
        """Whom a return names as the books stand now; null if the model is not filed for such a period."""

    @single(boxes.of_number)
    def tax_box(
        self, company_id: strawberry.ID, model: TaxModel, year: int, period: str, number: str
    ) -> TaxBox | None:
        """A box of a return with the lines behind it; null for a box that opens none."""

    @single(returns.of_year)
    def tax_calendar(self, company_id: strawberry.ID, year: int) -> TaxCalendar | None:
        """What a company files for a year from 2000 to 2100, with the last days and where each stands."""

    @connection(returns.RETURNS)
    def tax_returns(
        self,
        company_id: strawberry.ID | None = None,
        filter: TaxReturnFilter | None = None,
        order_by: TaxReturnOrder = TaxReturnOrder.DUE_DESC,
        first: int = 50,
        after: str | None = None,
    ) -> Connection[TaxReturn] | None:
        """Kept returns of one company, or of all companies within reach. At most 200 a page."""

    @single(books.of_period)
    def vat_book(
        self, company_id: strawberry.ID, book: VatBookKind, year: int, period: str
    ) -> VatBook | None:
        """A VAT book of a period, added up by tax code."""

    @connection(books.ENTRIES)
    def vat_book_lines(
        self,
        company_id: strawberry.ID | None = None,
        filter: VatBookFilter | None = None,
        order_by: VatBookOrder = VatBookOrder.DATE_ASC,
        first: int = 100,
        after: str | None = None,
    ) -> Connection[VatBookLine] | None:
        """Lines of a VAT book. At most 1000 a page."""
