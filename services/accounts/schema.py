"""Client accounts in GraphQL."""

from enum import Enum

import strawberry

from services.access.guard import (
    Guard,
    Refusal,
    Touched,
    column,
    connection,
    derived,
    expr,
    many,
    mutation,
    node,
    part,
    payload,
    refusals,
    rows,
    single,
    touched,
)
from services.access.interface import Info
from services.access.policy import Action, Role, Scope
from services.accounts import actions, queries
from services.accounts.grants import granted_rows, live_until_of, scope_rows
from services.kit.pages import Connection
from services.kit.scalars import DateTime

PRACTICE = Guard(Scope.PRACTICE)
PROFILE = Guard(Scope.ACCOUNTS)


@node(queries.MANAGER, Guard(Scope.TEAM))
class AccountManager:
    """A person of the firm who works on a client."""

    id: strawberry.ID = column("The assignment.")
    membership_id: strawberry.ID = column("The person's membership of the firm.")
    name: str = column("Name of the person.")
    email: str | None = column("Address of the person.")
    kind: str = column("MANAGER or BOOKKEEPER.")


@node(None, PRACTICE)
class PendingWork:
    """What waits at a client.

    Each counter equals `totalCount` of the list it links to; where the module is not granted it is null and `errors`
    says who can open it.
    """


@node(None, PRACTICE)
class Overview:
    """State of the business from posted entries of the current fiscal year."""

    currency: str = column("ISO 4217 code of every amount here.")


@node(None, PRACTICE)
class ScopeGrant:
    """One module scope and what the viewer may do with it here."""

    scope: Scope = column("The module scope.")
    view: bool = column("May look.")
    edit: bool = column("May change.")
    approve: bool = column("May approve or post.")
    share: bool = column("May pass on.")
    in_plan: bool = column("Whether the company's subscription plan includes the module.")


@node(None, PRACTICE)
class GrantInfo:
    """What the client granted, as it holds for the viewer: never more than their role allows."""

    scopes: list[ScopeGrant] = derived(scope_rows, "Every module scope, granted or not.")
    valid_until: DateTime | None = expr(live_until_of, "When the grant ends; null without limit.")


@node(queries.COMPANY, PRACTICE)
class Client:
    """A company the firm works for."""

    id: strawberry.ID = column("Stable identifier.")
    name: str = column("Business name.")
    tax_id: str | None = column("Tax identifier.")
    trade: str | None = column("What the company does, in a few words.")
    city: str | None = column("Town of the registered office.")
    currency: str = column("ISO 4217 code of its books.")
    subscription_plan: str = column("Its commercial plan: STARTER, STANDARD or FULL.")
    created_at: DateTime = column("When the account was made.")
    last_activity_at: DateTime | None = expr(
        queries.last_activity,
        "When something was last changed in it, of what the viewer reads in its change log; null for nothing.",
        guard=Guard(Scope.AUDIT),
    )
    managers: list[AccountManager] | None = many(
        queries.MANAGERS_OF, "Who of the firm works on it: managers first.", guard=Guard(Scope.TEAM)
    )
    grant: GrantInfo = part("What the viewer's firm may do here.")
    pending_work: PendingWork = part("What waits.")
    overview: Overview | None = part("State of the business; needs ACCOUNTS.", guard=PROFILE)


@node(queries.COLLEAGUE, Guard(Scope.TEAM))
class Colleague:
    """A person of the viewer's firm."""

    id: strawberry.ID = column("The membership; give it to assignAccountManagers.")
    role: Role = column("The role in the firm.")
    name: str = column("Name of the person.")
    email: str | None = column("Address of the person.")
    last_sign_in_at: DateTime | None = column("When the person last signed in; null if never.")


GRANTS = Guard(Scope.GRANTS)


@node(None, GRANTS)
class GrantedScope:
    """One module scope that a company granted to a firm."""

    scope: Scope = column("The module scope.")
    view: bool = column("May look.")
    edit: bool = column("May change.")
    approve: bool = column("May approve or post.")
    share: bool = column("May pass on.")


@node(queries.FIRM_GRANT, GRANTS)
class FirmGrant:
    """What a company granted to a firm: the client's own view of who is in its books."""

    id: strawberry.ID = column("Stable identifier.")
    company_id: strawberry.ID = column("The company that granted.")
    firm_id: strawberry.ID = column("The firm that was let in.")
    firm_name: str = column("Name of the firm.")
    state: str = column("ACTIVE or REVOKED.")
    valid_until: DateTime | None = column("When it ends by itself; null without limit.")
    scopes: list[GrantedScope] = derived(granted_rows, "The granted modules.")


@strawberry.enum(description="Which clients a list starts from.")
class ClientTab(Enum):
    MY_CLIENTS = "MY_CLIENTS"
    ALL = "ALL"


@strawberry.enum(description="Order of a list of clients.")
class ClientOrder(Enum):
    NAME_ASC = "NAME_ASC"
    NAME_DESC = "NAME_DESC"
    CREATED_ASC = "CREATED_ASC"
    CREATED_DESC = "CREATED_DESC"


