"""The books by keyboard: an entry balances itself, tables come in or say why not, figures open what is behind them."""

import re

from playwright.async_api import Locator, expect

from tests.support.browser import PATIENCE_MS, Window, client_id_of

MANAGER, CLIENT = "laia@puig.example", "Fusteria Puigdevall SL"
HEADS = "number,date,entry,account,contact,text,debit,credit"
UNBALANCED = f"{HEADS}\n1,2026-11-03,Stamps,629,,,12.00,\n1,2026-11-03,Stamps,572,,,,11.00\n"
ENTRIES = f"{HEADS}\n1,2026-11-03,Stamps,629,,,12.00,\n1,2026-11-03,Stamps,57200001,,,,12.00\n"


async def press(desk: Window, *keys: str) -> None:
    """One key after the other."""
    for key in keys:
        await desk.page.keyboard.press(key)


async def open_books(desk: Window, place: str) -> str:
    """This will open a place in the client's books and give the client's id."""
    await desk.sign_in(MANAGER)
    client_id = await client_id_of(desk, CLIENT)
    await desk.open(f"/firm/c/{client_id}{place}")
    return client_id


async def choose_account(desk: Window, line: int, code: str) -> None:
    """This will type an account into a line of the sheet and go on to the next cell."""
    field = desk.page.get_by_label(f"Account, line {line}")
    await field.focus()
    await desk.page.keyboard.type(code)
    await expect(desk.page.get_by_role("listbox").get_by_role("option").first).to_be_visible()
    await press(desk, "Enter")


def heading(desk: Window) -> Locator:
    """The title of the screen."""
    return desk.page.get_by_role("heading", level=1)


async def test_the_last_line_of_an_entry_balances_itself(desk: Window) -> None:
    await open_books(desk, "/journal")
    await press(desk, "n")
    await expect(heading(desk)).to_have_text("New entry")
    await desk.page.get_by_role("textbox", name="Text", exact=True).fill("Stamps and paper")
    await choose_account(desk, 1, "629")
    await desk.page.get_by_label("Debit, line 1").focus()
    await desk.page.keyboard.type("1,234.50")
    await choose_account(desk, 2, "57200001")

    await expect(desk.page.get_by_label("Credit, line 2")).to_have_value("1,234.50")
    await expect(desk.page.get_by_text("Balanced")).to_be_visible()
    await press(desk, "Control+Enter")
    await expect(heading(desk)).to_have_text("Draft entry")
    await press(desk, "p")
    await expect(heading(desk)).to_have_text(re.compile(r"^Entry \d+ of 2026$"))


async def test_opening_balances_say_what_they_differ_by_and_why_they_come_too_late(desk: Window) -> None:
    await open_books(desk, "/journal/opening")
    await choose_account(desk, 1, "57200001")
    await desk.page.get_by_label("Debit, line 1").focus()
    await desk.page.keyboard.type("5000")
    await choose_account(desk, 2, "100")
    await desk.page.get_by_label("Credit, line 2").focus()
    await desk.page.keyboard.type("3000")
    await press(desk, "Tab")
    await expect(desk.page.get_by_text("Debit and credit differ by 2,000.00")).to_be_visible()
    assert await desk.find_faults() == []

    await desk.page.get_by_label("Credit, line 2").fill("5000")
    await press(desk, "Control+Enter")

    # The demo's books began with their first entry.
    await expect(desk.page.get_by_text("The books have begun before 2026")).to_be_visible()
    await expect(desk.page.get_by_label("First year of the books")).to_be_focused()


async def test_a_table_of_entries_comes_in_whole_or_says_why_not(desk: Window) -> None:
    await open_books(desk, "/journal")
    await desk.page.get_by_role("button", name="More").press("Enter")
    await expect(desk.page.get_by_role("menuitem").first).to_be_focused()
    await press(desk, "i", "Enter")
    dialog = desk.page.get_by_role("dialog", name="Import entries")
    file = dialog.get_by_label("File")

    async def choose(name: str, content: str) -> None:
        await file.set_input_files({"name": name, "mimeType": "text/csv", "buffer": content.encode()})

    await choose("photo.csv", "\x89PNG\r\n\x1a\n")
    # The first table of all starts the process that reads tables.
    await expect(dialog.get_by_role("alert")).to_be_visible(timeout=3 * PATIENCE_MS)
    await dialog.get_by_role("button", name="Another file").press("Enter")
    await choose("unbalanced.csv", UNBALANCED)
    await expect(
        dialog.get_by_role("list", name="Refused rows").get_by_role("listitem").first
    ).to_contain_text("Row")
    await expect(dialog.get_by_role("button", name="Import")).to_have_attribute("aria-disabled", "true")
    assert await desk.find_faults() == []
    await dialog.get_by_role("button", name="Another file").press("Enter")
    await choose("entries.csv", ENTRIES)
    await expect(dialog.get_by_text("1 new entry")).to_be_visible()
    await dialog.get_by_role("button", name="Import").press("Enter")

    await expect(desk.page.get_by_text("1 entry imported.")).to_be_visible()
    await expect(desk.page.get_by_role("row").filter(has_text="Stamps").first).to_be_visible()


async def test_figures_open_what_is_behind_them(desk: Window) -> None:
    client_id = await open_books(desk, "/taxes/303/2026/3T")
    await desk.page.get_by_role("button", name="Box 27: ").press("Enter")
    lines = desk.page.get_by_role("complementary", name="Lines of box 27")
    await expect(lines.get_by_role("link", name=re.compile(r"^FV26-")).first).to_be_visible()
    assert await desk.find_faults() == []
    await press(desk, "Escape")
    await expect(lines).to_have_count(0)

    await desk.open(f"/firm/c/{client_id}/reports/trial-balance")
    await desk.page.get_by_role("row").filter(has_text="430").get_by_role("link").last.click()
    await desk.page.wait_for_url("**/reports/ledger?account=*")
    await expect(desk.page.get_by_role("link", name=re.compile(r"^FV26-")).first).to_be_visible()

    await desk.open(f"/firm/c/{client_id}/journal/closing")
    await expect(desk.page.get_by_role("button", name="Close 2026…")).to_have_attribute(
        "aria-disabled", "true"
    )
    await (
        desk.page.get_by_role("listitem")
        .filter(has_text="Draft")
        .get_by_role("link", name="Show")
        .press("Enter")
    )

    await desk.page.wait_for_url(re.compile(r"state=DRAFT"))
    await expect(heading(desk)).to_have_text("Journal")
