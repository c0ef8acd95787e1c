"""Whether the books are what was posted, in GraphQL."""

import strawberry

from services.access.guard import Guard, node, resolved
from services.access.interface import Act, Info
from services.access.policy import Action, Scope
from services.journal.actions import verification
from services.kit.errors import NotFound
from services.kit.scalars import Date

APPROVE = Guard(Scope.JOURNAL, Action.APPROVE)


@node(None, APPROVE)
class BrokenEntry:
    """The first posted entry that no longer holds."""

    reason: str = strawberry.field(
        description="POSITION: one before it is missing; LINK: it names another predecessor; HASH: it says something"
        " else than was posted; AMOUNTS: it does not balance; END: the last entry is missing."
    )
    entry_id: strawberry.ID | None = strawberry.field(description="The entry; null where it is gone.")
    number: int | None = strawberry.field(description="Its number in its fiscal year.")
    fiscal_year: int | None = strawberry.field(description="Its fiscal year.")
    entry_on: Date | None = strawberry.field(description="Its date, as it stands now.")


@node(None, APPROVE)
class LedgerVerification:
    """Whether the posted entries of a company are what was posted."""

    entry_count: int = strawberry.field(description="How many posted entries were looked at.")
    broken: BrokenEntry | None = strawberry.field(description="The first that does not hold; null if all do.")


@strawberry.type
class VerificationQuery:
    @resolved(guard=APPROVE)
    async def ledger_verification(self, info: Info, company_id: strawberry.ID) -> LedgerVerification | None:
        """Recomputes a company's chain of entries from the first one; null for a company outside reach.

        For owners, admins and managers. Takes about a second for each 20,000 entries.
        """
        viewer = info.context.viewer
        async with info.context.database.read(viewer.id) as session:
            try:
                company = await Act(session, viewer).may(company_id, Scope.JOURNAL, Action.APPROVE)
            except NotFound:
                return None
            found = await verification.verify_ledger(session, company)
        broken = _told(found.broken) if found.broken else None
        return LedgerVerification(entry_count=found.entry_count, broken=broken)


def _told(broken: verification.BrokenEntry) -> BrokenEntry:
    return BrokenEntry(
        reason=broken.reason,
        entry_id=None if broken.entry_id is None else strawberry.ID(str(broken.entry_id)),
        number=broken.number,
        fiscal_year=broken.fiscal_year,
        entry_on=None if broken.entry_on is None else Date(broken.entry_on),
    )
