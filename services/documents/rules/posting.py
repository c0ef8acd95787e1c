"""The journal lines of a document and of its settlement (the posting rules of the Spanish chart).

Nothing here knows the journal: it gives account codes and contact ids, and the journal checks and posts them.
Each result balances by construction: the third party's line is the sum of all others.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from services.documents.rules.amounts import (
    HUNDRED,
    DocumentTotals,
    TaxAmount,
    deductible_shares,
    shares_of,
    totals_of,
)
from services.documents.rules.kinds import POSTED_KINDS, SALES_KINDS, DocumentKind, VatRegime
from services.documents.rules.tax_codes import TaxCode, tax_code
from services.kit.errors import Refused
from services.kit.money import ZERO, to_cents, total

TaxAccounts = Mapping[tuple[str, Decimal], str]
"""Tax sub-account code by (regime, rate in per cent)."""


THIRD_PARTY_ACCOUNTS = ("407", "438", "440", "460", "551", "5525")
"""Accounts that a line may name and that need a contact: advances to suppliers and of customers, debtors."""


class MoneyDirection(StrEnum):
    """IN: a collection, money comes. OUT: a payment, money goes."""

    IN = "IN"
    OUT = "OUT"


@dataclass(frozen=True, kw_only=True)
class PostingAccounts:
    """Which ledger accounts a company posts documents to: codes of its chart."""

    output_tax: TaxAccounts
    input_tax: TaxAccounts
    customers: str = "430"
    suppliers: str = "400"
    creditors: str = "410"
    asset_suppliers: str = "523"
    sales_returns: str = "708"
    purchase_returns: str = "608"
    withheld_by_customers: str = "473"
    withheld_from_suppliers: str = "4751"


@dataclass(frozen=True, kw_only=True)
class LineToPost:
    """One line: where it goes, its base (sign of the quantity), how much of its VAT may be deducted.

    `deductible_percent` is 0 to 100 and counts for purchases only.
    """

    ledger_account_code: str
    base: Decimal
    tax: TaxCode
    deductible_percent: Decimal = HUNDRED


@dataclass(frozen=True, kw_only=True)
class DocumentToPost:
    """An approved document. `totals` are those of `lines`; a credit note's are negative.

    `is_vat_alone`: a rectification for insolvency or a bad debt (LIVA art. 80.3, 80.4) takes back the VAT; what was
    sold stays sold and owed.
    """

    kind: DocumentKind
    contact_id: UUID
    lines: Sequence[LineToPost]
    totals: DocumentTotals
    is_credit_note: bool = False
    is_vat_alone: bool = False
    text: str = ""

    @property
    def owed(self) -> Decimal:
        """What it puts on the third party's account."""
        if self.is_vat_alone:
            return total(tax.charged + tax.surcharge for tax in self.totals.taxes)
        return self.totals.total


@dataclass(frozen=True, kw_only=True)
class PostingLine:
    """One journal line to be: exactly one of `debit` and `credit` is above zero."""

    ledger_account_code: str
    debit: Decimal = ZERO
    credit: Decimal = ZERO
    contact_id: UUID | None = None
    text: str = ""


class KindNotPosted(Refused):
    """Estimates, orders, delivery notes and the like have no entry."""

    code = "KIND_NOT_POSTED"
    sentence = "A document of this kind ({kind}) has no entry in the journal."
    words = frozenset({"kind"})


class TaxAccountMissing(Refused):
    """The company has no sub-account for this rate and regime."""

    code = "TAX_ACCOUNT_MISSING"
    sentence = "There is no tax account for VAT at {rate} % in the regime {regime}."
    words = frozenset({"regime"})


class LinesDisagreeWithTotals(Refused):
    """The totals given are not those of the lines given."""

    code = "LINES_DISAGREE_WITH_TOTALS"
    sentence = "With {tax_code} the lines add up to {lines_base}, the totals say {totals_base}."


class SettlementAmountWrong(Refused):
    """No items, or an amount that is zero, negative or has parts of a cent."""

    code = "SETTLEMENT_AMOUNT_WRONG"
    sentence = "A settlement needs amounts above zero."


@dataclass
class _Balances:
    """Adds up debit less credit by account in the order first met; a zero leaves no line."""

    signed: dict[tuple[str, UUID | None], Decimal] = field(default_factory=dict)

    def debit(self, code: str, amount: Decimal, contact_id: UUID | None = None) -> None:
        key = (code, contact_id)
        self.signed[key] = self.signed.get(key, ZERO) + amount

    def credit(self, code: str, amount: Decimal, contact_id: UUID | None = None) -> None:
        self.debit(code, -amount, contact_id)

    def lines(self, text: str) -> tuple[PostingLine, ...]:
        """Debits first, then credits."""
        lines = [
            _line(code, amount, contact_id, text)
            for (code, contact_id), amount in self.signed.items()
            if amount
        ]
        return tuple(sorted(lines, key=lambda line: not line.debit))


