"""Reach follows everything it is made of, in the transaction of the change: the next question already feels it."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from services.access.actions import grant_to_firm, revoke_from_firm
from services.access.policy import Action, Scope, SubscriptionPlan
from services.accounts.actions import assign_account_managers, remove_account_manager
from services.contacts.actions import NewContact, create_contact
from services.kit import clock
from services.kit.errors import Denied, NotFound
from tests.support.office import BOOKS, Office

COUNTER = "query($c: ID!) { client(id: $c) { name pendingWork { newContacts } } }"


async def _refusal(office: Office, viewer: object, company_id: UUID) -> list[str]:
    answer = await office.ask(viewer, COUNTER, {"c": str(company_id)})  # type: ignore[arg-type]
    return answer.codes if answer.data and answer.data["client"] else ["HIDDEN"]


class TestWhatIsGranted:
    async def test_a_module_that_was_not_granted_is_null_and_says_who_can_grant_it(
        self, office: Office
    ) -> None:
        joinery = await office.client(view=BOOKS - {Scope.CONTACTS})

        answer = await office.ask(office.manager, COUNTER, {"c": str(joinery)})

        assert answer.data["client"]["pendingWork"] == {"newContacts": None}
        error = answer.errors[0]
        assert error["path"] == ["client", "pendingWork", "newContacts"]
        assert error["extensions"]["code"] == "SCOPE"
        assert error["extensions"]["scope"] == "CONTACTS"
        assert error["extensions"]["grantors"] == ["CLIENT_OWNER"]
        assert error["extensions"]["companies"] == [str(joinery)]

    async def test_a_module_outside_the_plan_says_plan(self, office: Office) -> None:
        joinery = await office.client(plan=SubscriptionPlan.STARTER)
        async with office.act() as act:
            with pytest.raises(Denied) as denied:
                await act.may(joinery, Scope.INBOX, Action.VIEW)

        assert denied.value.values["layer"] == "PLAN"

    async def test_a_grant_is_told_within_the_role(self, office: Office) -> None:
        joinery = await office.client()
        read = "query($c: ID!) { client(id: $c) { grant { scopes { scope view edit approve share } } } }"

        told = {}
        for viewer in (office.manager, office.bookkeeper):
            answer = await office.ask(viewer, read, {"c": str(joinery)})
            rows = {row.pop("scope"): row for row in answer.data["client"]["grant"]["scopes"]}
            told[viewer] = rows["SALES"], rows["PERIOD_LOCKS"]["approve"], rows["API"]["view"]

        assert told[office.manager] == (
            {"view": True, "edit": True, "approve": True, "share": True},
            False,
            False,
        )
        assert told[office.bookkeeper] == (
            {"view": True, "edit": True, "approve": False, "share": False},
            False,
            False,
        )

    async def test_one_list_decides_row_by_row_and_explains_once(self, office: Office) -> None:
        granted = await office.client("A Granted SL")
        first = await office.client("B Closed SL", view=BOOKS - {Scope.CONTACTS})
        second = await office.client("C Closed SL", view=BOOKS - {Scope.CONTACTS})

        answer = await office.ask(office.manager, "{ clients { nodes { id pendingWork { newContacts } } } }")

        nodes = {node["id"]: node["pendingWork"]["newContacts"] for node in answer.data["clients"]["nodes"]}
        assert nodes == {str(granted): 0, str(first): None, str(second): None}
        assert len(answer.errors) == 1
        assert set(answer.errors[0]["extensions"]["companies"]) == {str(first), str(second)}


class TestNextQuestion:
    async def test_feels_a_revoked_grant(self, office: Office) -> None:
        joinery = await office.client()
        client_owner = await office.client_owner(joinery)
        assert await _refusal(office, office.manager, joinery) == []

        async with office.act(client_owner) as act:
            await revoke_from_firm(act, company_id=joinery, firm_id=office.firm_id)

        assert await _refusal(office, office.manager, joinery) == ["SCOPE"]

    async def test_feels_the_end_of_a_grant(self, office: Office) -> None:
        joinery = await office.client()
        async with office.act(await office.client_owner(joinery)) as act:
            await grant_to_firm(
                act.session,
                company_id=joinery,
                firm_id=office.firm_id,
                view=BOOKS,
                valid_until=clock.now() + timedelta(minutes=10),
            )
        assert await _refusal(office, office.manager, joinery) == []

        with clock.moved_to(clock.now() + timedelta(minutes=11)):
            assert await _refusal(office, office.manager, joinery) == ["STATE"]

    async def test_feels_being_taken_off_a_client(self, office: Office) -> None:
        joinery = await office.client()
        assert await _refusal(office, office.manager, joinery) == []

        async with office.act() as act:
            await remove_account_manager(act, joinery, office.manager.id)

        assert await _refusal(office, office.manager, joinery) == ["HIDDEN"]
        assert await _refusal(office, office.bookkeeper, joinery) == []

    async def test_feels_a_smaller_plan(self, office: Office) -> None:
        joinery = await office.client()
        async with office.act() as act:
            await act.session.execute(
                text("update company set plan_mask = plan_mask & ~cast(:bit as bigint) where id = :c"),
                {"bit": Scope.CONTACTS.bit, "c": joinery},
            )

        assert await _refusal(office, office.manager, joinery) == ["PLAN"]

    async def test_a_partner_token_shrinks_with_the_person_who_consented(self, office: Office) -> None:
        joinery = await office.client()
        client_owner = await office.client_owner(joinery)
        partner = await office.partner(joinery, frozenset({Scope.CONTACTS, Scope.SALES}), client_owner)
        document = "{ contacts { totalCount } }"
        assert (await office.ask(partner, document)).codes == []

        await office.by_hand("update membership set state = 'REVOKED' where id = $1", client_owner.id)

        assert (await office.ask(partner, document)).codes == ["UNAUTHENTICATED"]

    async def test_a_firm_hands_no_client_on_to_a_partner(self, office: Office) -> None:
        joinery = await office.client()

        with pytest.raises(NotFound):
            await office.partner(joinery, frozenset({Scope.CONTACTS}), office.owner)

    async def test_a_partner_token_ends_with_the_last_day_of_the_person_who_consented(
        self, office: Office
    ) -> None:
        joinery = await office.client()
        client_owner = await office.client_owner(joinery)
        partner = await office.partner(joinery, frozenset({Scope.CONTACTS}), client_owner)

        await office.by_hand("update membership set expires_on = '2020-01-01' where id = $1", client_owner.id)

        assert (await office.ask(partner, "{ contacts { totalCount } }")).codes == ["UNAUTHENTICATED"]

    async def test_feels_a_grant_revoked_while_somebody_was_being_assigned(self, office: Office) -> None:
        joinery = await office.client(assigned=False)
        client_owner = await office.client_owner(joinery)

        async def revoke() -> None:
            async with office.act(client_owner) as act:
                await revoke_from_firm(act, company_id=joinery, firm_id=office.firm_id)

        async with office.act() as act:
            await assign_account_managers(act, joinery, [office.manager.id])
            revoking = asyncio.create_task(revoke())
            while not revoking.done() and not await _somebody_waits(office):
                pass
        await revoking

        assert await _refusal(office, office.manager, joinery) == ["SCOPE"]


async def _somebody_waits(office: Office) -> bool:
    async with office.database.pool.acquire() as connection:
        waiting: bool = await connection.fetchval(
            "select exists (select 1 from pg_locks where locktype = 'advisory' and not granted)"
        )
    return waiting


class TestNobodyWritesReach:
    async def test_not_even_the_program(self, office: Office) -> None:
        with pytest.raises(DBAPIError, match="permission denied"):
            async with office.act() as act:
                await act.session.execute(text("update reach set view_mask = -1"))

    async def test_nor_does_a_stranger_join_a_company_that_has_people(self, office: Office) -> None:
        joinery = await office.client()
        async with office.database.write() as session:
            stranger = (await session.execute(text("select gen_random_uuid()"))).scalar_one()

        with pytest.raises(DBAPIError, match="not the viewer's to give"):
            async with office.database.write() as session:
                await session.execute(
                    text(
                        "insert into membership (id, person_id, company_id, role, state, can_view, can_edit,"
                        " can_approve, can_share, created_at)"
                        " values (:id, :p, :c, 'CLIENT_OWNER', 'ACTIVE', 0, 0, 0, 0, now())"
                    ),
                    {"id": stranger, "p": office.owner.person_id, "c": joinery},
                )


class TestActs:
    async def test_on_a_foreign_company_are_not_found(self, office: Office) -> None:
        with pytest.raises(NotFound):
            async with office.act() as act:
                await create_contact(act, NewContact(company_id=UUID(int=9), name="X"))

    async def test_beyond_the_role_are_denied_by_role(self, office: Office) -> None:
        joinery = await office.client()
        answer = await office.ask(
            office.bookkeeper,
            "mutation($c: ID!, $m: ID!) { removeAccountManager(clientId: $c, membershipId: $m) { refusals { code } } }",
            {"c": str(joinery), "m": str(office.manager.id)},
        )

        assert answer.codes == ["ROLE"]
