"""The printed document: everything the law wants on it, in four languages, on as many pages as it takes."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from pypdf import PageObject, PdfReader

from services.documents.paper import (
    BrandingForPrint,
    DocumentForPrint,
    LineForPrint,
    PartyForPrint,
    PaymentForPrint,
)
from services.documents.pdf import NOT_PRINTED_KINDS, KindNotPrinted, document_html, document_pdf
from services.documents.print_texts import LOCALES, words_of
from services.documents.rules.amounts import LineAmounts, document_totals, line_amount
from services.documents.rules.kinds import DocumentKind, VatRegime
from services.documents.rules.tax_codes import tax_code
from services.kit.pdf import close_pool, page_images
from tests.support.builders.taxes import code_for

ISSUER = PartyForPrint(
    name="Carpintería Núñez, S.L.",
    tax_id="B28015865",
    address="Calle de la Encina, 14",
    postcode="28045",
    city="Madrid",
    registry="Registro Mercantil de Madrid, hoja M-234567",
)
RECIPIENT = PartyForPrint(
    name="Hotel Åsa, S.A.",
    tax_id="A58818501",
    address="Avinguda Diagonal, 640",
    postcode="08017",
    city="Barcelona",
)
MINUS = "\N{MINUS SIGN}"

Typed = tuple[str, str, str, str, str]
THREE_LINES: Sequence[Typed] = (
    ("Armario de roble", "2", "1250", "10", "21"),
    ("Pan de molde", "12", "14.423077", "0", "4"),
    ("Transporte", "1", "90", "0", "10"),
)


@pytest.fixture(scope="module", autouse=True)
async def _pool_closed() -> AsyncIterator[None]:
    yield
    await close_pool()


def document(lines: Sequence[Typed] = THREE_LINES, **said: Any) -> DocumentForPrint:
    """Lines are (description, quantity, price, discount, rate)."""
    amounts = [
        LineAmounts(
            quantity=Decimal(quantity),
            unit_price=Decimal(price),
            discount_percent=Decimal(discount),
            tax=code_for(rate, regime=said.get("regime", VatRegime.DOMESTIC)),
        )
        for _, quantity, price, discount, rate in lines
    ]
    totals = document_totals(
        amounts,
        withholding_rate=said.get("withholding_rate", Decimal(0)),
    )
    printed = [
        LineForPrint(
            description=description,
            quantity=each.quantity,
            unit_price=each.unit_price,
            base=line_amount(each),
            tax_rate=each.tax.rate,
            discount_percent=each.discount_percent,
        )
        for (description, *_), each in zip(lines, amounts, strict=True)
    ]
    facts: dict[str, Any] = {
        "kind": DocumentKind.SALES_INVOICE,
        "number": "FV26-000123",
        "issued_on": date(2026, 3, 5),
        "issuer": ISSUER,
        "recipient": RECIPIENT,
    }
    return DocumentForPrint(lines=printed, totals=totals, **(facts | said))


async def pages_of(printed: DocumentForPrint) -> list[PageObject]:
    return list(PdfReader(BytesIO(await document_pdf(printed))).pages)


async def text_of(printed: DocumentForPrint) -> str:
    text = "\n".join(page.extract_text() for page in await pages_of(printed))
    return text.replace("\u00a0", " ")


class TestInvoice:
    async def test_says_what_the_law_wants(self) -> None:
        text = await text_of(
            document(
                operated_on=date(2026, 2, 27),
                due_on=date(2026, 4, 4),
                payment=PaymentForPrint(iban="ES9121000418450200051332", bic="CAIXESBB"),
                legends=["Régimen especial del criterio de caja"],
            )
        )

        for wanted in (
            "Factura", "FV26-000123", "05/03/2026", "27/02/2026", "04/04/2026",
            "Carpintería Núñez, S.L.", "NIF B28015865", "Calle de la Encina, 14", "28045 Madrid",
            "Hotel Åsa, S.A.", "NIF A58818501", "Avinguda Diagonal, 640", "08017 Barcelona",
            "Armario de roble", "Precio sin IVA", "1.250,00", "10 %", "2.250,00", "14,423077", "173,08",
            "Base imponible", "472,50", "6,92", "9,00", "2.513,08 €", "488,42 €", "3.001,50 €",
            "Régimen especial del criterio de caja", "ES91 2100 0418 4502 0005 1332", "CAIXESBB",
            "Registro Mercantil de Madrid", "Página 1 de 1",
        ):  # fmt: skip
            assert wanted in text, wanted

    async def test_says_how_it_is_paid_and_the_account_to_who_sends_the_money(self) -> None:
        iban = "ES9121000418450200051332"

        debited = await text_of(document(payment=PaymentForPrint(method="DIRECT_DEBIT", iban=iban)))

        assert "Domiciliación bancaria" in debited
        assert "ES91" not in debited

    async def test_leaves_the_date_of_operation_out_when_it_is_the_issue_date(self) -> None:
        assert "Fecha de operación" not in await text_of(document(operated_on=date(2026, 3, 5)))

    async def test_shows_the_withholding_below_the_total(self) -> None:
        text = await text_of(document([("Asesoría", "1", "1000", "0", "21")], withholding_rate=Decimal(15)))

        for wanted in (
            "1.210,00 €",
            "Retención IRPF 15 %",
            f"{MINUS}150,00 €",
            "Total a pagar",
            "1.060,00 €",
        ):
            assert wanted in text, wanted

    async def test_shows_the_surcharge_apart(self) -> None:
        text = await text_of(
            document([("Género", "1", "1000", "0", "21")], regime=VatRegime.EQUIVALENCE_SURCHARGE)
        )

        for wanted in ("Recargo de equivalencia", "5,2 %", "52,00 €", "1.262,00 €"):
            assert wanted in text, wanted

    @pytest.mark.parametrize(
        ("regime", "legend"),
        [
            (VatRegime.REVERSE_CHARGE, "Inversión del sujeto pasivo"),
            (VatRegime.INTRA_EU, "art. 25 Ley 37/1992"),
            (VatRegime.EXPORT, "art. 21 Ley 37/1992"),
            (VatRegime.EXEMPT, "art. 20.Uno.9.º Ley 37/1992"),
        ],
    )
    async def test_explains_why_there_is_no_vat(self, regime: VatRegime, legend: str) -> None:
        text = await text_of(
            document([("Curso", "1", "10", "0", "0")], regime=regime, exemption_article="20.Uno.9.º")
        )

        assert legend in text

    async def test_tells_the_parts_without_vat_apart(self) -> None:
        codes = ("S_EXEMPT_22", "S_REVERSE", "S_IC_SERVICES", "S21")
        amounts = [
            LineAmounts(quantity=Decimal(1), unit_price=Decimal(price), tax=tax_code(code))
            for price, code in zip((100, 50, 70, 10), codes, strict=True)
        ]
        lines = [
            LineForPrint(
                description="Oak",
                quantity=each.quantity,
                unit_price=each.unit_price,
                base=each.unit_price,
                tax_rate=each.tax.rate,
                legend=each.tax.legend,
            )
            for each in amounts
        ]

        printed = replace(document(), lines=lines, totals=document_totals(amounts))

        said = " ".join((await text_of(printed)).split())

        # Once with the line, once with its base (RD 1619/2012 art. 6.2).
        for part in ("100,00 Exenta", "50,00 ISP", "70,00 No sujeta"):
            assert said.count(part) == 2
        assert "Operación exenta de IVA (art. 22 Ley 37/1992)." in said

    async def test_names_what_it_rectifies_and_why(self) -> None:
        text = await text_of(
            document(
                [("Abono", "-1", "100", "0", "21")],
                rectifies="FV26-000100",
                rectification_reason="Devolución",
            )
        )

        for wanted in ("Factura rectificativa", "FV26-000100", "Devolución", f"{MINUS}121,00 €"):
            assert wanted in text, wanted

    async def test_without_recipient_is_a_simplified_one(self) -> None:
        assert "Factura simplificada" in await text_of(document(recipient=None))

    async def test_without_number_is_marked_as_a_draft(self) -> None:
        text = await text_of(document(number=None))

        assert "Borrador" in text
        assert "sin validez fiscal" in text


class TestLayout:
    async def test_goes_on_for_pages_with_its_headings(self) -> None:
        lines = [(f"Artículo {number}", "1", "2.50", "0", "21") for number in range(1, 76)]

        pages = [page.extract_text() for page in await pages_of(document(lines))]

        assert len(pages) == 3
        for number, page in enumerate(pages, start=1):
            assert f"Página {number} de 3" in page
            assert "FV26-000123" in page
        assert all("Descripción" in page for page in pages[:2])
        assert all(f"Artículo {number}\n" in "\n".join(pages) for number in range(1, 76))

    async def test_breaks_words_wider_than_their_column(self) -> None:
        long_word = "Donaudampfschifffahrtsgesellschaftskapitän" * 4
        printed = document(
            [(long_word, "1", "1", "0", "21")],
            issuer=replace(ISSUER, name="W" * 90, registry="R" * 120),
            recipient=replace(RECIPIENT, name="N" * 90, address="A" * 90, email="e" * 90),
            legends=["L" * 150],
            notes="O" * 150,
        )

        made = await document_pdf(printed)

        assert long_word in PdfReader(BytesIO(made)).pages[0].extract_text().replace("\n", "")
        (image,) = await page_images(made, pages_max=1, pixels_max=2_000_000)
        with Image.open(BytesIO(image)) as drawn:
            margin = drawn.convert("L").crop((int(drawn.width * 193 / 210), 0, drawn.width, drawn.height))
            assert margin.getextrema() == (255, 255)

    async def test_survives_a_description_longer_than_a_page(self) -> None:
        printed = document([("Una línea\n" * 150 + "la última", "1", "1", "0", "21")])

        pages = await pages_of(printed)

        assert len(pages) > 1
        assert "la última" in "".join(page.extract_text() for page in pages)

    async def test_survives_letters_that_the_font_lacks(self) -> None:
        text = await text_of(document(recipient=replace(RECIPIENT, name="Şükrü Öztürk 中文 ☃")))

        assert "Şükrü Öztürk" in text

    async def test_carries_the_logo_of_the_issuer(self) -> None:
        output = BytesIO()
        Image.new("RGB", (60, 20), "navy").save(output, "PNG")

        (page,) = await pages_of(document(branding=BrandingForPrint(color="#8a2be2", logo=output.getvalue())))

        assert len(page.images) == 1

    def test_prints_what_people_type_as_text(self) -> None:
        markup = document_html(
            document(
                [('<img src="http://example.test/a.png">', "1", "1", "0", "21")],
                branding=BrandingForPrint(color='red;} @import "x"', logo=b"<svg/>"),
                notes="<b>fett</b> & {{ number }}",
            )
        )

        assert "<img" not in markup
        assert "@import" not in markup
        assert "&lt;b&gt;fett&lt;/b&gt; &amp; {{ number }}" in markup

    async def test_is_the_same_file_each_time(self) -> None:
        assert await document_pdf(document()) == await document_pdf(document())


class TestLanguages:
    @pytest.mark.parametrize(
        ("locale", "wanted"),
        [
            ("es", ("Presupuesto", "Válido hasta", "04/04/2026", "3.001,50 €")),
            ("ca", ("Pressupost", "Vàlid fins", "04/04/2026", "3.001,50 €")),
            ("en", ("Estimate", "Valid until", "4 Apr 2026", "3,001.50 €")),
            ("sv", ("Offert", "Giltig till", "2026-04-04", "3 001,50 €")),
        ],
    )
    async def test_have_their_own_words_dates_and_points(self, locale: str, wanted: Sequence[str]) -> None:
        text = await text_of(document(kind=DocumentKind.ESTIMATE, due_on=date(2026, 4, 4), locale=locale))

        for each in wanted:
            assert each in text, each

    def test_all_have_all_words(self) -> None:
        for locale in LOCALES:
            assert words_of(locale).keys() == words_of("es").keys()
            assert all(words_of(locale).values())

    @pytest.mark.parametrize("locale", LOCALES)
    @pytest.mark.parametrize("kind", sorted(set(DocumentKind) - NOT_PRINTED_KINDS))
    def test_have_a_title_for_every_printed_kind(self, kind: DocumentKind, locale: str) -> None:
        assert words_of(locale)[kind.value] in document_html(document(kind=kind, locale=locale))

    @pytest.mark.parametrize("kind", sorted(NOT_PRINTED_KINDS))
    def test_have_none_for_papers_of_the_supplier(self, kind: DocumentKind) -> None:
        with pytest.raises(KindNotPrinted):
            document_html(document(kind=kind))
