"""Mails, sent to a real SMTP server of the test's own and into the outbox folder."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
from aiosmtpd import smtp as smtp_server
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

from services.kit import clock
from services.kit.db import Addresses
from services.kit.embedded import APP_ROLE
from services.kit.errors import BadInput
from services.kit.jobs import Job, dead_jobs, jobs_grants_sql, pgqueuer_schema_sql, run_worker
from services.kit.mail import (
    Attachment,
    Mail,
    MailMissing,
    MailNotSent,
    MailUndeliverable,
    OutboxSender,
    SmtpSender,
    SmtpServer,
    list_outbox,
    open_sender,
    queue_mail,
    read_mail,
    send_mail_job,
)
from services.kit.mail.outbox import MAILS_KEPT_MAX
from services.kit.settings import MailEncryption
from services.kit.storage import LocalStore
from tests.support.database import TestServer

PATIENCE_SECONDS = 20
FROM = "Atrio <no-reply@example.com>"
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

INVOICE_READY = Mail(
    to="client@example.org",
    subject="Su factura nº 7 está lista — Peña & Cía",
    text="La factura está en su portal.\n",
    html="<p>La factura está en su <b>portal</b>.</p>\n",
    reply_to="manager@example.net",
    attachments=(Attachment("Factura nº 7.pdf", "application/pdf", "ab" * 32),),
)
PDF = b"%PDF-1.7\n" + bytes(range(256))
CONTENTS = {"ab" * 32: PDF}
PLAIN = Mail(to="client@example.org", subject="Hello", text="Only text.\n")


class Mailbox:
    """What the SMTP server took, and how it answers."""

    def __init__(self) -> None:
        self.envelopes: list[tuple[str, list[str], bytes]] = []
        self.recipient_answer = "250 OK"
        self.data_answer = "250 OK"
        self.logins: list[tuple[bytes, bytes]] = []

    async def handle_RCPT(  # noqa: N802  aiosmtpd's name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: list[str]
    ) -> str:
        if self.recipient_answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.recipient_answer

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        if self.data_answer.startswith("250"):
            self.envelopes.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return self.data_answer

    def authenticate(
        self, _server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any
    ) -> AuthResult:
        self.logins.append((data.login, data.password))
        return AuthResult(success=(data.login, data.password) == (b"atrio", b"right"), handled=False)

    def message(self) -> EmailMessage:
        [(_, _, content)] = self.envelopes
        return message_from_bytes(content, _class=EmailMessage, policy=SMTP)


@asynccontextmanager
async def _serving(
    mailbox: Mailbox, tls_from_start: ssl.SSLContext | None = None, **options: Any
) -> AsyncIterator[int]:
    """This will run an SMTP server beside the test and give its port."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: smtp_server.SMTP(mailbox, loop=loop, **options), "127.0.0.1", 0, ssl=tls_from_start
    )
    async with server:
        yield server.sockets[0].getsockname()[1]


@pytest.fixture
def mailbox() -> Mailbox:
    """An empty mailbox."""
    return Mailbox()


