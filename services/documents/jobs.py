"""What documents do after an act: printing and mailing."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from services.access.interface import acting, active_viewer
from services.accounts.interface import branding_table, company_table
from services.contacts.interface import contact_table
from services.documents.actions.mailing import MAIL_DOCUMENT
from services.documents.mails import document_mail
from services.documents.printing import pdf_of, visible_document
from services.kit.db import Database
from services.kit.errors import Denied, NotFound
from services.kit.jobs import Job, JobRefused, job
from services.kit.mail import Attachment, queue_mail
from services.kit.settings import get_settings
from services.kit.storage import Store

_company: Any = company_table()
_contact: Any = contact_table()
_branding: Any = branding_table()


def mail_document_job(database: Database, store: Store) -> Job:
    """This will give the worker's job that mails a `document` to its contact, acting as `viewer`.

    `attach` "yes" puts the PDF into the mail. Whoever asked must still see the document; doing it again queues nothing.
    """

    @job(MAIL_DOCUMENT)
    async def mail(payload: dict[str, str]) -> None:
        document_id = UUID(payload["document"])
        viewer = await active_viewer(database, UUID(payload["viewer"]))
        if viewer is None:
            raise JobRefused("who sent the document is no longer active")
        try:
            attachment = None
            if payload["attach"] == "yes":
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
                            _contact.c.email.label("contact_email"),
                            _contact.c.language,
                            _branding.c.slug,
                        )
                        .select_from(_company)
                        .join(_contact, _contact.c.id == row.contact_id)
                        .outerjoin(_branding, _branding.c.company_id == _company.c.id)
                        .where(_company.c.id == row.company_id)
                    )
                ).one()
                if not parties.contact_email:
                    raise JobRefused("the contact has lost its e-mail address")
                written = document_mail(
                    to=parties.contact_email,
                    locale=parties.language,
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
                )
                await queue_mail(act.session, written, once_key=f"document {row.id} {payload['key']}")
        except (NotFound, Denied) as refused:
            raise JobRefused("who sent the document may no longer see it") from refused

    return mail
