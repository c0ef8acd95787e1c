"""Where the fields of access come from."""

from sqlalchemy import text

MEMBERSHIPS = text("select * from memberships_of(:person)")
"""Every place a person may act from, with names; a definer function, since the viewer reaches only one of them."""
