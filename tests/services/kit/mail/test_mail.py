"""A mail is refused before it is queued if it could do harm."""

from pathlib import Path

import pytest

from services.kit.errors import BadInput
from services.kit.mail import (
    Attachment,
    Mail,
    OutboxSender,
    SmtpSender,
    SmtpServer,
    open_sender,
)
from tests.support.mail import FROM


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


class TestOpenSender:
    def test_opens_smtp_only_when_a_server_is_named(self, tmp_path: Path) -> None:
        assert isinstance(open_sender(FROM, tmp_path), OutboxSender)
        assert isinstance(open_sender(FROM, tmp_path, SmtpServer("127.0.0.1")), SmtpSender)
