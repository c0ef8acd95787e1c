"""What a paper says beyond one page, beside the code of an issued invoice, and to readers of other scripts."""

import itertools
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from services.documents.pages import chunks_of
from services.documents.paper import (
    BrandingForPrint,
    DocumentForPrint,
    InstalmentForPrint,
    PartyForPrint,
    PaymentForPrint,
    QrForPrint,
)
from services.documents.pdf import document_html, document_pdf
from services.documents.rules.kinds import VatRegime
from services.verifactu.interface import qr_png
from tests.services.documents.test_pdf import document

URL = (
    "https://www2.agenciatributaria.gob.es/wlpl/TIKE-CONT/ValidarQRNoVerifactu"
    "?nif=B28015865&numserie=FV26-000123&fecha=05-03-2026&importe=121.00"
)
MM_PER_POINT = 25.4 / 72


def long_document(count: int, **said: Any) -> DocumentForPrint:
    lines = [(f"Tablero {number}", "1", "2.50", "0", "21") for number in range(1, count + 1)]
    return document(lines, **said)


async def read(printed: DocumentForPrint) -> list[str]:
    pages = PdfReader(BytesIO(await document_pdf(printed))).pages
    return [page.extract_text().replace("\u00a0", " ") for page in pages]


class TestPages:
    def test_carry_what_the_lines_add_up_to(self) -> None:
        chunks = chunks_of(long_document(200), "es", 85)

        assert chunks[0].carried_in is None
        assert chunks[-1].carried_out is None
        for before, after in itertools.pairwise(chunks):
            assert before.carried_out == after.carried_in
            added = Decimal("2.50") * len(before.rows)
            assert before.carried_out == (before.carried_in or Decimal(0)) + added
        assert sum(len(chunk.rows) for chunk in chunks) == 200

    def test_are_one_where_all_fits(self) -> None:
        (chunk,) = chunks_of(long_document(5), "es", 85)

        assert (chunk.carried_in, chunk.carried_out) == (None, None)

    @pytest.mark.parametrize("count", [18, 40, 90])
    async def test_hold_the_rows_they_were_given(self, count: int) -> None:
        printed = long_document(count, qr=QrForPrint(url=URL))
        chunks = chunks_of(printed, "es", 85)

        pages = await read(printed)

        assert len(pages) in {len(chunks), len(chunks) + 1}  # The sums may need a page of their own.
        for chunk, page in zip(chunks, pages, strict=False):
            assert chunk.rows[-1].cells[0][0] in page
            assert ("Suma y sigue" in page) is (chunk.carried_out is not None)
            assert ("Suma anterior" in page) is (chunk.carried_in is not None)


class TestQr:
    async def test_stands_on_the_first_page_between_30_and_40_mm(self) -> None:
        printed = long_document(60, qr=QrForPrint(url=URL))
        reader = PdfReader(BytesIO(await document_pdf(printed)))

        assert "QR tributario:" in reader.pages[0].extract_text()
        assert "QR tributario:" not in reader.pages[1].extract_text()
        assert len(reader.pages[0].images) == 1
        markup = document_html(printed)
        assert "width: 33mm; height: 33mm" in markup

    @pytest.mark.parametrize(("is_sent", "says"), [(True, True), (False, False)])
    async def test_says_verifactu_only_where_records_are_sent(self, *, is_sent: bool, says: bool) -> None:
        (page,) = await read(document(qr=QrForPrint(url=URL, is_sent=is_sent)))

        assert ("VERI*FACTU" in page) is says

    async def test_is_missing_on_what_is_no_issued_invoice(self) -> None:
        (page,) = await read(document(number=None))

        assert "QR" not in page

    def test_is_a_picture(self) -> None:
        assert qr_png(URL).startswith(b"\x89PNG")


class TestRectifying:
    async def test_names_the_invoice_the_method_and_the_reason(self) -> None:
        (page,) = await read(
            document(
                [("Devolución", "-1", "100", "0", "21")],
                rectifies="FV26-000120 (02/03/2026)",
                rectification_method="I",
                rectification_reason="Devolución de mercancía",
            )
        )

        for said in ("Factura rectificativa", "FV26-000120", "Por diferencias", "mercancía", "121,00"):
            assert said in " ".join(page.split())

    @pytest.mark.parametrize(("quantity", "asks"), [("-1", False), ("1", True)])
    async def test_asks_for_money_only_where_there_is_more_to_pay(self, quantity: str, *, asks: bool) -> None:
        corrected = document(
            [("Roble", quantity, "100", "0", "21")],
            rectifies="FV26-000120 (02/03/2026)",
            payment=PaymentForPrint(iban="ES9121000418450200051332"),
        )

        assert ("ES91 2100" in (await read(corrected))[0]) is asks


class TestSimplified:
    async def test_is_called_so_even_with_a_recipient(self) -> None:
        (page,) = await read(document(is_simplified=True))

        assert "Factura simplificada" in page


class TestLegends:
    @pytest.mark.parametrize(
        ("regime", "says"),
        [
            (VatRegime.REVERSE_CHARGE, "Inversión del sujeto pasivo"),
            (VatRegime.EXPORT, "art. 21"),
            (VatRegime.EXEMPT, "art. 20"),
            (VatRegime.INTRA_EU, "Ley 37/1992"),
        ],
    )
    async def test_follow_the_codes_of_the_lines(self, regime: VatRegime, says: str) -> None:
        (page,) = await read(document([("Obra", "1", "100", "0", "0")], regime=regime))

        assert says in page

    async def test_say_the_vat_of_another_currency_in_euros(self) -> None:
        (page,) = await read(
            document([("Obra", "1", "100", "0", "21")], currency="USD", exchange_rate=Decimal("0.92"))
        )

        assert "IVA en euros: 19,32 € (1 USD = 0,92 €)" in page


async def test_instalments_say_each_day_and_part() -> None:
    parts = [
        InstalmentForPrint(due_on=date(2026, 4, 5), amount=Decimal("60.50")),
        InstalmentForPrint(due_on=date(2026, 5, 5), amount=Decimal("60.50")),
    ]

    (page,) = await read(document(instalments=parts, due_on=date(2026, 5, 5)))

    assert "Vencimientos" in page
    assert "05/04/2026" in page


async def test_a_footer_of_three_lines_stays_on_its_page() -> None:
    (page,) = await read(document(branding=BrandingForPrint(footer="one\ntwo\nthree")))

    assert "three" in page
    assert "Página 1 de 1" in page


async def test_names_in_any_script_are_printed() -> None:
    everywhere = PartyForPrint(name="مقهى קפה Brisa \N{HOT BEVERAGE}\N{EVERGREEN TREE}", tax_id="B28015865")

    (page,) = await read(document(recipient=everywhere))

    assert "Brisa" in page
    assert "קפה" in page or "הפק" in page
