"""What has to follow from an act after its commit, told by name: documents import nothing that stands above them."""

from uuid import UUID

from services.access.interface import Act
from services.kit.jobs import enqueue

REFRESH_PROPOSALS = "refresh_proposals"
"""The job of banking that looks again at a company's open bank lines."""

_TOLD = "companies whose open items changed"


async def tell_open_items_changed(act: Act, company_id: UUID) -> None:
    """This will have the bank lines of a company proposed anew after the commit; a rollback takes the job along.

    One job per company and transaction, however often it is told. The payload names the viewer, as whom it is done.
    """
    told: set[UUID] = act.session.info.setdefault(_TOLD, set())
    if company_id in told:
        return
    # A savepoint may go back without the transaction, and takes its job with it: that one is not counted.
    if not act.session.in_nested_transaction():
        told.add(company_id)
    await enqueue(act.session, REFRESH_PROPOSALS, {"company": str(company_id), "viewer": str(act.viewer.id)})
