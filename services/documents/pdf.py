"""A commercial document on paper: a record of what it says -> markup -> PDF.

The record is frozen text and figures, so a document prints the same whoever asks and whatever changed in
the contact book since. An invoice says all that RD 1619/2012 art. 6 wants: number and series, dates, names,
tax ids and addresses of both sides, description with price without VAT and discount, rate, base and quota
per rate, and the legends of its regime. Amounts are written with the comma or point of the reader's
language; the law's own words stay Spanish where they must.
"""

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from services.documents.print_texts import (
    LOCALES,
    TEMPLATES_DIR,
    amount_text,
    breakable,
    date_text,
    money_text,
    percent_text,
    words_of,
)
from services.documents.rules.amounts import DocumentTotals
from services.documents.rules.kinds import PURCHASE_KINDS, DocumentKind, VatRegime
from services.kit.errors import Refused
from services.kit.money import ZERO
from services.kit.pdf import render_pdf

NOT_PRINTED_KINDS = frozenset({DocumentKind.PURCHASE_INVOICE, DocumentKind.EXPENSE})

COLOR_DEFAULT = "#1f4e5f"
LOGO_BYTES_MAX = 1024**2

LINE_MM = 174
"""Width between the margins of the page."""

LINES_PER_ROW_MAX = 12
"""A description goes on in further rows after so many lines, because a row cannot break over pages."""

CHARACTERS_PER_LINE = 48
"""What the description column holds at its narrowest; only used to estimate the height of a row."""

_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_IMAGE_TYPES = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg"}


@dataclass(frozen=True, kw_only=True)
class PartyForPrint:
    """A side of the document. `country` is a name in the reader's language, empty where both share one.

    `registry` is the entry in the trade register, printed at the foot of the issuer's pages.
    """

    name: str
    tax_id: str = ""
    address: str = ""
    postcode: str = ""
    city: str = ""
    province: str = ""
    country: str = ""
    email: str = ""
    phone: str = ""
    registry: str = ""

    @property
    def address_lines(self) -> list[str]:
        """Street, then postcode and town with the province if it is another name, then country."""
        town = " ".join(part for part in (self.postcode, self.city) if part)
        if self.province and self.province != self.city:
            town = f"{town} ({self.province})" if town else self.province
        return [line for line in (self.address, town, self.country) if line]


@dataclass(frozen=True, kw_only=True)
class LineForPrint:
    """A line as issued. `unit_price` is without VAT and before the discount, `base` after it."""

    description: str
    quantity: Decimal
    unit_price: Decimal
    base: Decimal
    tax_rate: Decimal
    discount_percent: Decimal = ZERO


@dataclass(frozen=True, kw_only=True)
class PaymentForPrint:
    """How to pay. `method` in the reader's words; empty means a transfer when there is an IBAN."""

    method: str = ""
    iban: str = ""
    bic: str = ""


@dataclass(frozen=True, kw_only=True)
class BrandingForPrint:
    """The issuer's look. `color` is #RRGGBB, dark enough for white letters; `logo` PNG or JPEG up to 1 MiB."""

    color: str = COLOR_DEFAULT
    logo: bytes | None = None


@dataclass(frozen=True, kw_only=True)
class DocumentForPrint:
    """Everything a printed document says. `number` is None for a draft, which is marked as such.

    `recipient` is None on a simplified invoice only. `rectifies` names the invoice that a rectifying one
    corrects. `due_on` is the last day of validity on an estimate. `exemption_article` belongs to the regime
    EXEMPT. Amounts of a rectifying invoice are negative, as the law's differences are.
    """

    kind: DocumentKind
    number: str | None
    issued_on: date
    issuer: PartyForPrint
    recipient: PartyForPrint | None
    lines: Sequence[LineForPrint]
    totals: DocumentTotals
    currency: str = "EUR"
    locale: str = "es"
    operated_on: date | None = None
    due_on: date | None = None
    regime: VatRegime = VatRegime.DOMESTIC
    exemption_article: str = "20"
    withholding_rate: Decimal = ZERO
    rectifies: str = ""
    rectification_reason: str = ""
    legends: Sequence[str] = ()
    notes: str = ""
    payment: PaymentForPrint = field(default_factory=PaymentForPrint)
    branding: BrandingForPrint = field(default_factory=BrandingForPrint)