@pytest.fixture
async def smtp_port(mailbox: Mailbox) -> AsyncIterator[int]:
    """A server that takes anything, unprotected."""
    async with _serving(mailbox) as port:
        yield port


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 with its key in one file; it is its own authority."""
    return _self_signed(tmp_path_factory.mktemp("tls") / "server.pem")


def _plain_sender(port: int) -> SmtpSender:
    return SmtpSender(SmtpServer("127.0.0.1", port, encryption=MailEncryption.NONE), FROM)


class TestMail:
    @pytest.mark.parametrize(
        "address",
        [
            "",
            "client",
            "client@",
            "@example.org",
            "a@b@c.org",
            "client@example.org, other@example.org",
            "client@example.org\r\nBcc: other@example.org",
            "client@example.org\n",
            "Client <client@example.org>",
            "client@-example.org",
            "x" * 65 + "@example.org",
            "a@" + "x" * 260,
        ],
    )
    def test_refuses_an_address_that_is_none(self, address: str) -> None:
        with pytest.raises(BadInput, match="BAD_INPUT"):
            Mail(to=address, subject="Hello", text="Text")
        with pytest.raises(BadInput):
            Mail(to="client@example.org", subject="Hello", text="Text", reply_to=address)

    @pytest.mark.parametrize(
        "line", ["a\nBcc: b@c.org", "a\rb", "a\x00b", "a\u2028b", "a\x85b", "", " ", "x" * 201]
    )
    def test_refuses_a_subject_that_could_begin_another_header(self, line: str) -> None:
        with pytest.raises(BadInput):
            Mail(to="client@example.org", subject=line, text="Text")

    def test_refuses_a_file_name_that_could_begin_another_header(self) -> None:
        with pytest.raises(BadInput):
            Mail("a@b.org", "Hello", "Text", attachments=(Attachment("a\r\nb", "text/plain", "ab" * 32),))

    @pytest.mark.parametrize("media_type", ["pdf", "text/html\r\nX: y", "TEXT/plain", ""])
    def test_refuses_what_is_no_media_type(self, media_type: str) -> None:
        with pytest.raises(BadInput):
            Mail("a@b.org", "Hello", "Text", attachments=(Attachment("a", media_type, "ab" * 32),))

    def test_refuses_a_mail_without_plain_text(self) -> None:
        with pytest.raises(BadInput):
            Mail(to="client@example.org", subject="Hello", text=" \n", html="<p>Only HTML</p>")

    @pytest.mark.parametrize("sent_from", ["", "Atrio", "Atrio <no-reply>", "A <a@b.org>\r\nBcc: c@d.org"])
    def test_refuses_a_sender_without_address(self, tmp_path: Path, sent_from: str) -> None:
        with pytest.raises(BadInput):
            open_sender(sent_from, tmp_path)


class TestSmtpSender:
    async def test_delivers_text_html_and_files_to_the_one_recipient(
        self, mailbox: Mailbox, smtp_port: int
    ) -> None:
        with clock.moved_to(NOON):
            await _plain_sender(smtp_port).send(INVOICE_READY, key="invoice 7", contents=CONTENTS)

        [(envelope_from, recipients, _)] = mailbox.envelopes
        message = mailbox.message()
        text, html = message.get_body(("plain",)), message.get_body(("html",))
        [attached] = message.iter_attachments()
        assert (envelope_from, recipients) == ("no-reply@example.com", ["client@example.org"])
        assert message["From"] == FROM
        assert message["To"] == "client@example.org"
        assert message["Reply-To"] == "manager@example.net"
        assert message["Subject"] == INVOICE_READY.subject
        assert abs(message["Date"].datetime - NOON) < timedelta(minutes=1)
        assert message["Auto-Submitted"] == "auto-generated"
        assert text is not None
        assert html is not None
        assert text.get_content().splitlines() == INVOICE_READY.text.splitlines()
        assert html.get_content().splitlines() == (INVOICE_READY.html or "").splitlines()
        assert attached.get_filename() == "Factura nº 7.pdf"
        assert attached.get_content_type() == "application/pdf"
        assert attached.get_content() == PDF

    async def test_gives_the_same_message_id_for_the_same_key_only(
        self, mailbox: Mailbox, smtp_port: int
    ) -> None:
        for key in ("invoice 7", "invoice 7", "invoice 8"):
            await _plain_sender(smtp_port).send(PLAIN, key=key, contents={})

        ids = [message_from_bytes(content)["Message-ID"] for _, _, content in mailbox.envelopes]
        assert ids[0] == ids[1] != ids[2]

    @pytest.mark.parametrize("answer", ["550 no such user", "553 not allowed"])
    async def test_gives_up_on_a_recipient_refused_for_good(
        self, mailbox: Mailbox, smtp_port: int, answer: str
    ) -> None:
        mailbox.recipient_answer = answer

        with pytest.raises(MailUndeliverable, match=answer[4:]):
            await _plain_sender(smtp_port).send(PLAIN, key="hello", contents={})

    async def test_tries_a_recipient_again_who_is_greylisted(self, mailbox: Mailbox, smtp_port: int) -> None:
        mailbox.recipient_answer = "451 greylisted, come back later"

        with pytest.raises(MailNotSent, match="greylisted"):
            await _plain_sender(smtp_port).send(PLAIN, key="hello", contents={})

    @pytest.mark.parametrize(
        ("answer", "failure"), [("554 looks like spam", MailUndeliverable), ("452 disk full", MailNotSent)]
    )
    async def test_tells_refused_content_from_a_busy_server(
        self, mailbox: Mailbox, smtp_port: int, answer: str, failure: type[Exception]
    ) -> None:
        mailbox.data_answer = answer

        with pytest.raises(failure):
            await _plain_sender(smtp_port).send(PLAIN, key="hello", contents={})

    async def test_says_when_no_server_is_there(self, mailbox: Mailbox) -> None:
        async with _serving(mailbox) as port:
            pass

        with pytest.raises(MailNotSent):
            await _plain_sender(port).send(PLAIN, key="hello", contents={})


class TestSmtpEncryption:
    @pytest.fixture
    def tls(self, certificate: Path) -> ssl.SSLContext:
        """What the server speaks TLS with."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        return context

    async def test_sends_over_starttls_with_login(
        self, mailbox: Mailbox, certificate: Path, tls: ssl.SSLContext
    ) -> None:
        async with _serving(
            mailbox,
            tls_context=tls,
            require_starttls=True,
            authenticator=mailbox.authenticate,
            auth_required=True,
        ) as port:
            server = SmtpServer("127.0.0.1", port, "atrio", "right", ca_file=certificate)
            await SmtpSender(server, FROM).send(PLAIN, key="hello", contents={})

        assert len(mailbox.envelopes) == 1
        assert mailbox.logins == [(b"atrio", b"right")]

    async def test_sends_over_tls_from_the_first_byte(
        self, mailbox: Mailbox, certificate: Path, tls: ssl.SSLContext
    ) -> None:
        async with _serving(mailbox, tls_from_start=tls) as port:
            server = SmtpServer("127.0.0.1", port, encryption=MailEncryption.TLS, ca_file=certificate)
            await SmtpSender(server, FROM).send(PLAIN, key="hello", contents={})

        assert len(mailbox.envelopes) == 1

    async def test_refuses_a_server_whose_authority_is_unknown(
        self, mailbox: Mailbox, tls: ssl.SSLContext
    ) -> None:
        async with _serving(mailbox, tls_context=tls) as port:
            with pytest.raises(MailNotSent, match="certificate"):
                await SmtpSender(SmtpServer("127.0.0.1", port), FROM).send(PLAIN, key="hello", contents={})

        assert mailbox.envelopes == []

    async def test_never_falls_back_to_an_unprotected_connection(
        self, mailbox: Mailbox, smtp_port: int
    ) -> None:
        with pytest.raises(MailNotSent, match="STARTTLS"):
            await SmtpSender(SmtpServer("127.0.0.1", smtp_port), FROM).send(PLAIN, key="hello", contents={})

        assert mailbox.envelopes == []

    async def test_says_when_the_login_is_wrong(
        self, mailbox: Mailbox, certificate: Path, tls: ssl.SSLContext
    ) -> None:
        async with _serving(mailbox, tls_context=tls, authenticator=mailbox.authenticate) as port:
            server = SmtpServer("127.0.0.1", port, "atrio", "wrong", ca_file=certificate)

            with pytest.raises(MailNotSent):
                await SmtpSender(server, FROM).send(PLAIN, key="hello", contents={})

    def test_keeps_the_password_out_of_what_is_logged(self) -> None:
        assert "right" not in repr(SmtpServer("127.0.0.1", 25, "atrio", "right"))


