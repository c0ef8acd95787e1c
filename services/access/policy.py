"""The only table of role x scope x action (product.md 2.3). Everything that decides reads it from here.

A ceiling says what a role may ever do with a scope; whether it may in one company is decided per row by its reach.
Marks: `assigned` only clients the person is assigned to; `granted` only inside the client's grant; `scoped` only with
a scope of its own (employees, partner apps); `own` only the viewer's own rows; `published` only what is published.
"""

from dataclasses import dataclass
from enum import Enum, IntEnum


class Role(Enum):
    """Who a viewer is at the company it acts for."""

    FIRM_OWNER = "FIRM_OWNER"
    FIRM_ADMIN = "FIRM_ADMIN"
    ACCOUNT_MANAGER = "ACCOUNT_MANAGER"
    BOOKKEEPER = "BOOKKEEPER"
    CLIENT_OWNER = "CLIENT_OWNER"
    CLIENT_EMPLOYEE = "CLIENT_EMPLOYEE"
    PORTAL_CONTACT = "PORTAL_CONTACT"
    PARTNER_APP = "PARTNER_APP"


FIRM_ROLES = frozenset({Role.FIRM_OWNER, Role.FIRM_ADMIN, Role.ACCOUNT_MANAGER, Role.BOOKKEEPER})


class Scope(IntEnum):
    """A module of a company's life that can be granted. The number is its bit in every mask and never changes."""

    PRACTICE = 0
    COLLABORATIONS = 1
    GRANTS = 2
    TEAM = 3
    NOTIFICATIONS = 4
    NOTIFY_BOOKKEEPERS = 5
    CASES = 6
    PORTAL_ACCESS = 7
    PORTAL_PUBLICATION = 8
    MESSAGES = 9
    AUDIT = 10
    API = 11
    ACCOUNTS = 16
    SALES = 17
    PURCHASES = 18
    BANKING = 19
    INBOX = 20
    JOURNAL = 21
    PERIOD_LOCKS = 22
    CONTACTS = 23
    CATALOG = 24
    RECURRING = 25
    FILES = 26
    TAXES = 27
    PAYROLL = 28
    TREASURY = 29
    REPORTS = 30

    def __bool__(self) -> bool:
        """Every scope is one: PRACTICE has the number 0 and would else pass for none."""
        return True

    @property
    def bit(self) -> int:
        """The scope as a mask of one bit."""
        return 1 << self.value


class Action(Enum):
    """What may be done with a scope."""

    VIEW = "VIEW"
    EDIT = "EDIT"
    APPROVE = "APPROVE"
    SHARE = "SHARE"


FIRM_HELD_MASK = 0xFFFF
"""Scopes a firm holds over its active clients by the collaboration alone (no `g` in the matrix): bits 0 to 15."""

EVERY_SCOPE_MASK = sum(scope.bit for scope in Scope)


@dataclass(frozen=True, slots=True)
class Ceiling:
    """What a role may do at most with one scope, and under which marks."""

    actions: frozenset[Action]
    assigned: bool = False
    granted: bool = False
    scoped: bool = False
    own: bool = False
    published: bool = False


_ACTIONS = {"V": Action.VIEW, "E": Action.EDIT, "A": Action.APPROVE, "S": Action.SHARE}
_MARKS = {"*": "assigned", "g": "granted", "s": "scoped", "o": "own", "p": "published"}


def _ceiling(text: str) -> Ceiling | None:
    if text == "-":
        return None
    actions = frozenset(_ACTIONS[letter] for letter in text if letter in _ACTIONS)
    marks = {_MARKS[letter]: True for letter in text if letter in _MARKS}
    return Ceiling(actions=actions, **marks)


_ORDER = (
    Role.FIRM_OWNER,
    Role.FIRM_ADMIN,
    Role.ACCOUNT_MANAGER,
    Role.BOOKKEEPER,
    Role.CLIENT_OWNER,
    Role.CLIENT_EMPLOYEE,
    Role.PORTAL_CONTACT,
    Role.PARTNER_APP,
)

