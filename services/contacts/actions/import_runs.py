"""The import of a list as a job: asked for, watched, called off; its progress is written beside its transaction."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from services.access.interface import Act, Viewer, acting, as_id
from services.access.policy import Action, Scope
from services.contacts.actions.importing import Existing, ImportPlan, ImportRun, import_contacts
from services.contacts.models import ContactImport
from services.contacts.rules.columns import ImportField
from services.kit import clock
from services.kit.db import Database, table_of
from services.kit.errors import NotFound, Refused
from services.kit.jobs import enqueue
from services.kit.request_keys import checked_request_key
from services.kit.storage import Store
from services.kit.words import translator
from services.uploads.interface import take_upload

IMPORT_CONTACTS = "import_contacts"
"""The job that takes a list in; its payload names the viewer and the import."""

OPEN_STATES = ("WAITING", "RUNNING")

_import = table_of(ContactImport)


class ImportOver(Refused):
    """The list was taken in, or given up: there is nothing to cancel."""

    code = "IMPORT_OVER"
    sentence = "This list is no longer being imported."


class ImportCancelled(Exception):
    """Somebody called the import off while it was going on; nothing of it is kept."""


async def start_import(act: Act, run: ImportRun, *, request_key: str) -> UUID:
    """This will have a list taken in by a worker and give the import's id; the same key gives the first import.

    Needs CONTACTS EDIT. Raises NotFound for an upload of somebody else.
    """
    checked_request_key(request_key, "input.requestKey")
    company_id = await act.may(run.plan.company_id, Scope.CONTACTS, Action.EDIT, path=("companyId",))
    if act.owns_only(Scope.CONTACTS):
        raise NotFound("company", path=("companyId",))
    known: UUID | None = await act.session.scalar(
        select(_import.c.id).where(_import.c.company_id == company_id, _import.c.request_key == request_key)
    )
    if known is not None:
        return known
    upload = await take_upload(act, run.plan.upload_id, "CONTACTS")
    if upload.company_id != company_id:
        raise NotFound("upload", path=("uploadId",))
    made = ContactImport(
        company_id=company_id,
        filename=upload.filename,
        file_sha256=upload.sha256,
        plan=_written(run),
        imported_by=act.viewer.id,
        request_key=request_key,
    )
    act.session.add(made)
    await act.session.flush()
    payload = {"viewer": str(act.viewer.id), "import": str(made.id)}
    await enqueue(act.session, IMPORT_CONTACTS, payload, once_key=str(made.id))
    return made.id


async def cancel_import(act: Act, import_id: UUID | str) -> UUID:
    """This will call an import off; the worker stops at its next rows. One cancelled already stays so.

    Needs CONTACTS EDIT. Raises NotFound, ImportOver.
    """
    query = select(ContactImport).where(_import.c.id == as_id(import_id, "import", ("id",)))
    found = await act.session.scalar(query.with_for_update())
    if found is None:
        raise NotFound("import", path=("id",))
    await act.may(found.company_id, Scope.CONTACTS, Action.EDIT, path=("id",))
    if act.owns_only(Scope.CONTACTS):
        raise NotFound("import", path=("id",))
    if found.state in OPEN_STATES:
        found.state, found.finished_at = "CANCELLED", clock.now()
        await act.session.flush()
    elif found.state != "CANCELLED":
        raise ImportOver(path=("id",))
    return found.id


@dataclass(frozen=True, slots=True)
class ImportDesk:
    """One import in the making, as whoever asked for it."""

    database: Database
    store: Store
    viewer: Viewer
    import_id: UUID

    async def take_in(self) -> None:
        """This will take the list in, once: cards and result stand in one transaction. One that is over stays so.

        Raises ImportCancelled, and what import_contacts raises.
        """
        async with acting(self.database, self.viewer) as act:
            found = await act.session.scalar(
                update(ContactImport)
                .where(_import.c.id == self.import_id, _import.c.imported_by == self.viewer.id)
                .where(_import.c.state.in_(OPEN_STATES))
                .values(state="RUNNING", rows_done=0, rows_total=None)
                .returning(ContactImport)
            )
            if found is None:
                return
            run = _read(found)
        async with acting(self.database, self.viewer) as act:
            counts = await import_contacts(act, self.store, run, self.advance)
            await self._running(
                act,
                state="DONE",
                added_count=counts.added,
                updated_count=counts.updated,
                skipped_count=counts.skipped,
                finished_at=clock.now(),
            )

    async def advance(self, done: int, total: int) -> None:
        """This will note how far it is, in a transaction of its own. Raises ImportCancelled."""
        async with acting(self.database, self.viewer) as act:
            await self._running(act, rows_done=done, rows_total=total)

    async def give_up(self, refused: Refused) -> None:
        """This will say why nothing was taken in; an import that is over stays as it is."""
        async with acting(self.database, self.viewer) as act:
            await act.session.execute(
                update(_import)
                .where(_import.c.id == self.import_id, _import.c.state.in_(OPEN_STATES))
                .values(
                    state="FAILED",
                    failure=refused.code,
                    failure_text=refused.told(translator(self.viewer.locale)),
                    finished_at=clock.now(),
                )
            )

    async def _running(self, act: Act, **values: Any) -> None:
        held = await act.session.execute(
            update(_import)
            .where(_import.c.id == self.import_id, _import.c.state == "RUNNING")
            .values(**values)
            .returning(_import.c.id)
        )
        if held.one_or_none() is None:
            raise ImportCancelled


def _written(run: ImportRun) -> dict[str, Any]:
    columns = run.plan.columns
    return {
        "upload": str(run.plan.upload_id),
        "columns": None if columns is None else {str(place): one.value for place, one in columns.items()},
        "customer": run.plan.is_customer,
        "supplier": run.plan.is_supplier,
        "existing": run.existing.value,
        "leaveOutWrong": run.leave_out_wrong,
    }


def _read(found: ContactImport) -> ImportRun:
    plan, columns = found.plan, found.plan["columns"]
    return ImportRun(
        plan=ImportPlan(
            company_id=found.company_id,
            upload_id=plan["upload"],
            columns=None
            if columns is None
            else {int(place): ImportField(one) for place, one in columns.items()},
            is_customer=plan["customer"],
            is_supplier=plan["supplier"],
        ),
        existing=Existing(plan["existing"]),
        leave_out_wrong=plan["leaveOutWrong"],
    )
