"""Writes of saved views: a person's own names for the addresses of a list. Nobody else ever sees one."""

import re
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col

from services.access.act import Act, as_id
from services.access.models import SavedView
from services.access.policy import Role
from services.kit.errors import BadInput, NotFound, Refused
from services.kit.ids import new_id

VIEWS_MAX = 50
"""Views that one member keeps of one list."""

NAME_LENGTH_MAX = 60
SEARCH_LENGTH_MAX = 2000
_LIST_NAME = re.compile(r"[a-z][a-z-]{0,30}(/[a-z][a-z-]{0,30})?")


class TooManyViews(Refused):
    """VIEWS_MAX stand already."""

    code = "TOO_MANY_VIEWS"
    sentence = "You keep {views_max} views of this list already; delete one first."


async def save_view(act: Act, *, list_name: str, name: str, search: str) -> UUID:
    """This will keep a view of the acting member; one of the same name and list takes the new address.

    The same call twice therefore leaves one view. Raises BadInput for a list, name or address that cannot be,
    TooManyViews, and NotFound for a partner app, which is nobody's desk.
    """
    if act.viewer.role is Role.PARTNER_APP:
        raise NotFound("person")
    if not _LIST_NAME.fullmatch(list_name):
        raise BadInput("input.listName", "name a list, such as documents/sales")
    name = name.strip()
    if not 0 < len(name) <= NAME_LENGTH_MAX:
        raise BadInput("input.name", "give a name of 1 to {most} signs", most=NAME_LENGTH_MAX)
    if len(search) > SEARCH_LENGTH_MAX or (search and not search.startswith("?")):
        raise BadInput("input.search", "give the part of the address from its question mark on")
    of_list = (
        col(SavedView.membership_id) == act.viewer.id,
        col(SavedView.list_name) == list_name,
    )
    known = await act.session.scalar(
        select(SavedView).where(*of_list, col(SavedView.name) == name).with_for_update()
    )
    if known is not None:
        known.search = search
        return known.id
    count = await act.session.scalar(select(func.count()).select_from(SavedView).where(*of_list))
    if (count or 0) >= VIEWS_MAX:
        raise TooManyViews(views_max=VIEWS_MAX)
    view = SavedView(id=new_id(), membership_id=act.viewer.id, list_name=list_name, name=name, search=search)
    act.session.add(view)
    await act.session.flush()
    return view.id


async def delete_view(act: Act, view_id: UUID | str) -> UUID:
    """This will forget a view of the acting member. Raises NotFound for anybody else's."""
    view = await act.session.get(SavedView, as_id(view_id, "view", ("id",)), with_for_update=True)
    if view is None or view.membership_id != act.viewer.id:
        raise NotFound("view", path=("id",))
    await act.session.delete(view)
    await act.session.flush()
    return view.id
