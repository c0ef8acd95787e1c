"""The jobs of every module, run beside the web server or as a process of their own."""

import asyncio

from gateway.exporting import Lists
from gateway.schema import composed
from services.access.interface import FORGET_SIGN_INS, forget_sign_ins_job, mail_password_link_job
from services.banking.jobs import refresh_proposals_job
from services.contacts.jobs import import_contacts_job
from services.documents.jobs import mail_document_job
from services.exports.interface import FORGET_EXPORTS, Workshop, forget_exports_job, make_export_job
from services.kit.db import Addresses, Database
from services.kit.jobs import Cron, Job, run_worker
from services.kit.mail import Sender, SmtpServer, open_sender, send_mail_job
from services.kit.settings import Settings
from services.kit.storage import Store
from services.recurring.jobs import HOURLY, make_recurring_job, start_recurring_job

CRONS: tuple[Cron, ...] = (FORGET_EXPORTS, FORGET_SIGN_INS, HOURLY)
"""The timetable: which jobs are made by the clock."""


def handlers(settings: Settings, store: Store, exported: Store, database: Database) -> tuple[Job, ...]:
    """Every kind of job there is, explicitly. `exported` is the store of exported files."""
    shop = Workshop(database, Lists(composed(), database), store, exported)
    return (
        send_mail_job(_sender(settings), store, secret=settings.secret.get_secret_value()),
        mail_password_link_job(database, settings.address),
        forget_sign_ins_job(database),
        refresh_proposals_job(database),
        import_contacts_job(database, store),
        make_export_job(shop),
        forget_exports_job(shop),
        mail_document_job(database, store),
        start_recurring_job(database),
        make_recurring_job(database),
    )


def _sender(settings: Settings) -> Sender:
    smtp = None
    if settings.mail_host is not None:
        password = settings.mail_password
        smtp = SmtpServer(
            settings.mail_host,
            port=settings.mail_port,
            user=settings.mail_user,
            password=password.get_secret_value() if password else None,
            encryption=settings.mail_encryption,
        )
    return open_sender(settings.mail_sender, settings.data_dir / "outbox", smtp)


async def work(
    settings: Settings, addresses: Addresses, store: Store, exported: Store, stop: asyncio.Event
) -> None:
    """This will run jobs until `stop` is set, then let those under way finish."""
    database = Database(addresses)
    await database.open()
    try:
        jobs = handlers(settings, store, exported, database)
        await run_worker(
            addresses.app_url,
            jobs,
            stop,
            seals=await database.seals(),
            crons=CRONS,
            app_role=addresses.app_role,
        )
    finally:
        await database.close()
