"""Receipts and invoices that wait in inboxes: small PDFs, and photos of tickets. The same bytes at every run."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4, A5
from reportlab.pdfgen.canvas import Canvas

MARGIN = 60
LINE_HEIGHT = 18
TICKET_SIZE = (620, 880)


@dataclass(frozen=True, slots=True)
class PaperText:
    """What is printed on a paper; PDF for invoices, PNG for photos of tickets."""

    filename: str
    lines: tuple[str, ...]


PAPERS: tuple[PaperText, ...] = (
    PaperText(
        "factura-paper-2026-311.pdf",
        (
            "Papereria Sant Jordi SL",
            "NIF B61234563",
            "Factura 2026/311",
            "Fecha 12/11/2026",
            "",
            "Material de oficina                      84,30",
            "IVA 21 %                                 17,70",
            "TOTAL                                   102,00 EUR",
        ),
    ),
    PaperText(
        "ticket-gasolinera.png",
        (
            "ESTACION DE SERVICIO COLL",
            "NIF A61313754",
            "14/11/2026 08:41",
            "",
            "GASOLEO A   41,20 L",
            "BASE      51,24",
            "IVA 21 %  10,76",
            "TOTAL     62,00 EUR",
        ),
    ),
    PaperText(
        "factura-assegurança-8812.pdf",
        (
            "Correduría Rius SL",
            "NIF B61392940",
            "Recibo 8812",
            "Fecha 02/11/2026",
            "",
            "Prima anual                             318,00 EUR",
            "Exento de IVA (art. 20.Uno.16 LIVA)",
        ),
    ),
    PaperText(
        "ticket-restaurante.png",
        (
            "RESTAURANT CAN XICU",
            "NIF B61472130",
            "18/11/2026",
            "",
            "3 MENU DIA      48,00",
            "IVA 10 % INCL.",
            "TOTAL           48,00 EUR",
            "GRACIAS",
        ),
    ),
    PaperText(
        "Rechnung 2026-1107.pdf",
        (
            "Werkzeug Müller GmbH",
            "USt-IdNr. DE136695976",
            "Rechnung 2026-1107",
            "Datum 07.11.2026",
            "",
            "Bohrer-Satz                              119,00",
            "Steuerfreie innergemeinschaftliche Lieferung",
            "Gesamt                                   119,00 EUR",
        ),
    ),
    PaperText(
        "peaje-noviembre.png",
        (
            "AUTOPISTES CONNECTADES SA",
            "NIF A61551320",
            "09/11/2026",
            "",
            "PEAJE C-16      8,90",
            "IVA 21 % INCL.",
            "TOTAL           8,90 EUR",
        ),
    ),
)


def paper_content(paper: PaperText) -> bytes:
    """This will draw a paper. A photo is a little crooked, as photos are."""
    if paper.filename.endswith(".pdf"):
        return _pdf(paper.lines)
    return _photo(paper.lines)


def _pdf(lines: Sequence[str]) -> bytes:
    made = io.BytesIO()
    # `invariant` leaves out the time of making, which would change the hash at every run.
    canvas = Canvas(made, pagesize=A5 if len(lines) < 8 else A4, invariant=True)  # noqa: PLR2004 -- long ones on A4
    height = canvas._pagesize[1]  # noqa: SLF001 -- reportlab names it no other way
    canvas.setFont("Helvetica-Bold", 15)
    canvas.drawString(MARGIN, height - MARGIN, lines[0])
    canvas.setFont("Courier", 10)
    for place, line in enumerate(lines[1:], 2):
        canvas.drawString(MARGIN, height - MARGIN - place * LINE_HEIGHT, line)
    canvas.showPage()
    canvas.save()
    return made.getvalue()


def _photo(lines: Sequence[str]) -> bytes:
    ticket = Image.new("L", TICKET_SIZE, 246)
    draw = ImageDraw.Draw(ticket)
    font = ImageFont.load_default(size=30)
    for place, line in enumerate(lines):
        draw.text((60, 70 + place * 62), line, fill=35, font=font)
    photo = ticket.rotate(1.4, expand=True, fillcolor=120)
    made = io.BytesIO()
    photo.save(made, "PNG", optimize=True)
    return made.getvalue()
