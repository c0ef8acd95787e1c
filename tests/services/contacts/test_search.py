"""Searching a book of 100,000 contacts: which way PostgreSQL goes, and that it is a short one."""

from typing import Any
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy import text

from services.kit.db import Addresses
from tests.support.office import Office

BOOK = 100_000
LIST = """query($c: ID, $s: String) { contacts(companyId: $c, filter: {search: $s}, first: 200) {
    totalCount nodes { id name taxId city email phone isCustomer isSupplier tags createdAt } } }"""
FILL = text("""
    insert into contact (id, company_id, name, search_text, sort_name, match_key, tax_id, city, email, country,
        language, is_customer, is_supplier, terms_days, terms_month_end, terms_pay_days, tags, version, created_at,
        updated_at, merged_ids)
    select gen_random_uuid(), :company, k.name, concat_ws(' ', lower(k.name), lower(k.tax_id), k.email),
        lower(k.name), lower(k.name), k.tax_id, 'Girona', k.email, 'ES', 'es', true, false, '{}', false, '{}', '{}', 1,
        now(), now(), '{}'
      from generate_series(1, :book) n,
        lateral (select 'B' || lpad(n::text, 8, '0') as tax_id, 'info@taller' || n || '.example' as email,
            concat_ws(' ', (array['Talleres', 'Fusteria', 'Bodegas', 'Construcciones', 'Muebles'])[1 + n % 5],
                (array['Nunez', 'Garcia', 'Lopez', 'Puig', 'Roca', 'Vidal', 'Ferrer'])[1 + n % 7],
                (n::bigint * 7919) % 1000003, 'SL') as name) k
""")


@pytest.fixture
async def book(office: Office, postgres: Addresses) -> Any:
    """A client with 100,000 contacts, vacuumed as the server does by itself after a while."""
    company_id = await office.client()
    async with office.act() as act:
        await act.session.execute(FILL, {"company": company_id, "book": BOOK})
    owner = await asyncpg.connect(postgres.owner_url)
    await owner.execute("vacuum analyze contact")
    yield company_id
    await owner.execute("delete from contact where company_id = $1", company_id)
    await owner.execute("vacuum contact")
    await owner.close()


async def _explained(
    office: Office, monkeypatch: pytest.MonkeyPatch, company_id: UUID, search: str
) -> tuple[str, int]:
    plans: list[str] = []
    fetchval = asyncpg.Connection.fetchval

    async def explaining(self: Any, query: str, *values: Any, **more: Any) -> Any:
        if "search_text" in query:
            rows = await self.fetch(f"explain (analyze, costs off) {query}", *values)
            plans.append("\n".join(row[0] for row in rows))
        return await fetchval(self, query, *values, **more)

    with monkeypatch.context() as patched:
        patched.setattr(asyncpg.Connection, "fetchval", explaining)
        answer = await office.ask(office.manager, LIST, {"c": str(company_id), "s": search})
    return plans[0], answer.data["contacts"]["totalCount"]


class TestSearch:
    async def test_reads_one_index_and_never_the_whole_book(
        self, office: Office, book: UUID, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for search, found in (
            ("b00004711 INFO", 1),
            ("b00004711", 1),
            ("nobody at all", 0),
            ("Puig", BOOK // 7),
        ):
            plan, total = await _explained(office, monkeypatch, book, search)

            assert "Seq Scan on contact" not in plan
            assert total >= found
