"""What stands in a file: cells, totals and names, in each format."""

import csv
import gc
import io
import tracemalloc
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.exports.files import Head, open_table
from services.exports.heading import head_of
from services.exports.rules import Amount, Cell, ExportFormat, Names, Totals, filename, harmless
from services.kit.exports import ColumnKind, ExportColumn, Exported

COLUMNS = (
    ExportColumn("Name", "name", width=30),
    ExportColumn("Date", "day", ColumnKind.DATE),
    ExportColumn("Total", "total", ColumnKind.MONEY),
    ExportColumn("Customer", "flag", ColumnKind.FLAG),
)
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("x","y")', "=cmd|' /C calc'!A0"]
LARGE = {ExportFormat.XLSX: 20_000, ExportFormat.CSV: 20_000, ExportFormat.PDF: 8_000}
"""Rows; fewer where each is slow while memory is watched."""


def head(locale: str = "es") -> Head:
    return head_of(
        Exported(root="contacts", title="Sales documents", columns=COLUMNS),
        COLUMNS,
        company="Fusteria Puig SL",
        filters=[("Search", "puig"), ("From", date(2026, 1, 1))],
        made_on=date(2026, 3, 2),
        locale=locale,
    )


def row(name: str = "Cafés Brisa SL", total: str = "1234.50", currency: str = "EUR") -> list[Cell]:
    return [name, date(2026, 3, 2), Amount(Decimal(total), currency), True]


def written(folder: Path, kind: ExportFormat, rows: list[list[Cell]], locale: str = "es") -> bytes:
    path, totals = folder / "file", Totals(COLUMNS)
    table = open_table(kind, path, head(locale))
    for cells in rows:
        totals.add({}, cells)
    table.write(rows)
    table.close(totals, [])
    return path.read_bytes()


class TestCsv:
    def test_has_a_mark_semicolons_and_decimal_commas_where_the_language_does(self, tmp_path: Path) -> None:
        content = written(tmp_path, ExportFormat.CSV, [row()])

        assert content.startswith("\ufeff".encode())
        lines = content.decode("utf-8-sig").split("\r\n")
        assert lines == ["Nombre;Fecha;Total;Cliente", "Cafés Brisa SL;02/03/2026;1234,50;Sí", ""]

    def test_has_commas_and_points_in_english(self, tmp_path: Path) -> None:
        content = written(tmp_path, ExportFormat.CSV, [row()], "en").decode("utf-8-sig")

        assert content.split("\r\n")[1] == "Cafés Brisa SL,2026-03-02,1234.50,Yes"

    @pytest.mark.parametrize("text", FORMULAS)
    def test_never_begins_a_text_like_a_formula(self, tmp_path: Path, text: str) -> None:
        content = written(tmp_path, ExportFormat.CSV, [row(text)])

        cell = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))[1][0]
        assert cell == f"'{text}"

    def test_keeps_a_negative_amount_a_number(self, tmp_path: Path) -> None:
        assert b";-97,20;" in written(tmp_path, ExportFormat.CSV, [row(total="-97.20")])

    @given(st.text())
    def test_harmless_texts_begin_with_no_sign_that_starts_a_formula(self, text: str) -> None:
        assert harmless(text)[:1] not in {"=", "+", "-", "@", "\t", "\r", "\n"}
        assert harmless(text).removeprefix("'") == text.removeprefix("'") or harmless(text) == text


class TestXlsx:
    def test_has_real_days_and_numbers_below_a_frozen_heading_with_filters(self, tmp_path: Path) -> None:
        sheet = self._sheet(written(tmp_path, ExportFormat.XLSX, [row(), row(total="0.05", currency="USD")]))

        assert [cell.value for cell in sheet[1]] == ["Nombre", "Fecha", "Total", "Cliente"]
        assert (sheet["B2"].is_date, sheet["B2"].number_format) == (True, "dd/mm/yyyy")
        assert (sheet["C2"].data_type, sheet["C2"].value, sheet["C2"].number_format) == (
            "n",
            1234.5,
            "#,##0.00",
        )
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == "A1:D3"

    def test_adds_up_each_currency_by_itself(self, tmp_path: Path) -> None:
        rows = [row(total="0.10"), row(total="0.20"), row(total="5.00", currency="USD")]
        sheet = self._sheet(written(tmp_path, ExportFormat.XLSX, rows))

        assert [(sheet.cell(at, 1).value, sheet.cell(at, 3).value) for at in (5, 6)] == [
            ("Total EUR", 0.3),
            ("Total USD", 5.0),
        ]

    @pytest.mark.parametrize("text", FORMULAS)
    def test_writes_every_text_as_text(self, tmp_path: Path, text: str) -> None:
        cell = self._sheet(written(tmp_path, ExportFormat.XLSX, [row(text)]))["A2"]

        assert cell.data_type == "s"
        assert cell.hyperlink is None

    def test_takes_emoji_control_signs_and_right_to_left_text(self, tmp_path: Path) -> None:
        names = ["café ☕🎉", "شركة", "a\x00b\x0bc", "x" * 40_000]

        sheet = self._sheet(written(tmp_path, ExportFormat.XLSX, [row(name) for name in names]))

        assert sheet["A2"].value == names[0]
        assert sheet["A3"].value == names[1]

    def _sheet(self, content: bytes) -> openpyxl.worksheet.worksheet.Worksheet:
        return openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]


