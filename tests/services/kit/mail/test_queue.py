"""A queued mail is sent if the transaction commits, once."""

import asyncio
from dataclasses import replace
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.jobs import Job, dead_jobs
from services.kit.mail import (
    Attachment,
    Mail,
    queue_mail,
    send_mail_job,
)
from services.kit.seals import Seals
from services.kit.storage import LocalStore
from tests.support.jobs import SEALS, Queue, came, working
from tests.support.mail import PDF, PLAIN, Mailbox, plain_sender


class TestQueueMail:
    async def test_sends_what_was_committed_once_and_never_what_was_rolled_back(
        self, mailbox: Mailbox, smtp_port: int, queue: Queue, tmp_path: Path
    ) -> None:
        store = LocalStore(tmp_path)
        kept = await store.put(PDF, "application/pdf")
        mail = Mail(
            to="client@example.org",
            subject="Su factura",
            text="Texto\n",
            html="<p>Texto</p>",
            reply_to="manager@example.net",
            attachments=(Attachment("Factura.pdf", "application/pdf", kept.sha256),),
        )
        async with AsyncSession(queue.engine, info={Seals: SEALS}) as session:
            await queue_mail(session, PLAIN, once_key="hello")
            await session.rollback()
        async with AsyncSession(queue.engine, info={Seals: SEALS}) as session, session.begin():
            assert await queue_mail(session, mail, once_key="invoice 7 published")
            assert not await queue_mail(session, mail, once_key="invoice 7 published")

        await _worked(queue, send_mail_job(plain_sender(smtp_port), store))

        message = mailbox.message()
        [attached] = message.iter_attachments()
        assert message["Subject"] == "Su factura"
        assert message["Reply-To"] == "manager@example.net"
        assert message.get_body(("html",)) is not None
        assert attached.get_content() == PDF

    async def test_keeps_an_undeliverable_mail_as_dead_after_one_try(
        self, mailbox: Mailbox, smtp_port: int, queue: Queue, tmp_path: Path
    ) -> None:
        mailbox.recipient_answer = "550 no such user"
        async with AsyncSession(queue.engine, info={Seals: SEALS}) as session, session.begin():
            await queue_mail(session, PLAIN, once_key="hello")
        job = send_mail_job(plain_sender(smtp_port), LocalStore(tmp_path))

        await _worked(queue, job)

        async with AsyncSession(queue.engine, info={Seals: SEALS}) as session:
            [dead] = await dead_jobs(session)
        assert dead.tries == 1
        assert dead.payload["to"] == "client@example.org"
        assert "no such user" in dead.error


async def _worked(queue: Queue, job: Job) -> None:
    """This will work until `job` was handled once, well or badly."""
    handled = asyncio.Event()

    async def watched(payload: dict[str, str]) -> None:
        try:
            await job.handler(payload)
        finally:
            handled.set()

    async with working(queue, replace(job, handler=watched)):
        await came(handled)