@strawberry.input(description="Which clients a list holds; conditions are joined by AND.")
class ClientFilter:
    search: str | None = strawberry.field(
        default=None, description="Part of name or tax identifier; accents and case are ignored."
    )
    unassigned: bool | None = strawberry.field(
        default=None, description="Only clients nobody is assigned to."
    )
    idle_days: int | None = strawberry.field(
        default=None,
        description="Only clients where nothing was changed for more than so many days, 0 to 3650.",
    )


@strawberry.type
class Query:
    @connection(queries.CLIENTS)
    def clients(
        self,
        tab: ClientTab = ClientTab.ALL,
        filter: ClientFilter | None = None,
        order_by: ClientOrder = ClientOrder.NAME_ASC,
        first: int = 50,
        after: str | None = None,
    ) -> Connection[Client] | None:
        """Client accounts within reach: for account managers and bookkeepers those they are assigned to."""

    @rows(queries.COLLEAGUES, order=lambda row: (row.c.name, row.c.id))
    def colleagues(self, role: Role | None = None) -> list[Colleague] | None:
        """People of the viewer's firm, of one role if named: who can be put on a client. At most 500."""

    @rows(queries.FIRM_GRANTS, order=lambda row: (row.c.firm_name, row.c.id))
    def firm_grants(self, company_id: strawberry.ID | None = None) -> list[FirmGrant] | None:
        """What companies within reach granted to firms. At most 200."""

    @single(lambda row, values, ask: row.c.id == values["id"])
    def client(self, id: strawberry.ID) -> Client | None:
        """One client; null if there is none with this id within reach."""


@payload
class ClientPayload:
    """The client as it is now, or why nothing was changed."""

    client: Touched[Client] = touched()
    refusals: list[Refusal] = refusals()


@strawberry.input(
    description="One module scope and what is granted with it; VIEW comes with every other action."
)
class ScopeActionInput:
    scope: Scope = strawberry.field(description="The module scope.")
    action: Action = strawberry.field(description="The action.")


@strawberry.input(description="What a company grants to a firm, replacing what it had granted before.")
class GrantFirmAccessInput:
    company_id: strawberry.ID = strawberry.field(description="The company whose modules are granted.")
    firm_id: strawberry.ID = strawberry.field(description="The firm that works for it.")
    scopes: list[ScopeActionInput] = strawberry.field(description="Scopes with actions; at most 120.")
    valid_until: DateTime | None = strawberry.field(
        default=None, description="When it ends; null without limit."
    )

    def granted(self) -> actions.GrantedScopes:
        """The scopes per action."""

        def having(action: Action) -> frozenset[Scope]:
            return frozenset(item.scope for item in self.scopes if item.action is action)

        return actions.GrantedScopes(
            view=having(Action.VIEW),
            edit=having(Action.EDIT),
            approve=having(Action.APPROVE),
            share=having(Action.SHARE),
        )


@payload
class FirmGrantPayload:
    """The grant as it is now, or why nothing was changed."""

    grant: Touched[FirmGrant] = touched()
    refusals: list[Refusal] = refusals()


TEAM_EDIT = Guard(Scope.TEAM, Action.EDIT)
GRANTS_EDIT = Guard(Scope.GRANTS, Action.EDIT)


@strawberry.type
class Mutation:
    @mutation(guard=TEAM_EDIT)
    async def assign_account_managers(
        self, info: Info, client_id: strawberry.ID, membership_ids: list[strawberry.ID]
    ) -> ClientPayload:
        """Puts account managers on a client, at most 20 at once. Those already on it stay; nobody is put twice."""
        async with info.context.write() as act:
            client = await actions.assign_account_managers(act, client_id, membership_ids)
        return ClientPayload(client=client)

    @mutation(guard=TEAM_EDIT)
    async def remove_account_manager(
        self, info: Info, client_id: strawberry.ID, membership_id: strawberry.ID
    ) -> ClientPayload:
        """Takes a person off a client; the client is hidden from them at their next request."""
        async with info.context.write() as act:
            client = await actions.remove_account_manager(act, client_id, membership_id)
        return ClientPayload(client=client)

    @mutation(guard=GRANTS_EDIT)
    async def grant_firm_access(self, info: Info, input: GrantFirmAccessInput) -> FirmGrantPayload:
        """Lets a firm into modules of the company. The client's act: nobody of the firm can do it."""
        async with info.context.write() as act:
            grant = await actions.grant_firm_access(
                act,
                company_id=input.company_id,
                firm_id=input.firm_id,
                granted=input.granted(),
                valid_until=input.valid_until,
            )
        return FirmGrantPayload(grant=grant)

    @mutation(guard=GRANTS_EDIT)
    async def revoke_firm_access(
        self, info: Info, company_id: strawberry.ID, firm_id: strawberry.ID
    ) -> FirmGrantPayload:
        """Ends what a company granted to a firm; the firm's next request feels it."""
        async with info.context.write() as act:
            grant = await actions.revoke_firm_access(act, company_id=company_id, firm_id=firm_id)
        return FirmGrantPayload(grant=grant)
