"""Documents by keyboard: an invoice is written and approved, drafts are approved together, an archive is taken back."""

import re

import pytest
from playwright.async_api import Locator, expect

from tests.support.browser import Window, client_id_of

MANAGER, CLIENT = "laia@puig.example", "Nexe Consultoria Informàtica SL"


async def press(desk: Window, *keys: str) -> None:
    """One key after the other."""
    for key in keys:
        await desk.page.keyboard.press(key)


def row_of(desk: Window, text: str) -> Locator:
    """Lines of the list that hold a text."""
    return desk.page.locator("tbody tr").filter(has_text=text)


async def open_documents(desk: Window, search: str = "") -> str:
    """This will open the client's documents and give its id."""
    await desk.sign_in(MANAGER)
    client_id = await client_id_of(desk, CLIENT)
    await desk.open(f"/firm/c/{client_id}/documents{search}")
    return client_id


async def write_invoice(desk: Window, text: str) -> None:
    """This will write a draft of two lines without touching the mouse: 2 x 150.50 and 12.345, both at 21 %."""
    form = desk.page.get_by_role("form")
    await press(desk, "n")
    await expect(desk.page.get_by_role("heading", level=1)).to_have_text("New: Sales invoice")
    await form.get_by_role("combobox", name="Customer").focus()
    await desk.page.keyboard.type("a")
    await expect(form.get_by_role("option").first).to_be_visible()
    await press(desk, "Enter")
    await form.get_by_label("Description, line 1").focus()
    await desk.page.keyboard.type(text)
    await press(desk, "Tab")
    await desk.page.keyboard.type("2")
    await press(desk, "Tab")
    await desk.page.keyboard.type("150.50")
    await press(desk, "Enter")
    await expect(form.get_by_label("Description, line 2")).to_be_focused()
    await desk.page.keyboard.type("Spare part")
    await press(desk, "Tab", "Tab")
    await desk.page.keyboard.type("12.345")
    # While it is typed, before the field is left.
    await expect(form.get_by_text("€379.15")).to_have_count(2)


async def test_manager_writes_an_invoice_by_keyboard_and_approves_it(desk: Window) -> None:
    await open_documents(desk)
    await write_invoice(desk, "Yearly check")

    await press(desk, "Control+Enter")
    await desk.page.wait_for_url(re.compile(r"/documents/sales/[0-9a-f-]{36}$"))
    await expect(desk.page.get_by_role("heading", level=1)).to_have_text("Sales invoice")
    await expect(desk.page.get_by_text("€379.15")).to_be_visible()
    await press(desk, "a")

    await expect(desk.page.get_by_role("heading", level=1)).to_have_text(
        re.compile(r"^Sales invoice FV26-\d{6}$")
    )
    await press(desk, "e")
    assert await desk.find_faults() == []


async def test_an_outlay_is_paid_beside_what_is_taxed(desk: Window) -> None:
    """2 x 150.50 with 21 %, and 12.35 paid for the customer; the server says what the form said."""
    await open_documents(desk)
    await write_invoice(desk, "Defence")

    tax = desk.page.get_by_role("form").get_by_label("Tax, line 2")
    await tax.focus()
    await tax.select_option("S_OUTLAY")
    await expect(desk.page.get_by_text("€376.56")).to_have_count(2)
    assert await desk.find_faults() == []
    await press(desk, "Control+Enter")
    await desk.page.wait_for_url(re.compile(r"/documents/sales/[0-9a-f-]{36}$"))

    await expect(desk.page.get_by_role("heading", level=1)).to_have_text("Sales invoice")
    await expect(desk.page.get_by_text("€376.56")).to_be_visible()
    await expect(desk.page.get_by_text("Outlays", exact=True)).to_be_visible()
    assert await desk.find_faults() == []


async def test_what_is_not_kept_is_not_left_without_asking(desk: Window) -> None:
    await open_documents(desk)
    await write_invoice(desk, "Half written")
    assert await desk.find_faults() == []

    await desk.page.get_by_role("link", name="Bank").click()
    await expect(desk.page.get_by_role("dialog", name="Leave without saving?")).to_be_visible()
    await press(desk, "Enter")
    await expect(desk.page.get_by_label("Description, line 1")).to_have_value("Half written")
    await desk.page.get_by_role("link", name="Bank").click()
    await desk.page.get_by_role("button", name="Leave", exact=True).click()

    await desk.page.wait_for_url("**/bank")


