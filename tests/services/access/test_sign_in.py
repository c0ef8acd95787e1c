"""Signing in: one answer to everything that is not a sign-in, and nothing outlives what it was given for."""

import asyncio
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from services.access import actions
from services.access.interface import SignInFailed, TooManyAttempts, sign_in, sign_out, switch_place
from services.access.policy import Role
from services.access.sign_in import (
    ATTEMPTS_PER_LOGIN_MAX,
    FAMILIAR,
    SESSION_IDLE,
    SESSION_LENGTH,
    WAITING_MAX,
)
from services.kit import clock
from services.kit.errors import BadInput, NotFound
from services.kit.ids import new_id
from tests.support.builders.portal import Publisher
from tests.support.office import Office
from tests.support.world import World

PASSWORD = "correct horse battery"


async def _person(
    office: Office, *, role: Role = Role.BOOKKEEPER, code: str | None = None
) -> tuple[Any, str]:
    email = f"marta.{new_id().hex}@example.test"
    async with office.act() as act:
        person_id = await actions.add_person(act.session, name="Marta Gil", email=email)
        await actions.set_password(act.session, person_id, PASSWORD)
        await actions.add_membership(
            act.session, person_id=person_id, company_id=office.firm_id, role=role, user_code=code
        )
    return person_id, email


async def _try(
    office: Office,
    login: str,
    password: str = PASSWORD,
    surface: str = "firm",
    *,
    slug: str | None = None,
    network: str | None = None,
) -> Any:
    return await sign_in(
        office.database,
        surface=surface,
        login=login,
        password=password,
        network=network or f"test {new_id()}",
        slug=slug,
    )


