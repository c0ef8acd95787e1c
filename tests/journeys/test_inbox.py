"""A bookkeeper turns the papers of a client into purchases."""

from typing import Any

from playwright.async_api import Locator, expect

from infra.seeds.papers import PaperText, paper_content
from services.kit.money import parse_amount
from tests.support.browser import Window, client_id_of

BOOKKEEPER, CLIENT = "ingrid@puig.example", "Transports Ferrer i Germans SL"
LINES = (
    "Ferreteria Sant Roc SL",
    "NIF B61234563",
    "Factura 2026/777",
    "Data 18/11/2026",
    "",
    "Cargols i claus                          100,00",
    "IVA 21 %                                  21,00",
    "TOTAL                                    121,00 EUR",
)
FILES = {"factura-777.pdf": "application/pdf", "tiquet-777.png": "image/png"}


async def upload(desk: Window, client_id: str, **files: bytes) -> Locator:
    """This will send papers to a client's inbox and give the list that tells what became of each."""
    await desk.open(f"/firm/c/{client_id}/inbox")
    await desk.page.keyboard.press("n")
    dialog = desk.page.get_by_role("dialog")
    chosen: list[Any] = [
        {"name": name, "mimeType": FILES.get(name, "application/pdf"), "buffer": content}
        for name, content in files.items()
    ]
    await dialog.locator("input[type=file]").set_input_files(chosen)
    return dialog.get_by_role("listitem")


async def type_purchase(desk: Window, number: str) -> None:
    """This will read the paper off into the form beside it, with the keyboard alone."""
    keyboard = desk.page.keyboard
    await desk.page.get_by_label("Supplier", exact=True).focus()
    for text in ("Ferreteria Sant Roc SL", "B61234563", number, "18/11/2026", "18/12/2026"):
        await keyboard.type(text)
        await keyboard.press("Enter")
    for text in ("Cargols i claus", "1", "100"):
        await keyboard.press("ControlOrMeta+a")
        await keyboard.type(text)
        await keyboard.press("Enter")
    await desk.page.get_by_label("Total on the paper").fill("121")
    await keyboard.press("Control+Enter")


async def paper_is_beside_the_form(desk: Window) -> bool:
    """Whether the picture of the page has come, and stands left of the form."""
    picture = desk.page.get_by_role("img", name="Page 1 of")
    await expect(picture).to_be_visible()
    await expect(picture).to_have_js_property("complete", True)  # noqa: FBT003 -- a property's value
    drawn = await picture.evaluate("(image) => image.naturalWidth")
    paper, form = await picture.bounding_box(), await desk.page.get_by_role("form").bounding_box()
    assert paper is not None
    assert form is not None
    return drawn > 0 and paper["x"] < form["x"]


async def test_bookkeeper_turns_a_receipt_into_a_purchase(desk: Window) -> None:
    await desk.sign_in(BOOKKEEPER)
    client_id = await client_id_of(desk, CLIENT)
    content = paper_content(PaperText("factura-777.pdf", LINES))

    sent = await upload(desk, client_id, **{"factura-777.pdf": content})
    await expect(sent).to_contain_text("Received")
    await desk.page.keyboard.press("Escape")
    await desk.page.get_by_role("link", name="factura-777.pdf").click()
    await expect(desk.page.get_by_role("heading", level=1)).to_have_text("factura-777.pdf")
    file_id = desk.page.url.rsplit("/", 1)[-1]
    assert await paper_is_beside_the_form(desk)
    await type_purchase(desk, "2026/777")
    await expect(desk.page.get_by_role("status").filter(has_text="Draft purchase 2026/777")).to_be_visible()

    file = (await desk.ask("InboxFilePage", id=file_id))["inboxFile"]
    assert file["state"] == "DONE"
    purchase = (await desk.ask("PurchaseDocumentPage", id=file["documentId"]))["purchaseDocument"]
    assert (purchase["status"], purchase["number"]) == ("DRAFT", "2026/777")
    assert parse_amount(purchase["total"]) == parse_amount("121.00")
    assert purchase["contact"]["name"] == "Ferreteria Sant Roc SL"
    await desk.open(f"/firm/c/{client_id}/documents/purchases/{file['documentId']}")
    attached = desk.page.get_by_role("link", name="factura-777.pdf")
    answer = await desk.context.request.get(desk.address + str(await attached.get_attribute("href")))
    assert await answer.body() == content


async def test_bookkeeper_makes_an_expense_of_a_photo_from_the_phone(desk: Window) -> None:
    await desk.page.set_viewport_size({"width": 360, "height": 740})
    await desk.sign_in(BOOKKEEPER)
    client_id = await client_id_of(desk, CLIENT)

    sent = await upload(
        desk, client_id, **{"tiquet-777.png": paper_content(PaperText("tiquet-777.png", LINES))}
    )
    await expect(sent).to_contain_text("Received")
    await desk.page.get_by_role("dialog").get_by_role("button", name="Close").last.click()
    await desk.page.get_by_role("link", name="tiquet-777.png").click()
    await desk.page.get_by_label("Kind").select_option("EXPENSE")
    await type_purchase(desk, "T-777")

    await expect(desk.page.get_by_role("status").filter(has_text="Draft purchase T-777")).to_be_visible()


async def test_bookkeeper_is_told_that_a_file_is_no_paper(desk: Window) -> None:
    await desk.sign_in(BOOKKEEPER)
    client_id = await client_id_of(desk, CLIENT)
    waiting = (await desk.ask("NextInboxFiles", companyId=client_id))["inboxFiles"]["totalCount"]

    sent = await upload(
        desk, client_id, **{"broken.pdf": b"%PDF-1.7 and then nothing", "notes.pdf": b"just text"}
    )

    await expect(sent).to_have_count(2)
    await expect(sent.filter(has_text="broken.pdf")).to_contain_text("Not taken")
    await expect(sent.filter(has_text="notes.pdf")).to_contain_text("Not taken")
    await expect(sent.filter(has_text="notes.pdf").get_by_role("paragraph")).to_contain_text("PDF")
    assert (await desk.ask("NextInboxFiles", companyId=client_id))["inboxFiles"]["totalCount"] == waiting
