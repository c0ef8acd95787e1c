"""Where the people of a firm land, and what they open from there."""

import pytest
from playwright.async_api import expect

from tests.support.browser import Window, client_id_of

CLIENT = "Bosc i Llana Botiga en Línia SL"
OWNER, MANAGER = "marta@puig.example", "laia@puig.example"


@pytest.mark.parametrize(("login", "tab"), [(OWNER, "All"), (MANAGER, "My clients")])
async def test_the_list_of_clients_opens_where_its_reader_has_some(
    desk: Window, login: str, tab: str
) -> None:
    await desk.sign_in(login)
    await desk.open("/firm/clients")

    await expect(desk.page.get_by_role("tab", selected=True)).to_contain_text(tab)
    await expect(desk.page.get_by_role("tabpanel")).to_contain_text(CLIENT)

    await desk.open("/firm/clients?tab=ALL")
    await expect(desk.page.get_by_role("tab", selected=True)).to_contain_text("All")


async def test_an_invoice_opens_as_pdf_in_a_tab_of_its_own(desk: Window) -> None:
    await desk.sign_in(MANAGER)
    client_id = await client_id_of(desk, CLIENT)
    asked = await desk.ask("SalesDocuments", companyId=client_id, filter={}, orderBy="ISSUED_DESC")
    invoice = next(one for one in asked["salesDocuments"]["nodes"] if one["type"] == "SALES_INVOICE")
    await desk.open(f"/firm/c/{client_id}/documents/sales/{invoice['id']}")

    async with desk.context.expect_page() as by_mouse:
        await desk.page.get_by_role("link", name="Open the PDF").click()
    async with desk.context.expect_page() as by_key:
        await desk.page.keyboard.press("p")

    for opening in (by_mouse, by_key):
        address = (await opening.value).url
        assert address.startswith(f"{desk.address}/files/")
        answer = await desk.context.request.get(address)
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.headers["content-disposition"].startswith("inline;")
        assert (await answer.body()).startswith(b"%PDF-")


async def test_a_client_s_owner_arrives_in_the_books_of_their_own_company_and_no_other(desk: Window) -> None:
    await desk.sign_in(MANAGER)
    other = await client_id_of(desk, CLIENT)
    await desk.context.clear_cookies()
    await desk.sign_in("nuria@fusteriapuigdevall.example")

    await expect(desk.page.get_by_role("heading", level=1)).to_have_text("Documents")
    await expect(desk.page.get_by_role("banner")).to_contain_text("Fusteria Puigdevall SL")
    await expect(desk.page.get_by_role("link", name="Clients", exact=True)).to_have_count(0)
    assert await desk.find_faults() == []

    await desk.open(f"/firm/c/{other}/documents")
    await expect(desk.page.get_by_role("heading", level=1)).to_have_text("There is nothing at this address.")


async def test_document_settings_are_changed_and_the_second_approval_is_not_ended_by_who_approves(
    desk: Window,
) -> None:
    await desk.sign_in(MANAGER)
    client_id = await client_id_of(desk, CLIENT)
    await desk.open(f"/firm/c/{client_id}/company/documents")
    page = desk.page
    second = page.get_by_label("Somebody else approves what one wrote")

    await second.check()
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_text("Document settings saved.")).to_be_visible()
    await second.uncheck()
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_role("alert")).to_contain_text("Only the owner or an administrator")

    await page.get_by_label("Code").fill("bcn")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="Make BCN the usual one")).to_be_visible()
    await page.get_by_label("Currency").fill("usd")
    await page.get_by_label("One unit is worth").fill("0.92134567")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("listitem").filter(has_text="0.92134567")).to_contain_text("USD")
    assert await desk.find_faults() == []
