"""Every main screen, at a desk by day and on a phone by night: axe finds nothing, nothing is wider than the screen."""

from typing import Literal

import pytest
from playwright.async_api import Browser, expect

from tests.support.browser import PHONE, WIDE, Window, client_id_of, window

Scheme = Literal["light", "dark"]
LOOKS = pytest.mark.parametrize(
    ("size", "scheme"), [(WIDE, "light"), (PHONE, "dark")], ids=["desk by day", "phone by night"]
)
INSIDE = (
    "",
    "/bank",
    "/inbox",
    "/documents",
    "/documents?side=purchases",
    "/documents/sales/new",
    "/documents/purchases/new",
    "/journal",
    "/journal/accounts",
    "/contacts",
)
OVER = (("bank", "i"), ("inbox", "n"), ("contacts", "n"), ("bank", "?"), ("bank", "ControlOrMeta+k"))
"""Where which key opens something over the screen."""

CLIENT, SLUG = "Bosc i Llana Botiga en Línia SL", "fusteria-puigdevall"


async def faults(opened: Window, *paths: str) -> dict[str, list[str]]:
    """What is wrong, by the address of the screen; nothing where nothing is."""
    found: dict[str, list[str]] = {}
    for path in paths:
        await opened.open(path)
        if wrong := await opened.find_faults():
            found[path] = wrong
    return found


@LOOKS
async def test_firm_screens_are_fit_for_everybody(
    browser: Browser, address: str, size: tuple[int, int], scheme: Scheme
) -> None:
    async with window(browser, address, size=size, scheme=scheme) as desk:
        assert await faults(desk, "/firm/sign-in") == {}
        await desk.sign_in("laia@puig.example")
        client_id = await client_id_of(desk, CLIENT)
        inside = (f"/firm/c/{client_id}{place}" for place in INSIDE)

        assert (
            await faults(desk, "/firm/clients", f"/firm/clients/{client_id}", "/firm/settings", *inside) == {}
        )


@LOOKS
async def test_one_paper_one_document_one_entry_are_fit_for_everybody(
    browser: Browser, address: str, size: tuple[int, int], scheme: Scheme
) -> None:
    async with window(browser, address, size=size, scheme=scheme) as desk:
        await desk.sign_in("laia@puig.example")
        client_id = await client_id_of(desk, CLIENT)
        paths = []
        for place, operation, root, asked in (
            ("/inbox", "InboxFiles", "inboxFiles", {"orderBy": "RECEIVED_DESC"}),
            ("/documents/sales", "SalesDocuments", "salesDocuments", {"orderBy": "ISSUED_DESC"}),
            ("/documents/purchases", "PurchaseDocuments", "purchaseDocuments", {"orderBy": "ISSUED_DESC"}),
            ("/journal", "JournalEntries", "journalEntries", {"orderBy": "DATE_DESC"}),
            ("/contacts", "Contacts", "contacts", {"orderBy": "NAME_ASC", "archived": False}),
        ):
            found = await desk.ask(operation, companyId=client_id, filter={}, **asked)
            paths.append(f"/firm/c/{client_id}{place}/{found[root]['nodes'][0]['id']}")

        assert await faults(desk, *paths) == {}


@LOOKS
async def test_what_opens_over_a_screen_is_fit_for_everybody(
    browser: Browser, address: str, size: tuple[int, int], scheme: Scheme
) -> None:
    async with window(browser, address, size=size, scheme=scheme) as desk:
        await desk.sign_in("laia@puig.example")
        client_id = await client_id_of(desk, CLIENT)
        for place, keys in OVER:
            await desk.open(f"/firm/c/{client_id}/{place}")
            await desk.page.keyboard.press(keys)
            await expect(desk.page.get_by_role("dialog")).to_be_visible()
            assert await desk.find_faults() == [], (place, keys)


@LOOKS
async def test_portal_screens_are_fit_for_everybody(
    browser: Browser, address: str, size: tuple[int, int], scheme: Scheme
) -> None:
    async with window(browser, address, size=size, scheme=scheme) as phone:
        home = f"/portal/{SLUG}"
        assert await faults(phone, f"{home}/sign-in") == {}
        await phone.sign_in("nils@akerstrom.example", SLUG)
        found = await phone.ask("PortalDocuments", filter={}, orderBy="ISSUED_DESC", first=1)
        one = found["portalDocuments"]["nodes"][0]["id"]
        paths = ("", "/documents", f"/documents/{one}", "/statement", "/profile", "/settings")

        assert await faults(phone, *(home + path for path in paths)) == {}