class TestSignIn:
    async def test_opens_a_session_by_email_in_any_case(self, office: Office) -> None:
        _, email = await _person(office)

        opened = await _try(office, email.upper())

        known = await office.viewers.find(opened.secret)
        assert known is not None
        assert known.viewer.role is Role.BOOKKEEPER

    async def test_opens_a_session_by_user_code(self, office: Office) -> None:
        code = f"MG{new_id().hex[-8:].upper()}"
        await _person(office, code=code)

        assert (await _try(office, code.lower())).membership_id

    async def test_opens_a_session_by_a_user_code_that_two_publishers_gave(self, world: World) -> None:
        code = f"MG{new_id().hex[-8:].upper()}"
        email = f"{new_id().hex}@example.test"
        async with world.office.act(world.client_owner) as act:
            person_id = await actions.add_person(act.session, name="Marta Gil", email=email)
            await actions.set_password(act.session, person_id, PASSWORD)
            here = await actions.add_membership(
                act.session,
                person_id=person_id,
                company_id=world.company_id,
                role=Role.CLIENT_OWNER,
                user_code=code,
            )
        await _person(world.office, code=code)

        with pytest.raises(SignInFailed):
            await _try(world.office, code)
        opened = await _try(world.office, code, slug=world.variables["slug"])

        assert opened.membership_id == here

    async def test_opens_at_the_door_of_a_portal_that_portal_and_no_other(self, office: Office) -> None:
        first, second, third = [
            await Publisher.open(office, name) for name in ("Puig SL", "Nexe SL", "Pi SL")
        ]
        person_id, email = await _person(office)
        places = {}
        async with office.act() as act:
            for publisher in (first, second):
                places[publisher.company_id] = await actions.add_membership(
                    act.session,
                    person_id=person_id,
                    company_id=publisher.company_id,
                    role=Role.PORTAL_CONTACT,
                    contact_id=publisher.x_id,
                )

        for publisher in (first, second):
            opened = await _try(office, email, surface="portal", slug=publisher.slug)
            assert opened.membership_id == places[publisher.company_id]
        with pytest.raises(SignInFailed):
            await _try(office, email, surface="portal", slug=third.slug)
        assert (await _try(office, email, slug=third.slug)).membership_id, "a firm has no such doors"

    @pytest.mark.parametrize(
        "why", ["unknown", "wrong password", "locked", "expired", "other surface", "revoked"]
    )
    async def test_gives_one_answer_to_everything_else(self, office: Office, why: str) -> None:
        person_id, email = await _person(office)
        changes = {
            "locked": "update credential set locked_at = now() where person_id = $1",
            "expired": "update membership set expires_on = '2020-01-01' where person_id = $1",
            "revoked": "update membership set state = 'REVOKED' where person_id = $1",
        }
        if why in changes:
            await office.by_hand(changes[why], person_id)

        with pytest.raises(SignInFailed) as failed:
            await _try(
                office,
                "nobody@example.test" if why == "unknown" else email,
                "wrong password" if why == "wrong password" else PASSWORD,
                "portal" if why == "other surface" else "firm",
            )

        assert failed.value.message == SignInFailed().message

    async def test_locks_after_the_attempts_of_the_credential_and_the_right_password_then_fails(
        self, office: Office
    ) -> None:
        person_id, email = await _person(office)
        async with office.database.write(person_id=person_id) as session:
            await session.execute(
                text("update credential set attempts_max = 3 where person_id = :p"), {"p": person_id}
            )

        for _ in range(3):
            with pytest.raises(SignInFailed):
                await _try(office, email, "wrong password")

        with pytest.raises(SignInFailed):
            await _try(office, email)

    async def test_guessing_many_at_once_locks_before_the_right_one_gets_in(self, office: Office) -> None:
        person_id, email = await _person(office)
        async with office.database.write(person_id=person_id) as session:
            await session.execute(
                text("update credential set attempts_max = 3 where person_id = :p"), {"p": person_id}
            )

        guesses = [*(["wrong password"] * 15), PASSWORD]
        outcomes = await asyncio.gather(
            *(_try(office, email, guess) for guess in guesses), return_exceptions=True
        )

        assert {type(outcome) for outcome in outcomes} == {SignInFailed}

    async def test_a_flood_is_told_to_come_back_instead_of_queueing(self, office: Office) -> None:
        logins = [f"nobody.{new_id().hex}@example.test" for _ in range(3 * WAITING_MAX)]

        outcomes = await asyncio.gather(*(_try(office, login) for login in logins), return_exceptions=True)

        kinds = Counter(type(outcome) for outcome in outcomes)
        assert set(kinds) == {SignInFailed, TooManyAttempts}
        assert kinds[TooManyAttempts] > 0

    async def test_guessing_from_elsewhere_never_locks_out_who_signs_in_from_where_it_always_does(
        self, office: Office
    ) -> None:
        _, email = await _person(office)
        home = f"home {new_id()}"
        await _try(office, email, network=home)
        for _ in range(ATTEMPTS_PER_LOGIN_MAX + 5):
            with pytest.raises((SignInFailed, TooManyAttempts)):
                await _try(office, email, "wrong password")

        with pytest.raises(TooManyAttempts):
            await _try(office, email)  # From anywhere else even the right one waits.
        with pytest.raises(TooManyAttempts):
            await _try(office, email, "wrong password", network=home)
        assert (await _try(office, email, network=home)).membership_id
        with clock.moved_to(clock.now() + timedelta(minutes=16)):
            with pytest.raises(SignInFailed):
                await _try(office, email)  # Locked for all but home.
            assert (await _try(office, email, network=home)).membership_id

    async def test_guessing_at_home_locks_home_too(self, office: Office) -> None:
        person_id, email = await _person(office)
        home = f"home {new_id()}"
        await _try(office, email, network=home)
        async with office.database.write(person_id=person_id) as session:
            await session.execute(
                text("update credential set attempts_max = 3 where person_id = :p"), {"p": person_id}
            )

        guesses = [*(["wrong password"] * 8), PASSWORD]
        for guess in guesses:
            with pytest.raises(SignInFailed):
                await _try(office, email, guess, network=home)

        with pytest.raises(SignInFailed):
            await _try(office, email)
        async with office.act() as act:
            await actions.set_password(act.session, person_id, PASSWORD)
        assert (await _try(office, email, network=home)).membership_id

    async def test_a_network_is_forgotten_when_nobody_signed_in_there_for_long(self, office: Office) -> None:
        person_id, email = await _person(office)
        home = f"home {new_id()}"
        await _try(office, email, network=home)
        async with office.database.write(person_id=person_id) as session:
            await session.execute(
                text("update credential set locked_at = now() where person_id = :p"), {"p": person_id}
            )

        with clock.moved_to(clock.now() + FAMILIAR + timedelta(days=1)), pytest.raises(SignInFailed):
            await _try(office, email, network=home)

    async def test_slows_down_guessing_for_known_and_unknown_logins_alike(self, office: Office) -> None:
        login = f"nobody.{new_id().hex}@example.test"
        for _ in range(ATTEMPTS_PER_LOGIN_MAX):
            with pytest.raises(SignInFailed):
                await _try(office, login)

        with pytest.raises(TooManyAttempts):
            await _try(office, login)
        with clock.moved_to(clock.now() + timedelta(minutes=16)), pytest.raises(SignInFailed):
            await _try(office, login)

    async def test_keeps_no_secret_that_could_be_used(self, office: Office) -> None:
        person_id, email = await _person(office)
        opened = await _try(office, email)

        async with office.database.read(person_id=person_id) as session:
            stored = (
                await session.execute(
                    text(
                        "select c.secret_hash || s.token_hash from credential c"
                        " join sign_in_session s on s.person_id = c.person_id where c.person_id = :p"
                    ),
                    {"p": person_id},
                )
            ).scalar_one()
        assert "$argon2id$" in stored
        assert PASSWORD not in stored
        assert opened.secret not in stored

    async def test_refuses_a_short_new_password(self, office: Office) -> None:
        person_id, _ = await _person(office)

        with pytest.raises(BadInput):
            async with office.act() as act:
                await actions.set_password(act.session, person_id, "short")


