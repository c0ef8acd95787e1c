"""What a contact's card says is the default of its documents, where the input leaves it out."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from services.contacts.interface import PaymentTerms
from services.documents.interface import NewLine
from services.kit import clock
from services.kit.ids import new_id
from services.recurring.rules import FollowUp
from tests.support.builders.documents import CARD, issuer
from tests.support.builders.journal import contact
from tests.support.builders.recurring import made, recurring, run_due
from tests.support.office import Office

AGREED: dict[str, Any] = {
    "terms": PaymentTerms(days=(30,), month_end=True),
    "payment_method": "DIRECT_DEBIT",
    "income_account_code": "705",
    "expense_account_code": "623",
    "sales_tax_code": "S10",
    "purchase_tax_code": "P10",
}
SAYS = """status dueOn paymentMethod instalments { dueOn amount } total
  lines { id taxCode taxRate ledgerAccountCode }"""
SELL = f"""mutation ($input: CreateSalesDocumentInput!) {{ createSalesDocument(input: $input) {{
  salesDocument {{ id version {SAYS} }} refusals {{ code path message }} }} }}"""
BUY = f"""mutation ($input: CreatePurchaseDocumentInput!) {{ createPurchaseDocument(input: $input) {{
  purchaseDocument {{ id version {SAYS} }} refusals {{ code path message }} }} }}"""
CHANGE = f"""mutation ($input: UpdateSalesDocumentInput!) {{ updateSalesDocument(input: $input) {{
  salesDocument {{ id version {SAYS} }} refusals {{ code path message }} }} }}"""
BOARD = {"description": "Oak board", "unitPrice": "100.00"}


async def agreed(office: Office, **card: Any) -> tuple[UUID, UUID]:
    """An issuer and a contact with terms, method, accounts and tax codes on its card."""
    company_id = await issuer(office)
    return company_id, await contact(
        office, company_id, is_customer=True, is_supplier=True, **CARD, **{**AGREED, **card}
    )


async def sold(office: Office, of: tuple[UUID, UUID], **given: Any) -> dict[str, Any]:
    """A sales invoice of 2 March as it was kept, with only what `given` says beside contact and lines."""
    company_id, contact_id = of
    asked = {
        "companyId": str(company_id),
        "contactId": str(contact_id),
        "type": "SALES_INVOICE",
        "issuedOn": "2026-03-02",
        "lines": [BOARD],
        "requestKey": str(new_id()),
        **given,
    }
    answer = await office.ask(office.manager, SELL, {"input": asked})
    assert answer.data["createSalesDocument"]["refusals"] == []
    document: dict[str, Any] = answer.data["createSalesDocument"]["salesDocument"]
    return document


async def test_fills_in_terms_method_tax_code_and_account(office: Office) -> None:
    document = await sold(office, await agreed(office))

    (line,) = document["lines"]
    assert (document["dueOn"], document["paymentMethod"]) == ("2026-04-30", "DIRECT_DEBIT")
    assert (line["taxCode"], line["ledgerAccountCode"], document["total"]) == ("S10", "705", "110.00")


async def test_of_a_purchase_takes_the_accounts_and_codes_of_that_side(office: Office) -> None:
    company_id, contact_id = await agreed(office)

    answer = await office.ask(
        office.manager,
        BUY,
        {
            "input": {
                "companyId": str(company_id),
                "contactId": str(contact_id),
                "type": "PURCHASE_INVOICE",
                "number": "A-1",
                "issuedOn": "2026-03-02",
                "lines": [BOARD],
                "requestKey": str(new_id()),
            }
        },
    )

    document = answer.data["createPurchaseDocument"]["purchaseDocument"]
    (line,) = document["lines"]
    assert (line["taxCode"], line["ledgerAccountCode"]) == ("P10", "623")
    assert (document["dueOn"], document["paymentMethod"]) == ("2026-04-30", "DIRECT_DEBIT")


async def test_goes_behind_what_the_input_says_and_null_says_none(office: Office) -> None:
    of = await agreed(office)

    said = await sold(
        office,
        of,
        dueOn="2026-03-09",
        paymentMethod="CASH",
        lines=[{**BOARD, "taxRate": "21", "ledgerAccountCode": "700"}],
    )
    none = await sold(
        office, of, paymentTerms=None, paymentMethod=None, lines=[{**BOARD, "ledgerAccountCode": None}]
    )

    assert (said["dueOn"], said["paymentMethod"], said["total"]) == ("2026-03-09", "CASH", "121.00")
    assert said["lines"][0]["ledgerAccountCode"] == "700"
    assert (none["dueOn"], none["paymentMethod"]) == (None, None)
    assert none["lines"][0]["ledgerAccountCode"] is None


async def test_makes_equal_instalments_of_several_terms(office: Office) -> None:
    document = await sold(office, await agreed(office, terms=PaymentTerms(days=(30, 60))))

    assert [part["amount"] for part in document["instalments"]] == ["55.00", "55.00"]
    assert document["dueOn"] == "2026-05-01"


async def test_leaves_papers_that_are_not_paid_without_terms(office: Office) -> None:
    document = await sold(office, await agreed(office), type="ESTIMATE")

    assert (document["dueOn"], document["paymentMethod"]) == (None, None)
    assert document["lines"][0]["taxCode"] == "S10"


async def test_holds_for_an_edit_as_well(office: Office) -> None:
    of = await agreed(office)
    document = await sold(office, of, paymentTerms=None, lines=[{**BOARD, "taxRate": "21"}])

    answer = await office.ask(
        office.manager,
        CHANGE,
        {
            "input": {
                "id": document["id"],
                "version": document["version"],
                "contactId": str(of[1]),
                "issuedOn": "2026-03-02",
                "lines": [BOARD],
            }
        },
    )

    changed = answer.data["updateSalesDocument"]["salesDocument"]
    assert (changed["dueOn"], changed["lines"][0]["taxCode"]) == ("2026-04-30", "S10")


async def test_a_line_without_vat_is_still_refused_where_the_card_has_no_code(office: Office) -> None:
    company_id, contact_id = await agreed(office, sales_tax_code=None)

    asked = {
        "companyId": str(company_id),
        "contactId": str(contact_id),
        "type": "SALES_INVOICE",
        "issuedOn": "2026-03-02",
        "lines": [BOARD],
        "requestKey": "k",
    }
    answer = await office.ask(office.manager, SELL, {"input": asked})

    (refusal,) = answer.data["createSalesDocument"]["refusals"]
    assert (refusal["code"], refusal["path"]) == ("TAX_MISSING", ["lines", "0", "taxCode"])


@pytest.mark.parametrize(("due_days", "due_on"), [(None, date(2026, 3, 31)), (10, date(2026, 2, 10))])
async def test_a_recurring_invoice_takes_it_too(office: Office, due_days: int | None, due_on: date) -> None:
    company_id, contact_id = await agreed(office)
    fee = NewLine(description="Fee", unit_price=Decimal(100), asks_account=True, is_product=False)
    with clock.moved_to(datetime(2026, 1, 20, 9, tzinfo=UTC)):
        await recurring(
            office, company_id, contact_id, lines=(fee,), due_days=due_days, follow_up=FollowUp.DRAFT
        )
    with clock.moved_to(datetime(2026, 1, 31, 9, tzinfo=UTC)):
        await run_due(office)

    (invoice,) = await made(office, company_id)

    assert (invoice.payment_method, invoice.total) == ("DIRECT_DEBIT", Decimal("110.00"))
    assert invoice.due_on == due_on


@pytest.mark.parametrize(("given", "withheld"), [({}, "15.00"), ({"withholdingRate": "7"}, "7.00")])
async def test_withholds_what_it_says_unless_the_input_does(
    office: Office, given: dict[str, str], withheld: str
) -> None:
    of = await agreed(office, sales_withholding_rate=Decimal("15.00"))

    document = await sold(office, of, **given)
    none = await sold(office, of, withholdingRate="0")

    assert document["total"] == str(Decimal("110.00") - Decimal(withheld))
    assert none["total"] == "110.00"


async def test_withholds_from_a_purchase_what_it_says_of_that_side(office: Office) -> None:
    company_id, contact_id = await agreed(office, purchase_withholding_rate=Decimal("19.00"))
    asked = {
        "companyId": str(company_id),
        "contactId": str(contact_id),
        "type": "PURCHASE_INVOICE",
        "number": "A-1",
        "issuedOn": "2026-03-02",
        "lines": [BOARD],
        "requestKey": str(new_id()),
    }

    answer = await office.ask(office.manager, BUY, {"input": asked})

    assert answer.data["createPurchaseDocument"]["purchaseDocument"]["total"] == "91.00"


async def test_gives_a_template_its_withholding_when_that_is_left_out(office: Office) -> None:
    company_id, contact_id = await agreed(office, sales_withholding_rate=Decimal("15.00"))
    fee = NewLine(description="Fee", unit_price=Decimal(100), tax_rate=Decimal(21))
    with clock.moved_to(datetime(2026, 1, 1, 9, tzinfo=UTC)):
        for asks in (True, False):
            await recurring(
                office,
                company_id,
                contact_id,
                lines=(fee,),
                follow_up=FollowUp.DRAFT,
                asks_withholding=asks,
            )
    with clock.moved_to(datetime(2026, 1, 31, 9, tzinfo=UTC)):
        await run_due(office)

    totals = sorted(invoice.total for invoice in await made(office, company_id))

    assert totals == [Decimal("106.00"), Decimal("121.00")]
