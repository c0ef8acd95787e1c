"""The contact book by keyboard: archived together and back, a statement leads to documents, papers get a look."""

import re

from playwright.async_api import expect

from tests.journeys.test_books import heading, open_books, press
from tests.support.browser import Window


async def test_contacts_are_archived_together_and_brought_back_with_one_key(desk: Window) -> None:
    await open_books(desk, "/contacts")
    rows = desk.page.locator("tbody tr")
    await expect(rows.first).to_be_visible()
    count = await rows.count()
    await press(desk, "j", "x", "Shift+J", "x")
    await expect(desk.page.get_by_text("2 rows selected")).to_be_visible()

    await press(desk, "a")
    await expect(desk.page.get_by_role("status").get_by_text("2 contacts archived.")).to_be_visible()
    await expect(rows).to_have_count(count - 2)
    await press(desk, "u")
    await expect(rows).to_have_count(count)


async def test_a_statement_of_account_leads_to_its_documents(desk: Window) -> None:
    await open_books(desk, "/contacts?q=Coll")
    await desk.page.get_by_role("link", name="Farmàcia Coll CB").press("Enter")
    await desk.page.get_by_role("link", name="Statement of account").press("Enter")
    await expect(heading(desk)).to_have_text("Statement of account")
    await expect(desk.page.get_by_text("Closing balance")).to_be_visible()
    assert await desk.find_faults() == []

    await desk.page.get_by_role("link", name=re.compile(r"^FV26-")).first.press("Enter")

    await expect(heading(desk)).to_have_text(re.compile(r"^Sales invoice FV26-"))


async def test_the_company_says_how_its_papers_look(desk: Window) -> None:
    # The sample is a PDF, which the browser shows by pages of its own.
    await desk.page.route(
        "**/files/**", lambda route: route.fulfill(body="a sample", content_type="text/plain")
    )
    await open_books(desk, "/company")
    colour = desk.page.get_by_role("textbox", name="Colour", exact=True)
    await colour.fill("green")
    await press(desk, "Enter")
    await expect(colour).to_have_attribute("aria-invalid", "true")
    assert await desk.find_faults() == []

    await colour.fill("#1f5f4a")
    await press(desk, "Enter")

    await expect(desk.page.get_by_text("Look saved.")).to_be_visible()
