"""How a company looks to its contacts: logo, footer, and who may set them."""

from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from PIL import Image
from sqlalchemy import text

from services.access.interface import Viewer
from services.kit.errors import Denied
from services.uploads.interface import record_upload
from tests.support.builders.portal import Publisher
from tests.support.office import Office

SET = """mutation ($company: ID!, $slug: String!, $upload: ID, $footer: String, $remove: Boolean! = false) {
  setBranding(companyId: $company, slug: $slug, displayName: "Puig", primaryColor: "#1f5f4a", logoUploadId: $upload,
              documentFooter: $footer, removeLogo: $remove) {
    branding { documentFooter logoUrl } refusals { code path } } }"""
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def picture(kind: str, size: tuple[int, int] = (1600, 400)) -> bytes:
    made = BytesIO()
    Image.new("RGB", size, "#1f5f4a").save(made, kind)
    return made.getvalue()


async def uploaded(publisher: Publisher, viewer: Viewer, content: bytes) -> UUID:
    async with publisher.office.act(viewer) as act:
        return await record_upload(
            act,
            publisher.office.store,
            company_id=publisher.company_id,
            purpose="LOGO",
            filename="logo",
            media_type="application/octet-stream",
            content=content,
        )


async def answered(publisher: Publisher, viewer: Viewer, **variables: Any) -> Any:
    asked = {
        "company": str(publisher.company_id),
        "slug": f"puig-{publisher.company_id.hex[-12:]}",
        **variables,
    }
    return (await publisher.office.ask(viewer, SET, asked)).data["setBranding"]


async def logo_of(publisher: Publisher) -> str | None:
    async with publisher.office.act(publisher.owner) as act:
        found: str | None = await act.session.scalar(
            text("select logo_sha256 from branding where company_id = :c"), {"c": publisher.company_id}
        )
    return found


class TestSetBranding:
    @pytest.mark.parametrize("kind", ["PNG", "JPEG"])
    async def test_draws_a_logo_anew_small_enough_for_paper(self, office: Office, kind: str) -> None:
        publisher = await Publisher.open(office)
        upload_id = await uploaded(publisher, publisher.owner, picture(kind))

        done = await answered(publisher, publisher.owner, upload=str(upload_id))

        assert (done["refusals"], done["branding"]["logoUrl"]) == ([], "/files/object")
        kept = await office.store.get(await logo_of(publisher) or "")
        with Image.open(BytesIO(kept)) as drawn:
            assert (drawn.format, drawn.size) == ("PNG", (800, 200))

    @pytest.mark.parametrize("content", [SVG, b"%PDF-1.7", b"\x89PNG broken"])
    async def test_takes_nothing_else_for_a_logo(self, office: Office, content: bytes) -> None:
        publisher = await Publisher.open(office)
        upload_id = await uploaded(publisher, publisher.owner, content)

        done = await answered(publisher, publisher.owner, upload=str(upload_id))

        assert [refused["code"] for refused in done["refusals"]] == ["IMAGE_NOT_READABLE"]
        assert await logo_of(publisher) is None

    async def test_keeps_what_is_left_out_and_takes_away_what_is_said(self, office: Office) -> None:
        publisher = await Publisher.open(office)
        upload_id = await uploaded(publisher, publisher.owner, picture("PNG"))
        await answered(
            publisher, publisher.owner, upload=str(upload_id), footer=" R.M. Girona,  T 1, F 2 \n IBAN "
        )

        kept = await answered(publisher, publisher.owner)
        bare = await answered(publisher, publisher.owner, footer="", remove=True)

        assert kept["branding"] == {
            "documentFooter": "R.M. Girona, T 1, F 2\nIBAN",
            "logoUrl": "/files/object",
        }
        assert bare["branding"] == {"documentFooter": None, "logoUrl": None}

    async def test_refuses_a_footer_that_would_push_the_page_away(self, office: Office) -> None:
        publisher = await Publisher.open(office)

        done = await answered(publisher, publisher.owner, footer="a\nb\nc\nd")

        assert done["refusals"] == [{"code": "BAD_INPUT", "path": ["documentFooter"]}]

    async def test_takes_nobody_elses_upload(self, office: Office) -> None:
        publisher, other = await Publisher.open(office), await Publisher.open(office, "Forn Vell SL")
        upload_id = await uploaded(other, other.owner, picture("PNG"))

        done = await answered(publisher, publisher.owner, upload=str(upload_id))

        assert [refused["code"] for refused in done["refusals"]] == ["NOT_FOUND"]

    async def test_is_refused_to_a_bookkeeper_from_the_upload_on(self, office: Office) -> None:
        publisher = await Publisher.open(office)

        with pytest.raises(Denied):
            await uploaded(publisher, office.bookkeeper, picture("PNG"))
