"""The demo firm: people, thirteen clients with a fiscal year each, portals, one partner app.

Written by the modules' own actions, so whatever they refuse cannot stand here. On one day the same figures at every run
(chance is seeded); ids, user codes and the partner's token differ. The books end on the day they are written: what
waits, what is new and what is due is so for whoever looks at it then. `demo_day` of the settings is for another day.
"""

import asyncio
import io
import random
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import PurePath
from typing import Any
from uuid import UUID

from PIL import Image, ImageDraw
from sqlalchemy import func, select

from infra.seeds import people
from infra.seeds.client import ClientBooks
from infra.seeds.identifiers import company_tax_id, person_tax_id, spanish_account
from infra.seeds.logins import DemoLogin, DemoLogins
from infra.seeds.papers import PAPERS, paper_content
from infra.seeds.trades import TRADES, Trade
from infra.seeds.year import Calendar
from services.access import actions as access
from services.access.interface import Act, Viewer, acting, grant_portal_place, membership_table
from services.access.policy import Role, Scope, SubscriptionPlan
from services.accounts import actions as accounts
from services.contacts.interface import contact_table
from services.documents.interface import document_table
from services.inbox.actions import receive_file
from services.inbox.papers import Paper, store_and_look_at
from services.journal.interface import verify_ledger
from services.kit import clock
from services.kit.db import Database
from services.kit.storage import Store
from services.portal.actions import (
    DEFAULT_SCOPES,
    add_comment,
    record_downloaded,
    record_opened,
)
from services.portal.branding import NewBranding, set_branding

PASSWORD = "puig-demo-2026"  # noqa: S105 -- published with the demo, which never runs in production
PARTNER_APP = "Cash Radar"
PARTNER_SCOPES = frozenset({Scope.SALES, Scope.BANKING})
TOKEN_DAYS = 365
SEED = 20261121
AT_ONCE = 3
"""Clients written side by side, each in its own transaction."""

BOOKS = frozenset(scope for scope in Scope if scope.value >= Scope.ACCOUNTS.value)
"""What a client can grant at all."""

PORTAL_PEOPLE = (
    ("Clara Vidal", "clara@vidal.example", ("fusteria-puigdevall", "nexe")),
    ("Nils Åkerström", "nils@akerstrom.example", ("fusteria-puigdevall",)),
    ("Rosa Peña", "rosa@pena.example", ("pena-munoz",)),
)
"""Name, e-mail, and the publishers that let the person in, each as another regular customer."""


class BooksBroken(Exception):
    """An entry of the demo does not verify; the demo is wrong and must not be shown."""


async def seed_demo(database: Database, store: Store) -> DemoLogins:
    """This will write the demo firm into an empty database. Raises what the actions refuse, and BooksBroken."""
    calendar = Calendar(clock.today())
    staff = await _firm(database)
    logo = await _logo(store)
    # The first page makes the pool of processes start, which takes seconds; clients need papers at their end.
    papers = asyncio.create_task(_papers(store))
    gate = asyncio.Semaphore(AT_ONCE)
    companies: dict[str, UUID] = {}

    async def write(place: int, trade: Trade) -> None:
        async with gate:
            companies[trade.slug] = await _client(
                database, staff, place, trade, calendar, papers=papers, logo=logo
            )

    # One transaction a client: a failure names it and leaves none half written. All tasks end before an error goes on.
    made = await asyncio.gather(
        papers, *(write(*numbered) for numbered in enumerate(TRADES)), return_exceptions=True
    )
    for result in made:
        if isinstance(result, BaseException):
            raise result
    owner = await _client_owner(database, staff, companies["fusteria-puigdevall"])
    token = await _partner(database, owner)
    for name, email, slugs in PORTAL_PEOPLE:
        for slug in slugs:
            await _portal_person(database, staff[people.OWNER.email], companies[slug], name, email)
    return DemoLogins(PASSWORD, tuple(_logins()), PARTNER_APP, token)


# ---------------------------------------------------------------- the firm


async def _firm(database: Database) -> dict[str, Viewer]:
    """The firm and its people, by e-mail."""
    staff: dict[str, Viewer] = {}
    async with database.write() as session:
        firm_id = await accounts.found_company(
            session,
            accounts.NewCompany(
                kind="FIRM",
                name=people.FIRM_NAME,
                tax_id=company_tax_id(1_770_000),
                trade="Gestoría",
                address="Carrer de la Riera, 12",
                postcode="17800",
                city="Olot",
                province="Girona",
                email="oficina@puig.example",
            ),
        )
        staff[people.OWNER.email] = await _colleague(session, firm_id, people.OWNER)
    async with acting(database, staff[people.OWNER.email]) as act:
        for colleague in (people.ADMIN, people.LAIA, people.MARC, people.BOOKKEEPER):
            staff[colleague.email] = await _colleague(act.session, firm_id, colleague)
        await set_branding(
            act,
            firm_id,
            NewBranding(slug="puig", display_name="Gestoria Puig i Associats", primary_color="#1f5f4a"),
        )
    return staff