class TestPdf:
    def test_repeats_the_heading_and_counts_its_pages(self, tmp_path: Path) -> None:
        pages = self._pages(written(tmp_path, ExportFormat.PDF, [row(f"Client {n}") for n in range(120)]))

        assert len(pages) > 2
        for number, page in enumerate(pages, start=1):
            assert "Nombre" in page
            assert f"Página {number} de" in page
            assert page.rstrip().endswith(str(len(pages)))
        assert "Fusteria Puig SL" in pages[0]
        assert "Búsqueda: puig" in pages[0]
        assert "Desde: 01/01/2026" in pages[0]
        assert "Total EUR" in pages[-1]
        assert "148.140,00" in pages[-1]
        assert "02/03/2026" in pages[1], "a day breaks"

    def test_has_every_row(self, tmp_path: Path) -> None:
        text = "\n".join(
            self._pages(written(tmp_path, ExportFormat.PDF, [row(f"Client {n:04}") for n in range(300)]))
        )

        assert [n for n in range(300) if f"Client {n:04}" not in text] == []

    def test_takes_words_wider_than_their_column(self, tmp_path: Path) -> None:
        assert self._pages(written(tmp_path, ExportFormat.PDF, [row("W" * 500), row("☕🎉 شركة")]))

    def _pages(self, content: bytes) -> list[str]:
        document = pypdfium2.PdfDocument(content)
        return [page.get_textpage().get_text_bounded() for page in document]


@pytest.mark.parametrize("kind", [ExportFormat.XLSX, ExportFormat.CSV, ExportFormat.PDF])
def test_memory_does_not_grow_with_the_rows(tmp_path: Path, kind: ExportFormat) -> None:
    """A thousand rows at a time: at the last what is held stays near that of the first thousands."""
    path, totals = tmp_path / "file", Totals(COLUMNS)
    table = open_table(kind, path, head())
    peaks = []
    gc.collect()
    tracemalloc.start()
    try:
        for page in range(LARGE[kind] // 1000):
            rows = [row(f"Contact {page:03}{n:04}") for n in range(1000)]
            for cells in rows:
                totals.add({}, cells)
            table.write(rows)
            peaks.append(tracemalloc.get_traced_memory()[0])
        table.close(totals, [])
    finally:
        tracemalloc.stop()

    # Of a PDF the finished pages stay, compressed: half a kilobyte a row.
    assert peaks[-1] - peaks[4] < (3_000_000 if kind is ExportFormat.PDF else 1_000_000)
    assert totals.rows() == [("EUR", {2: Decimal("1234.50") * LARGE[kind]})]


class TestNames:
    def test_tell_two_documents_of_one_number_apart(self) -> None:
        names = Names()

        assert [names.free(name) for name in ("A-1.pdf", "A-1.pdf", "a-1.PDF", "A-2.pdf")] == [
            "A-1.pdf",
            "A-1 (2).pdf",
            "a-1 (3).PDF",
            "A-2.pdf",
        ]

    @given(st.text(max_size=60))
    def test_stay_inside_the_archive(self, wanted: str) -> None:
        name = Names().free(wanted)

        assert name
        assert "/" not in name
        assert "\\" not in name
        assert not name.startswith(".")

    def test_of_files_say_list_company_and_day(self) -> None:
        made = filename("Documentos de venta", "Fustería Puig, S.L.", date(2026, 3, 2), "XLSX")

        assert made == "documentos-de-venta-fusteria-puig-s-l-2026-03-02.xlsx"
