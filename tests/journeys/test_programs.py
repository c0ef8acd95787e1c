"""Programs of others: a partner at the explorer, a mobile app that sends hashes."""

import hashlib

import httpx2
import pytest
from playwright.async_api import expect

from infra.seeds.demo import PASSWORD
from tests.gateway.serving import Process
from tests.journeys.conftest import MOBILE
from tests.support.browser import Window
from tests.support.demo import DemoCopy

QUERY = """{
  bankLines(first: 1) { totalCount }
  salesDocuments(first: 2, filter: { status: APPROVED }) { nodes { number total contact { name } } }
  journalEntries(first: 1) { nodes { number } }
}
"""


async def test_partner_uses_the_explorer(desk: Window, demo: DemoCopy) -> None:
    await desk.page.goto(f"{desk.address}/explorer")
    await desk.page.get_by_label("API token").fill(demo.token)
    await desk.page.get_by_role("region", name="Query Editor").locator(".CodeMirror").click()
    await desk.page.keyboard.press("ControlOrMeta+a")
    await desk.page.keyboard.insert_text(QUERY)
    await desk.page.keyboard.press("ControlOrMeta+Enter")

    answer = desk.page.locator(".result-window")
    await expect(answer).to_contain_text('"number": "FV26-')
    await expect(answer).to_contain_text('"contact": null')
    await expect(answer).to_contain_text('"journalEntries": null')
    await expect(answer).to_contain_text("This module has not been granted to you in this company.")
    await expect(answer).to_contain_text('"field": "Query.journalEntries"')
    await expect(answer).to_contain_text("CLIENT_OWNER")


@pytest.fixture
async def app(process: Process) -> httpx2.AsyncClient:
    """A mobile app whose person has signed in."""
    headers = {"origin": process.served.address, "x-atrio-surface": "firm"}
    client = httpx2.AsyncClient(base_url=process.served.address, headers=headers, timeout=60)
    signing = {"surface": "firm", "login": "marc@puig.example", "password": PASSWORD}
    assert (await client.post("/sign-in", json=signing)).is_success
    return client


async def test_mobile_client_posts_by_hash(app: httpx2.AsyncClient) -> None:
    known_to_the_app = hashlib.sha256(MOBILE["MobileHome"].encode()).hexdigest()

    answer = await app.post("/graphql", json={"documentId": f"sha256:{known_to_the_app}"})

    assert answer.json() == {
        "data": {
            "viewer": {"name": "Marc Soler", "companyName": "Gestoria Puig i Associats SLP"},
            "clients": {"totalCount": 6},
        }
    }


async def test_mobile_client_is_refused_what_is_not_registered(app: httpx2.AsyncClient) -> None:
    unknown = await app.post("/graphql", json={"documentId": f"sha256:{'0' * 64}"})
    text = await app.post("/graphql", json={"query": MOBILE["MobileHome"].replace("name", "email", 1)})

    for answer in (unknown, text):
        assert "data" not in answer.json()
        assert answer.json()["errors"][0]["extensions"]["code"]
    assert unknown.status_code in {400, 404}
