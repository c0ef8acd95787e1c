"""A commercial document on paper: a record of what it says -> markup -> PDF.

The record is frozen text and figures, so a document prints the same whoever asks and whatever changed in
the contact book since. An invoice says all that RD 1619/2012 art. 6 wants: number and series, dates, names,
tax ids and addresses of both sides, description with price without VAT and discount, rate, base and quota
per rate, and the legends of its regime. Amounts are written with the comma or point of the reader's
language; the law's own words stay Spanish where they must.
"""

import re
from base64 import b64encode
from collections.abc import Mapping
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from services.documents.pages import LINE_MM, chunks_of, columns_of
from services.documents.paper import COLOR_DEFAULT, ONE, DocumentForPrint, PartyForPrint
from services.documents.print_texts import (
    LOCALES,
    TEMPLATES_DIR,
    amount_text,
    breakable,
    date_text,
    money_text,
    percent_text,
    rate_text,
    words_of,
)
from services.documents.rules.kinds import PURCHASE_KINDS, DocumentKind, is_vat_alone
from services.documents.rules.tax_codes import TaxLegend
from services.kit.errors import Refused
from services.kit.money import ZERO, to_cents
from services.kit.pdf import render_pdf
from services.verifactu.interface import qr_png

NOT_PRINTED_KINDS = frozenset({DocumentKind.PURCHASE_INVOICE, DocumentKind.EXPENSE})

TRANSFER = "TRANSFER"
LOGO_BYTES_MAX = 1024**2

_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_IMAGE_TYPES = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg"}


