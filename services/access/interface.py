"""What other modules and the gateway may use of access."""

from sqlalchemy import Table

from services.access.models import Reach


def reach_table() -> Table:
    """The table of what each viewer may do in each company, for the planner's joins."""
    return Reach.__table__  # type: ignore[attr-defined, no-any-return]
