"""The outbox shows a developer what was sent."""

from pathlib import Path

import pytest

from services.kit import clock
from services.kit.mail import (
    Mail,
    MailMissing,
    OutboxSender,
    list_outbox,
    read_mail,
)
from services.kit.mail.outbox import MAILS_KEPT_MAX
from tests.support.mail import CONTENTS, FROM, INVOICE_READY, NOON, PDF, PLAIN


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