async def _colleague(session: Any, company_id: UUID, colleague: people.Colleague) -> Viewer:
    person_id = await access.add_person(
        session, name=colleague.name, email=colleague.email, locale=colleague.locale
    )
    await access.set_password(session, person_id, PASSWORD)
    membership_id = await access.add_membership(
        session, person_id=person_id, company_id=company_id, role=colleague.role
    )
    return _viewer(membership_id, colleague.role, person_id, company_id, colleague.name)


def _viewer(
    membership_id: UUID,
    role: Role,
    person_id: UUID,
    company_id: UUID,
    name: str,
    *,
    contact_id: UUID | None = None,
) -> Viewer:
    return Viewer(
        id=membership_id,
        role=role,
        person_id=person_id,
        company_id=company_id,
        contact_id=contact_id,
        surface="portal" if contact_id else "firm",
        name=name,
        locale="es",
        time_zone="Europe/Madrid",
    )


# ---------------------------------------------------------------- clients


async def _client(
    database: Database,
    staff: dict[str, Viewer],
    place: int,
    trade: Trade,
    calendar: Calendar,
    *,
    papers: asyncio.Task[list[Paper]],
    logo: str,
) -> UUID:
    """One client with everything, in one transaction; what it does not grant is taken away at the end."""
    chance = random.Random(SEED + place)  # noqa: S311 -- figures of a demo, no secret
    manager = staff[people.LAIA.email if place % 2 == 0 else people.MARC.email]
    async with acting(database, staff[people.OWNER.email]) as act:
        company_id = await _open(act, place, trade)
        await accounts.assign_account_managers(act, company_id, [manager.id])
        await accounts.assign_bookkeeper(act, company_id, staff[people.BOOKKEEPER.email].id)
        await ClientBooks(act, company_id, trade, place, chance, calendar).write()
        if trade.plan is not SubscriptionPlan.STARTER:
            await _inbox(act, company_id, place, await papers)
        if trade.plan is SubscriptionPlan.FULL:
            await set_branding(
                act,
                company_id,
                NewBranding(
                    slug=trade.slug,
                    display_name=trade.name[:80],
                    primary_color=trade.color,
                    logo_sha256=logo,
                ),
            )
        broken = (await verify_ledger(act.session, company_id)).broken
        if broken is not None:
            raise BooksBroken(f"{trade.name}: entry {broken.entry_id}, {broken.reason}")
        granted = BOOKS - trade.lacks
        if trade.lacks:
            await access.grant_to_firm(
                act.session,
                company_id=company_id,
                firm_id=act.viewer.company_id,
                view=granted,
                edit=granted,
                approve=granted,
                share=granted,
            )
    return company_id


async def _open(act: Act, place: int, trade: Trade) -> UUID:
    everything = accounts.GrantedScopes(view=BOOKS, edit=BOOKS, approve=BOOKS, share=BOOKS)
    number = 2_310_000 + place * 40_009
    return await accounts.open_client_account(
        act,
        accounts.NewCompany(
            kind="CLIENT",
            name=trade.name,
            tax_id=company_tax_id(number, trade.tax_letter)
            if trade.tax_letter
            else person_tax_id(number + 38_000_000),
            trade=trade.trade,
            address=f"Carrer de Sant Ferriol, {3 + place * 4}",
            postcode=trade.postcode,
            city=trade.city,
            province=trade.province,
            email=f"oficina@{trade.slug}.example",
            phone=f"972 26 {place:02} {place * 7:02}",
            iban=spanish_account("2100", "0418", 200_000_000 + place * 7_919).iban,
            plan=trade.plan,
        ),
        everything,
    )


async def _inbox(act: Act, company_id: UUID, place: int, papers: list[Paper]) -> None:
    for turn in range(2 + place % 4):
        paper = papers[(place + turn) % len(papers)]
        with clock.moved_to(_morning(turn + 1)):
            await receive_file(act, paper, company_id=company_id, source="UPLOAD" if turn % 2 else "MAIL")


async def _papers(store: Store) -> list[Paper]:
    return [
        await store_and_look_at(store, content=paper_content(paper), filename=PurePath(paper.filename).name)
        for paper in PAPERS
    ]