class TestSessionEnds:
    async def test_at_sign_out(self, office: Office) -> None:
        _, email = await _person(office)
        opened = await _try(office, email)
        known = await office.viewers.find(opened.secret)
        assert known is not None

        await sign_out(office.database, opened.secret)

        answer = await office.ask(known, "{ contacts { totalCount } }")
        assert answer.codes == ["UNAUTHENTICATED"]

    @pytest.mark.parametrize("late", [SESSION_IDLE, SESSION_LENGTH])
    async def test_after_idling_and_after_its_length(self, office: Office, late: timedelta) -> None:
        _, email = await _person(office)
        opened = await _try(office, email)

        with clock.moved_to(clock.now() + late + timedelta(minutes=1)):
            assert await office.viewers.find(opened.secret) is None

    async def test_when_the_membership_is_revoked_with_the_very_next_request(self, office: Office) -> None:
        known = await office.known(office.bookkeeper)
        assert (await office.ask(known, "{ contacts { totalCount } }")).codes == []

        await office.by_hand("update membership set state = 'REVOKED' where id = $1", office.bookkeeper.id)

        assert (await office.ask(known, "{ contacts { totalCount } }")).codes == ["UNAUTHENTICATED"]
        assert (await office.ask(known, "{ contacts { totalCount } }", planned=False)).codes == [
            "UNAUTHENTICATED"
        ]


class TestSwitchPlace:
    async def test_acts_from_another_place_and_ends_the_old_session(self, office: Office) -> None:
        person_id, email = await _person(office)
        joinery = await office.client()
        async with office.act() as act:
            other = await actions.add_membership(
                act.session, person_id=person_id, company_id=joinery, role=Role.CLIENT_OWNER
            )
        opened = await _try(office, email)

        moved = await switch_place(
            office.database, secret=opened.secret, person_id=person_id, membership_id=other, surface="firm"
        )

        known = await office.viewers.find(moved.secret)
        assert known is not None
        assert known.viewer.role is Role.CLIENT_OWNER
        assert await office.viewers.find(opened.secret) is None

    async def test_refuses_a_place_past_its_last_day_and_keeps_the_session(self, office: Office) -> None:
        person_id, email = await _person(office)
        joinery = await office.client()
        async with office.act() as act:
            other = await actions.add_membership(
                act.session, person_id=person_id, company_id=joinery, role=Role.CLIENT_OWNER
            )
            await act.session.execute(
                text("update membership set expires_on = '2020-01-01' where id = :m"), {"m": other}
            )
        opened = await _try(office, email)

        with pytest.raises(NotFound):
            await switch_place(
                office.database,
                secret=opened.secret,
                person_id=person_id,
                membership_id=other,
                surface="firm",
            )

        assert await office.viewers.find(opened.secret) is not None

    async def test_refuses_a_place_of_somebody_else(self, office: Office) -> None:
        person_id, email = await _person(office)
        opened = await _try(office, email)

        with pytest.raises(NotFound):
            await switch_place(
                office.database,
                secret=opened.secret,
                person_id=person_id,
                membership_id=office.owner.id,
                surface="firm",
            )