class KindNotPrinted(Refused):
    """Bills and expenses are papers of the supplier; we keep theirs and print none."""

    code = "KIND_NOT_PRINTED"
    sentence = "A document of this kind ({kind}) is not printed; see the file attached to it."
    words = frozenset({"kind"})


@dataclass(frozen=True)
class _Column:
    label: str
    width: int
    is_number: bool = True


@dataclass(frozen=True)
class _Row:
    """One row of the printed table; a cell holds lines of text. Long descriptions go on in further rows."""

    cells: Sequence[Sequence[str]]
    is_continuation: bool
    continues: bool


async def document_pdf(document: DocumentForPrint) -> bytes:
    """This will make the PDF of a document. Raises KindNotPrinted and what render_pdf raises."""
    return await render_pdf(document_html(document))


def document_html(document: DocumentForPrint) -> str:
    """This will write the markup of a document, what people typed escaped. Raises KindNotPrinted."""
    if document.kind in NOT_PRINTED_KINDS:
        raise KindNotPrinted(kind=document.kind)
    locale = document.locale if document.locale in LOCALES else "es"
    words = words_of(locale)
    page_before, page_between = words["page"].replace("{pages}", "").split("{page}")
    color = document.branding.color
    return _template().render(
        document=document,
        locale=locale,
        words=words,
        page_words=(page_before, page_between),
        color=color if _COLOR.fullmatch(color) else COLOR_DEFAULT,
        logo=_logo_uri(document.branding.logo),
        title=_title(document, words),
        number=document.number or words["draft"],
        parties=_parties(document, words),
        facts=_facts(document, words, locale),
        columns=_columns(document, words),
        description_mm=_columns(document, words)[0].width * LINE_MM / 100 - 2,
        rows=list(_rows(document, locale)),
        has_surcharge=bool(document.totals.surcharge),
        taxes=_taxes(document, locale),
        sums=_sums(document, words, locale),
        grand=_grand(document, words, locale),
        legends=_legends(document, words),
        payment=_payment(document, words),
        notes=[line for line in document.notes.splitlines() if line.strip()],
    )


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES_DIR),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["breakable"] = breakable
    return environment.get_template("document.html")


def _logo_uri(logo: bytes | None) -> str | None:
    if not logo or len(logo) > LOGO_BYTES_MAX:
        return None
    media_type = next((name for start, name in _IMAGE_TYPES.items() if logo.startswith(start)), None)
    return f"data:{media_type};base64,{b64encode(logo).decode()}" if media_type else None


def _title(document: DocumentForPrint, words: Mapping[str, str]) -> str:
    if document.kind is DocumentKind.SALES_INVOICE:
        if document.rectifies:
            return words["rectifying"]
        if document.recipient is None:
            return words["simplified"]
    return words[document.kind.value]


def _parties(document: DocumentForPrint, words: Mapping[str, str]) -> list[tuple[str, PartyForPrint]]:
    other = "supplier" if document.kind in PURCHASE_KINDS else "recipient"
    parties = [(words["issuer"], document.issuer)]
    if document.recipient is not None:
        parties.append((words[other], document.recipient))
    return parties


def _facts(document: DocumentForPrint, words: Mapping[str, str], locale: str) -> list[tuple[str, str]]:
    facts = [(words["issued_on"], date_text(document.issued_on, locale))]
    if document.operated_on and document.operated_on != document.issued_on:
        facts.append((words["operated_on"], date_text(document.operated_on, locale)))
    if document.due_on:
        label = "valid_until" if document.kind is DocumentKind.ESTIMATE else "due_on"
        facts.append((words[label], date_text(document.due_on, locale)))
    if document.rectifies:
        facts.append((words["rectifies"], document.rectifies))
    if document.rectification_reason:
        facts.append((words["reason"], document.rectification_reason))
    return facts


def _has_discount(document: DocumentForPrint) -> bool:
    return any(line.discount_percent for line in document.lines)


def _columns(document: DocumentForPrint, words: Mapping[str, str]) -> list[_Column]:
    has_discount = _has_discount(document)
    columns = [
        _Column(words["description"], 41 if has_discount else 50, is_number=False),
        _Column(words["quantity"], 11),
        _Column(words["unit_price"], 16),
        _Column(words["rate"], 8),
        _Column(words["amount"], 15),
    ]
    if has_discount:
        columns.insert(3, _Column(words["discount"], 9))
    return columns