async def test_a_range_of_a_spreadsheet_becomes_lines(desk: Window) -> None:
    await open_documents(desk)
    await press(desk, "n")
    field = desk.page.get_by_label("Description, line 1")
    await field.focus()
    await field.evaluate(
        """(field) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/plain", "Door\\t2\\t1,250.50\\t5 %\\t10 %\\nFrame\\t1\\t99.90\\n");
          field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
        }"""
    )

    await expect(desk.page.get_by_label("Description, line 2")).to_have_value("Frame")
    await expect(desk.page.get_by_label("Tax, line 1")).to_have_value("S10")
    # 2 x 1250.50 less 5 % at 10 %, and 99.90 at 21 %.
    await expect(desk.page.get_by_role("heading", level=1).locator("xpath=../..")).to_contain_text(
        "€2,734.43"
    )


async def test_what_waits_for_review_is_approved_at_once_and_each_is_accounted_for(desk: Window) -> None:
    client_id = await open_documents(desk)
    for text in ("First of two", "Second of two"):
        await write_invoice(desk, text)
        await desk.page.get_by_role("button", name="Send to review").press("Enter")
        await desk.page.wait_for_url(re.compile(r"/documents/sales/[0-9a-f-]{36}$"))
        await desk.open(f"/firm/c/{client_id}/documents")
    await desk.open(f"/firm/c/{client_id}/documents?status=PENDING_REVIEW&q=of+two")
    await expect(desk.page.locator("tbody tr")).to_have_count(2)

    await press(desk, "j", "x", "Shift+J", "x")
    await press(desk, "a")

    await expect(desk.page.get_by_role("status").get_by_text("2 documents approved.")).to_be_visible()
    await expect(desk.page.get_by_text("No document fits this search.")).to_be_visible()


async def test_an_archive_is_taken_back_with_one_key(desk: Window) -> None:
    await open_documents(desk, "?type=SALES_INVOICE")
    await expect(desk.page.locator("tbody tr").first).to_be_visible()
    await press(desk, "j", "x")
    number = await desk.page.locator("tbody tr[aria-current] a").first.inner_text()
    await press(desk, "y")
    await expect(desk.page.get_by_role("status").get_by_text("1 document archived.")).to_be_visible()
    await expect(row_of(desk, number)).to_have_count(0)

    await press(desk, "u")

    await expect(row_of(desk, number)).to_have_count(1)


async def test_filters_are_kept_as_a_view_and_found_again(desk: Window) -> None:
    client_id = await open_documents(desk, "?read=UNREAD&unpaid=true")
    await press(desk, "Shift+S")
    await desk.page.keyboard.type("Not read, not paid")
    await press(desk, "Enter")
    await expect(desk.page.get_by_role("button", name="Not read, not paid")).to_be_visible()
    await desk.page.get_by_role("button", name="Clear all filters").click()
    await expect(desk.page.get_by_role("list", name="Filters in use")).to_have_count(0)
    await desk.open(f"/firm/c/{client_id}/documents")

    await desk.page.get_by_role("button", name="Views").click()
    await desk.page.get_by_role("menuitemradio", name="Not read, not paid").click()

    await expect(desk.page.get_by_role("list", name="Filters in use").get_by_role("listitem")).to_have_count(
        3
    )
    await desk.page.wait_for_url("**read=UNREAD**")
    assert await desk.find_faults() == []


@pytest.mark.parametrize("kind", ["ESTIMATE", "PURCHASE_INVOICE"])
async def test_a_form_without_content_says_what_is_missing(desk: Window, kind: str) -> None:
    side = "purchases" if kind.startswith("PURCHASE") else "sales"
    client_id = await open_documents(desk)
    await desk.open(f"/firm/c/{client_id}/documents/{side}/new?type={kind}")

    await press(desk, "Control+Enter")

    await expect(desk.page.locator("[aria-invalid=true]").first).to_be_focused()
    await expect(desk.page.get_by_text("This is missing.").first).to_be_visible()


async def test_one_full_invoice_takes_the_place_of_simplified_ones(desk: Window) -> None:
    await desk.sign_in(MANAGER)
    client_id = await client_id_of(desk, "Fusteria Puigdevall SL")
    await desk.open(f"/firm/c/{client_id}/documents?q=Clientes+de+mostrador")
    await expect(desk.page.locator("tbody tr")).to_have_count(2)
    await press(desk, "j", "x", "Shift+J")
    await desk.page.get_by_role("button", name="Full invoice in their place…").press("Enter")
    dialog = desk.page.get_by_role("dialog")
    await dialog.get_by_role("button", name="Make the full invoice").press("Enter")
    customer = dialog.get_by_role("combobox", name="Customer")
    await expect(customer).to_be_focused()
    assert await desk.find_faults() == []
    await desk.page.keyboard.type("coll")
    await expect(dialog.get_by_role("option").first).to_be_visible()
    await press(desk, "Enter")
    await dialog.get_by_role("button", name="Make the full invoice").press("Enter")

    await expect(desk.page.get_by_role("heading", level=1)).to_have_text("Sales invoice")
    await press(desk, "a")
    await expect(desk.page.get_by_role("heading", level=1)).to_have_text(re.compile(r"^Sales invoice FV26-"))


