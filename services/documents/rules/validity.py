"""What a document must say before it is kept, and before it is issued (RD 1619/2012 art. 6 and 7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.documents.rules.amounts import HUNDRED, LineAmounts, line_amount
from services.documents.rules.kinds import VatRegime
from services.documents.rules.tax_codes import TaxSide
from services.kit.errors import Refused
from services.kit.money import AMOUNT_MAX, ZERO, total

LINES_MAX = 500
"""Lines of one document; a printed table of more takes the renderer too long."""

DESCRIPTION_CHARACTERS_MAX = 2_000

WITHHOLDING_RATE_MAX = Decimal(50)

SIMPLIFIED_TOTAL_MAX = Decimal("400.00")
"""A simplified invoice needs no recipient up to this total, VAT included (RD 1619/2012 art. 4.1)."""

RETAIL_SIMPLIFIED_TOTAL_MAX = Decimal("3000.00")
"""The same for retail, hospitality, transport and the other trades of RD 1619/2012 art. 4.2."""


OUTLAY_ACCOUNTS = ("44", "555")
"""Where the trade keeps what is paid in a customer's name (suplidos): debtors, or money whose place is open."""

PAID_FROM = ("4", "5")
"""The groups of accounts that an outlay may name: third parties and money."""

NOT_PAID_FROM = ("400", "410", "430", "47")
"""Where the entry's other side stands, so that an outlay would be claimed and not owed; and what taxes are owed."""

BOOKED_BY_THE_DOCUMENT = ("400", "410", "430", "472", "473", "475", "477")
"""Where its total, its VAT and its withholding go: a line there would be owed and told by no return."""


@dataclass(frozen=True, kw_only=True)
class LineToCheck:
    """A line as typed. `is_rectifying`: what was booked once is taken back from where it went."""

    description: str
    amounts: LineAmounts
    ledger_account_code: str | None = None
    is_rectifying: bool = False


@dataclass(frozen=True, kw_only=True)
class PartyToCheck:
    """A side of the document as known; empty texts where unknown."""

    name: str = ""
    tax_id: str = ""
    address: str = ""


class DocumentWithoutLines(Refused):
    """Nothing is on the document."""

    code = "DOCUMENT_WITHOUT_LINES"
    sentence = "The document needs at least one line."


class TooManyLines(Refused):
    """More lines than LINES_MAX."""

    code = "TOO_MANY_LINES"
    sentence = "The document has {line_count} lines; {line_count_max} are possible."


class DescriptionMissing(Refused):
    """The law wants a description of every operation (RD 1619/2012 art. 6.1 f)."""

    code = "DESCRIPTION_MISSING"
    sentence = "Line {position} needs a description."


class DescriptionTooLong(Refused):
    """More than DESCRIPTION_CHARACTERS_MAX."""

    code = "DESCRIPTION_TOO_LONG"
    sentence = "The description of line {position} is longer than {characters_max} characters."


class QuantityZero(Refused):
    """A line of nothing."""

    code = "QUANTITY_ZERO"
    sentence = "Line {position} needs a quantity."


class PriceRefused(Refused):
    """A negative price (use a negative quantity), or an amount that no column holds."""

    code = "PRICE_REFUSED"
    sentence = "The price of line {position} must be zero or more and its amount within limits."


class DiscountRefused(Refused):
    """A discount outside 0 to 100 per cent."""

    code = "DISCOUNT_REFUSED"
    sentence = "The discount of line {position} must be between 0 and 100 per cent."


class DeductibleRefused(Refused):
    """A deductible share outside 0 to 100 per cent."""

    code = "DEDUCTIBLE_REFUSED"
    sentence = "The deductible share of line {position} must be between 0 and 100 per cent."


class DueBeforeIssued(Refused):
    """Nothing can be due before it is issued."""

    code = "DUE_BEFORE_ISSUED"
    sentence = "The due date {due_on} lies before the issue date {issued_on}."


class WithholdingRefused(Refused):
    """A withholding outside 0 to WITHHOLDING_RATE_MAX per cent."""

    code = "WITHHOLDING_REFUSED"
    sentence = "A withholding of {rate} % is not possible; it is 0 to 50 per cent."


class OutlayRefused(Refused):
    """Under any other code a suplido would be declared and withheld from (LIVA art. 78.Tres.3)."""

    code = "OUTLAY_REFUSED"
    sentence = (
        "Line {position} goes to account {account}: what is laid out in a customer's name bears neither VAT nor"
        " withholding. Give the line the tax code of outlays."
    )


class OutlayAccountRefused(Refused):
    """A suplido is neither income, cost nor tax: it stands where it was paid, in groups 4 and 5."""

    code = "OUTLAY_ACCOUNT_REFUSED"
    sentence = (
        "Line {position} is an outlay in a customer's name and cannot go to account {account}: name the one it"
        " was paid from, such as 555."
    )


class LineAccountRefused(Refused):
    """What a document is worth goes to income, cost or assets; its taxes and its total find their accounts alone."""

    code = "LINE_ACCOUNT_REFUSED"
    sentence = (
        "Line {position} cannot go to account {account}: the document books its taxes and what is owed itself."
        " Name income, a cost or an asset."
    )


class OutlaysAlone(Refused):
    """An invoice documents a supply (RD 1619/2012 art. 2); money paid for somebody else is none."""

    code = "OUTLAYS_ALONE"
    sentence = "A document cannot have outlays alone: they are no operation. Claim them apart, by an entry."


class PartyIncomplete(Refused):
    """`party` is issuer or recipient, `missing` what the law wants of it."""

    code = "PARTY_INCOMPLETE"
    sentence = "The {party} needs a {missing} before this document can be issued."
    words = frozenset({"party", "missing"})


