"""What is kept of what happened: the change log of a client, and the records of its invoices."""

import re

from playwright.async_api import expect

from tests.support.browser import Window, client_id_of

MANAGER, CLIENT = "laia@puig.example", "Nexe Consultoria Informàtica SL"


async def test_the_change_log_tells_by_keyboard_what_was_just_changed(desk: Window) -> None:
    await desk.sign_in(MANAGER)
    client_id = await client_id_of(desk, CLIENT)
    page = desk.page
    await desk.open(f"/firm/c/{client_id}/company/documents")
    await page.get_by_label("Simplified invoices up to").select_option("3000.00")
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_text("Document settings saved.")).to_be_visible()

    await desk.open(f"/firm/c/{client_id}/log")
    await page.get_by_label("About", exact=True).select_option(label="Settings")
    newest = page.locator("tbody tr").first
    await expect(newest).to_contain_text("Settings")
    await page.keyboard.press("j")
    await page.keyboard.press("Enter")
    line = page.get_by_role("dialog")
    await expect(line).to_contain_text("3000")
    await page.keyboard.press("Escape")

    await expect(line).to_have_count(0)
    await expect(page.get_by_text("About: Settings")).to_be_visible()
    assert await desk.find_faults() == []


async def test_the_records_of_invoices_are_checked_and_handed_over_as_xml(desk: Window) -> None:
    await desk.sign_in(MANAGER)
    client_id = await client_id_of(desk, CLIENT)
    asked = await desk.ask("SalesDocuments", companyId=client_id, filter={}, orderBy="ISSUED_DESC")
    invoice = next(
        one
        for one in asked["salesDocuments"]["nodes"]
        if one["type"] == "SALES_INVOICE" and one["status"] == "APPROVED"
    )
    await desk.open(f"/firm/c/{client_id}/documents/sales/{invoice['id']}")
    records = desk.page.get_by_role("region", name="VeriFactu")

    await records.get_by_role("button", name="Check the chain").click()
    await expect(records.get_by_text(re.compile("records, and all hold"))).to_be_visible()
    await records.get_by_role("button", name=re.compile("^Files of the records of")).click()
    link = records.get_by_role("link", name=re.compile("^Records 1 to"))
    address: str = await link.evaluate("(link) => link.href")

    answer = await desk.context.request.get(address)
    written = (await answer.body()).decode()
    assert answer.status == 200
    assert f">{invoice['number']}<" in written
    assert await desk.find_faults() == []
