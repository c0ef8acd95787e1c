"""Reports and tax returns over 100,000 entries: each is one statement, planned and timed by the database with its walls standing.

No ratio and no part of the bench's goal: the limit is one second in the database.
"""

import re
from dataclasses import dataclass
from typing import Any

import asyncpg
import orjson

from gateway import limits
from gateway.executor import Executor
from gateway.planner.plan import Asked
from gateway.schema import composed
from gateway.viewers import Viewers
from services.access.interface import active_viewer
from services.access.policy import Role
from services.access.sign_in import open_session
from services.kit import clock
from services.kit.db import Addresses, Database
from tests.bench.books import BenchBooks

LIMIT_MS = 1_000
RUNS = 3
_NOTHING = re.compile(r'^\{ *"\w+" : null')

_AMOUNTS = "openingDebit openingCredit debit credit yearDebit yearCredit closingDebit closingCredit"
_YEAR = 'from: "2026-01-01", to: "2026-12-31"'
_LINES = "opening closing lines(first: 100) { pageInfo { hasNextPage endCursor } nodes { entryOn number code counterAccount documentNumber debit credit balance reconciled } }"
_BOOK = "total entries(first: 100) { pageInfo { hasNextPage endCursor } nodes { entryOn number code text debit credit } }"
_STATEMENT = "lines { key amount prior accounts { code amount prior } } unmapped { code amount }"
_BOOK_LINE = "taxOn number contactName taxId taxCode rate base quota deductible total"
_BOOK_SUM = "taxCode rate lineCount base quota surcharge deductible total"
_BOX_LINE = "documentId entryId side number day name code base quota amount"


def _draft(model: str, period: str, field: str = "taxDraft", wanted: str = "figures { resultAmount }") -> str:
    return f'{field}(companyId: $company, model: {model}, year: 2026, period: "{period}") {{ {wanted} }}'


def _box(model: str, period: str, number: str) -> str:
    wanted = f"sum {{ amount lineCount }} lines {{ {_BOX_LINE} }}"
    return f'taxBox(companyId: $company, model: {model}, year: 2026, period: "{period}", number: "{number}") {{ {wanted} }}'


def _lines_of_book(book: str, order: str = "") -> str:
    year = 'from: "2026-01-01", to: "2026-12-31"'
    page = "pageInfo { hasNextPage endCursor } totalCount"
    return f"vatBookLines(companyId: $company, filter: {{ {book}{year} }}, first: 100{order}) {{ {page} nodes {{ {_BOOK_LINE} }} }}"


_REPORTS: dict[str, str] = {
    "trial balance, 3 digits": f"trialBalance({_YEAR}, level: 3) {{ totals {{ {_AMOUNTS} }} rows {{ code name {_AMOUNTS} }} }}",
    "trial balance, leaves": f"trialBalance({_YEAR}) {{ totals {{ {_AMOUNTS} }} rows {{ code name {_AMOUNTS} }} }}",
    "ledger card, bank": f'ledgerCard(account: "572", {_YEAR}) {{ {_LINES} }}',
    "ledger card, customers": f'ledgerCard(account: "43", {_YEAR}) {{ {_LINES} }}',
    "journal book": f"journalBook({_YEAR}) {{ {_BOOK} }}",
    "balance sheet": f"balanceSheet({_YEAR}) {{ difference {{ amount }} {_STATEMENT} }}",
    "profit and loss": f"profitAndLoss({_YEAR}) {{ {_STATEMENT} }}",
    "ageing, customers": f"ageing({_YEAR}) {{ totals {{ total }} contacts {{ name total documents {{ number amount }} }} }}",
    "ratios": f"ratios({_YEAR}) {{ rows {{ key value inputs {{ key amount }} }} }}",
}

_TAXES: dict[str, str] = {
    "303, one quarter": _draft("M303", "4T"),
    "390": _draft("M390", "0A"),
    "130, to the 4th quarter": _draft("M130", "4T"),
    "347": _draft("M347", "0A", "taxParties", "named { parties { name } }"),
    "349, one quarter": _draft("M349", "4T", "taxParties", "named { parties { name } }"),
    "303, lines of box 07": _box("M303", "4T", "07"),
    "303, lines of box 27": _box("M303", "4T", "27"),
    "390, lines of box 06": _box("M390", "0A", "06"),
    "390, lines of box 47": _box("M390", "0A", "47"),
    "390, lines of box 65": _box("M390", "0A", "65"),
    "130, lines of box 03": _box("M130", "4T", "03"),
    "VAT book, sums of a year": (
        f'vatBook(companyId: $company, book: ISSUED, year: 2026, period: "0A") {{ totals {{ {_BOOK_SUM} }} }}'
    ),
    "VAT book, issued, first page": _lines_of_book("book: ISSUED, "),
    "VAT book, all, first page": _lines_of_book(""),
    "VAT book, received, last first": _lines_of_book("book: RECEIVED, ", ", orderBy: DATE_DESC"),
}