def posting_lines(document: DocumentToPost, accounts: PostingAccounts) -> tuple[PostingLine, ...]:
    """This will give the journal lines of an approved document.

    Lines on the same account are added up; a document that adds up to nothing has no lines. Raises
    KindNotPosted, TaxAccountMissing and LinesDisagreeWithTotals.
    """
    if document.kind not in POSTED_KINDS:
        raise KindNotPosted(kind=document.kind)
    _check_bases(document)
    balances = _Balances()
    if document.kind in SALES_KINDS:
        _sale(document, accounts, balances)
    else:
        _purchase(document, accounts, balances)
    return balances.lines(document.text)


def in_books(document: DocumentToPost, exchange_rate: Decimal) -> DocumentToPost:
    """This will turn a document into the currency of the books: 1 unit of its own is `exchange_rate` of theirs.

    Bases and VAT are turned per tax code, as the VAT books show them (LIVA art. 79.11), and the lines share their
    code's base; what the third party owes is the sum of that. At a rate of 1 nothing changes.
    """
    if exchange_rate == 1:
        return document
    taxes = [_tax_in_books(tax, exchange_rate) for tax in document.totals.taxes]
    lines = list(document.lines)
    for tax in taxes:
        _share(lines, [place for place, line in enumerate(lines) if line.tax == tax.code], tax.base)
    withholding = to_cents(document.totals.withholding * exchange_rate)
    outlays = to_cents(document.totals.outlays * exchange_rate)
    _share(lines, [place for place, line in enumerate(lines) if line.tax.is_outlay], outlays)
    totals = totals_of(taxes, withholding=withholding, outlays=outlays)
    return replace(document, lines=lines, totals=totals)


def _share(lines: list[LineToPost], places: Sequence[int], base: Decimal) -> None:
    """Gives the lines at these places their parts of a base."""
    if places:
        shares = shares_of(base, [lines[place].base for place in places])
        for place, share in zip(places, shares, strict=True):
            lines[place] = replace(lines[place], base=share)


def _tax_in_books(tax: TaxAmount, exchange_rate: Decimal) -> TaxAmount:
    return TaxAmount(
        code=tax.code,
        base=to_cents(tax.base * exchange_rate),
        quota=to_cents(tax.quota * exchange_rate),
        surcharge=to_cents(tax.surcharge * exchange_rate),
        deductible_quota=to_cents(tax.deductible_quota * exchange_rate),
    )


def counter_account_code(document: DocumentToPost, accounts: PostingAccounts) -> str:
    """This will say where the customer or supplier stands, for the entry and for its settlement later.

    Purchases: the account with the largest bases decides, outlays apart. Fixed assets (group 2) go to the asset
    suppliers, goods (60) to the suppliers, everything else to the creditors.
    """
    if document.kind in SALES_KINDS:
        return accounts.customers
    bases: dict[str, Decimal] = {}
    for line in (each for each in document.lines if not each.tax.is_outlay):
        code = _supplier_account(line.ledger_account_code, accounts)
        bases[code] = bases.get(code, ZERO) + line.base
    return max(bases, key=lambda code: abs(bases[code]), default=accounts.creditors)


def settlement_lines(
    bank_account_code: str,
    items: Sequence[tuple[str, UUID | None, Decimal]],
    direction: MoneyDirection,
    *,
    text: str = "",
) -> tuple[PostingLine, ...]:
    """This will give the lines of a collection or payment: the bank in one line, one line per settled item.

    `items` are (counter account code, contact, amount above zero). IN debits the bank, OUT credits it. Raises
    SettlementAmountWrong, also for no items.
    """
    if not items or any(amount <= 0 or amount != to_cents(amount) for _, _, amount in items):
        raise SettlementAmountWrong
    sign = 1 if direction is MoneyDirection.IN else -1
    bank = _line(bank_account_code, sign * total(amount for _, _, amount in items), None, text)
    settled = [_line(code, -sign * amount, contact_id, text) for code, contact_id, amount in items]
    return tuple(sorted([bank, *settled], key=lambda line: not line.debit))


def _sale(document: DocumentToPost, accounts: PostingAccounts, balances: _Balances) -> None:
    """D customer, D 473 withheld; C income by account, C where outlays were paid, C 477 by rate, C 477 surcharge."""
    totals = document.totals
    balances.debit(accounts.customers, document.owed, document.contact_id)
    balances.debit(accounts.withheld_by_customers, totals.withholding)
    for line in () if document.is_vat_alone else document.lines:
        code = _income_account(line, document, accounts)
        balances.credit(code, line.base, _third_party(code, document))
    for tax in totals.taxes:
        if tax.charged:
            balances.credit(_tax_account(accounts.output_tax, VatRegime.DOMESTIC, tax.rate), tax.charged)
        if tax.surcharge:
            regime = VatRegime.EQUIVALENCE_SURCHARGE
            balances.credit(_tax_account(accounts.output_tax, regime, tax.surcharge_rate), tax.surcharge)


