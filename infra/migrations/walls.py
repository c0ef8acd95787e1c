"""Row-level security as migrations write it: one sentence per table, forced, for the application role only.

The second wall (the first is the reach join in every planned statement): with the first removed, a viewer still sees
no row of a company it does not reach, and a portal contact none of another contact. What the viewer reaches is hashed
once per table of a statement; an `exists`, looked up per row, took half as long again for a list of clients with its
counters. The view `my_reach` (access.sql) spares reach's own wall at each of them.
"""

from collections.abc import Callable, Iterator

APP_ROLE = "atrio_app"


def reaches(column: str) -> str:
    """The companies that the viewer reaches as staff, client or partner; `column` with its table: `document.company_id`."""
    return f"{column} in (select r.company_id from my_reach r where r.contact_id is null)"


def reaches_one(column: str) -> str:
    """The same for a table that is mostly read by id: PostgreSQL looks one row up, and hashes for a page of them."""
    return f"exists (select 1 from my_reach r where r.company_id = {column} and r.contact_id is null)"


def reaches_contact(column: str) -> str:
    """The contacts that the viewer is, in any company; `column` with its table: `document.contact_id`."""
    return f"{column} in (select r.contact_id from my_reach r where r.contact_id is not null)"


def forced(table: str) -> Iterator[str]:
    """This will deny every row of a table to everybody, the owner included, until a policy lets some through."""
    yield f"alter table {table} enable row level security"
    yield f"alter table {table} force row level security"


def policy(table: str, name: str, using: str, *, act: str = "all", check: str | None = None) -> str:
    """This will let the application role at the rows for which `using` holds (and write those for which `check`)."""
    clause = "" if act == "insert" else f" using ({using})"
    written = "" if act in ("select", "delete") else f" with check ({check or using})"
    return f"create policy {name} on {table} for {act} to {APP_ROLE}{clause}{written}"


def company_wall(
    table: str, column: str = "company_id", reaches: Callable[[str], str] = reaches
) -> Iterator[str]:
    """This will wall a company-owned table: staff, clients and partners see rows of the companies they reach."""
    yield from forced(table)
    yield policy(table, "company_rows", reaches(f"{table}.{column}"))


def child_wall(table: str, parent: str, key: str, *, acts: tuple[str, ...] = ("select",)) -> Iterator[str]:
    """This will also let portal contacts at rows whose parent they may see."""
    seen = f"exists (select 1 from {parent} parent where parent.id = {table}.{key})"
    for act in acts:
        yield policy(table, f"by_contact_{act}", seen, act=act)


def owner_reads(table: str) -> str:
    """This will let the owner of the database read a table, for functions that look a name up, and change nothing."""
    return f"create policy owner_reads on {table} for select to current_user using (true)"


def owner_sees(table: str) -> str:
    """This will let the owner of the database at a table: the functions that enter and that derive reach need it."""
    return f"create policy owner_rows on {table} to current_user using (true) with check (true)"
