"""Bringing a journal along: looked at first, then all or nothing, and twice adds nothing."""

import io
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from services.journal.rules.imports import ColumnsMissing, amount_of, entries_of
from services.uploads.interface import record_upload
from tests.support.builders.journal import balances, books, contact, set_locks
from tests.support.office import Office

PREVIEW = """mutation ($c: ID!, $u: ID!) { previewJournalImport(companyId: $c, uploadId: $u) {
  made known lines refusals { code } refused { row refusal { code message } } } }"""
IMPORT = """mutation ($c: ID!, $u: ID!, $post: Boolean!) { importJournal(companyId: $c, uploadId: $u, post: $post) {
  made known lines refusals { code path } refused { row } } }"""
TABLE = """Asiento nº;Fecha;Asiento;Cuenta;Contacto;Debe;Haber
1;02/03/2026;Venta a Brisa;430;Cafés Brisa SL;1.210,00;
1;02/03/2026;Venta a Brisa;705;;;1.000,00
1;02/03/2026;Venta a Brisa;47700021;;;210,00
2;2026-03-05;Alquiler 🪚;621;;900;
2;2026-03-05;Alquiler 🪚;572;;;900
"""


async def sent(office: Office, company_id: UUID, content: bytes, filename: str = "diario.csv") -> UUID:
    """An upload of the bookkeeper for the journal."""
    async with office.act(office.bookkeeper) as act:
        return await record_upload(
            act,
            office.store,
            company_id=company_id,
            purpose="JOURNAL",
            filename=filename,
            media_type="application/octet-stream",
            content=content,
        )


async def asked(
    office: Office, document: str, company_id: UUID, upload_id: UUID, *, post: bool | None = None
) -> Any:
    variables: dict[str, Any] = {"c": str(company_id), "u": str(upload_id)}
    if post is not None:
        variables["post"] = post
    answer = await office.ask(office.bookkeeper, document, variables)
    return next(iter(answer.data.values()))


async def company(office: Office) -> UUID:
    company_id = await books(office)
    await contact(office, company_id, "Cafés Brisa SL", tax_id="B28015865")
    return company_id