class KindNotPrinted(Refused):
    """Bills and expenses are papers of the supplier; we keep theirs and print none."""

    code = "KIND_NOT_PRINTED"
    sentence = "A document of this kind ({kind}) is not printed; see the file attached to it."
    words = frozenset({"kind"})


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
    columns = columns_of(document, words)
    description_mm = columns[0].width * LINE_MM / 100 - 2
    return _template().render(
        document=document,
        locale=locale,
        words=words,
        page_words=(page_before, page_between),
        color=color if _COLOR.fullmatch(color) else COLOR_DEFAULT,
        logo=_logo_uri(document.branding.logo),
        title=_title(document, words),
        void=words["void"] if document.voided_on else "",
        number=document.number or words["draft"],
        parties=_parties(document, words),
        facts=_facts(document, words, locale),
        columns=columns,
        description_mm=description_mm,
        chunks=chunks_of(document, locale, description_mm),
        amount=lambda amount: amount_text(amount, locale),
        qr=_png_uri(qr_png(document.qr.url)) if document.qr else None,
        footer=[line for line in document.branding.footer.splitlines() if line.strip()],
        instalments=_instalments(document, locale),
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


def _png_uri(picture: bytes) -> str:
    return f"data:image/png;base64,{b64encode(picture).decode()}"


def _title(document: DocumentForPrint, words: Mapping[str, str]) -> str:
    if document.kind is DocumentKind.SALES_INVOICE:
        if document.rectifies:
            return words["rectifying"]
        if document.is_simplified or document.recipient is None:
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
    if document.due_on and len(document.instalments) <= 1:
        label = "valid_until" if document.kind is DocumentKind.ESTIMATE else "due_on"
        facts.append((words[label], date_text(document.due_on, locale)))
    if document.rectifies:
        facts.append((words["rectifies"], document.rectifies))
    if document.substitutes:
        facts.append((words["substitutes"], document.substitutes))
    if document.rectifies and document.rectification_method:
        facts.append((words["method"], words[f"method_{document.rectification_method}"]))
    if document.rectification_reason:
        facts.append((words["reason"], document.rectification_reason))
    return facts


def _taxes(document: DocumentForPrint, locale: str) -> list[list[str]]:
    has_surcharge = bool(document.totals.surcharge)
    rows = []
    for tax in document.totals.taxes:
        is_charged = tax.code.is_charged
        row = [
            amount_text(tax.base, locale),
            rate_text(tax.rate if is_charged else ZERO, tax.code.legend, locale),
            amount_text(tax.quota if is_charged else ZERO, locale),
        ]
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
    if totals.withholding or totals.outlays:
        gross = totals.total + totals.withholding - totals.outlays
        sums.append((words["total"], money_text(gross, document.currency, locale)))
    if totals.withholding:
        label = f"{words['withholding']} {percent_text(document.withholding_rate, locale)}"
        sums.append((label, money_text(-totals.withholding, document.currency, locale)))
    if totals.outlays:
        sums.append((words["outlays"], money_text(totals.outlays, document.currency, locale)))
    return sums


def _grand(document: DocumentForPrint, words: Mapping[str, str], locale: str) -> tuple[str, str]:
    totals = document.totals
    is_other = totals.withholding or totals.outlays or is_vat_alone(document.rectification_cause)
    label = words["total_to_pay"] if is_other else words["total"]
    return label, money_text(totals.total, document.currency, locale)


def _legends(document: DocumentForPrint, words: Mapping[str, str]) -> list[str]:
    """What the law wants said: by the tax codes of the lines, else by the regime of the whole."""
    said = list(dict.fromkeys(tax.code.legend.value for tax in document.totals.taxes if tax.code.legend))
    if not said and not document.regime.is_charged:
        said = [document.regime.value]
    legends = [words[name].format(article=document.exemption_article) for name in said]
    if document.totals.outlays:
        legends.append(words[TaxLegend.OUTLAY.value])
    legends += document.legends
    legends += _difference(document, words)
    if document.substitutes:
        legends.append(words["substitutes_note"])
    if is_vat_alone(document.rectification_cause):
        legends.append(words[document.rectification_cause])
    if document.kind is DocumentKind.SALES_INVOICE:
        legends += _vat_in_euros(document, words)
        if document.number is None:
            legends.append(words["draft_note"])
        if document.voided_on is not None:
            locale = document.locale if document.locale in LOCALES else "es"
            legends.insert(0, words["void_note"].format(day=date_text(document.voided_on, locale)))
    return legends


def _difference(document: DocumentForPrint, words: Mapping[str, str]) -> list[str]:
    """Beside the whole anew, the amount of the rectification (RD 1619/2012 art. 15.5)."""
    if document.rectified is None:
        return []
    locale = document.locale if document.locale in LOCALES else "es"
    amounts = {
        name: money_text(getattr(document.rectified, name), document.currency, locale)
        for name in ("first", "base", "tax", "total")
    }
    return [words["difference"].format(**amounts)]


def _vat_in_euros(document: DocumentForPrint, words: Mapping[str, str]) -> list[str]:
    """VAT must be said in euros, whatever the currency (RD 1619/2012 art. 12.1)."""
    if document.currency == "EUR" or document.exchange_rate == ONE or not document.totals.tax_total:
        return []
    locale = document.locale if document.locale in LOCALES else "es"
    tax = to_cents((document.totals.tax_total + document.totals.surcharge) * document.exchange_rate)
    rate = amount_text(document.exchange_rate, locale, places_max=8)
    return [
        words["vat_in_euros"].format(
            amount=money_text(tax, "EUR", locale), currency=document.currency, rate=f"{rate}\u00a0€"
        )
    ]


def _instalments(document: DocumentForPrint, locale: str) -> list[tuple[str, str]]:
    """Day and amount of each part; none where the whole is due at once."""
    if len(document.instalments) <= 1:
        return []
    return [
        (date_text(part.due_on, locale), money_text(part.amount, document.currency, locale))
        for part in document.instalments
    ]


def _payment(document: DocumentForPrint, words: Mapping[str, str]) -> list[tuple[str, str, int]]:
    """Label, value and width in per cent of what to pay with; nothing where the customer gets money back."""
    owed = document.rectified.total if document.rectified else document.totals.total
    if owed < ZERO:
        return []
    payment = document.payment
    method = payment.method or (TRANSFER if payment.iban else "")
    # The issuer's account is for who sends the money.
    account = payment.iban if method == TRANSFER else ""
    iban = " ".join(account[start : start + 4] for start in range(0, len(account), 4))
    reference = document.number if account and document.number else ""
    entries = [
        (words["payment"], words.get(method, method), 26),
        (words["iban"], iban, 37),
        (words["bic"], payment.bic if account else "", 17),
        (words["reference"], reference, 20),
    ]
    shown = [entry for entry in entries if entry[1]]
    if not shown:
        return []
    label, value, _ = shown[-1]
    # The last takes the rest, so that the box is as wide as the page.
    return [*shown[:-1], (label, value, 100 - sum(width for *_, width in shown[:-1]))]