class SimplifiedRefused(Refused):
    """Above its limit, or for an operation that wants a full invoice (RD 1619/2012 art. 4)."""

    code = "SIMPLIFIED_REFUSED"
    sentence = (
        "A simplified invoice is possible up to {limit} with VAT, and not where the buyer owes the VAT."
    )


def check_document(
    *,
    lines: Sequence[LineToCheck],
    issued_on: date,
    due_on: date | None = None,
    withholding_rate: Decimal = ZERO,
) -> None:
    """This will refuse a document that makes no sense, naming the first problem; positions count from 1."""
    if not lines:
        raise DocumentWithoutLines(path=("lines",))
    if len(lines) > LINES_MAX:
        raise TooManyLines(path=("lines",), line_count=len(lines), line_count_max=LINES_MAX)
    if due_on is not None and due_on < issued_on:
        raise DueBeforeIssued(path=("dueOn",), due_on=due_on, issued_on=issued_on)
    if not ZERO <= withholding_rate <= WITHHOLDING_RATE_MAX:
        raise WithholdingRefused(path=("withholdingRate",), rate=withholding_rate)
    if all(line.amounts.tax.is_outlay for line in lines):
        raise OutlaysAlone(path=("lines",))
    for position, line in enumerate(lines, start=1):
        _check_line(position, line)
        _check_account(position, line, withholding_rate)
    if abs(total(line_amount(line.amounts) for line in lines)) > AMOUNT_MAX / 2:
        raise PriceRefused(path=("lines",), position=len(lines))


def _check_line(position: int, line: LineToCheck) -> None:
    path = ("lines", str(position - 1))
    amounts = line.amounts
    if not line.description.strip():
        raise DescriptionMissing(path=(*path, "description"), position=position)
    if len(line.description) > DESCRIPTION_CHARACTERS_MAX:
        raise DescriptionTooLong(
            path=(*path, "description"), position=position, characters_max=DESCRIPTION_CHARACTERS_MAX
        )
    if not amounts.quantity:
        raise QuantityZero(path=(*path, "quantity"), position=position)
    if amounts.unit_price < 0 or abs(amounts.quantity) * amounts.unit_price > AMOUNT_MAX:
        raise PriceRefused(path=(*path, "unitPrice"), position=position)
    if not ZERO <= amounts.discount_percent <= HUNDRED:
        raise DiscountRefused(path=(*path, "discountPercent"), position=position)
    if not ZERO <= amounts.deductible_percent <= HUNDRED:
        raise DeductibleRefused(path=(*path, "deductiblePercent"), position=position)


def _check_account(position: int, line: LineToCheck, withholding_rate: Decimal) -> None:
    account, tax = line.ledger_account_code or "", line.amounts.tax
    path = ("lines", str(position - 1), "ledgerAccountCode")
    if tax.is_outlay:
        is_elsewhere = account.startswith(NOT_PAID_FROM) and not line.is_rectifying
        if account and (is_elsewhere or not account.startswith(PAID_FROM)):
            raise OutlayAccountRefused(path=path, position=position, account=account)
        return
    if account.startswith(BOOKED_BY_THE_DOCUMENT) and not line.is_rectifying:
        raise LineAccountRefused(path=path, position=position, account=account)
    is_untaxed_sale = tax.side is TaxSide.SALES and not tax.rate
    if (
        account.startswith(OUTLAY_ACCOUNTS)
        and not line.is_rectifying
        and (withholding_rate or is_untaxed_sale)
    ):
        raise OutlayRefused(path=path, position=position, account=account)


def issued_as_simplified(
    *,
    asked: bool,
    recipient: PartyToCheck,
    regime: VatRegime,
    document_total: Decimal,
    limit: Decimal = SIMPLIFIED_TOTAL_MAX,
) -> bool:
    """This will say whether an invoice is a simplified one: asked for, or small and without a full recipient.

    Never where the buyer owes the VAT (RD 1619/2012 art. 4.4). Raises SimplifiedRefused if it was asked for and is
    not possible.
    """
    possible = abs(document_total) <= limit and not regime.is_self_assessed
    if asked:
        if not possible:
            raise SimplifiedRefused(path=("isSimplified",), limit=limit)
        return True
    return (
        possible
        and abs(document_total) <= SIMPLIFIED_TOTAL_MAX
        and _missing(recipient, needs_tax_id=regime is not VatRegime.EXPORT) is not None
    )


def check_ready_to_issue(
    *, issuer: PartyToCheck, recipient: PartyToCheck, regime: VatRegime, is_simplified: bool
) -> None:
    """This will refuse to issue an invoice that lacks what the law wants on it. Raises PartyIncomplete.

    The issuer is always complete; the recipient too, but on a simplified invoice. An export needs no tax id of its
    recipient (RD 1619/2012 art. 6.1 d).
    """
    _check_party("issuer", issuer, needs_tax_id=True)
    if not is_simplified:
        _check_party("recipient", recipient, needs_tax_id=regime is not VatRegime.EXPORT)


def _check_party(party: str, known: PartyToCheck, *, needs_tax_id: bool) -> None:
    missing = _missing(known, needs_tax_id=needs_tax_id)
    if missing is not None:
        raise PartyIncomplete(path=(party,), party=party, missing=missing)


def _missing(known: PartyToCheck, *, needs_tax_id: bool) -> str | None:
    """The first thing that the law wants of a party and nobody knows."""
    wanted = [("name", known.name), ("address", known.address)]
    if needs_tax_id:
        wanted.append(("tax id", known.tax_id))
    return next((missing for missing, text in wanted if not text.strip()), None)