async def test_a_template_says_whether_its_mails_carry_the_pdf(desk: Window) -> None:
    await desk.sign_in(MANAGER)
    client_id = await client_id_of(desk, CLIENT)
    await desk.open(f"/firm/c/{client_id}/recurring")
    await press(desk, "n")
    form = desk.page.get_by_role("form").or_(desk.page.locator("form"))
    await form.get_by_role("combobox", name="Customer").focus()
    await desk.page.keyboard.type("a")
    await expect(form.get_by_role("option").first).to_be_visible()
    await press(desk, "Enter", "Tab")
    await desk.page.keyboard.type("Monthly fee")
    await form.get_by_label("Description of line 1").fill("Support")
    await form.get_by_label("Price of line 1, before tax").fill("90")
    attach = form.get_by_role("checkbox", name="Attach the invoice to the mail")
    await attach.focus()
    await press(desk, "Space")
    await expect(form.get_by_text("the first download is noted")).to_be_visible()
    await form.get_by_role("button", name="Save").press("Enter")

    await expect(desk.page.get_by_text("Template Monthly fee kept")).to_be_visible()
    await expect(desk.page.get_by_role("heading", level=1)).to_have_text("Monthly fee")


async def approve_invoice(desk: Window, text: str) -> str:
    """This will write an invoice over 379.15, approve it and give its number."""
    heading = desk.page.get_by_role("heading", level=1)
    await write_invoice(desk, text)
    await press(desk, "Control+Enter")
    await desk.page.wait_for_url(re.compile(r"/documents/sales/[0-9a-f-]{36}$"))
    await expect(heading).to_have_text("Sales invoice")
    return await approve(desk, heading)


async def approve(desk: Window, heading: Locator) -> str:
    """This will approve the document that is shown and give its number."""
    await press(desk, "a")
    await expect(heading).to_have_text(re.compile(r"^Sales invoice F[VR]26-\d{6}$"))
    return (await heading.inner_text()).removeprefix("Sales invoice ")


async def test_a_collection_in_cash_is_recorded_undone_and_recorded_again_by_keyboard(desk: Window) -> None:
    """Half of it first; what is typed beyond what is open is refused in its field, and undoing opens all again."""
    await open_documents(desk)
    await approve_invoice(desk, "Paid in cash")
    payments = desk.page.get_by_role("region", name="Payments")
    await expect(payments.get_by_role("button", name="Record a collection")).to_be_visible()

    await press(desk, "c")
    dialog = desk.page.get_by_role("dialog", name="Record a collection")
    await expect(dialog.get_by_label("Amount")).to_be_focused()
    await desk.page.keyboard.type("400")
    await press(desk, "Enter")
    await expect(dialog.get_by_text("Settle at most 379.15")).to_be_visible()
    await expect(dialog.get_by_label("Amount")).to_be_focused()
    await press(desk, "Control+a")
    await desk.page.keyboard.type("179.15")
    await press(desk, "Enter")
    await expect(payments.get_by_text("€179.15")).to_be_visible()
    await expect(desk.page.get_by_text("Partly paid")).to_be_visible()
    assert await desk.find_faults() == []

    await press(desk, "u")
    await expect(payments.get_by_text("None yet.")).to_be_visible()
    await press(desk, "c", "Enter")
    await expect(payments.get_by_text("€379.15")).to_be_visible()
    await payments.get_by_role("button", name="Undo").click()
    await desk.page.get_by_role("dialog").get_by_role("button", name="Undo").click()
    await expect(payments.get_by_text("None yet.")).to_be_visible()
    assert await desk.find_faults() == []


async def test_a_credit_note_is_set_off_against_its_invoice(desk: Window) -> None:
    await open_documents(desk)
    number = await approve_invoice(desk, "Sent back")

    await desk.page.get_by_role("button", name="More").click()
    await desk.page.get_by_role("menuitem", name="Rectify").click()
    await desk.page.get_by_label("Reason, as it prints").fill("Returned")
    await desk.page.get_by_role("button", name="Make the rectifying document").click()
    await expect(desk.page.get_by_role("form").get_by_label("Description, line 1")).to_be_visible()
    await press(desk, "Control+Enter")
    await desk.page.wait_for_url(re.compile(r"/documents/sales/[0-9a-f-]{36}$"))
    await expect(desk.page.get_by_text("Returned")).to_be_visible()
    await approve(desk, desk.page.get_by_role("heading", level=1))
    payments = desk.page.get_by_role("region", name="Payments")
    await payments.get_by_role("button", name="Set off…").click()
    dialog = desk.page.get_by_role("dialog", name="Set off")
    against = dialog.get_by_label("Invoice")
    option = dialog.get_by_role("option").filter(has_text=number)
    await against.select_option(value=await option.get_attribute("value"))
    await expect(dialog.get_by_label("Amount")).to_have_value("379.15")
    await dialog.get_by_role("button", name="Set off").click()

    await expect(payments.get_by_text("Set off against another document")).to_be_visible()
    assert await desk.find_faults() == []


