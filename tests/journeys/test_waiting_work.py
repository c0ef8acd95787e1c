"""An account manager sees what waits in every client, and gets to it."""

import re

import pytest
from playwright.async_api import Locator, expect

from tests.support.browser import Window, client_id_of

MANAGER, CLIENT = "laia@puig.example", "Nexe Consultoria Informàtica SL"
COUNTERS = ("Sales", "Purchases", "Bank", "Inbox", "To post", "Contacts")


def row_of(desk: Window, client: str) -> Locator:
    """The line of a client in the list."""
    return desk.page.get_by_role("row").filter(has_text=client)


async def test_manager_looks_at_waiting_work(desk: Window) -> None:
    await desk.sign_in(MANAGER)
    await expect(desk.page.get_by_role("heading", name="Clients", level=1)).to_be_visible()
    await expect(desk.page.get_by_role("table").locator("tbody tr")).to_have_count(7)

    for counter in COUNTERS:
        link = row_of(desk, CLIENT).get_by_role("link", name=f"{counter}, {CLIENT}")
        count = int((await link.inner_text()).split(counter)[0])
        assert count > 0, counter
        await link.click()
        await desk.page.wait_for_url("**/c/**")
        # The total that the list itself tells; its head is a row too.
        await expect(desk.page.get_by_role("table")).to_have_attribute("aria-rowcount", str(count + 1))
        await desk.open("/firm/clients")


async def test_manager_sees_a_lock_where_a_client_granted_nothing(desk: Window) -> None:
    await desk.sign_in(MANAGER)

    locks = row_of(desk, "Taller Mecànic Güell").get_by_role("img", name=re.compile("No access"))

    await expect(locks).to_have_count(1)
    await expect(locks).to_have_accessible_name(re.compile("owner of the client company"))


async def test_manager_walks_to_a_client_by_keyboard(desk: Window) -> None:
    await desk.sign_in(MANAGER)
    await expect(row_of(desk, CLIENT)).to_be_visible()
    for key in ("j", "j", "Enter"):
        await desk.page.keyboard.press(key)
    await desk.page.wait_for_url("**/clients/*")
    await expect(desk.page.get_by_role("heading", level=1)).to_have_text("Bosc i Llana Botiga en Línia SL")
    await desk.page.keyboard.press("e")
    await expect(desk.page.get_by_role("heading", level=1)).to_have_text("Overview")
    for key in ("g", "b"):
        await desk.page.keyboard.press(key)
    await desk.page.wait_for_url("**/bank")

    await expect(desk.page.get_by_role("heading", name="Bank", level=1)).to_be_visible()


@pytest.mark.parametrize("place", ["/clients/{}", "/c/{}", "/c/{}/bank", "/c/{}/journal", "/c/{}/documents"])
async def test_nobody_sees_a_foreign_client(desk: Window, place: str) -> None:
    await desk.sign_in("marc@puig.example")
    name = "Transports Ferrer i Germans SL"
    client_id = await client_id_of(desk, name)
    await desk.context.clear_cookies()
    await desk.sign_in(MANAGER)

    await desk.open(f"/firm{place.format(client_id)}")

    await expect(desk.page.get_by_role("heading", level=1)).to_have_text("There is nothing at this address.")
    await expect(desk.page.get_by_text(name)).to_have_count(0)
