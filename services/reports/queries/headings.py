"""What the beginning of codes is called."""

from typing import Any

from sqlalchemy import func, select

from services.journal.interface import ledger_account_table
from services.reports.queries.periods import ONE
from services.reports.queries.rule_tables import rule_table
from services.reports.rules.headings import HEADINGS

_account: Any = ledger_account_table()


def heading_name(company_id: Any, code: Any, row: Any) -> Any:
    """The name of a heading: of the general chart for groups of one or two digits, else of the company's own chart.

    430 stands for its four-digit form too, so 4300 has its name. `row` is where `company_id` and `code` stand.
    """
    group = rule_table("headings", "code name", list(HEADINGS.items()))
    of_group = select(group.c.name).where(group.c.code == code).correlate(row).scalar_subquery()
    own = _account.alias("heading")
    of_chart = (
        select(own.c.name)
        .where(own.c.company_id == company_id, own.c.code.in_((code, func.left(code, 3))))
        .order_by(func.length(own.c.code).desc())
        .limit(ONE)
        .correlate(row)
        .scalar_subquery()
    )
    return func.coalesce(of_group, of_chart)
