"""Returns for tests: how a company is taxed, and a prepared return that its books no longer agree with."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from services.documents.interface import NewDocument, NewLine, approve_document, create_document
from services.taxes.actions import (
    ChangedProfile,
    TypedBox,
    prepare_tax_return,
    set_tax_profile,
    type_tax_box,
)
from services.taxes.rules.models import TaxModel
from services.taxes.rules.profile import Profile
from tests.support.office import Office

YEAR, PERIOD = 2025, "4T"


async def prepared(office: Office, company_id: UUID, supplier: UUID) -> UUID:
    """A profile, a typed box, a prepared 303, and a purchase booked after it: the draft shows the difference."""
    async with office.act() as act:
        await set_tax_profile(act, ChangedProfile(company_id=company_id, profile=Profile()))
        await type_tax_box(
            act,
            TypedBox(
                company_id=company_id,
                model=TaxModel.M303,
                year=YEAR,
                period=PERIOD,
                box="110",
                amount=Decimal("25.00"),
                reason="Left of the period before",
            ),
        )
        kept = await prepare_tax_return(act, company_id, TaxModel.M303, YEAR, PERIOD)
        late = await create_document(
            act,
            NewDocument(
                company_id=company_id,
                kind="PURCHASE_INVOICE",
                contact_id=supplier,
                issued_on=date(2025, 12, 15),
                number="P-79",
                status="PENDING_REVIEW",
                lines=(NewLine(description="Fusta", unit_price=Decimal(5000), tax_rate=Decimal(21)),),
            ),
        )
        await approve_document(act, late)
    return kept
