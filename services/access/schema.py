"""Who asks, in GraphQL."""

from uuid import UUID

import strawberry

from services.access.actions import set_preferences
from services.access.guard import OPEN, Refusal, mutation, node, payload, refusals, resolved
from services.access.interface import Info
from services.access.models import SavedView as SavedViewRow
from services.access.policy import Role
from services.access.queries import MemberPlace, person_of, places_of, views_of
from services.access.saved_views import VIEWS_MAX, delete_view, save_view


@node(None, OPEN)
class Place:
    """A place the signed-in person may act from: a membership of a firm, a company, or a publisher's portal."""

    id: strawberry.ID = strawberry.field(description="The membership; give it to /sign-in/switch.")
    role: Role = strawberry.field(description="The role there.")
    company_id: strawberry.ID = strawberry.field(description="The firm, company or publisher.")
    company_name: str = strawberry.field(description="Its name.")
    contact_name: str | None = strawberry.field(description="For a portal: the contact's own name.")
    slug: str | None = strawberry.field(description="For a portal: its address.")
    active: bool = strawberry.field(description="Whether it is the one acting now.")


@node(None, OPEN, name="Viewer")
class ViewerType:
    """Who asks: a person in one role at one company, or a partner app."""

    id: strawberry.ID = strawberry.field(description="The membership, or the token of a partner app.")
    role: Role = strawberry.field(description="The role of this request.")
    name: str = strawberry.field(description="Name of the person or app.")
    email: str | None = strawberry.field(description="Address of the person.")
    locale: str = strawberry.field(description="Language of the person: es, en, ca or sv.")
    density: str = strawberry.field(description="Height of rows: tight, normal or relaxed.")
    theme: str = strawberry.field(description="system, light or dark.")
    rows_per_list: int = strawberry.field(description="Rows of a page in the portal's lists.")
    company_id: strawberry.ID = strawberry.field(description="The firm, company or publisher acted from.")
    company_name: str = strawberry.field(description="Its name.")
    contact_id: strawberry.ID | None = strawberry.field(description="In a portal: the contact one is.")
    contact_name: str | None = strawberry.field(description="In a portal: that contact's name.")
    memberships: list[Place] = strawberry.field(description="All places the person may switch to.")


@node(None, OPEN)
class SavedView:
    """A list as the viewer keeps it: a named address. Only the viewer sees it."""

    id: strawberry.ID = strawberry.field(description="Stable identifier.")
    name: str = strawberry.field(description="What the viewer calls it.")
    search: str = strawberry.field(description="The part of the list's address from its question mark on.")


def _view(row: SavedViewRow) -> SavedView:
    return SavedView(id=strawberry.ID(str(row.id)), name=row.name, search=row.search)


@strawberry.type
class Query:
    @resolved(guard=OPEN, cap=VIEWS_MAX)
    async def saved_views(self, info: Info, list_name: str) -> list[SavedView]:
        """The viewer's own views of one list, by name."""
        viewer = info.context.viewer
        async with info.context.database.read(viewer.id) as session:
            return [_view(row) for row in await views_of(session, viewer.id, list_name)]

    @resolved(guard=OPEN)
    async def viewer(self, info: Info) -> ViewerType:
        """Who asks, and where else the person may act."""
        viewer = info.context.viewer
        async with info.context.database.read(viewer.id, person_id=viewer.person_id) as session:
            person = await person_of(session, viewer.person_id)
            places = await places_of(session, viewer.person_id)
        here = [place for place in places if place.id == viewer.id] or [
            place for place in places if place.company_id == viewer.company_id
        ]
        partner = viewer.role is Role.PARTNER_APP
        return ViewerType(
            id=strawberry.ID(str(viewer.id)),
            role=viewer.role,
            name=viewer.name,
            email=None if partner else person.email,
            locale=person.locale,
            density=person.density,
            theme=person.theme,
            rows_per_list=person.rows_per_list,
            company_id=strawberry.ID(str(viewer.company_id)),
            company_name=here[0].company_name if here else "",
            contact_id=strawberry.ID(str(viewer.contact_id)) if viewer.contact_id else None,
            contact_name=here[0].contact_name if here else None,
            memberships=[] if partner else [_place(place, viewer.id) for place in places if place.is_active],
        )


def _place(place: MemberPlace, viewer_id: UUID) -> Place:
    return Place(
        id=strawberry.ID(str(place.id)),
        role=place.role,
        company_id=strawberry.ID(str(place.company_id)),
        company_name=place.company_name,
        contact_name=place.contact_name,
        slug=place.slug,
        active=place.id == viewer_id,
    )


@strawberry.input(description="What the person prefers; what is left out stays.")
class PreferencesInput:
    locale: str | None = strawberry.field(default=None, description="es, en, ca or sv.")
    density: str | None = strawberry.field(default=None, description="tight, normal or relaxed.")
    theme: str | None = strawberry.field(default=None, description="system, light or dark.")
    rows_per_list: int | None = strawberry.field(default=None, description="10 to 200 rows a page.")


@payload
class PreferencesPayload:
    """Whether the preferences were kept."""

    saved: bool = strawberry.field(default=False, description="True when they were.")
    refusals: list[Refusal] = refusals()


@strawberry.input(description="A view to keep.")
class SaveViewInput:
    list_name: str = strawberry.field(
        description="The list, such as documents/sales; the same for every client."
    )
    name: str = strawberry.field(description="1 to 60 signs; a view of this name takes the new address.")
    search: str = strawberry.field(
        description="The part of the list's address from its question mark on; empty for the bare list."
    )


@payload
class SavedViewPayload:
    """The view that was kept or forgotten, or why nothing was done."""

    id: strawberry.ID | None = strawberry.field(default=None, description="The view; null if refused.")
    refusals: list[Refusal] = refusals()


@strawberry.type
class Mutation:
    @mutation(guard=OPEN)
    async def save_view(self, info: Info, input: SaveViewInput) -> SavedViewPayload:
        """Keeps a view of a list for the viewer alone."""
        async with info.context.write() as act:
            made = await save_view(act, list_name=input.list_name, name=input.name, search=input.search)
        return SavedViewPayload(id=strawberry.ID(str(made)))

    @mutation(guard=OPEN)
    async def delete_view(self, info: Info, id: strawberry.ID) -> SavedViewPayload:
        """Forgets a view of the viewer's own."""
        async with info.context.write() as act:
            gone = await delete_view(act, id)
        return SavedViewPayload(id=strawberry.ID(str(gone)))

    @mutation(guard=OPEN)
    async def set_preferences(self, info: Info, input: PreferencesInput) -> PreferencesPayload:
        """Keeps language and look with the account, for every device."""
        async with info.context.write() as act:
            await set_preferences(
                act,
                locale=input.locale,
                density=input.density,
                theme=input.theme,
                rows_per_list=input.rows_per_list,
            )
        return PreferencesPayload(saved=True)
