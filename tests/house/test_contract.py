"""The contract: the committed schema is the one that is served, and nothing in it can be asked unguarded."""

import pytest
import strawberry

from gateway.cli import SCHEMA_FILE
from gateway.planner.bindings import Bindings, DeclarationRefused
from gateway.schema import composed
from services.access.guard import Guard, column, connection, node, resolved
from services.access.policy import Scope
from services.contacts.queries import CONTACT, CONTACTS
from services.kit.pages import Connection
from services.kit.reads import Listing, Sort


def test_schema_file_is_fresh() -> None:
    assert SCHEMA_FILE.read_text(encoding="utf-8") == composed().sdl(), "run `python -m gateway.cli schema`"


def _bindings(query: type) -> Bindings:
    return Bindings(strawberry.Schema(query=query)._schema)


class TestStartIsRefused:
    def test_for_a_field_without_a_guard(self) -> None:
        @strawberry.type
        class Query:
            @strawberry.field
            def secret(self) -> str:
                return "x"

        with pytest.raises(DeclarationRefused, match=r"Query\.secret has no guard"):
            _bindings(Query)

    def test_for_a_non_null_field_on_a_column_that_may_be_null(self) -> None:
        @node(CONTACT, Guard(Scope.CONTACTS), name="Card")
        class Card:
            tax_id: str = column("Never null, it says.")

        @strawberry.type
        class Query:
            @connection(CONTACTS)
            def cards(self, first: int = 50, after: str | None = None) -> Connection[Card] | None:
                """Cards."""

        with pytest.raises(DeclarationRefused, match=r"Card\.taxId is non-null but its column may be null"):
            _bindings(Query)

    def test_for_a_guarded_field_that_would_null_its_parent(self) -> None:
        @node(CONTACT, Guard(Scope.CONTACTS), name="Card")
        class Card:
            name: str = column("Guarded otherwise, yet non-null.", guard=Guard(Scope.BANKING))

        @strawberry.type
        class Query:
            @connection(CONTACTS)
            def cards(self, first: int = 50, after: str | None = None) -> Connection[Card] | None:
                """Cards."""

        with pytest.raises(DeclarationRefused, match="must be nullable"):
            _bindings(Query)

    def test_for_an_order_by_what_a_company_grants_by_itself(self) -> None:
        @node(CONTACT, Guard(Scope.CONTACTS), name="Card")
        class Card:
            name: str | None = column("Granted apart.", guard=Guard(Scope.BANKING))

        @strawberry.type
        class Query:
            @connection(Listing(sorts={"NAME_ASC": Sort(lambda row: row.c.name, reads="name")}))
            def cards(self, first: int = 50, after: str | None = None) -> Connection[Card] | None:
                """Cards in an order that would tell of names nobody granted."""

        with pytest.raises(
            DeclarationRefused,
            match=r"Query\.cards\(orderBy: NAME_ASC\) reads Card\.name, which has its own guard",
        ):
            _bindings(Query)

    def test_for_a_computed_field_that_could_not_be_denied(self) -> None:
        @strawberry.type
        class Query:
            @resolved(guard=Guard(Scope.BANKING))
            def best(self) -> str:
                """Never null, it says."""
                return "x"

        with pytest.raises(DeclarationRefused, match=r"Query\.best has a guard and so must be nullable"):
            _bindings(Query)
