"""A forgotten password: a mail to its owner and to nobody else, and nothing that tells whether there is an owner."""

from datetime import timedelta
from typing import Any

import orjson
import pytest
from sqlalchemy import text

from services.access import actions
from services.access.interface import (
    PasswordLinkUsed,
    TooManyAttempts,
    ask_for_password,
    choose_password,
    sign_in,
)
from services.access.jobs import forget_sign_ins_job, mail_password_link_job
from services.access.password_links import ASKED_PER_LOGIN_MAX, PURPOSE
from services.access.policy import Role
from services.access.sign_in import SignInFailed
from services.kit import clock, links
from services.kit.ids import new_id
from services.kit.links import LinkExpired
from services.kit.mail import texts_of
from tests.support.office import Office

SECRET = "a secret of the tests that is long enough"
ADDRESS = "https://atrio.example"


async def _person(office: Office) -> tuple[Any, str]:
    email = f"marta.{new_id().hex}@example.test"
    async with office.act() as act:
        person_id = await actions.add_person(act.session, name="Marta Gil", email=email)
        await actions.set_password(act.session, person_id, "correct horse battery")
        await actions.add_membership(
            act.session, person_id=person_id, company_id=office.firm_id, role=Role.BOOKKEEPER
        )
    return person_id, email


async def _jobs(office: Office, entrypoint: str, like: str) -> list[dict[str, str]]:
    async with office.database.read() as session:
        rows = await session.scalars(
            text("select payload from pgqueuer where entrypoint = :e order by id"), {"e": entrypoint}
        )
        return [found for row in rows if like in str(found := orjson.loads(row))]


async def _ask(office: Office, login: str, **given: Any) -> list[dict[str, str]]:
    """The mails that somebody gets who forgot the password, after the worker ran."""
    await ask_for_password(
        office.database, **{"surface": "firm", "network": f"test {new_id()}", "login": login, **given}
    )
    job = mail_password_link_job(office.database, ADDRESS)
    asked = await _jobs(office, "mail_password_link", login.strip())
    await job.handler(asked[-1])
    return await _jobs(office, "send_mail", login.strip().lower())


def _token(mail: dict[str, str]) -> str:
    (line,) = [line for line in texts_of(mail, SECRET)["text"].splitlines() if line.startswith(ADDRESS)]
    address, _, token = line.partition("#")
    assert address == f"{ADDRESS}/firm/password"
    return token


class TestForgotten:
    async def test_password_is_chosen_anew_by_a_mailed_link_which_ends_sessions_and_locks(
        self, office: Office
    ) -> None:
        person_id, email = await _person(office)
        opened = await sign_in(
            office.database,
            surface="firm",
            login=email,
            password="correct horse battery",
            network=str(new_id()),
        )
        async with office.database.write(person_id=person_id) as session:
            await session.execute(
                text("update credential set locked_at = now(), failed_attempts = 10 where person_id = :p"),
                {"p": person_id},
            )
        (mail,) = await _ask(office, email)

        await choose_password(
            office.database, secret=SECRET, token=_token(mail), password="another horse battery"
        )

        assert await office.viewers.find(opened.secret) is None
        for password, works in (("correct horse battery", False), ("another horse battery", True)):
            try:
                await sign_in(
                    office.database, surface="firm", login=email, password=password, network=str(new_id())
                )
            except SignInFailed:
                assert not works
            else:
                assert works
        with pytest.raises(PasswordLinkUsed):
            await choose_password(
                office.database, secret=SECRET, token=_token(mail), password="a third horse battery"
            )

    async def test_password_stays_until_a_new_one_was_chosen(self, office: Office) -> None:
        _, email = await _person(office)
        (mail,) = await _ask(office, email)

        opened = await sign_in(
            office.database,
            surface="firm",
            login=email,
            password="correct horse battery",
            network=str(new_id()),
        )
        assert await office.viewers.find(opened.secret) is not None
        with clock.moved_to(clock.now() + timedelta(minutes=61)), pytest.raises(LinkExpired):
            await choose_password(
                office.database, secret=SECRET, token=_token(mail), password="another horse battery"
            )

    async def test_a_link_of_an_older_version_asks_for_a_new_one(self, office: Office) -> None:
        token = links.sign(SECRET, PURPOSE, {"link": str(new_id())}, clock.now() + timedelta(minutes=5))

        with pytest.raises(PasswordLinkUsed):
            await choose_password(
                office.database, secret=SECRET, token=token, password="another horse battery"
            )

    @pytest.mark.parametrize("why", ["unknown", "other surface", "revoked", "expired"])
    async def test_password_of_nobody_who_could_sign_in_is_asked_for_alike_and_mails_nothing(
        self, office: Office, why: str
    ) -> None:
        person_id, email = await _person(office)
        if why in ("revoked", "expired"):
            change = "state = 'REVOKED'" if why == "revoked" else "expires_on = '2020-01-01'"
            await office.by_hand(f"update membership set {change} where person_id = $1", person_id)  # noqa: S608
        login = f"nobody.{new_id().hex}@example.test" if why == "unknown" else email

        mails = await _ask(office, login, surface="portal" if why == "other surface" else "firm")

        assert mails == []

    async def test_password_asked_for_too_often_is_refused_for_known_and_unknown_alike(
        self, office: Office
    ) -> None:
        _, email = await _person(office)
        for login in (email, f"nobody.{new_id().hex}@example.test"):
            for _ in range(ASKED_PER_LOGIN_MAX):
                await ask_for_password(
                    office.database, surface="firm", login=login.upper(), network=str(new_id())
                )
            with pytest.raises(TooManyAttempts):
                await ask_for_password(office.database, surface="firm", login=login, network=str(new_id()))

    async def test_password_mail_says_nothing_of_a_queue_that_could_be_read(self, office: Office) -> None:
        _, email = await _person(office)
        (mail,) = await _ask(office, f"  {email}  ")

        assert _token(mail) not in str(mail)
        assert mail["to"] == email


async def test_attempts_that_no_limit_counts_are_forgotten(office: Office) -> None:
    login = f"nobody.{new_id().hex}@example.test"
    await ask_for_password(office.database, surface="firm", login=login, network=str(new_id()))
    counted = "select count(*) from sign_in_attempt where key = :key"
    left = []
    for later in (timedelta(hours=23), timedelta(hours=25)):
        with clock.moved_to(clock.now() + later):
            await forget_sign_ins_job(office.database).handler({})
        async with office.database.read(for_itself=True) as session:
            left.append(await session.scalar(text(counted), {"key": f"forgotten:{login}"}))
    assert left == [1, 0]
