"""The change log as acts write it, and who reads which of its lines."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from services.access.actions import issue_api_token, set_password
from services.access.interface import SignInFailed, Viewer, sign_in
from services.access.policy import Scope
from services.accounts.actions import GrantedScopes, grant_firm_access, revoke_firm_access
from services.contacts.actions import NewContact, create_contact
from services.documents.actions.settings import change_settings
from services.journal.actions.locks import grant_exception, move_lock
from services.journal.rules.periods import LockKind
from services.kit import clock
from services.kit.ids import new_id
from tests.support.builders.documents import customer, draft, issuer
from tests.support.builders.journal import books, post
from tests.support.builders.portal import Publisher, add_contact
from tests.support.office import Office

LOG = """query ($company: ID!, $filter: AuditFilter, $order: AuditOrder! = AT_ASC) {
  auditEvents(companyId: $company, filter: $filter, orderBy: $order) {
    totalCount nodes { about act actorName actorRole subjectKind subjectName reason sentence changesText } } }"""


async def log(office: Office, viewer: Viewer, company_id: Any, **given: Any) -> list[dict[str, Any]]:
    """The lines that a viewer reads, the oldest first; the plan's answer is graphql-core's."""
    variables = {"company": str(company_id), "filter": given}
    planned = await office.ask(viewer, LOG, variables)
    walked = await office.ask(viewer, LOG, variables, planned=False)
    assert planned.errors == []
    assert planned.data == walked.data
    nodes: list[dict[str, Any]] = planned.data["auditEvents"]["nodes"]
    assert planned.data["auditEvents"]["totalCount"] == len(nodes)
    return nodes


def acts(lines: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(line["about"], line["act"]) for line in lines]


class TestGrants:
    async def test_tell_what_was_widened_narrowed_and_ended_and_until_when(self, office: Office) -> None:
        company_id = await office.client(view=frozenset({Scope.SALES, Scope.BANKING}), edit=frozenset())
        owner = await office.client_owner(company_id)
        until = datetime(2027, 3, 1, 11, tzinfo=UTC)
        for view, end in (
            ({Scope.SALES, Scope.BANKING, Scope.INBOX}, None),
            ({Scope.SALES}, until),
        ):
            async with office.act(owner) as act:
                await grant_firm_access(
                    act,
                    company_id=company_id,
                    firm_id=office.firm_id,
                    granted=GrantedScopes(view=frozenset(view)),
                    valid_until=end,
                )
        async with office.act(owner) as act:
            await revoke_firm_access(act, company_id=company_id, firm_id=office.firm_id)

        lines = await log(office, owner, company_id, about="GRANT")

        assert [line["act"] for line in lines] == ["GRANTED", "WIDENED", "NARROWED", "ENDED"]
        assert [line["actorName"] for line in lines] == ["Olga Sol", *["Núria Puig"] * 3]
        assert lines[1]["sentence"] == "Núria Puig widened the access of Gestoría Sol SL"
        assert lines[1]["changesText"] == "May view: sales, banking → sales, banking, inbox"
        assert "Until: - → 01/03/2027 12:00" in lines[2]["changesText"]
        assert lines[3]["changesText"].startswith("May view: sales → -")

    async def test_leave_no_line_when_the_act_fails_or_changes_nothing(self, office: Office) -> None:
        company_id = await office.client()
        owner = await office.client_owner(company_id)
        before = await log(office, owner, company_id)
        async with office.act(owner) as act:
            await revoke_firm_access(act, company_id=company_id, firm_id=office.firm_id)
            await act.session.rollback()
        async with office.act() as act:
            limit = Decimal("400.00")
            await change_settings(act, company_id, simplified_limit=limit, needs_second_person=True)
            await change_settings(act, company_id, simplified_limit=limit, needs_second_person=True)

        lines = await log(office, owner, company_id)

        assert acts(lines)[len(before) :] == [("SETTINGS", "CHANGED")]
        assert "A second person approves: - → Yes" in lines[-1]["changesText"]


class TestPeople:
    async def test_are_told_with_their_portal_places_apps_and_passwords(self, office: Office) -> None:
        publisher = await Publisher.open(office)
        company_id, owner = publisher.company_id, publisher.owner
        made = await add_contact(office, owner, company_id, "Zoe Prat", "zoe@example.test")
        for done in (
            "grantPortalAccess",
            "deactivatePortalAccess",
            "reactivatePortalAccess",
            "revokePortalAccess",
        ):
            answer = await office.ask(
                owner,
                f"mutation ($ids: [ID!]!) {{ {done}(contactIds: $ids) {{ results {{ refusal {{ code }} }} }} }}",
                {"ids": [str(made)]},
            )
            assert answer.data[done]["results"][0]["refusal"] is None, answer
        async with office.act(owner) as act:
            await issue_api_token(
                act,
                company_id=company_id,
                app_name="Cash Radar",
                view=frozenset({Scope.BANKING}),
                expires_at=clock.now() + timedelta(days=3),
            )

        lines = await log(office, owner, company_id)

        assert set(acts(lines)[:-5]) == {
            ("COLLABORATION", "GRANTED"),
            ("GRANT", "GRANTED"),
            ("TEAM", "GRANTED"),
            ("MEMBER", "GRANTED"),
            ("SETTINGS", "CHANGED"),
            ("PORTAL_ACCESS", "GRANTED"),
        }
        assert acts(lines)[-5:] == [
            ("PORTAL_ACCESS", "GRANTED"),
            ("PORTAL_ACCESS", "PAUSED"),
            ("PORTAL_ACCESS", "RESUMED"),
            ("PORTAL_ACCESS", "ENDED"),
            ("APP", "GRANTED"),
        ]
        assert lines[-4]["sentence"] == "Núria Puig paused the portal access of Zoe Prat"

    async def test_of_the_portal_are_named_only_to_who_may_see_contacts(self, office: Office) -> None:
        company_id = await office.client(view=frozenset({Scope.REPORTS}), edit=frozenset())
        owner = await office.client_owner(company_id)
        contact_id = await add_contact(office, owner, company_id, "Secret Customer SL")
        await office.portal_contact(company_id, contact_id)

        told = await log(office, office.manager, company_id)
        known = await log(office, owner, company_id, about="PORTAL_ACCESS")

        assert [line for line in told if line["about"] in ("PORTAL_ACCESS", "CONTACT")] == []
        assert "Secret Customer SL" not in str(told)
        assert [line["subjectName"] for line in known] == ["Secret Customer SL"]

    async def test_are_not_said_to_have_locked_themselves_out(self, office: Office) -> None:
        email = f"{office.manager.id}@example.test"
        async with office.database.write(person_id=office.manager.person_id) as session:
            given = {"email": email, "person": office.manager.person_id}
            await session.execute(text("update person set email = :email where id = :person"), given)
            await set_password(session, office.manager.person_id, "correct horse battery")
            await session.execute(
                text("update credential set attempts_max = 1 where person_id = :person"), given
            )

        with pytest.raises(SignInFailed):
            await sign_in(
                office.database, surface="firm", login=email, password="wrong", network=str(new_id())
            )

        locked = (await log(office, office.owner, office.firm_id))[-1]
        assert (locked["act"], locked["actorName"], locked["actorRole"]) == ("LOCKED", "", None)
        assert locked["sentence"] == "Aina Roca was locked out after too many tries"


class TestBooks:
    async def test_are_told_step_by_step_with_reasons(self, office: Office) -> None:
        company_id = await issuer(office)
        invoice = await draft(office, company_id, await customer(office, company_id))
        async with office.act() as act:
            await move_lock(act, company_id, LockKind.SOFT, date(2020, 12, 31), reason="Filed")
            await grant_exception(
                act,
                company_id,
                LockKind.SOFT,
                membership_id=office.manager.id,
                until_at=clock.now() + timedelta(days=1),
                reason="A late invoice",
                request_key="k",
            )
        for done in ("approveDocuments", "unapproveDocuments"):
            key = ', requestKey: "a"' if done.startswith("approve") else ""
            await office.ask(
                office.manager,
                f"mutation ($ids: [ID!]!) {{ {done}(ids: $ids{key}) {{ refusals {{ code }} }} }}",
                {"ids": [str(invoice)]},
            )

        lines = await log(office, office.owner, company_id)

        told = acts(lines)
        assert told[-4] == ("LOCK", "MOVED")
        assert ("LOCK", "EXCEPTION_GRANTED") in told
        assert {("DOCUMENT", "APPROVED"), ("ENTRY", "POSTED")} <= set(told[-3:])
        locked = next(line for line in lines if line["act"] == "EXCEPTION_GRANTED")
        assert (locked["reason"], locked["subjectKind"]) == ("A late invoice", "LOCK_SOFT")
        approved = next(line for line in lines if line["act"] == "APPROVED")
        assert (approved["actorName"], approved["actorRole"]) == ("Aina Roca", "ACCOUNT_MANAGER")
        assert await log(office, office.owner, company_id, subjectId=str(invoice)) == [approved]

    async def test_tell_once_which_account_of_a_contact_changed_and_not_its_number(
        self, office: Office
    ) -> None:
        company_id = await office.client()
        async with office.act() as act:
            made = await create_contact(act, NewContact(company_id=company_id, name="Maderas SL"))
        iban, other = "ES9121000418450200051332", "ES7921000813610123456789"
        for version, ibans in enumerate(([iban], [iban, other], [other]), start=1):
            asked = [{"iban": one, "isDefault": one == ibans[-1]} for one in ibans]
            answer = await office.ask(
                office.manager,
                "mutation ($in: UpdateContactInput!) { updateContact(input: $in) { refusals { code message } } }",
                {"in": {"id": str(made), "version": version, "ibans": asked}},
            )
            assert answer.errors == []
            assert answer.data["updateContact"]["refusals"] == []

        lines = await log(office, office.owner, company_id, about="CONTACT")

        assert [line["changesText"] for line in lines] == [
            "Account number: - → ES91 **** 1332",
            "Account number: - → ES79 **** 6789",
            "Account number: ES91 **** 1332 → -",
        ]


class TestWhoReads:
    async def test_nobody_reads_about_a_module_that_is_not_granted(self, office: Office) -> None:
        company_id = await issuer(office)
        owner = await office.client_owner(company_id)
        invoice = await draft(office, company_id, await customer(office, company_id))
        await office.ask(
            office.manager,
            'mutation ($ids: [ID!]!) { approveDocuments(ids: $ids, requestKey: "a") { refusals { code } } }',
            {"ids": [str(invoice)]},
        )
        seen = {line["about"] for line in await log(office, office.manager, company_id)}
        async with office.act(owner) as act:
            await grant_firm_access(
                act,
                company_id=company_id,
                firm_id=office.firm_id,
                granted=GrantedScopes(view=frozenset({Scope.JOURNAL})),
            )

        left = await log(office, office.manager, company_id)

        assert {"DOCUMENT", "ENTRY", "GRANT"} <= seen
        assert {line["about"] for line in left} == seen - {"DOCUMENT", "SETTINGS"}
        assert await log(office, office.manager, company_id, subjectId=str(invoice)) == []
        assert "DOCUMENT" in {line["about"] for line in await log(office, owner, company_id)}

    async def test_bookkeepers_and_employees_read_what_they_did_and_strangers_nothing(
        self, office: Office, other_office: Office
    ) -> None:
        company_id = await books(office)
        await post(office, company_id)
        employee = await office.employee(company_id, view=frozenset({Scope.AUDIT, Scope.SALES}))
        profile = await office.ask(
            office.bookkeeper,
            "mutation ($id: ID!) { setTaxProfile(input: {companyId: $id, taxpayer: SOLE_TRADER, vatScheme: GENERAL,"
            " territory: COMMON}) { refusals { code } } }",
            {"id": str(company_id)},
        )
        assert profile.errors == []

        own = await log(office, office.bookkeeper, company_id)

        assert {line["actorName"] for line in own} == {"Biel Font"}
        assert len(await log(office, office.owner, company_id)) > len(own)
        assert await log(office, employee, company_id) == []
        assert await log(other_office, other_office.owner, company_id) == []


class TestIdleClients:
    async def test_are_those_where_nothing_was_changed_for_long(self, office: Office) -> None:
        asked = "query ($f: ClientFilter) { clients(filter: $f) { nodes { name lastActivityAt } } }"
        now = clock.now()
        with clock.moved_to(now - timedelta(days=41)):
            busy = await office.client("Forn Vell SL")
            await office.client("Bar Nou SL")
        with clock.moved_to(now - timedelta(days=1)):
            async with office.act() as act:
                await change_settings(act, busy, simplified_limit=Decimal(3000), needs_second_person=False)

        idle = await office.ask(office.manager, asked, {"f": {"idleDays": 30}})
        every = await office.ask(office.manager, asked, {"f": {}})

        assert [node["name"] for node in idle.data["clients"]["nodes"]] == ["Bar Nou SL"]
        last = {node["name"]: node["lastActivityAt"][:10] for node in every.data["clients"]["nodes"]}
        assert last == {
            "Bar Nou SL": f"{now - timedelta(days=41):%Y-%m-%d}",
            "Forn Vell SL": f"{now - timedelta(days=1):%Y-%m-%d}",
        }

    async def test_tell_nobody_of_lines_that_it_may_not_read(self, office: Office) -> None:
        company_id = await office.client("Forn Vell SL")
        asked = "query ($f: ClientFilter) { clients(filter: $f) { nodes { name lastActivityAt } } }"

        theirs = await office.ask(office.bookkeeper, asked, {"f": {"idleDays": 0}})
        app = await office.ask(
            await office.partner(company_id, frozenset({Scope.SALES}), await office.client_owner(company_id)),
            asked,
            {"f": {"idleDays": 30}},
        )

        assert await log(office, office.bookkeeper, company_id) == []
        assert theirs.errors == []
        assert [node["lastActivityAt"] for node in theirs.data["clients"]["nodes"]] == [None]
        assert app.data == {"clients": None}

    @pytest.mark.parametrize("days", [-1, 3651, 2**31 - 1])
    async def test_are_asked_for_at_most_ten_years(self, office: Office, days: int) -> None:
        asked = "query ($f: ClientFilter) { clients(filter: $f) { nodes { name } } }"

        answer = await office.ask(office.manager, asked, {"f": {"idleDays": days}})

        assert answer.codes == ["BAD_INPUT"]
        assert answer.errors[0]["message"] == "filter.idleDays: give 0 to 3650 days"


class TestTheDatabase:
    @pytest.mark.parametrize(
        "written",
        [
            "update audit_event set actor_name = 'Nobody' where company_id = :c",
            "delete from audit_event where company_id = :c",
            "insert into audit_event select * from audit_event where company_id = :c",
            "select log_event(:c, 2, 'GRANT', 'ENDED', null, '', '', '{}', '')",
        ],
    )
    async def test_lets_the_program_neither_write_nor_change_a_line(
        self, office: Office, written: str
    ) -> None:
        company_id = await office.client()

        with pytest.raises(DBAPIError) as refused:
            async with office.act() as act:
                await act.session.execute(text(written), {"c": company_id})

        assert isinstance(refused.value.orig.__cause__, asyncpg.InsufficientPrivilegeError)  # type: ignore[union-attr]
