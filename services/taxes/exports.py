"""Tax returns and VAT books as files, in the order and with the columns that the trade keeps them.

The VAT books have what RD 1624/1992 art. 63 and 64 ask for, and of the columns of the tax agency's own books those
that the documents say. Amounts are in the currency of the books.
"""

from dataclasses import replace

from services.kit.exports import ColumnKind, ExportColumn, Exported, ExportFilter
from services.taxes.queries.declared import USES

_REGIMES = tuple(sorted({use.regime for use in USES.values()}))
_RETURN = {"model": ExportFilter("Model"), "year": ExportFilter("Year"), "period": ExportFilter("Period")}
_BOOK = {
    "filter.from": ExportFilter("From"),
    "filter.to": ExportFilter("To"),
    "filter.taxCode": ExportFilter("Tax code"),
    "filter.investment": ExportFilter("Investment goods"),
    "filter.rectifying": ExportFilter("Rectifying"),
    "filter.search": ExportFilter("Search"),
}


def _amount(heading: str, path: str, *, total: bool = True, width: int = 13) -> ExportColumn:
    return ExportColumn(heading, path, ColumnKind.MONEY, currency=None, total=total, width=width)


def _booked(heading: str, path: str) -> ExportColumn:
    """An amount of a VAT book: what stands in place of simplified invoices is listed and not added up again."""
    return replace(_amount(heading, path), total_unless="isSubstitute")


def _book(
    name: str,
    title: str,
    contact: str,
    *,
    days: tuple[ExportColumn, ...] = (),
    about: tuple[ExportColumn, ...] = (),
    amounts: tuple[ExportColumn, ...],
) -> Exported:
    return Exported(
        root="vatBookLines",
        name=name,
        title=title,
        columns=(
            ExportColumn("Company", "companyId", ColumnKind.COMPANY, width=22),
            ExportColumn("Year", "taxYear", width=6, printed=False),
            ExportColumn("Period", "taxQuarter", width=7, printed=False),
            ExportColumn("Invoice type", "invoiceType", width=8),
            ExportColumn("Date", "issuedOn", ColumnKind.DATE, width=11),
            ExportColumn("Date of operation", "operationOn", ColumnKind.DATE, width=11),
            *days,
            ExportColumn("Number", "number", width=16),
            ExportColumn("Tax identifier", "taxId", width=13),
            ExportColumn(contact, "contactName", width=28),
            ExportColumn("Country", "country", width=7),
            ExportColumn("Operation key", "operationKey", width=9, printed=False),
            *about,
            ExportColumn("Regime", "regime", ColumnKind.WORD, width=18, words=_REGIMES),
            _booked("Base", "base"),
            ExportColumn("VAT %", "rate", ColumnKind.PERCENT, width=7),
            _booked("VAT", "quota"),
            *amounts,
            _booked("Total", "total"),
        ),
        filters=_BOOK,
    )


def _parties(name: str, title: str, *columns: ExportColumn) -> Exported:
    return Exported(
        root="taxParties",
        name=name,
        rows="named.parties",
        title=title,
        columns=(
            ExportColumn("Key", "key", width=6),
            ExportColumn("Tax identifier", "taxId", width=14),
            ExportColumn("Name", "name", width=34),
            *columns,
        ),
        filters=_RETURN,
    )


EXPORTS = (
    _book(
        "vatBookIssued",
        "VAT book of invoices issued",
        "Customer",
        about=(
            ExportColumn("Qualification", "qualification", width=9, printed=False),
            ExportColumn("In place of", "substitutes", width=16, printed=False),
        ),
        amounts=(
            ExportColumn("Surcharge %", "surchargeRate", ColumnKind.PERCENT, width=8),
            _booked("Surcharge", "surcharge"),
        ),
    ),
    _book(
        "vatBookReceived",
        "VAT book of invoices received",
        "Supplier",
        days=(ExportColumn("Date received", "receivedOn", ColumnKind.DATE, width=11),),
        amounts=(
            _booked("Deductible VAT", "deductible"),
            ExportColumn("Investment good", "isInvestment", ColumnKind.FLAG, width=9),
        ),
    ),
    Exported(
        root="taxDraft",
        rows="rows",
        title="Tax return",
        columns=(
            ExportColumn("Section", "section", width=28),
            ExportColumn("Line", "label", width=44),
            ExportColumn("Box", "number", width=6),
            _amount("Amount", "amount", total=False),
            ExportColumn("Origin", "origin", width=26),
        ),
        filters=_RETURN,
    ),
    Exported(
        root="taxBox",
        rows="lines",
        title="Lines of a box",
        columns=(
            ExportColumn("Date", "day", ColumnKind.DATE, width=11),
            ExportColumn("Number", "number", width=16),
            ExportColumn("Tax identifier", "taxId", width=13),
            ExportColumn("Name", "name", width=32),
            ExportColumn("Code", "code", width=10),
            _amount("Base", "base", total=False),
            _amount("VAT or withholding", "quota", total=False),
            _amount("Surcharge", "surcharge", total=False),
            _amount("In the box", "amount"),
        ),
        filters=_RETURN | {"number": ExportFilter("Box")},
    ),
    _parties(
        "taxPartiesOf347",
        "Operations with third persons",
        _amount("Amount", "amount"),
        *(_amount(f"Quarter {number}", f"quarters.{number - 1}") for number in range(1, 5)),
        ExportColumn("Reverse charge", "reverseCharge", ColumnKind.FLAG, width=9),
        _amount("In cash", "cash"),
        ExportColumn("Year of the cash", "cashYear", width=9),
    ),
    _parties(
        "taxPartiesOf349",
        "Intra-EU operations",
        # What is right for a period before is no trade of this one, so it is not added to it.
        replace(_amount("Base", "amount"), total_unless="corrects"),
        ExportColumn("Corrects", "corrects", width=10),
        _amount("Declared before", "declaredBefore", total=False),
    ),
    _parties(
        "taxPartiesWithheld",
        "Yearly list of withholdings",
        _amount("Paid", "amount"),
        _amount("Withheld", "withheld"),
    ),
)
