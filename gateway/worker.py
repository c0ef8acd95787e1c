"""The jobs of every module, run beside the web server or as a process of their own."""

import asyncio

from services.banking.jobs import refresh_proposals_job
from services.kit.db import Addresses, Database
from services.kit.jobs import Job, run_worker
from services.kit.mail import Sender, SmtpServer, open_sender, send_mail_job
from services.kit.settings import Settings
from services.kit.storage import Store


def handlers(settings: Settings, store: Store, database: Database) -> tuple[Job, ...]:
    """Every kind of job there is, explicitly."""
    return (send_mail_job(_sender(settings), store), refresh_proposals_job(database))


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


async def work(settings: Settings, addresses: Addresses, store: Store, stop: asyncio.Event) -> None:
    """This will run jobs until `stop` is set, then let those under way finish."""
    database = Database(addresses)
    await database.open()
    try:
        jobs = handlers(settings, store, database)
        await run_worker(addresses.app_url, jobs, stop, app_role=addresses.app_role)
    finally:
        await database.close()
