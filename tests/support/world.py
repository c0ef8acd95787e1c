"""One client company with something in every table, made by the product's own acts, and a viewer for every role."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Self
from uuid import UUID

from PIL import Image
from sqlalchemy import text

from gateway.viewers import Known
from services.access.actions import revoke_from_firm
from services.access.interface import Viewer
from services.access.policy import Role, Scope
from services.banking.actions import AskedTarget, reconcile
from services.banking.formats.norma43_writer import MovementToWrite
from services.contacts.actions import NewContact, create_contact
from services.documents.interface import (
    NewDocument,
    NewLine,
    approve_document,
    attach,
    create_document,
    send_document,
)
from services.exports.models import Export, ExportReach
from services.inbox.actions import receive_file
from services.inbox.papers import store_and_look_at
from services.journal.actions.marks import mark_reviewed
from services.journal.chart import AccountType
from services.journal.interface import EntryLineDraft, draft_entry, post_entry
from services.journal.models import LedgerAccount
from services.kit import clock
from services.kit.ids import new_id
from services.portal.actions import add_comment, record_downloaded
from services.portal.branding import NewBranding, set_branding
from services.recurring.actions import NewRecurring, create_recurring, today_of
from services.recurring.making import make_next
from services.recurring.rules import Frequency, Schedule
from services.uploads.interface import record_upload
from tests.support.builders.banking import Bank, open_bank
from tests.support.builders.contacts import customer_with_a_twin
from tests.support.builders.journal_marks import keep_books
from tests.support.builders.returns import prepared
from tests.support.office import BOOKS, Office

NOTHING: frozenset[Scope] = frozenset()
CONTACT_SCOPES = frozenset({Scope.SALES, Scope.CONTACTS, Scope.MESSAGES, Scope.CATALOG})
PAPER = (120, 160)


@dataclass
class World:
    """A client company of an office. `granted`: whether the firm, the employee, the contact and the app may look."""

    office: Office
    bank: Bank
    granted: bool
    client_owner: Viewer
    contact: Viewer
    ids: dict[str, UUID] = field(default_factory=dict)

    @property
    def company_id(self) -> UUID:
        return self.bank.company_id

    @classmethod
    async def open(cls, office: Office, *, granted: bool = True) -> Self:
        """This will build the company; without the grant everything was done while there still was one."""
        bank = await open_bank(office, f"Tallers {new_id().hex[-6:]} SL")
        client_owner = await office.client_owner(bank.company_id)
        async with office.act(client_owner) as act:
            customer, twin, taken = await customer_with_a_twin(act, bank.company_id)
        contact = await office.portal_contact(
            bank.company_id, customer, view=CONTACT_SCOPES if granted else NOTHING
        )
        ids = {"contact": customer, "merged_contact": twin, "contact_import": taken}
        world = cls(office, bank, granted, client_owner, contact, ids)
        await world._documents()
        await world._settings_of_documents()
        await world._money()
        await world._recurring()
        await world._papers()
        await world._portal()
        world.ids["tax_return"] = await prepared(office, bank.company_id, customer)
        if not granted:
            async with office.act(client_owner) as act:
                await revoke_from_firm(act, company_id=bank.company_id, firm_id=office.firm_id)
        return world

    async def _document(self, kind: str, number: str | None, *, approve: bool) -> UUID:
        async with self.office.act() as act:
            document_id = await create_document(
                act,
                NewDocument(
                    company_id=self.company_id,
                    kind=kind,
                    contact_id=self.ids["contact"],
                    issued_on=date(2026, 10, 20),
                    due_on=date(2026, 11, 20),
                    number=number,
                    status="PENDING_REVIEW",
                    lines=(NewLine(description="Reparació", unit_price=Decimal(1000), tax_rate=Decimal(21)),),
                ),
            )
            if approve:
                await approve_document(act, document_id)
                if kind == "SALES_INVOICE":
                    await send_document(act, document_id)
        return document_id

    async def _documents(self) -> None:
        async with self.office.act() as act:
            await act.session.execute(
                text(
                    "update company set tax_id = 'B17000001', address = 'Carrer Nou 2', city = 'Girona' where id = :c"
                ),
                {"c": self.company_id},
            )
        self.ids["sale"] = await self._document("SALES_INVOICE", None, approve=True)
        self.ids["purchase"] = await self._document("PURCHASE_INVOICE", "P-77", approve=True)
        await self._document("PURCHASE_INVOICE", "P-78", approve=False)
        content = b"%PDF-1.4 a supplier's paper"
        kept = await self.office.store.put(content, "application/pdf")
        async with self.office.act() as act:
            for document_id in (self.ids["purchase"], self.ids["sale"]):
                await attach(
                    act,
                    document_id=document_id,
                    filename="paper.pdf",
                    media_type="application/pdf",
                    size=kept.size,
                    sha256=kept.sha256,
                )
            await record_upload(
                act,
                self.office.store,
                company_id=self.company_id,
                purpose="INBOX",
                filename="paper.pdf",
                media_type="application/pdf",
                content=content,
            )

    async def _settings_of_documents(self) -> None:
        """What no act of the product writes in this company, straight into the tables."""
        known = {"c": self.company_id, "sale": self.ids["sale"], "purchase": self.ids["purchase"]}
        statements = {
            "insert into document_settings (company_id, simplified_limit, needs_second_person)"
            " values (:c, 3000, false)": ("c",),
            "insert into document_series (id, company_id, kind, code, use, is_usual, created_at)"
            " values (gen_random_uuid(), :c, 'SALES_INVOICE', 'WEB', 'ORDINARY', false, now())": ("c",),
            "insert into exchange_rate (id, company_id, currency, day, rate, created_at)"
            " values (gen_random_uuid(), :c, 'USD', '2026-10-01', 0.91, now())": ("c",),
            "insert into document_instalment (id, company_id, document_id, position, due_on, amount)"
            " values (gen_random_uuid(), :c, :sale, 1, '2026-11-20', 1210.00)": ("c", "sale"),
            "insert into document_mailing (id, company_id, document_id, recipient, language, attaches_pdf,"
            " asked_by_name, request_key, created_at) values (gen_random_uuid(), :c, :sale, 'b@example.test', 'es',"
            " true, 'Aina', 'k', now())": ("c", "sale"),
            "insert into document_link (id, company_id, from_id, to_id, from_line_id, to_line_id, purpose, quantity,"
            " created_at) select gen_random_uuid(), :c, :purchase, :sale, p.id, s.id, 'CONVERSION', 1, now()"
            " from document_line p, document_line s where p.document_id = :purchase and s.document_id = :sale": (
                "c",
                "sale",
                "purchase",
            ),
        }
        async with self.office.act() as act:
            for statement, names in statements.items():
                await act.session.execute(text(statement), {name: known[name] for name in names})

    async def _money(self) -> None:
        await self.bank.receive(
            MovementToWrite(
                operation_on=date(2026, 11, 3), amount=Decimal("1210.00"), text_lines=("CLARA VIDAL",)
            ),
            MovementToWrite(
                operation_on=date(2026, 11, 9),
                amount=Decimal("710.00"),
                text_lines=("CLARA VIDAL FV26-000001",),
            ),
            MovementToWrite(
                operation_on=date(2026, 11, 4), amount=Decimal("-42.10"), text_lines=("TPV 4411",)
            ),
        )
        async with self.office.act() as act:
            lines = (
                await act.session.execute(
                    text("select id, amount from bank_line where company_id = :c order by operation_on"),
                    {"c": self.company_id},
                )
            ).all()
            self.ids["bank_line"] = next(line.id for line in lines if line.amount == Decimal("710.00"))
            await reconcile(
                act,
                lines[0].id,
                [AskedTarget(document_id=self.ids["sale"], amount=Decimal("500.00"))],
                request_key="world",
            )
            self.ids["entry"] = await draft_entry(
                act,
                company_id=self.company_id,
                entry_on=date(2026, 11, 5),
                text="To post",
                lines=[
                    EntryLineDraft(account_code="629", debit=Decimal("10.00"), text="x"),
                    EntryLineDraft(account_code="570", credit=Decimal("10.00"), text="x"),
                ],
                source="MANUAL",
                source_id=None,
            )
            # An account that the general chart does not know, for the reports that must name it.
            strange = LedgerAccount(
                company_id=self.company_id,
                code="5810",
                name="Per vendre",
                type=AccountType.CURRENT_ASSET.value,
            )
            act.session.add(strange)
            await act.session.flush()
            await post_entry(
                act,
                company_id=self.company_id,
                entry_on=date(2026, 11, 6),
                text="Strange",
                lines=[
                    EntryLineDraft(account_code="5810", debit=Decimal("7.00")),
                    EntryLineDraft(account_code="570", credit=Decimal("7.00")),
                ],
                source="MANUAL",
            )
            posted = await act.session.scalar(
                text("select id from journal_entry where company_id = :c and state = 'POSTED' limit 1"),
                {"c": self.company_id},
            )
            await mark_reviewed(act, posted)
        await keep_books(self.office, self.company_id, self.ids["entry"])

    async def _recurring(self) -> None:
        """A template that made an invoice today, the day of the tests."""
        async with self.office.act() as act:
            self.ids["recurring"] = await create_recurring(
                act,
                self.company_id,
                NewRecurring(
                    contact_id=self.ids["contact"],
                    name="Quota",
                    schedule=Schedule(
                        starts_on=await today_of(act, self.company_id), frequency=Frequency.MONTHLY
                    ),
                    lines=(NewLine(description="Quota", unit_price=Decimal(50), tax_rate=Decimal(21)),),
                ),
                request_key="world",
            )
            await make_next(act, self.ids["recurring"])

    async def _papers(self) -> None:
        picture = BytesIO()
        Image.new("RGB", PAPER, "white").save(picture, "PNG")
        paper = await store_and_look_at(self.office.store, content=picture.getvalue(), filename="ticket.png")
        async with self.office.act() as act:
            self.ids["file"] = await receive_file(act, paper, company_id=self.company_id)
        async with self.office.act(await self._employee(BOOKS)) as act:
            await receive_file(act, paper, company_id=self.company_id)

    async def _portal(self) -> None:
        async with self.office.act(self.client_owner) as act:
            await set_branding(
                act,
                self.company_id,
                NewBranding(
                    slug=f"tallers-{self.company_id.hex[-12:]}",
                    display_name="Tallers",
                    primary_color="#1f5f4a",
                ),
            )
            await add_comment(act, self.ids["sale"], "Thank you.", request_key="world")
        if self.granted:
            async with self.office.act(self.contact) as act:
                await record_downloaded(act, self.ids["sale"])
        else:
            async with self.office.act(self.client_owner) as act:
                await act.session.execute(
                    text(
                        "insert into document_view (id, company_id, document_id, membership_id, act, at)"
                        " values (gen_random_uuid(), :c, :d, :m, 'OPENED', now())"
                    ),
                    {"c": self.company_id, "d": self.ids["sale"], "m": self.contact.id},
                )
        await self._file_of(self.office.owner)
        self.ids["token"] = (await self.partner()).viewer.id

    async def _file_of(self, asking: Viewer | Known) -> None:
        """A file that somebody asked for, of rows of this company."""
        viewer = asking.viewer if isinstance(asking, Known) else asking
        async with self.office.database.write(viewer.id) as session:
            made = Export(
                viewer_id=viewer.id,
                role=viewer.role.value,
                company_id=self.company_id,
                name="contacts",
                arguments="{}",
                format="CSV",
                locale="en",
                filename="contacts.csv",
                request_key=new_id().hex,
                expires_at=clock.now() + timedelta(days=7),
            )
            session.add(made)
            await session.flush()
            session.add(ExportReach(export_id=made.id, company_id=self.company_id, mask=0))

    async def _employee(self, scopes: frozenset[Scope]) -> Viewer:
        return await self.office.employee(self.company_id, view=scopes, edit=scopes)

    async def partner(self) -> Known:
        """A partner app of this company: with every scope of the books, or with none that the world does not grant."""
        return await self.office.partner(
            self.company_id, BOOKS if self.granted else NOTHING, self.client_owner
        )

    async def viewer(self, role: Role) -> Viewer | Known:
        """Somebody in a role who works for, at or with this company, as far as it granted; with a file of their own."""
        found = await self._in_role(role)
        await self._file_of(found)
        return found

    async def _in_role(self, role: Role) -> Viewer | Known:
        match role:
            case Role.FIRM_OWNER:
                return self.office.owner
            case Role.FIRM_ADMIN:
                return self.office.admin
            case Role.ACCOUNT_MANAGER:
                return self.office.manager
            case Role.BOOKKEEPER:
                return self.office.bookkeeper
            case Role.CLIENT_OWNER:
                return self.client_owner
            case Role.CLIENT_EMPLOYEE:
                return await self._uploader()
            case Role.PORTAL_CONTACT:
                return self.contact
            case Role.PARTNER_APP:
                return await self.partner()

    async def _uploader(self) -> Viewer:
        """An employee with a paper of their own, since employees see only those."""
        employee = await self._employee(BOOKS if self.granted else NOTHING)
        if self.granted:
            async with self.office.act(employee) as act:
                await act.session.execute(
                    text("update inbox_file set uploaded_by = :m where id = :f"),
                    {"m": employee.id, "f": self.ids["file"]},
                )
        return employee

    async def stranger(self, office: Office, who: str) -> Viewer | None:
        """Somebody in a role elsewhere: of another firm, another client, another publisher; or nobody at all."""
        if who == "nobody":
            return None
        if who in ("owner", "manager", "bookkeeper"):
            found: Viewer = getattr(office, who)
            return found
        elsewhere = await office.client("Una altra SL")
        if who == "client_owner":
            return await office.client_owner(elsewhere)
        if who == "employee":
            return await office.employee(elsewhere, view=BOOKS, edit=BOOKS)
        async with office.act() as act:
            contact_id = await create_contact(act, NewContact(company_id=elsewhere, name="Aliena"))
        return await office.portal_contact(elsewhere, contact_id)

    @property
    def variables(self) -> dict[str, str]:
        """The ids of this world by the names that `ARGUMENTS` uses."""
        named = {name: str(value) for name, value in self.ids.items()}
        return named | {
            "company": str(self.company_id),
            "bank_account": str(self.bank.account_id),
            "slug": f"tallers-{self.company_id.hex[-12:]}",
        }


async def neighbours(office: Office, folder: Path) -> tuple[World, World, World]:
    """A company that granted everything, one of the same firm that granted nothing, and one of a foreign firm."""
    stranger = await Office.open(office.database, folder / "stranger", "Assessoria Lluna SL")
    return (
        await World.open(office),
        await World.open(office, granted=False),
        await World.open(stranger),
    )
