"""What contacts does after the answer: lists are taken in."""

from uuid import UUID

from services.access.interface import active_viewer
from services.contacts.actions.import_runs import IMPORT_CONTACTS, ImportCancelled, ImportDesk
from services.kit.db import Database
from services.kit.errors import Refused
from services.kit.jobs import Job, JobRefused, job
from services.kit.storage import Store

IMPORTING_SECONDS_MAX = 900


def import_contacts_job(database: Database, store: Store) -> Job:
    """This will give the worker's job that takes the list `import` in as `viewer`.

    Cards and result are one transaction, so a worker that dies leaves nothing, and doing it again does nothing.
    """

    @job(IMPORT_CONTACTS, seconds_max=IMPORTING_SECONDS_MAX)
    async def take_in(payload: dict[str, str]) -> None:
        viewer = await active_viewer(database, UUID(payload["viewer"]))
        if viewer is None:
            raise JobRefused("who asked for the import is no longer active")
        desk = ImportDesk(database, store, viewer, UUID(payload["import"]))
        try:
            await desk.take_in()
        except ImportCancelled:
            return
        except Refused as refused:
            await desk.give_up(refused)

    return take_in
