"""The journal lines of a document and of its settlement (the posting rules of the Spanish chart).

Nothing here knows the journal: it gives account codes and contact ids, and the journal checks and posts them.
Each result balances by construction: the third party's line is the sum of all others.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from services.documents.rules.amounts import HUNDRED, DocumentTotals, TaxAmount, percent_of
from services.documents.rules.kinds import POSTED_KINDS, SALES_KINDS, DocumentKind, VatRegime
from services.kit.errors import Refused
from services.kit.money import ZERO, to_cents, total

TaxAccounts = Mapping[tuple[str, Decimal], str]
"""Tax sub-account code by (regime, rate in per cent)."""


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
    tax_rate: Decimal
    deductible_percent: Decimal = HUNDRED


@dataclass(frozen=True, kw_only=True)
class DocumentToPost:
    """An approved document. `totals` are those of `lines`; a credit note has positive amounts."""

    kind: DocumentKind
    contact_id: UUID
    lines: Sequence[LineToPost]
    totals: DocumentTotals
    regime: VatRegime = VatRegime.DOMESTIC
    is_credit_note: bool = False
    text: str = ""


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
    sentence = "At {rate} % the lines add up to {lines_base}, the totals say {totals_base}."


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

    def lines(self, text: str, *, swapped: bool = False) -> tuple[PostingLine, ...]:
        """Debits first, then credits; `swapped` turns the whole entry round, as a credit note does."""
        lines = [
            _line(code, -amount if swapped else amount, contact_id, text)
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
    return balances.lines(document.text, swapped=document.is_credit_note)


def counter_account_code(document: DocumentToPost, accounts: PostingAccounts) -> str:
    """This will say where the customer or supplier stands, for the entry and for its settlement later.

    Purchases: the account with the largest bases decides. Fixed assets (group 2) go to the asset suppliers,
    goods (60) to the suppliers, everything else to the creditors.
    """
    if document.kind in SALES_KINDS:
        return accounts.customers
    bases: dict[str, Decimal] = {}
    for line in document.lines:
        code = _supplier_account(line.ledger_account_code, accounts)
        bases[code] = bases.get(code, ZERO) + line.base
    return max(bases, key=lambda code: abs(bases[code]))


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
    """D customer, D 473 withheld; C income by account, C 477 by rate, C 477 surcharge."""
    totals = document.totals
    balances.debit(accounts.customers, totals.total, document.contact_id)
    balances.debit(accounts.withheld_by_customers, totals.withholding)
    for line in document.lines:
        balances.credit(_income_account(line, document, accounts), line.base)
    for tax in totals.taxes:
        if tax.quota:
            balances.credit(_tax_account(accounts.output_tax, VatRegime.DOMESTIC, tax.rate), tax.quota)
        if tax.surcharge:
            regime = VatRegime.EQUIVALENCE_SURCHARGE
            balances.credit(_tax_account(accounts.output_tax, regime, tax.surcharge_rate), tax.surcharge)


def _purchase(document: DocumentToPost, accounts: PostingAccounts, balances: _Balances) -> None:
    """D cost by account with the VAT that is not deductible, D 472 by rate; C supplier, C 4751 withheld.

    Where the buyer owes the VAT: the same quota in C 477 and, as far as deductible, in D 472.
    """
    totals = document.totals
    for tax in totals.taxes:
        lines = [line for line in document.lines if line.tax_rate == tax.rate]
        self_assessed = percent_of(tax.base, tax.rate) if document.regime.is_self_assessed else ZERO
        _cost_and_input_tax(
            document, lines, tax, self_assessed=self_assessed, accounts=accounts, balances=balances
        )
        if self_assessed:
            balances.credit(_tax_account(accounts.output_tax, document.regime, tax.rate), self_assessed)
    balances.credit(counter_account_code(document, accounts), totals.total, document.contact_id)
    balances.credit(accounts.withheld_from_suppliers, totals.withholding)


def _cost_and_input_tax(
    document: DocumentToPost,
    lines: Sequence[LineToPost],
    tax: TaxAmount,
    *,
    self_assessed: Decimal,
    accounts: PostingAccounts,
    balances: _Balances,
) -> None:
    bases = [line.base for line in lines]
    quotas = shares_of(tax.quota + self_assessed, bases)
    surcharges = shares_of(tax.surcharge, bases)
    regime = document.regime if document.regime.is_self_assessed else VatRegime.DOMESTIC
    for line, quota, surcharge in zip(lines, quotas, surcharges, strict=True):
        deductible = percent_of(quota, _deductible_percent(line, document.regime))
        balances.debit(_cost_account(line, document, accounts), line.base + surcharge + quota - deductible)
        if deductible:
            balances.debit(_tax_account(accounts.input_tax, regime, line.tax_rate), deductible)


def _deductible_percent(line: LineToPost, regime: VatRegime) -> Decimal:
    """A retailer under the equivalence surcharge deducts nothing, all is cost (LIVA art. 154)."""
    return ZERO if regime is VatRegime.EQUIVALENCE_SURCHARGE else line.deductible_percent


def shares_of(amount: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """This will split an amount by weights, to the cent; if nothing weighs, the first gets it all.

    Each share is the rounded running sum less what was given before, so no cent is lost and none wanders far.
    """
    whole = sum(weights, ZERO)
    if not whole:
        return [amount, *([ZERO] * (len(weights) - 1))]
    shares: list[Decimal] = []
    given, running = ZERO, ZERO
    for weight in weights:
        running += weight
        reached = to_cents(amount * running / whole)
        shares.append(reached - given)
        given = reached
    return shares


def _check_bases(document: DocumentToPost) -> None:
    totals_by_rate = {tax.rate: tax.base for tax in document.totals.taxes}
    for rate in {line.tax_rate for line in document.lines} | set(totals_by_rate):
        lines_base = total(line.base for line in document.lines if line.tax_rate == rate)
        totals_base = totals_by_rate.get(rate, ZERO)
        if lines_base != totals_base:
            raise LinesDisagreeWithTotals(rate=rate, lines_base=lines_base, totals_base=totals_base)


def _income_account(line: LineToPost, document: DocumentToPost, accounts: PostingAccounts) -> str:
    """A credit note takes sales back through 708; 706 (prompt payment) and 709 (rebate) stay."""
    is_sale = line.ledger_account_code.startswith("70") and not line.ledger_account_code.startswith(
        ("706", "708", "709")
    )
    return accounts.sales_returns if document.is_credit_note and is_sale else line.ledger_account_code


def _cost_account(line: LineToPost, document: DocumentToPost, accounts: PostingAccounts) -> str:
    """A credit note for goods goes to 608; one for services or assets lowers the account it was booked on."""
    is_purchase = line.ledger_account_code.startswith(("600", "601", "602", "607"))
    return accounts.purchase_returns if document.is_credit_note and is_purchase else line.ledger_account_code


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
