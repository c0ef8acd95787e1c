"""A person at a browser: one window that signs in, looks and types, and notes whatever goes wrong behind its back."""

import json
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

from infra.seeds.demo import PASSWORD
from tests.support.demo import day_shift

ROOT = Path(__file__).parents[2]
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
PATIENCE_MS = 20_000
"""How long a screen may take on a loaded machine; what is there sooner is not waited for."""

PLACEHOLDERS = "[data-visible], [aria-busy=true]"
TIME_ZONE = "Europe/Madrid"
WIDE: Final = (1440, 900)
PHONE: Final = (360, 740)
ACCESSIBILITY = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
MANIFESTS = {
    "firm": ROOT / "firm-web/src/gql/operations.json",
    "portal": ROOT / "portal-web/src/gql/operations.json",
}
PAGES = (ROOT / "firm-web/dist/index.html", ROOT / "portal-web/dist/index.html")

_TELL_VIOLATIONS = """
addEventListener("securitypolicyviolation",
  (event) => console.error(`policy ${event.violatedDirective}: ${event.blockedURI}`));
"""
_MOVE_CLOCK = """
(shift) => {
  const Real = Date;
  globalThis.Date = class extends Real {
    constructor(...given) { given.length ? super(...given) : super(Real.now() + shift); }
    static now() { return Real.now() + shift; }
  };
}
"""

_ASK = """
async ([surface, body]) => {
  const headers = { "content-type": "application/json", "x-atrio-surface": surface };
  const response = await fetch("/graphql", { method: "POST", headers, body: JSON.stringify(body) });
  return await response.json();
}
"""
_LOOK = """
async (tags) => {
  const found = await axe.run(document, { runOnly: { type: "tag", values: tags } });
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) =>
    `${id} at ${target.join(" ")}: ${failureSummary}`));
}
"""


def chromium() -> str | None:
    """The browser of this machine, None when there is none."""
    return next(filter(None, map(shutil.which, CHROMIUMS)), None)


def missing_pages() -> list[str]:
    """The web apps that have not been built."""
    return [str(page.relative_to(ROOT)) for page in PAGES if not page.exists()]


@cache
def operation_ids(surface: str) -> dict[str, str]:
    """The hash of every operation an app has registered, by its name."""
    manifest = json.loads(MANIFESTS[surface].read_text(encoding="utf-8"))
    return {operation["name"]: operation["id"] for operation in manifest["operations"]}


@asynccontextmanager
async def browsing() -> AsyncIterator[Browser]:
    """This will run this machine's Chromium for the block."""
    expect.set_options(timeout=PATIENCE_MS)
    async with async_playwright() as driver:
        # As root, as in most containers, Chromium refuses to start its sandbox.
        browser = await driver.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield browser
        await browser.close()


class Window:
    """A page of its own with its own cookies. Errors on its console and requests to elsewhere gather in `problems`."""

    def __init__(self, page: Page, address: str) -> None:
        """This will begin to note."""
        self.page = page
        self.address = address
        self.surface: Literal["firm", "portal"] = "firm"
        self.problems: list[str] = []
        page.set_default_timeout(PATIENCE_MS)
        page.on("console", lambda said: self._note(said.type == "error", said.text))
        page.on("pageerror", lambda error: self._note(True, str(error)))  # noqa: FBT003 -- one place
        page.on("request", lambda sent: self._note(self._is_elsewhere(sent.url), f"asked {sent.url}"))

    def _note(self, is_wrong: bool, text: str) -> None:  # noqa: FBT001 -- one place
        if is_wrong:
            self.problems.append(text)

    def _is_elsewhere(self, url: str) -> bool:
        return not url.startswith((f"{self.address}/", "data:", "blob:"))

    @property
    def context(self) -> BrowserContext:
        """Where its cookies are."""
        return self.page.context

    async def open(self, path: str) -> None:
        """This will go to an address of ours and wait until the screen has what it asked for."""
        await self.page.goto(self.address + path)
        await self.settled()

    async def settled(self) -> None:
        """This will return when a screen stands with its heading and nothing in it is a placeholder any more."""
        await expect(self.page.get_by_role("heading", level=1)).to_be_visible()
        await expect(self.page.locator(PLACEHOLDERS)).to_have_count(0)

    async def sign_in(self, login: str, slug: str | None = None) -> None:
        """This will sign in as somebody of the demo, typing only: at the firm app, or at a publisher's portal."""
        self.surface = "portal" if slug else "firm"
        home = f"/portal/{slug}" if slug else "/firm"
        await self.page.goto(f"{self.address}{home}/sign-in")
        await self.page.locator("[name=login]").fill(login)
        await self.page.keyboard.press("Tab")
        await self.page.keyboard.type(PASSWORD)
        await self.page.keyboard.press("Enter")
        await self.page.wait_for_url(lambda url: "sign-in" not in url)
        await self.settled()

    async def ask(self, name: str, **variables: Any) -> Any:
        """This will ask a registered operation as the person who is signed in and give its data."""
        body = {"documentId": f"sha256:{operation_ids(self.surface)[name]}", "variables": variables}
        answer = await self.page.evaluate(_ASK, [self.surface, body])
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    async def find_faults(self) -> list[str]:
        """This will look at the screen as axe does (WCAG 2.2, A and AA) and measure it: what is wrong, in words."""
        await self.page.evaluate((ROOT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8"))
        faults: list[str] = await self.page.evaluate(_LOOK, list(ACCESSIBILITY))
        wide = await self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        return faults + ([f"scrolls sideways by {wide} px"] if wide > 0 else [])


async def client_id_of(desk: Window, name: str) -> str:
    """The id of a client that the person who is signed in works for."""
    answer = await desk.ask("ClientNames", search=name, first=1)
    return str(answer["clients"]["nodes"][0]["id"])


@asynccontextmanager
async def window(
    browser: Browser,
    address: str,
    *,
    size: tuple[int, int] = WIDE,
    scheme: Literal["light", "dark"] = "light",
) -> AsyncIterator[Window]:
    """This will open a window for the block. Whatever went wrong behind its back fails the test at the end."""
    width, height = size
    context = await browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        locale="en-GB",
        timezone_id=TIME_ZONE,
    )
    await context.add_init_script(_TELL_VIOLATIONS)
    # The browser lives on the demo's day, as the program does.
    await context.add_init_script(f"({_MOVE_CLOCK})({day_shift() // timedelta(milliseconds=1)})")
    opened = Window(await context.new_page(), address)
    try:
        yield opened
        assert not opened.problems, opened.problems
    finally:
        await context.close()
