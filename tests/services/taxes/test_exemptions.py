"""What is exempt, by its cause: what each return, book and declaration makes of it."""

from tests.services.taxes.test_books import book
from tests.services.taxes.test_drafts import boxes, draft, named
from tests.support.builders.documents import approved, customer, issuer, piece
from tests.support.office import Office

PRICES = {
    "S_EXEMPT": "1000",
    "S_EXEMPT_21": "2000",
    "S_EXEMPT_22": "3000",
    "S_EXEMPT_24": "4000",
    "S_EXEMPT_OTHER": "5000",
}


async def test_only_what_keeps_the_right_to_deduct_is_told_beside_exports(office: Office) -> None:
    """Box 60 of the 303 and 104 of the 390 hold art. 21 to 24; 105 what is exempt without that right."""
    company_id = await issuer(office)
    contact_id = await customer(office, company_id)
    for code, price in PRICES.items():
        await approved(office, company_id, contact_id, lines=(piece(price, tax_code=code),))

    quarter = boxes(await draft(office, company_id))
    year = boxes(await draft(office, company_id, "M390", "0A"))

    assert quarter["60"] == "9000.00"
    assert (year["104"], year["105"], year["108"]) == ("9000.00", "6000.00", "15000.00")


async def test_a_customer_in_the_country_is_in_the_347_whatever_the_cause(office: Office) -> None:
    company_id = await issuer(office)
    contact_id = await customer(office, company_id)
    for code, price in PRICES.items():
        await approved(office, company_id, contact_id, lines=(piece(price, tax_code=code),))

    found = await named(office, company_id, "M347", "0A")

    assert [party["amount"] for party in found["parties"]] == ["15000.00"]


async def test_the_book_says_cause_and_key_of_the_record(office: Office) -> None:
    company_id = await issuer(office)
    contact_id = await customer(office, company_id)
    for code, price in PRICES.items():
        await approved(office, company_id, contact_id, lines=(piece(price, tax_code=code),))

    lines = (await book(office, company_id, "ISSUED"))["vatBookLines"]["nodes"]

    assert {line["taxCode"]: (line["qualification"], line["operationKey"]) for line in lines} == {
        "S_EXEMPT": ("E1", "01"),
        "S_EXEMPT_21": ("E2", "02"),
        "S_EXEMPT_22": ("E3", "02"),
        "S_EXEMPT_24": ("E4", "01"),
        "S_EXEMPT_OTHER": ("E6", "01"),
    }
