"""Mails reach a real SMTP server beside the test."""

import ssl
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from services.kit import clock
from services.kit.mail import (
    MailNotSent,
    MailUndeliverable,
    SmtpSender,
    SmtpServer,
)
from services.kit.settings import MailEncryption
from tests.support.mail import CONTENTS, FROM, INVOICE_READY, NOON, PDF, PLAIN, Mailbox, plain_sender, serving


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 with its key in one file; it is its own authority."""
    return _self_signed(tmp_path_factory.mktemp("tls") / "server.pem")


class TestSmtpSender:
    async def test_delivers_text_html_and_files_to_the_one_recipient(
        self, mailbox: Mailbox, smtp_port: int
    ) -> None:
        with clock.moved_to(NOON):
            await plain_sender(smtp_port).send(INVOICE_READY, key="invoice 7", contents=CONTENTS)

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
            await plain_sender(smtp_port).send(PLAIN, key=key, contents={})

        ids = [message_from_bytes(content)["Message-ID"] for _, _, content in mailbox.envelopes]
        assert ids[0] == ids[1] != ids[2]

    @pytest.mark.parametrize("answer", ["550 no such user", "553 not allowed"])
    async def test_gives_up_on_a_recipient_refused_for_good(
        self, mailbox: Mailbox, smtp_port: int, answer: str
    ) -> None:
        mailbox.recipient_answer = answer

        with pytest.raises(MailUndeliverable, match=answer[4:]):
            await plain_sender(smtp_port).send(PLAIN, key="hello", contents={})

    async def test_tries_a_recipient_again_who_is_greylisted(self, mailbox: Mailbox, smtp_port: int) -> None:
        mailbox.recipient_answer = "451 greylisted, come back later"

        with pytest.raises(MailNotSent, match="greylisted"):
            await plain_sender(smtp_port).send(PLAIN, key="hello", contents={})

    @pytest.mark.parametrize(
        ("answer", "failure"), [("554 looks like spam", MailUndeliverable), ("452 disk full", MailNotSent)]
    )
    async def test_tells_refused_content_from_a_busy_server(
        self, mailbox: Mailbox, smtp_port: int, answer: str, failure: type[Exception]
    ) -> None:
        mailbox.data_answer = answer

        with pytest.raises(failure):
            await plain_sender(smtp_port).send(PLAIN, key="hello", contents={})

    async def test_says_when_no_server_is_there(self, mailbox: Mailbox) -> None:
        async with serving(mailbox) as port:
            pass

        with pytest.raises(MailNotSent):
            await plain_sender(port).send(PLAIN, key="hello", contents={})


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
        async with serving(
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
        async with serving(mailbox, tls_from_start=tls) as port:
            server = SmtpServer("127.0.0.1", port, encryption=MailEncryption.TLS, ca_file=certificate)
            await SmtpSender(server, FROM).send(PLAIN, key="hello", contents={})

        assert len(mailbox.envelopes) == 1

    async def test_refuses_a_server_whose_authority_is_unknown(
        self, mailbox: Mailbox, tls: ssl.SSLContext
    ) -> None:
        async with serving(mailbox, tls_context=tls) as port:
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
        async with serving(mailbox, tls_context=tls, authenticator=mailbox.authenticate) as port:
            server = SmtpServer("127.0.0.1", port, "atrio", "wrong", ca_file=certificate)

            with pytest.raises(MailNotSent):
                await SmtpSender(server, FROM).send(PLAIN, key="hello", contents={})

    def test_keeps_the_password_out_of_what_is_logged(self) -> None:
        assert "right" not in repr(SmtpServer("127.0.0.1", 25, "atrio", "right"))


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