class TestImporting:
    async def test_drafts_every_entry_once(self, office: Office) -> None:
        company_id = await company(office)
        upload_id = await sent(office, company_id, TABLE.encode())

        looked = await asked(office, PREVIEW, company_id, upload_id)
        nothing_yet = await asked(office, PREVIEW, company_id, upload_id)
        made = await asked(office, IMPORT, company_id, upload_id, post=False)
        again = await asked(office, IMPORT, company_id, upload_id, post=False)

        assert looked == nothing_yet == {"made": 2, "known": 0, "lines": 5, "refusals": [], "refused": []}
        assert (made["made"], made["lines"]) == (2, 5)
        assert (again["made"], again["known"]) == (0, 2)

    async def test_posts_them_for_who_may(self, office: Office) -> None:
        company_id = await company(office)
        upload_id = await sent(office, company_id, TABLE.encode("cp1252", "replace"))

        refused = await asked(office, IMPORT, company_id, upload_id, post=True)

        assert refused["refusals"][0]["code"] == "DENIED"
        async with office.act(office.manager) as act:
            upload_id = await record_upload(
                act,
                office.store,
                company_id=company_id,
                purpose="JOURNAL",
                filename="diario.csv",
                media_type="text/csv",
                content=TABLE.encode(),
            )
        answer = await office.ask(
            office.manager, IMPORT, {"c": str(company_id), "u": str(upload_id), "post": True}
        )
        assert answer.data["importJournal"]["made"] == 2
        assert await balances(office, company_id) == {
            "43000001": Decimal("1210.00"),
            "47700021": Decimal("-210.00"),
            "572": Decimal("-900.00"),
            "621": Decimal("900.00"),
            "705": Decimal("-1000.00"),
        }

    async def test_reads_workbooks(self, office: Office) -> None:
        company_id = await company(office)
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.append(["Date", "Entry", "Account", "Debit", "Credit"])
        for row in (
            [date(2026, 3, 2), "Rent", "621", 900.5, None],
            [date(2026, 3, 2), "Rent", 572, None, 900.5],
            [date(2026, 3, 2), "Fee", "626", 1, None],
            [date(2026, 3, 2), "Fee", "572", None, 1],
        ):
            sheet.append(row)
        content = io.BytesIO()
        book.save(content)

        made = await asked(
            office,
            IMPORT,
            company_id,
            await sent(office, company_id, content.getvalue(), "d.xlsx"),
            post=False,
        )

        assert (made["made"], made["lines"]) == (2, 4)

    async def test_tells_each_wrong_row_and_does_nothing(self, office: Office) -> None:
        company_id = await company(office)
        wrong = TABLE + (
            "3;31/02/2026;x;621;;1;\n4;2026-03-06;y;621;;1;\n4;2026-03-06;y;572;;;2\n"
            "5;2026-03-07;z;999;;1;\n5;2026-03-07;z;572;;;1\n6;2026-03-08;w;430;Nobody;1;\n6;2026-03-08;w;705;;;1\n"
        )
        upload_id = await sent(office, company_id, wrong.encode())

        looked = await asked(office, PREVIEW, company_id, upload_id)
        made = await asked(office, IMPORT, company_id, upload_id, post=False)

        assert [(one["row"], one["refusal"]["code"]) for one in looked["refused"]] == [
            (7, "ROW_DATE_WRONG"),
            (8, "ENTRY_NOT_BALANCED"),
            (10, "LEDGER_ACCOUNT_MISSING"),
            (12, "CONTACT_UNKNOWN"),
        ]
        assert made["refusals"] == [{"code": "IMPORT_REFUSED", "path": ["uploadId"]}]
        assert (await asked(office, PREVIEW, company_id, upload_id))["known"] == 0

    async def test_of_another_company_or_person_is_not_found(self, office: Office) -> None:
        company_id = await company(office)
        other = await books(office, "Una altra SL")
        upload_id = await sent(office, company_id, TABLE.encode())

        elsewhere = await asked(office, IMPORT, other, upload_id, post=False)
        somebody = await office.ask(office.manager, PREVIEW, {"c": str(company_id), "u": str(upload_id)})

        assert elsewhere["refusals"][0]["code"] == "NOT_FOUND"
        assert somebody.data["previewJournalImport"]["refusals"] == [{"code": "NOT_FOUND"}]

    async def test_into_a_locked_period_is_refused_when_it_posts(self, office: Office) -> None:
        company_id = await company(office)
        await set_locks(office, company_id, tax_until=date(2026, 3, 31))
        async with office.act(office.manager) as act:
            upload_id = await record_upload(
                act,
                office.store,
                company_id=company_id,
                purpose="JOURNAL",
                filename="diario.csv",
                media_type="text/csv",
                content=TABLE.encode(),
            )

        answer = await office.ask(
            office.manager, IMPORT, {"c": str(company_id), "u": str(upload_id), "post": True}
        )

        assert answer.data["importJournal"]["refusals"][0]["code"] == "IMPORT_REFUSED"
        assert await balances(office, company_id) == {}


class TestTables:
    def test_without_numbers_end_an_entry_when_it_balances(self) -> None:
        rows = [(2, ("2026-03-02", "621", "5", "")), (3, ("2026-03-02", "572", "", "5"))] * 2

        found = entries_of(("Date", "Account", "Debit", "Credit"), rows)

        assert [len(entry.lines) for entry in found.entries] == [2, 2]
        # Two real coffees of the same price stay two, and each keeps its key.
        assert len({entry.key for entry in found.entries}) == 2

    def test_need_their_columns(self) -> None:
        with pytest.raises(ColumnsMissing):
            entries_of(("Date", "Account", "Debit"), [])

    @pytest.mark.parametrize(
        ("text", "amount"),
        [
            ("1.234,56", "1234.56"),
            ("1,234.56", "1234.56"),
            ("1234.5", "1234.50"),
            ("12,5 €", "12.50"),
            ("", "0.00"),
        ],
    )
    def test_write_amounts_as_people_do(self, text: str, amount: str) -> None:
        assert amount_of(text) == Decimal(amount)

    @given(st.decimals(min_value=0, max_value=10**9, places=2))
    def test_give_spanish_amounts_back(self, amount: Decimal) -> None:
        spanish = f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))

        assert amount_of(spanish) == amount