async def _logo(store: Store) -> str:
    """A plain leaf; a firm's own logo replaces it."""
    picture = Image.new("RGBA", (256, 256), (0, 0, 0, 0))
    ImageDraw.Draw(picture).pieslice((28, 28, 228, 228), 180, 450, fill=(31, 95, 74, 255))
    made = io.BytesIO()
    picture.save(made, "PNG")
    return (await store.put(made.getvalue(), "image/png")).sha256


# ---------------------------------------------------------------- the client's own people, partner, portal


async def _client_owner(database: Database, staff: dict[str, Viewer], company_id: UUID) -> Viewer:
    async with acting(database, staff[people.OWNER.email]) as act:
        return await _colleague(act.session, company_id, people.CLIENT_OWNER)


async def _partner(database: Database, owner: Viewer) -> str:
    async with acting(database, owner) as act:
        return await access.issue_api_token(
            act,
            company_id=owner.company_id,
            app_name=PARTNER_APP,
            view=PARTNER_SCOPES,
            expires_at=clock.now() + timedelta(days=TOKEN_DAYS),
        )


async def _portal_person(
    database: Database, firm_owner: Viewer, company_id: UUID, name: str, email: str
) -> None:
    """Lets a person in as the regular customer with the most sent papers that nobody has access for yet; it reads some.

    No mail goes out: the demo's password is printed, not sent.
    """
    async with acting(database, firm_owner) as act:
        contact = await _busiest_contact(act, company_id)
        place = await grant_portal_place(
            act.session,
            company_id=company_id,
            contact_id=contact.id,
            name=name,
            email=email,
            locale="es",
            view=DEFAULT_SCOPES,
            address="",
        )
        person_id = await _person_of(act, place.membership_id)
        await access.set_password(act.session, person_id, PASSWORD)
        documents = await _sent_to(act, contact.id)
    reader = _viewer(
        place.membership_id, Role.PORTAL_CONTACT, person_id, company_id, name, contact_id=contact.id
    )
    with clock.moved_to(_morning(2)):
        key = f"demo {documents[0]}"
        async with acting(database, reader) as act:
            for turn, document_id in enumerate(documents):
                await record_opened(act, document_id)
                if turn % 2 == 0:
                    await record_downloaded(act, document_id)
            question = "Buenos días, ¿pueden indicar el número de pedido en la factura?"
            await add_comment(act, documents[0], question, request_key=key)
        async with acting(database, firm_owner) as act:
            await add_comment(act, documents[0], "Claro, lo añadimos hoy mismo.", request_key=key)


async def _busiest_contact(act: Act, company_id: UUID) -> Any:
    document, contact, membership = document_table(), contact_table(), membership_table()
    taken = select(membership.c.contact_id).where(membership.c.contact_id.is_not(None))
    return (
        await act.session.execute(
            select(contact.c.id, contact.c.name)
            .join(document, document.c.contact_id == contact.c.id)
            .where(
                contact.c.company_id == company_id,
                document.c.sent_at.is_not(None),
                contact.c.id.not_in(taken),
            )
            .group_by(contact.c.id, contact.c.name)
            .order_by(func.count().desc(), contact.c.name)
            .limit(1)
        )
    ).one()


async def _person_of(act: Act, membership_id: UUID) -> UUID:
    table = membership_table()
    found = await act.session.execute(select(table.c.person_id).where(table.c.id == membership_id))
    person_id: UUID = found.scalar_one()
    return person_id


async def _sent_to(act: Act, contact_id: UUID) -> list[UUID]:
    """Some older papers of a contact, newest first, for it to have read."""
    table = document_table()
    rows = await act.session.scalars(
        select(table.c.id)
        .where(table.c.contact_id == contact_id, table.c.sent_at.is_not(None))
        .order_by(table.c.issued_on.desc(), table.c.id)
        .offset(2)
        .limit(4)
    )
    return list(rows)


def _morning(days_ago: int) -> datetime:
    day = clock.today() - timedelta(days=days_ago)
    return datetime(day.year, day.month, day.day, 8, 30, tzinfo=UTC)


def _logins() -> Iterable[DemoLogin]:
    for colleague, who in (
        (people.OWNER, "owner of the firm"),
        (people.ADMIN, "administrator"),
        (people.LAIA, "account manager of seven clients"),
        (people.MARC, "account manager of six clients"),
        (people.BOOKKEEPER, "bookkeeper"),
        (people.CLIENT_OWNER, f"owner of the client {TRADES[0].name}"),
    ):
        yield DemoLogin("/firm/", colleague.email, f"{colleague.name}, {who}")
    for name, email, slugs in PORTAL_PEOPLE:
        for slug in slugs:
            yield DemoLogin(f"/portal/{slug}", email, f"{name}, customer")
