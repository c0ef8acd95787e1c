"""A customer reads its documents at the portal, and the firm sees that it did."""

import io
import re
from typing import Any

import pytest
from playwright.async_api import Browser, expect
from pypdf import PdfReader

from tests.support.browser import Window, client_id_of, window

CONTACT, SLUG, PUBLISHER = "clara@vidal.example", "fusteria-puigdevall", "Fusteria Puigdevall SL"
MANAGER = "laia@puig.example"


@pytest.fixture
async def phone(browser: Browser, address: str) -> Any:
    """The contact's own window."""
    async with window(browser, address) as opened:
        yield opened


async def own_documents(phone: Window) -> list[dict[str, Any]]:
    """Every document the contact can list."""
    found = await phone.ask("PortalDocuments", filter={}, orderBy="ISSUED_DESC", first=100)
    return list(found["portalDocuments"]["nodes"])


async def sent_documents(desk: Window) -> list[dict[str, Any]]:
    """Every document the publisher has, as its account manager lists them."""
    client_id = await client_id_of(desk, PUBLISHER)
    found = await desk.ask("SalesDocuments", companyId=client_id, orderBy="ISSUED_DESC", filter={})
    return list(found["salesDocuments"]["nodes"])


async def open_at_the_firm(desk: Window, document_id: str) -> None:
    """This will show the account manager one sales document of the publisher."""
    client_id = await client_id_of(desk, PUBLISHER)
    await desk.open(f"/firm/c/{client_id}/documents/sales/{document_id}")


def pdf_text(content: bytes) -> str:
    """What a PDF says, without its spaces."""
    return re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))


async def test_contact_reads_an_invoice(desk: Window, phone: Window, tmp_path: Any) -> None:
    await phone.sign_in(CONTACT, SLUG)
    await desk.sign_in(MANAGER)
    unread = [
        one for one in await own_documents(phone) if one["type"] == "SALES_INVOICE" and not one["readAt"]
    ]
    invoice = unread[0]

    # A look of the firm at the same PDF is no reading.
    await open_at_the_firm(desk, invoice["id"])
    seen = desk.page.get_by_role("definition")
    await expect(seen.filter(has_text="not read")).to_be_visible()
    pdf = await desk.page.get_by_role("link", name="Open the PDF").get_attribute("href")
    assert (await desk.context.request.get(f"{desk.address}{pdf}")).ok

    await phone.page.get_by_role("link", name="Documents").first.click()
    await phone.page.get_by_role("link", name=invoice["number"]).click()
    await expect(phone.page.get_by_role("heading", level=1)).to_contain_text(invoice["number"])
    await expect(phone.page.get_by_text("Not yet")).to_be_visible()
    async with phone.page.expect_download() as coming:
        await phone.page.get_by_role("button", name="Download PDF").click()
    kept = tmp_path / "invoice.pdf"
    await (await coming.value).save_as(kept)
    await expect(phone.page.get_by_text("Not yet")).to_have_count(0)

    text = pdf_text(kept.read_bytes())
    assert invoice["number"] in text
    assert invoice["total"].replace(".", ",") in text.replace(".", "")
    await open_at_the_firm(desk, invoice["id"])
    await expect(desk.page.get_by_role("heading", level=1)).to_contain_text(invoice["number"])
    await expect(seen.filter(has_text=re.compile(r"not (read|opened)"))).to_have_count(0)


async def test_contact_follows_its_account_from_home_to_an_invoice(phone: Window) -> None:
    await phone.sign_in(CONTACT, SLUG)
    viewer = (await phone.ask("Viewer"))["viewer"]
    found = await phone.ask("OwnStatement", id=viewer["contactId"])
    statement = found["contact"]["customerStatement"]
    invoice = next(line for line in statement["lines"] if line["kind"] == "SALES_INVOICE")

    await phone.page.get_by_role("link", name="Statement of account").click()
    await phone.settled()

    await expect(phone.page.get_by_role("heading", level=1)).to_contain_text("Statement of account")
    table = phone.page.get_by_role("table", name="Invoices and payments")
    await expect(table.get_by_role("link")).to_have_count(len(statement["lines"]))
    await table.get_by_role("link", name=f"Invoice {invoice['number']}").click()
    await expect(phone.page.get_by_role("heading", level=1)).to_contain_text(invoice["number"])


async def test_contact_sees_only_its_own_documents(desk: Window, phone: Window) -> None:
    await phone.sign_in(CONTACT, SLUG)
    await desk.sign_in(MANAGER)
    own = {document["id"] for document in await own_documents(phone)}
    sent = await sent_documents(desk)
    [contact] = {document["contact"]["name"] for document in sent if document["id"] in own}
    foreign = next(one for one in sent if one["contact"]["name"] != contact and one["status"] == "APPROVED")

    await phone.open(f"/portal/{SLUG}/documents/{foreign['id']}")

    assert own
    assert own <= {document["id"] for document in sent}
    await expect(phone.page.get_by_role("heading", level=1)).to_have_text("There is nothing at this address.")


async def test_contact_of_two_publishers_reads_each_under_its_own_name(phone: Window) -> None:
    async def shown(slug: str) -> str:
        await expect(phone.page).to_have_url(re.compile(f"/portal/{slug}(/|$)"))
        await phone.settled()
        return str((await phone.ask("Viewer"))["viewer"]["companyName"])

    await phone.sign_in(CONTACT, "nexe")
    other = await shown("nexe")
    assert other != PUBLISHER
    await phone.page.get_by_role("button", name="My menu").click()
    await phone.page.get_by_role("menuitem", name=f"Go to {PUBLISHER}").click()
    assert await shown(SLUG) == PUBLISHER

    # A link of the other publisher, from a mail, and one of a publisher that is none of theirs.
    await phone.page.goto(f"{phone.address}/portal/nexe/documents")
    await expect(phone.page.get_by_role("heading", level=1)).to_be_visible()
    assert await shown("nexe") == other
    await phone.page.goto(f"{phone.address}/portal/pena-munoz")
    assert await shown("nexe") == other


async def test_contact_does_not_get_into_the_firm(phone: Window) -> None:
    await phone.sign_in(CONTACT, SLUG)

    await phone.page.goto(f"{phone.address}/firm/clients")

    await expect(phone.page.get_by_role("heading", name="Sign in to your firm")).to_be_visible()
    # The browser tells its console of the refusal, whatever we do about it.
    assert all("401" in problem for problem in phone.problems)
    phone.problems.clear()