class TestOutbox:
    async def test_shows_a_mail_as_its_reader_gets_it(self, tmp_path: Path) -> None:
        with clock.moved_to(NOON):
            await OutboxSender(tmp_path, FROM).send(INVOICE_READY, key="invoice 7", contents=CONTENTS)

        [entry] = await list_outbox(tmp_path)
        mail = await read_mail(tmp_path, entry.name)

        assert (entry.to, entry.subject) == ("client@example.org", INVOICE_READY.subject)
        assert entry.sent_at == mail.sent_at == NOON
        assert (mail.sent_from, mail.to, mail.reply_to) == (FROM, "client@example.org", "manager@example.net")
        assert mail.text == INVOICE_READY.text
        assert mail.html == INVOICE_READY.html
        [attached] = mail.attachments
        assert (attached.filename, attached.media_type) == ("Factura nº 7.pdf", "application/pdf")
        assert attached.content == PDF

    async def test_holds_a_mail_sent_twice_once(self, tmp_path: Path) -> None:
        sender = OutboxSender(tmp_path, FROM)

        for key in ("a", "a", "b"):
            await sender.send(PLAIN, key=key, contents={})

        assert len(await list_outbox(tmp_path)) == 2

    async def test_lists_the_newest_first_and_no_more_than_asked(self, tmp_path: Path) -> None:
        sender = OutboxSender(tmp_path, FROM)
        for number in range(3):
            mail = Mail(to="client@example.org", subject=f"Number {number}", text="Text")
            await sender.send(mail, key=str(number), contents={})

        subjects = [entry.subject for entry in await list_outbox(tmp_path, limit=2)]

        assert subjects == ["Number 2", "Number 1"]

    async def test_is_empty_before_the_first_mail(self, tmp_path: Path) -> None:
        assert await list_outbox(tmp_path / "outbox") == []

    @pytest.mark.parametrize("name", ["0" * 32, "../secret", "", "*", "0" * 31 + "\n"])
    async def test_says_that_no_mail_has_this_name(self, tmp_path: Path, name: str) -> None:
        (tmp_path / "secret.eml").write_text("Subject: secret\n\nsecret")

        with pytest.raises(MailMissing):
            await read_mail(tmp_path / "outbox", name)

    async def test_lets_the_oldest_go_when_it_is_full(self, tmp_path: Path) -> None:
        sender = OutboxSender(tmp_path, FROM)
        await sender.send(PLAIN, key="oldest", contents={})
        [oldest] = await list_outbox(tmp_path)
        for number in range(MAILS_KEPT_MAX - 1):
            (tmp_path / f"{number:032x}.eml").write_text("Subject: later")

        await sender.send(PLAIN, key="newest", contents={})

        assert len([*tmp_path.iterdir()]) == MAILS_KEPT_MAX  # noqa: ASYNC240  one look into a test's folder
        with pytest.raises(MailMissing):
            await read_mail(tmp_path, oldest.name)


