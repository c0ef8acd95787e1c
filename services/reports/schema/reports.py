"""The root of reports: the books of one company, and one field per report."""

from enum import Enum
from typing import Annotated

import strawberry

from services.access.guard import column, derived, derived_by, node, single
from services.kit.scalars import Date, DateTime
from services.reports.queries import (
    REPORTS,
    ageing,
    journal_book,
    ledger_card,
    periods,
    ratios,
    statements,
    trial_balance,
)
from services.reports.schema.ageing import Ageing, AgeingSide
from services.reports.schema.guards import JOURNAL, VIEW
from services.reports.schema.journal_book import JournalBook
from services.reports.schema.ledger_card import LedgerCard
from services.reports.schema.ratios import Ratios
from services.reports.schema.statements import BalanceSheet, ProfitAndLoss
from services.reports.schema.trial_balance import TrialBalance

From = Annotated[
    Date | None,
    strawberry.argument(name="from", description="First day; that of the fiscal year where left out."),
]
To = Annotated[
    Date | None,
    strawberry.argument(name="to", description="Last day; that of the fiscal year where left out."),
]


@strawberry.enum(description="What a report is compared with.")
class Comparison(Enum):
    PREVIOUS_YEAR = "PREVIOUS_YEAR"
    PREVIOUS_PERIOD = "PREVIOUS_PERIOD"


Compare = Annotated[
    Comparison,
    strawberry.argument(
        description="PREVIOUS_YEAR: the same days a year before, or the fiscal year before; PREVIOUS_PERIOD: as many"
        " months or days right before."
    ),
]
Closings = Annotated[
    bool | None,
    strawberry.argument(
        description="Also the entries that regularise, close and open a year: the ledger as it stands."
    ),
]


@node(None, VIEW)
class ReportYear:
    """A fiscal year of the company."""

    year: int = column("The calendar year it begins in.")
    starts_on: Date = column("First day.")
    ends_on: Date = column("Last day.")
    closed_at: DateTime | None = column("When it was closed; null while it is open.")


@node(REPORTS, VIEW)
class Reports:
    """The reports of one company. Amounts are of the currency of its books; posted entries only.

    A report is null where its period ends before it begins, or where the company keeps no books.
    """

    company_id: strawberry.ID = column("The company.", name="id")
    company_name: str = column("Its name, for the head of a printed report.", name="name")
    currency: str = column("ISO 4217 code of every amount.")
    years: list[ReportYear] = derived(periods.fiscal_years, "Its fiscal years, the newest first.")

    @derived_by(trial_balance.trial_balance)
    def trial_balance(
        self,
        from_: From = None,
        to: To = None,
        level: Annotated[
            int | None,
            strawberry.argument(
                description="Headings of up to so many digits, 1 to 4; left out: accounts too."
            ),
        ] = None,
        under: Annotated[
            str | None,
            strawberry.argument(description="Only codes that begin so. The totals stay those of all."),
        ] = None,
        include_closings: Closings = None,
    ) -> TrialBalance | None:
        """Sumas y saldos."""

    @derived_by(journal_book.journal_book, guard=JOURNAL)
    def journal_book(self, from_: From = None, to: To = None) -> JournalBook | None:
        """Libro Diario. Needs JOURNAL too."""

    @derived_by(ledger_card.ledger_card)
    def ledger_card(
        self,
        account: Annotated[
            str,
            strawberry.argument(description="A code, or the beginning of codes: 430 gives all customers."),
        ],
        from_: From = None,
        to: To = None,
        include_closings: Closings = None,
    ) -> LedgerCard | None:
        """The lines behind a figure."""

    @derived_by(statements.balance_sheet)
    def balance_sheet(
        self, from_: From = None, to: To = None, compare: Compare = Comparison.PREVIOUS_YEAR
    ) -> BalanceSheet | None:
        """Balance sheet at the last day, before or after the year was closed alike."""

    @derived_by(statements.profit_and_loss)
    def profit_and_loss(
        self,
        from_: From = None,
        to: To = None,
        compare: Compare = Comparison.PREVIOUS_YEAR,
        include_closings: Closings = None,
    ) -> ProfitAndLoss | None:
        """Profit and loss of the period."""

    @derived_by(ageing.ageing)
    def ageing(
        self,
        side: Annotated[
            AgeingSide, strawberry.argument(description="Customers, or suppliers and creditors.")
        ] = AgeingSide.RECEIVABLE,
        from_: From = None,
        to: To = None,
    ) -> Ageing | None:
        """Open documents at the end of the last day, by how long they had been due."""

    @derived_by(ratios.ratios)
    def ratios(self, from_: From = None, to: To = None) -> Ratios | None:
        """Ratios of the period with formula and inputs."""


@strawberry.type
class Query:
    @single(lambda row, values, ask: row.c.id == values["companyId"])
    def reports(self, company_id: strawberry.ID) -> Reports | None:
        """The reports of one company; null if there is none with this id within reach."""