def _rows(document: DocumentForPrint, locale: str) -> Iterator[_Row]:
    has_discount = _has_discount(document)
    for line in document.lines:
        figures = [
            amount_text(line.quantity, locale, places_min=0, places_max=6),
            amount_text(line.unit_price, locale, places_max=6),
            percent_text(line.tax_rate, locale),
            amount_text(line.base, locale),
        ]
        if has_discount:
            figures.insert(2, percent_text(line.discount_percent, locale) if line.discount_percent else "")
        chunks = _chunks(line.description)
        for index, chunk in enumerate(chunks):
            is_first = index == 0
            cells = [chunk, *([figure] if is_first else [""] for figure in figures)]
            yield _Row(cells, is_continuation=not is_first, continues=index < len(chunks) - 1)


def _chunks(description: str) -> list[list[str]]:
    """The lines of a description in groups that fit into a row each; long lines are cut at a blank."""
    chunks: list[list[str]] = [[]]
    height = 0
    for text in (line.strip() for line in description.splitlines() if line.strip()):
        for piece in _pieces(text):
            needed = len(piece) // CHARACTERS_PER_LINE + 1
            if chunks[-1] and height + needed > LINES_PER_ROW_MAX:
                chunks.append([])
                height = 0
            chunks[-1].append(piece)
            height += needed
    return chunks


def _pieces(text: str) -> Iterator[str]:
    characters_max = CHARACTERS_PER_LINE * LINES_PER_ROW_MAX
    while len(text) > characters_max:
        cut = text.rfind(" ", 1, characters_max)
        cut = characters_max if cut < 0 else cut
        yield text[:cut].strip()
        text = text[cut:].strip()
    yield text


def _taxes(document: DocumentForPrint, locale: str) -> list[list[str]]:
    has_surcharge = bool(document.totals.surcharge)
    rows = []
    for tax in document.totals.taxes:
        rate = percent_text(tax.rate if document.regime.is_charged else ZERO, locale)
        row = [amount_text(tax.base, locale), rate, amount_text(tax.quota, locale)]
        if has_surcharge:
            row += [percent_text(tax.surcharge_rate, locale), amount_text(tax.surcharge, locale)]
        rows.append(row)
    return rows


def _sums(document: DocumentForPrint, words: Mapping[str, str], locale: str) -> list[tuple[str, str]]:
    totals = document.totals
    sums = [
        (words["base"], money_text(totals.taxable_base, document.currency, locale)),
        (words["quota"], money_text(totals.tax_total, document.currency, locale)),
    ]
    if totals.surcharge:
        sums.append((words["surcharge"], money_text(totals.surcharge, document.currency, locale)))
    if totals.withholding:
        gross = totals.total + totals.withholding
        label = f"{words['withholding']} {percent_text(document.withholding_rate, locale)}"
        sums.append((words["total"], money_text(gross, document.currency, locale)))
        sums.append((label, money_text(-totals.withholding, document.currency, locale)))
    return sums


def _grand(document: DocumentForPrint, words: Mapping[str, str], locale: str) -> tuple[str, str]:
    label = words["total_to_pay"] if document.totals.withholding else words["total"]
    return label, money_text(document.totals.total, document.currency, locale)


def _legends(document: DocumentForPrint, words: Mapping[str, str]) -> list[str]:
    legends = list(document.legends)
    if not document.regime.is_charged:
        legends.insert(0, words[document.regime.value].format(article=document.exemption_article))
    if document.number is None and document.kind is DocumentKind.SALES_INVOICE:
        legends.append(words["draft_note"])
    return legends


def _payment(document: DocumentForPrint, words: Mapping[str, str]) -> list[tuple[str, str, int]]:
    """Label, value and width in per cent of what to pay with."""
    payment = document.payment
    method = payment.method or (words["transfer"] if payment.iban else "")
    iban = " ".join(payment.iban[start : start + 4] for start in range(0, len(payment.iban), 4))
    reference = document.number if payment.iban and document.number else ""
    entries = [
        (words["payment"], method, 26),
        (words["iban"], iban, 37),
        (words["bic"], payment.bic, 17),
        (words["reference"], reference, 20),
    ]
    return [entry for entry in entries if entry[1]]
