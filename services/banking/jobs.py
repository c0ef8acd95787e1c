"""What banking does after somebody else's act."""

from uuid import UUID

from services.access.interface import acting, active_viewer
from services.banking.actions import refresh_proposals
from services.kit.db import Database
from services.kit.jobs import Job, JobRefused, job


def refresh_proposals_job(database: Database) -> Job:
    """This will give the worker's job that looks again at the open bank lines of a `company`, acting as `viewer`.

    Documents ask for it, by name, when something opened that a line may settle. No scope is asked: whoever issues an
    invoice may not see the bank, and nothing of it is shown. A viewer who no longer reaches the company finds no line.
    Doing it again changes nothing.
    """

    @job("refresh_proposals")
    async def refresh(payload: dict[str, str]) -> None:
        viewer = await active_viewer(database, UUID(payload["viewer"]))
        if viewer is None:
            raise JobRefused("who approved the document is no longer active")
        async with acting(database, viewer) as act:
            await refresh_proposals(act, UUID(payload["company"]))

    return refresh
