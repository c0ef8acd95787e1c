"""What documents do after an act: printing and mailing."""

from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from services.access.interface import acting, active_viewer
from services.accounts.interface import branding_table, company_table
from services.contacts.interface import contact_table
from services.documents.actions.mailing import MAIL_DOCUMENT
from services.documents.mails import document_mail
from services.documents.models import DocumentMailing
from services.documents.printing import pdf_of, visible_document
from services.kit import clock
from services.kit.db import Database
from services.kit.errors import Denied, NotFound
from services.kit.jobs import Job, JobRefused, job
from services.kit.mail import Attachment, queue_mail
from services.kit.settings import get_settings
from services.kit.storage import Store

_mailing: Any = DocumentMailing.__table__  # type: ignore[attr-defined]
_company: Any = company_table()
_contact: Any = contact_table()
_branding: Any = branding_table()


def mail_document_job(database: Database, store: Store) -> Job:
    """This will give the worker's job that mails a `document` to its contact, acting as `viewer`.

    How, says the row `mailing`. Whoever asked must still see the document; doing it again queues nothing.
    """

    @job(MAIL_DOCUMENT)
    async def mail(payload: dict[str, str]) -> None:
        document_id = UUID(payload["document"])
        viewer = await active_viewer(database, UUID(payload["viewer"]))
        if viewer is None:
            raise JobRefused("who sent the document is no longer active")
        try:
            async with acting(database, viewer) as act:
                asked = (
                    await act.session.execute(
                        select(_mailing).where(_mailing.c.id == UUID(payload["mailing"]))
                    )
                ).one_or_none()
            if asked is None:
                raise JobRefused("who sent the document may no longer see it")
            attachment = None
            if asked.attaches_pdf:
                filename, content = await pdf_of(database, store, viewer, document_id)
                stored = await store.put(content, "application/pdf")
                attachment = Attachment(filename, "application/pdf", stored.sha256)
            async with acting(database, viewer) as act:
                row = await visible_document(act.session, viewer, document_id)
                parties = (
                    await act.session.execute(
                        select(
                            _company.c.name,
                            _company.c.email,
                            _contact.c.name.label("contact_name"),
                            _branding.c.slug,
                        )
                        .select_from(_company)
                        .join(_contact, _contact.c.id == row.contact_id)
                        .outerjoin(_branding, _branding.c.company_id == _company.c.id)
                        .where(_company.c.id == row.company_id)
                    )
                ).one()
                written = document_mail(
                    to=asked.recipient,
                    locale=asked.language,
                    name=parties.contact_name,
                    company=parties.name,
                    reply_to=parties.email,
                    kind=row.kind,
                    number=row.number or "",
                    issued_on=row.issued_on,
                    due_on=row.due_on,
                    total=row.total,
                    currency=row.currency,
                    address=f"{get_settings().address}/portal/{parties.slug}/documents/{row.id}",
                    attachment=attachment,
                    message=asked.message,
                )
                await queue_mail(act.session, written, once_key=f"document {row.id} {asked.request_key}")
                await act.session.execute(
                    update(_mailing)
                    .where(_mailing.c.id == asked.id, _mailing.c.mailed_at.is_(None))
                    .values(mailed_at=clock.now())
                )
        except (NotFound, Denied) as refused:
            raise JobRefused("who sent the document may no longer see it") from refused

    return mail
