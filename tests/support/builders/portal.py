"""A publisher with documents on the shelf: rows exactly as a test states them, written by the client's owner."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Self
from uuid import UUID

from services.access.interface import Viewer
from services.contacts.actions import NewContact, create_contact
from services.documents.models import Document, DocumentLine
from services.kit.ids import new_id
from services.portal.branding import NewBranding, set_branding
from tests.support.office import Office

SENT_AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@dataclass(slots=True)
class Publisher:
    """A client company that publishes to two contacts: X, who asks, and Y, who must never be seen by X."""

    office: Office
    company_id: UUID
    owner: Viewer
    x_id: UUID
    x: Viewer
    y_id: UUID
    y: Viewer
    numbers: dict[str, UUID] = field(default_factory=dict)

    @classmethod
    async def open(cls, office: Office, name: str = "Fusteria Puig SL") -> Self:
        """This will open a client with an owner, branding, and contacts X and Y who have access."""
        company_id = await office.client(name)
        owner = await office.client_owner(company_id)
        async with office.act(owner) as act:
            await set_branding(
                act,
                company_id,
                NewBranding(slug=_slug(company_id), display_name=name, primary_color="#1F5F4A"),
            )
        made = []
        for contact_name in ("Xavier Mas", "Yolanda Pi"):
            email = f"{contact_name[0].lower()}.{company_id.hex[-12:]}@example.test"
            contact_id = await add_contact(office, owner, company_id, contact_name, email)
            made.append((contact_id, await office.portal_contact(company_id, contact_id)))
        (x_id, x), (y_id, y) = made
        return cls(office, company_id, owner, x_id, x, y_id, y)

    @property
    def slug(self) -> str:
        """The address of its portal."""
        return _slug(self.company_id)

    async def document(self, number: str, **columns: Any) -> UUID:
        """A sent and approved invoice of 121.00 to X with one product line, unless columns say otherwise."""
        line_count = columns.pop("product_lines", 1)
        total = Decimal(columns.pop("total", "121.00"))
        kind = columns.pop("kind", "SALES_INVOICE")
        values: dict[str, Any] = {
            "contact_id": self.x_id,
            "status": "APPROVED",
            "issued_on": date(2026, 3, 2),
            "due_on": date(2026, 4, 1),
            "sent_at": SENT_AT,
            "outstanding": total if kind == "SALES_INVOICE" and total > 0 else Decimal(0),
            "search_text": number.lower(),
            **columns,
        }
        document = Document(
            id=new_id(),
            company_id=self.company_id,
            side="SALES",
            kind=kind,
            number=number,
            taxable_base=total,
            total=total,
            **values,
        )
        async with self.office.act(self.owner) as act:
            act.session.add(document)
            await act.session.flush()
            act.session.add_all(self._line(document.id, place) for place in range(1, line_count + 1))
        self.numbers[number] = document.id
        return document.id

    def _line(self, document_id: UUID, position: int) -> DocumentLine:
        return DocumentLine(
            company_id=self.company_id,
            document_id=document_id,
            position=position,
            description="Oak shelf",
            unit_price=Decimal("100.0000"),
            tax_code="S21",
            tax_rate=Decimal("21.00"),
            base=Decimal("100.00"),
        )


def _slug(company_id: UUID) -> str:
    return f"puig-{company_id.hex[-12:]}"


async def add_contact(
    office: Office, owner: Viewer, company_id: UUID, name: str, email: str | None = None
) -> UUID:
    """A customer in a company's book, written by its owner."""
    async with office.act(owner) as act:
        new = NewContact(company_id=company_id, name=name, email=email, city="Vic", is_customer=True)
        return await create_contact(act, new)
