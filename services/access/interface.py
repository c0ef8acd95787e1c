"""What other modules and the gateway may use of access."""

from sqlalchemy import DateTime, Table, TableClause, Text, Uuid, column, table

from services.access.act import Act, acting, as_id
from services.access.actions import grant_to_firm, revoke_from_firm, role_of_colleague, secret_hash
from services.access.context import Info, RequestContext
from services.access.jobs import FORGET_SIGN_INS, forget_sign_ins_job, mail_password_link_job
from services.access.models import Grant, Membership, Reach
from services.access.password_links import PasswordLinkUsed, ask_for_password, choose_password
from services.access.policy import Role
from services.access.portal_places import (
    GrantedPlace,
    HasAccessAlready,
    NoAccess,
    deactivate_portal_place,
    grant_portal_place,
    grantable_to_contacts,
    has_portal_place,
    move_portal_places,
    portal_address_of,
    portal_state,
    reactivate_portal_place,
    return_portal_places,
    revoke_portal_place,
)
from services.access.sign_in import (
    Opened,
    SignInFailed,
    TooManyAttempts,
    end_sessions_of,
    sign_in,
    sign_out,
    switch_place,
)
from services.access.viewer import Viewer, active_viewer
from services.kit.db import table_of

__all__ = [
    "FORGET_SIGN_INS",
    "Act",
    "GrantedPlace",
    "HasAccessAlready",
    "Info",
    "NoAccess",
    "Opened",
    "PasswordLinkUsed",
    "RequestContext",
    "SignInFailed",
    "TooManyAttempts",
    "Viewer",
    "acting",
    "active_viewer",
    "as_id",
    "ask_for_password",
    "choose_password",
    "colleague_table",
    "deactivate_portal_place",
    "end_sessions_of",
    "entrance_table",
    "forget_sign_ins_job",
    "grant_portal_place",
    "grant_table",
    "grant_to_firm",
    "grantable_to_contacts",
    "has_portal_place",
    "mail_password_link_job",
    "membership_table",
    "move_portal_places",
    "portal_address_of",
    "portal_state",
    "reach_table",
    "reactivate_portal_place",
    "return_portal_places",
    "revoke_from_firm",
    "revoke_portal_place",
    "role_of_colleague",
    "secret_hash",
    "sign_in",
    "sign_out",
    "switch_place",
]


def reach_table() -> Table:
    """The table of what each viewer may do in each company, for the planner's joins."""
    return table_of(Reach)


def entrance_table(role: Role) -> TableClause:
    """The view of the one session, or of a partner the one token, whose secret the transaction named."""
    columns = column("viewer_id", Uuid), column("role", Text), column("lives_until", DateTime(timezone=True))
    return table("my_token" if role is Role.PARTNER_APP else "my_session", *columns)


def grant_table() -> Table:
    """Grants of companies to firms, for the page that shows and changes them."""
    return table_of(Grant)


def membership_table() -> Table:
    """Memberships, for joins that show who works where."""
    return table_of(Membership)


def colleague_table() -> TableClause:
    """Who works or signs in where, by name, in companies that the viewer reaches: a view over the walls of logins."""
    return table(
        "my_colleagues",
        column("id", Uuid),
        column("company_id", Uuid),
        column("role", Text),
        column("state", Text),
        column("last_sign_in_at", DateTime(timezone=True)),
        column("name", Text),
        column("email", Text),
    )
