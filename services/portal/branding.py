"""How a company looks to its contacts: the portal's address, name and colour, the logo, the footer of papers."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from services.access.interface import Act
from services.access.policy import Action, Scope
from services.accounts.interface import branding_table
from services.kit.pdf import logo_picture
from services.kit.storage import Store
from services.portal.rules import SlugTaken, checked_color, checked_display_name, checked_footer, checked_slug
from services.uploads.interface import take_upload

_branding: Any = branding_table()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBranding:
    """How a company is to look. `logo_sha256` and `document_footer` None keep what is; an empty one takes it away.

    A logo is a PNG in the store.
    """

    slug: str
    display_name: str
    primary_color: str
    logo_sha256: str | None = None
    document_footer: str | None = None


async def set_branding(act: Act, company_id: UUID | str, new: NewBranding) -> UUID:
    """This will set how a company looks to its contacts and give the company's id. Papers printed before stay.

    Needs PORTAL_PUBLICATION EDIT. Raises BadInput, SlugReserved, SlugTaken.
    """
    company = await act.may(company_id, Scope.PORTAL_PUBLICATION, Action.EDIT, path=("companyId",))
    wanted = checked_slug(new.slug)
    owner = await act.session.scalar(select(_branding.c.company_id).where(_branding.c.slug == wanted))
    if owner is not None and owner != company:
        raise SlugTaken(path=("slug",), slug=wanted)
    row: dict[str, Any] = {
        "slug": wanted,
        "display_name": checked_display_name(new.display_name),
        "primary_color": checked_color(new.primary_color),
    }
    if new.logo_sha256 is not None:
        row["logo_sha256"] = new.logo_sha256 or None
    if new.document_footer is not None:
        row["document_footer"] = checked_footer(new.document_footer) or None
    await act.session.execute(
        insert(_branding)
        .values(company_id=company, **row)
        .on_conflict_do_update(index_elements=["company_id"], set_=row)
    )
    return company


async def logo_of_upload(act: Act, store: Store, upload_id: UUID | str) -> str:
    """This will turn the viewer's own upload into a logo in the store and give its SHA-256.

    Takes a JPEG or PNG, which is drawn anew as a PNG that fits on paper: whatever else the file held stays behind.
    Raises NotFound, FileTooLarge, ImageNotReadable (for SVG too: it can hold programs and addresses).
    """
    upload = await take_upload(act, upload_id, "LOGO")
    picture = await logo_picture(await store.get(upload.sha256))
    return (await store.put(picture, "image/png")).sha256