def _purchase(document: DocumentToPost, accounts: PostingAccounts, balances: _Balances) -> None:
    """D cost by account with the VAT that is not deductible, D outlays, D 472 by rate; C supplier, C 4751 withheld.

    Where the buyer owes the VAT: the same quota in C 477 and, as far as deductible, in D 472.
    """
    totals = document.totals
    for tax in totals.taxes:
        lines = [line for line in document.lines if line.tax == tax.code]
        _cost_and_input_tax(document, lines, tax, accounts=accounts, balances=balances)
        if tax.code.is_self_assessed and tax.quota:
            balances.credit(_tax_account(accounts.output_tax, tax.code.regime, tax.rate), tax.quota)
    for line in (each for each in document.lines if each.tax.is_outlay):
        code = line.ledger_account_code
        balances.debit(code, line.base, _third_party(code, document))
    balances.credit(counter_account_code(document, accounts), totals.total, document.contact_id)
    balances.credit(accounts.withheld_from_suppliers, totals.withholding)


def _cost_and_input_tax(
    document: DocumentToPost,
    lines: Sequence[LineToPost],
    tax: TaxAmount,
    *,
    accounts: PostingAccounts,
    balances: _Balances,
) -> None:
    bases = [line.base for line in lines]
    quotas = shares_of(tax.quota, bases)
    surcharges = shares_of(tax.surcharge, bases)
    percents = [line.deductible_percent for line in lines]
    deductibles = _deductibles(tax, bases, percents)
    # Import VAT is domestic VAT to the books: customs charged it instead of the supplier.
    regime = tax.code.regime if tax.code.is_self_assessed else VatRegime.DOMESTIC
    for line, quota, surcharge, deductible in zip(lines, quotas, surcharges, deductibles, strict=True):
        code = _cost_account(line, document, accounts)
        balances.debit(code, line.base + surcharge + quota - deductible, _third_party(code, document))
        if deductible:
            balances.debit(_tax_account(accounts.input_tax, regime, tax.rate), deductible)


def _deductibles(tax: TaxAmount, bases: Sequence[Decimal], percents: Sequence[Decimal]) -> list[Decimal]:
    """What each line deducts; together exactly the deductible quota, which is what the VAT book and the 303 declare.

    In another currency the shares may miss it by cents: the line that deducts most takes them.
    """
    shares = deductible_shares(tax.code, tax.quota, bases, percents)
    most = max(range(len(shares)), key=lambda place: abs(shares[place]))
    shares[most] += tax.deductible_quota - total(shares)
    return shares


def _check_bases(document: DocumentToPost) -> None:
    bases = {tax.code.code: tax.base for tax in document.totals.taxes}
    for code in sorted({line.tax.code for line in document.lines} | set(bases)):
        lines_base = total(line.base for line in document.lines if line.tax.code == code)
        totals_base = document.totals.outlays if tax_code(code).is_outlay else bases.get(code, ZERO)
        if lines_base != totals_base:
            raise LinesDisagreeWithTotals(tax_code=code, lines_base=lines_base, totals_base=totals_base)


def _third_party(code: str, document: DocumentToPost) -> UUID | None:
    return document.contact_id if code.startswith(THIRD_PARTY_ACCOUNTS) else None


def _income_account(line: LineToPost, document: DocumentToPost, accounts: PostingAccounts) -> str:
    """What a credit note takes back of sales goes to 708; 706 (prompt payment) and 709 (rebate) stay."""
    is_sale = line.ledger_account_code.startswith("70") and not line.ledger_account_code.startswith(
        ("706", "708", "709")
    )
    is_return = document.is_credit_note and line.base < 0
    return accounts.sales_returns if is_return and is_sale else line.ledger_account_code


def _cost_account(line: LineToPost, document: DocumentToPost, accounts: PostingAccounts) -> str:
    """Goods that a credit note takes back go to 608; services and assets lower the account they were booked on."""
    is_purchase = line.ledger_account_code.startswith(("600", "601", "602", "607"))
    is_return = document.is_credit_note and line.base < 0
    return accounts.purchase_returns if is_return and is_purchase else line.ledger_account_code


def _supplier_account(code: str, accounts: PostingAccounts) -> str:
    if code.startswith("2"):
        return accounts.asset_suppliers
    return accounts.suppliers if code.startswith("60") else accounts.creditors


def _tax_account(tax_accounts: TaxAccounts, regime: VatRegime, rate: Decimal) -> str:
    try:
        return tax_accounts[regime.value, rate]
    except KeyError as error:
        raise TaxAccountMissing(regime=regime, rate=rate) from error


def _line(code: str, signed: Decimal, contact_id: UUID | None, text: str) -> PostingLine:
    """`signed` is debit less credit."""
    if signed > 0:
        return PostingLine(ledger_account_code=code, debit=signed, contact_id=contact_id, text=text)
    return PostingLine(ledger_account_code=code, credit=-signed, contact_id=contact_id, text=text)
