"""What access does after the answer: mailing links to passwords, and forgetting what limits looked at."""

from datetime import timedelta

from services.access.password_links import MAIL_PASSWORD_LINK, forget_sign_ins, mail_password_link
from services.kit import clock
from services.kit.db import Database
from services.kit.jobs import Cron, Job, job

FORGET_SIGN_INS = Cron("forget_sign_ins", "23 3 * * *")
KEPT = timedelta(days=1)


def mail_password_link_job(database: Database, address: str) -> Job:
    """This will give the worker's job that mails a link to whoever `login` is on a `surface`, or to nobody."""

    @job(MAIL_PASSWORD_LINK)
    async def mail(payload: dict[str, str]) -> None:
        async with database.write() as session:
            await mail_password_link(
                session,
                address=address,
                surface=payload["surface"],
                login=payload["login"],
                slug=payload["slug"] or None,
            )

    return mail


def forget_sign_ins_job(database: Database) -> Job:
    """This will give the daily job that deletes failed sign-ins which no limit counts any more."""

    @job(FORGET_SIGN_INS.name)
    async def forget(_: dict[str, str]) -> None:
        async with database.write(for_itself=True) as session:
            await forget_sign_ins(session, clock.now() - KEPT)

    return forget