class TestOpenSender:
    def test_opens_smtp_only_when_a_server_is_named(self, tmp_path: Path) -> None:
        assert isinstance(open_sender(FROM, tmp_path), OutboxSender)
        assert isinstance(open_sender(FROM, tmp_path, SmtpServer("127.0.0.1")), SmtpSender)


class TestQueueMail:
    @pytest.fixture
    async def addresses(self, postgres_server: TestServer) -> AsyncIterator[Addresses]:
        """A database with the jobs' tables only."""
        name = f"mail_{uuid4().hex}"
        addresses = await postgres_server.create_database(name)
        owner = await asyncpg.connect(addresses.owner_url)
        for statement in (*pgqueuer_schema_sql(), *jobs_grants_sql(APP_ROLE)):
            await owner.execute(statement)
        await owner.close()
        yield addresses
        await postgres_server.drop_database(name)

    @pytest.fixture
    async def engine(self, addresses: Addresses) -> AsyncIterator[AsyncEngine]:
        """The application's way to the same database."""
        engine = create_async_engine(addresses.app_url.replace("postgresql:", "postgresql+asyncpg:"))
        yield engine
        await engine.dispose()

    async def test_sends_what_was_committed_once_and_never_what_was_rolled_back(
        self, mailbox: Mailbox, smtp_port: int, addresses: Addresses, engine: AsyncEngine, tmp_path: Path
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
        async with AsyncSession(engine) as session:
            await queue_mail(session, PLAIN, once_key="hello")
            await session.rollback()
        async with AsyncSession(engine) as session, session.begin():
            assert await queue_mail(session, mail, once_key="invoice 7 published")
            assert not await queue_mail(session, mail, once_key="invoice 7 published")

        await _worked(addresses, send_mail_job(_plain_sender(smtp_port), store))

        message = mailbox.message()
        [attached] = message.iter_attachments()
        assert message["Subject"] == "Su factura"
        assert message["Reply-To"] == "manager@example.net"
        assert message.get_body(("html",)) is not None
        assert attached.get_content() == PDF

    async def test_keeps_an_undeliverable_mail_as_dead_after_one_try(
        self, mailbox: Mailbox, smtp_port: int, addresses: Addresses, engine: AsyncEngine, tmp_path: Path
    ) -> None:
        mailbox.recipient_answer = "550 no such user"
        async with AsyncSession(engine) as session, session.begin():
            await queue_mail(session, PLAIN, once_key="hello")
        job = send_mail_job(_plain_sender(smtp_port), LocalStore(tmp_path))

        await _worked(addresses, job)

        async with AsyncSession(engine) as session:
            [dead] = await dead_jobs(session)
        assert dead.tries == 1
        assert dead.payload["to"] == "client@example.org"
        assert "no such user" in dead.error


async def _worked(addresses: Addresses, job: Job) -> None:
    """This will work until `job` was handled once, well or badly."""
    handled, stop_event = asyncio.Event(), asyncio.Event()

    async def watched(payload: dict[str, str]) -> None:
        try:
            await job.handler(payload)
        finally:
            handled.set()

    worker = asyncio.create_task(run_worker(addresses.app_url, [replace(job, handler=watched)], stop_event))
    async with asyncio.timeout(PATIENCE_SECONDS):
        await handled.wait()
        stop_event.set()
        await worker


def _self_signed(path: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM) + private)
    return path