async def test_an_invoice_in_dollars_takes_the_rate_that_is_typed(desk: Window) -> None:
    """At 0.91234567 the base is 285.88 euros and its VAT 60.03; 350 that came in leave 4.09 of gain."""
    await open_documents(desk)
    await write_invoice(desk, "Abroad")
    form = desk.page.get_by_role("form")
    await form.get_by_label("Currency").select_option("USD")
    await form.get_by_label("1 USD in euros").fill("0.91234567")
    await press(desk, "Control+Enter")
    await desk.page.wait_for_url(re.compile(r"/documents/sales/[0-9a-f-]{36}$"))
    heading = desk.page.get_by_role("heading", level=1)
    await expect(heading).to_have_text("Sales invoice")
    await approve(desk, heading)

    await press(desk, "c")
    dialog = desk.page.get_by_role("dialog", name="Record a collection")
    await dialog.get_by_label("What moved, in the currency of the books").fill("350.00")
    await press(desk, "Enter")
    await expect(desk.page.get_by_role("region", name="Payments").get_by_text("379.15")).to_be_visible()
    await desk.page.get_by_role("link", name="Show the entry").click()
    await expect(desk.page.get_by_text("345.91")).to_be_visible()
    await expect(desk.page.get_by_text("768")).to_be_visible()
    assert await desk.find_faults() == []


async def test_an_invoice_is_numbered_in_the_series_that_its_writer_chooses(desk: Window) -> None:
    client_id = await open_documents(desk)
    await desk.open(f"/firm/c/{client_id}/company/documents")
    await desk.page.get_by_label("Code").fill("web")
    await press(desk, "Enter")
    await expect(desk.page.get_by_role("button", name="Make WEB the usual one")).to_be_visible()
    await desk.open(f"/firm/c/{client_id}/documents")
    await write_invoice(desk, "Sold in the shop")

    await desk.page.get_by_role("form").get_by_label("Series").select_option("WEB")
    await press(desk, "Control+Enter")
    await desk.page.wait_for_url(re.compile(r"/documents/sales/[0-9a-f-]{36}$"))
    heading = desk.page.get_by_role("heading", level=1)
    await expect(heading).to_have_text("Sales invoice")
    await press(desk, "e")
    series = desk.page.get_by_role("form").get_by_label("Series")
    await expect(series).to_have_value("WEB")
    await press(desk, "Control+Enter")
    await expect(heading).to_have_text("Sales invoice")
    await press(desk, "a")
    await expect(heading).to_have_text("Sales invoice WEB26-000001")
    assert await desk.find_faults() == []


async def test_an_advance_is_taken_off_the_invoice_that_follows(desk: Window) -> None:
    """301.00 and 12.35 in advance; the second invoice over the same leaves nothing to pay."""
    client_id = await open_documents(desk)
    await write_invoice(desk, "In advance")
    form = desk.page.get_by_role("form")
    for line in (1, 2):
        account = form.get_by_label(f"Account, line {line}")
        await account.fill("438")
        await press(desk, "Tab")
    await press(desk, "Control+Enter")
    await desk.page.wait_for_url(re.compile(r"/documents/sales/[0-9a-f-]{36}$"))
    heading = desk.page.get_by_role("heading", level=1)
    await expect(heading).to_have_text("Sales invoice")
    number = await approve(desk, heading)
    await desk.open(f"/firm/c/{client_id}/documents")
    await write_invoice(desk, "The work")
    await press(desk, "Control+Enter")
    await desk.page.wait_for_url(re.compile(r"/documents/sales/[0-9a-f-]{36}$"))
    await expect(heading).to_have_text("Sales invoice")

    await desk.page.get_by_role("button", name="More").click()
    await desk.page.get_by_role("menuitem", name="Take an advance off…").click()
    dialog = desk.page.get_by_role("dialog", name="Take an advance off")
    option = dialog.get_by_role("option").filter(has_text=number)
    await dialog.get_by_label("Advance").select_option(value=await option.get_attribute("value"))
    await dialog.get_by_role("button", name="Take it off").click()

    await expect(desk.page.get_by_role("cell", name=f"Advance {number}")).to_have_count(2)
    await expect(desk.page.get_by_text("€0.00").first).to_be_visible()
    assert await desk.find_faults() == []
