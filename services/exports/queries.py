"""Where the fields of exports come from, and which of them a viewer still has."""

from typing import Any

from sqlalchemy import BigInteger, and_, exists, func, literal_column, or_, select

from services.access.interface import reach_table
from services.access.policy import FIRM_HELD_MASK
from services.exports.models import Export, ExportReach
from services.kit.db import table_of
from services.kit.reads import Ask, Expression, Listing, Row, Source

SHOWN_MAX = 50
"""Files that a viewer sees in the panel, the newest first."""

_export = table_of(Export)
_export_reach = table_of(ExportReach)


def still_granted(row: Row, now: Any) -> Expression:
    """Whether every company in a finished file still grants its viewer what it granted when the file was made."""
    reach = reach_table().alias("still")
    held = _export_reach.alias("held")
    lasting = literal_column(str(~FIRM_HELD_MASK), BigInteger)
    nothing = literal_column("0", BigInteger)
    granted = exists(
        select(reach.c.viewer_id)
        .where(
            reach.c.viewer_id == row.c.viewer_id,
            reach.c.company_id == held.c.company_id,
            # All cards that a portal contact was then; `<@` is null for everybody else.
            func.coalesce(held.c.contact_ids.op("<@")(reach.c.contact_ids), held.c.contact_ids.is_(None)),
            reach.c.view_mask.op("&", return_type=BigInteger)(held.c.mask) == held.c.mask,
            or_(
                held.c.mask.op("&", return_type=BigInteger)(lasting) == nothing,
                reach.c.live_until.is_(None),
                reach.c.live_until > now,
            ),
        )
        .correlate(row, held)
    )
    return ~exists(select(held.c.company_id).where(held.c.export_id == row.c.id, ~granted).correlate(row))


def is_shown(row: Row, ask: Ask) -> Expression:
    """Whether a file is the viewer's own; a finished one only while all that is in it is still granted."""
    return and_(
        row.c.viewer_id == ask.viewer,
        row.c.expires_at > ask.now,
        or_(row.c.state != "DONE", still_granted(row, ask.now)),
    )


EXPORT = Source(_export, company=None, held=is_shown)

EXPORTS = Listing(first_max=SHOWN_MAX)