#                               owner   admin   manager  bookk.  client  employee contact partner
_MATRIX: dict[Scope, str] = {
    Scope.PRACTICE:            "VEAS    VEAS    V*       V*      -       -        -       -",
    Scope.COLLABORATIONS:      "VA      VA      V*       -       VEA     -        -       -",
    Scope.GRANTS:              "V       V       V*       -       VEAS    -        -       -",
    Scope.TEAM:                "VEAS    VEAS    V*       V*      -       -        -       -",
    Scope.ACCOUNTS:            "VEg     VEg     V*g      V*g     VEAS    Vs       -       Vs",
    Scope.SALES:               "VEASg   VEASg   VEAS*g   VE*g    VEAS    VEs      Vop     Vs",
    Scope.PURCHASES:           "VEASg   VEASg   VEAS*g   VE*g    VEAS    VEs      VEo     Vs",
    Scope.BANKING:             "VEAg    VEAg    VEA*g    VE*g    VEA     Vs       -       Vs",
    Scope.INBOX:               "VEAg    VEAg    VEA*g    VE*g    VEA     VEo      -       Es",
    Scope.JOURNAL:             "VEAg    VEAg    VEA*g    VE*g    V       -        -       Vs",
    Scope.PERIOD_LOCKS:        "VEAg    VEAg    V*g      V*g     VA      -        -       -",
    Scope.CONTACTS:            "VEg     VEg     VE*g     VE*g    VE      VEs      Vo      Vs",
    Scope.CATALOG:             "VESg    VESg    V*g      V*g     VES     VEs      V       Vs",
    Scope.RECURRING:           "VESg    VESg    VES*g    VE*g    VES     VEs      -       -",
    Scope.CASES:               "VES     VES     VES*     VE*     Vp      -        Vp      -",
    Scope.FILES:               "VESg    VESg    VES*g    VE*g    VES     VEo      Vp      Vs",
    Scope.TAXES:               "VEASg   VEASg   VEAS*g   VE*g    VA      -        Vp      Vs",
    Scope.PAYROLL:             "VEASg   VEASg   VES*g    Vs*g    V       Vo       Vp      -",
    Scope.TREASURY:            "VSg     VSg     VS*g     V*g     V       -        Vp      Vs",
    Scope.REPORTS:             "VSg     VSg     VS*g     V*g     V       -        Vp      Vs",
    Scope.PORTAL_ACCESS:       "VES     VES     VES*     V*      VES     Ss       Vo      -",
    Scope.PORTAL_PUBLICATION:  "VES     VES     VES*     V*      VES     -        -       -",
    Scope.MESSAGES:            "VE      VE      VE*      VE*     VE      VEs      VEo     Vs",
    Scope.NOTIFICATIONS:       "VE      VE      VE*      VE*     VE      VE       VE      -",
    Scope.NOTIFY_BOOKKEEPERS:  "E       E       -        -       -       -        -       -",
    Scope.AUDIT:               "V       V       V*       Vo      V       Vo       Vo      -",
    Scope.API:                 "VES     VES     -        -       VES     -        -       -",
}  # fmt: skip

MATRIX: dict[Scope, dict[Role, Ceiling | None]] = {
    scope: dict(zip(_ORDER, map(_ceiling, cells.split()), strict=True)) for scope, cells in _MATRIX.items()
}


def ceiling(role: Role, scope: Scope) -> Ceiling | None:
    """What `role` may do at most with `scope`; None where the role has no part in it."""
    return MATRIX[scope][role]


def role_allows(role: Role, scope: Scope, action: Action) -> bool:
    """Whether `role` may ever take `action` on `scope`, before any company is looked at."""
    found = ceiling(role, scope)
    return found is not None and action in found.actions


def who_can_grant(role: Role, scope: Scope, layer: str) -> tuple[Role, ...]:
    """The roles that can open what `layer` closed for `role`: shown to the person beside the explained null."""
    if layer == "PLAN":
        return (Role.FIRM_OWNER, Role.CLIENT_OWNER)
    if layer == "ROLE":
        givers = (Role.FIRM_OWNER, Role.FIRM_ADMIN) if role in FIRM_ROLES else (Role.CLIENT_OWNER,)
        # Only who stands above gives a higher role: what an owner lacks, nobody can open for it.
        return givers[: givers.index(role)] if role in givers else givers
    if role in FIRM_ROLES and scope.bit & FIRM_HELD_MASK:
        return (Role.FIRM_OWNER, Role.FIRM_ADMIN)
    return (Role.CLIENT_OWNER,)


class SubscriptionPlan(Enum):
    """What a company has bought. A module outside the plan answers PLAN whoever asks."""

    STARTER = "STARTER"
    STANDARD = "STANDARD"
    FULL = "FULL"


_STANDARD_LACKS = Scope.PAYROLL.bit | Scope.TREASURY.bit | Scope.CATALOG.bit | Scope.PORTAL_PUBLICATION.bit
_STARTER_LACKS = _STANDARD_LACKS | Scope.INBOX.bit | Scope.RECURRING.bit | Scope.REPORTS.bit | Scope.CASES.bit

PLAN_SCOPES: dict[SubscriptionPlan, int] = {
    SubscriptionPlan.STARTER: EVERY_SCOPE_MASK & ~_STARTER_LACKS,
    SubscriptionPlan.STANDARD: EVERY_SCOPE_MASK & ~_STANDARD_LACKS,
    SubscriptionPlan.FULL: EVERY_SCOPE_MASK,
}


def mask_of(scopes: frozenset[Scope] | set[Scope]) -> int:
    """The bit mask of several scopes."""
    return sum(scope.bit for scope in scopes)