READS: dict[str, str] = {
    name: f"reports(companyId: $company) {{ {read} }}" for name, read in _REPORTS.items()
} | _TAXES
"""What is measured, by the name it is printed with: a field of Query."""


@dataclass(frozen=True, slots=True)
class Timed:
    """One read: milliseconds of planning and of running, the bytes of the answer, the plan as PostgreSQL tells it."""

    name: str
    planning_ms: float
    running_ms: float
    size: int
    plan: dict[str, Any]


def documents() -> dict[str, str]:
    """What is asked of GraphQL for each report and return."""
    return {name: f"query($company: ID!) {{ {read} }}" for name, read in READS.items()}


async def measure(addresses: Addresses, books: BenchBooks, asked_for: dict[str, str]) -> list[Timed]:
    """This will run each read as the application, row-level security on, and give the quickest of its runs."""
    database = Database(addresses)
    await database.open()
    try:
        secret = await _session(database, books)
        known = await Viewers(database).find(secret)
        assert known is not None
        executor = Executor(composed(), Viewers(database))
        found = []
        for name, document in asked_for.items():
            prepared = executor.prepare(document, limits.OWN_APPS)
            operation = prepared.operation(None)
            variables = executor.variables(operation, {"company": str(books.company)})
            # What a draft says is computed in Python from the one row that is measured here.
            plan = executor._plan(prepared, operation, variables, Role.ACCOUNT_MANAGER, rows=False)
            plan = plan or executor._plan(prepared, operation, variables, Role.ACCOUNT_MANAGER, rows=True)
            assert plan is not None, f"{name} is not one statement"
            now = clock.now()
            asked = Asked(
                known.viewer.id,
                now,
                now.date(),
                variables,
                secret_hash=known.hash,
                viewer_pass=known.viewer_pass,
            )
            async with database.pool.acquire() as connection:
                found.append(await _timed(connection, name, plan.sql, plan.bind(asked)))
        return found
    finally:
        await database.close()


async def _session(database: Database, books: BenchBooks) -> str:
    viewer = await active_viewer(database, books.manager)
    assert viewer is not None
    async with database.write(person_id=viewer.person_id) as session:
        opened = await open_session(session, viewer.person_id, books.manager, "firm", clock.now())
    return opened.secret


async def _timed(connection: "asyncpg.Connection[Any]", name: str, sql: str, values: list[Any]) -> Timed:
    answer = await connection.fetchval(sql, *values)
    assert not _NOTHING.search(answer), f"{name} answered nothing"
    # Executed as prepared, since `explain` of the text itself would plan for these very values.
    await connection.execute(f"prepare measured as {sql}")
    given = ", ".join(_literal(value) for value in values)
    best: dict[str, Any] | None = None
    for _ in range(RUNS):
        told = await connection.fetchval(f"explain (analyze, buffers, format json) execute measured({given})")
        run = orjson.loads(told)[0]
        if best is None or run["Execution Time"] < best["Execution Time"]:
            best = run
    await connection.execute("deallocate measured")
    assert best is not None
    return Timed(name, best["Planning Time"], best["Execution Time"], len(answer), best["Plan"])


def _literal(value: Any) -> str:
    """A bound value as `execute` takes it. They are the bench's own."""
    if value is None:
        return "null"
    if isinstance(value, list):
        return "'{" + ",".join(str(item) for item in value) + "}'"
    return "'" + str(value).replace("'", "''") + "'"


def tell(found: list[Timed], limit_ms: float = LIMIT_MS) -> bool:
    """This will print one line per read and say whether all stayed under the limit."""
    print(f"{'read':28} {'planning ms':>12} {'running ms':>11} {'bytes':>9}")
    for item in found:
        print(f"{item.name:28} {item.planning_ms:12.1f} {item.running_ms:11.1f} {item.size:9}")
    held = all(item.running_ms < limit_ms for item in found)
    print(f"limit {limit_ms} ms in the database: {'held' if held else 'NOT held'}")
    return held
