"""What makes an entry right, and the chain of hashes."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.journal.rules.chain import (
    GENESIS_HASH,
    ChainedEntry,
    PostedEntry,
    canonical_entry,
    entry_hash,
    verify_chain,
)
from services.journal.rules.entries import (
    LINES_MAX,
    EntryLine,
    EntryLineAmountWrong,
    EntryLineSideWrong,
    EntryNotBalanced,
    EntryTooLong,
    EntryTooShort,
    check_entry,
    reversed_lines,
)
from services.journal.rules.periods import (
    FiscalYear,
    FiscalYearMissing,
    LockKind,
    PeriodLocked,
    PeriodLocks,
    check_period,
    first_open_day,
    fiscal_year_of,
)
from services.kit.money import total
from tests.support.ledger_oracle import LedgerOracle

COMPANY = UUID("01890a5d-ac96-774b-bcce-b302099a8057")
CUSTOMER = UUID("01890a5d-ac96-774b-bcce-b302099a8058")

amounts = st.decimals(min_value=Decimal("0.01"), max_value=Decimal("9999999.99"), places=2)
account_codes = st.sampled_from(["430", "572", "700", "47700021", "629", "410"])


@st.composite
def balanced_entries(draw: st.DrawFn) -> tuple[EntryLine, ...]:
    """Any number of debits, one credit that makes up for them."""
    debits = draw(st.lists(st.tuples(account_codes, amounts), min_size=1, max_size=8))
    lines = [EntryLine(ledger_account_code=code, debit=amount) for code, amount in debits]
    made_up = EntryLine(ledger_account_code="129", credit=total(amount for _, amount in debits))
    return (*lines, made_up)


def debit(amount: str, code: str = "430") -> EntryLine:
    return EntryLine(ledger_account_code=code, debit=Decimal(amount), contact_id=CUSTOMER)


def credit(amount: str, code: str = "700") -> EntryLine:
    return EntryLine(ledger_account_code=code, credit=Decimal(amount))


class TestCheckEntry:
    @given(balanced_entries())
    def test_accepts_what_balances(self, lines: tuple[EntryLine, ...]) -> None:
        check_entry(lines)

    @given(balanced_entries(), st.sampled_from([Decimal("0.01"), Decimal("1000.00")]))
    def test_refuses_any_difference_and_names_it(self, lines: tuple[EntryLine, ...], extra: Decimal) -> None:
        off = (replace(lines[0], debit=lines[0].debit + extra), *lines[1:])

        with pytest.raises(EntryNotBalanced) as refusal:
            check_entry(off)

        assert refusal.value.values["difference"] == extra
        assert str(extra) in refusal.value.message

    def test_refuses_one_line(self) -> None:
        with pytest.raises(EntryTooShort):
            check_entry([debit("1.00")])

    def test_refuses_more_lines_than_the_limit(self) -> None:
        check_entry([debit("1.00"), credit("1.00")] * (LINES_MAX // 2))

        with pytest.raises(EntryTooLong):
            check_entry([debit("1.00"), credit("1.00")] * (LINES_MAX // 2 + 1))

    @pytest.mark.parametrize("amount", ["0.00", "-1.00", "0.005", "NaN", "Infinity", "1000000000000.00"])
    def test_refuses_amounts_that_are_not_amounts(self, amount: str) -> None:
        with pytest.raises(EntryLineAmountWrong) as refusal:
            check_entry([credit("1.00"), debit(amount)])

        assert refusal.value.values["position"] == 2

    def test_refuses_both_sides_in_one_line(self) -> None:
        both = EntryLine(ledger_account_code="430", debit=Decimal("1.00"), credit=Decimal("1.00"))

        with pytest.raises(EntryLineSideWrong):
            check_entry([both, both])


class TestReversedLines:
    @given(st.lists(balanced_entries(), min_size=1, max_size=5))
    def test_leaves_every_balance_unchanged(self, entries: list[tuple[EntryLine, ...]]) -> None:
        oracle = LedgerOracle()

        for lines in entries:
            oracle.post(lines)
            oracle.post(reversed_lines(lines))

        assert oracle.trial_balance() == {}
        assert oracle.entry_count == 2 * len(entries)

    @given(balanced_entries())
    def test_is_its_own_inverse(self, lines: tuple[EntryLine, ...]) -> None:
        assert reversed_lines(reversed_lines(lines)) == lines


class TestCheckPeriod:
    def test_refuses_the_last_locked_day_and_accepts_the_next(self) -> None:
        locks = PeriodLocks(tax_until=date(2026, 3, 31))

        with pytest.raises(PeriodLocked) as refusal:
            check_period(date(2026, 3, 31), locks)
        check_period(date(2026, 4, 1), locks)

        assert refusal.value.values["first_open_on"] == date(2026, 4, 1)

    def test_lets_managers_pass_the_soft_lock_only(self) -> None:
        locks = PeriodLocks(soft_until=date(2026, 6, 30), hard_until=date(2025, 12, 31))

        check_period(date(2026, 6, 30), locks, passes=frozenset({LockKind.SOFT}))

        with pytest.raises(PeriodLocked):
            check_period(date(2026, 6, 30), locks)
        with pytest.raises(PeriodLocked) as refusal:
            check_period(date(2025, 12, 31), locks, passes=frozenset({LockKind.SOFT}))
        assert refusal.value.values["kind"] is LockKind.HARD

    def test_accepts_every_day_without_locks(self) -> None:
        check_period(date.min, PeriodLocks())

    @given(st.dates(), st.dates(), st.dates(max_value=date(9999, 12, 30)))
    def test_first_open_day_is_open(self, wanted: date, tax: date, hard: date) -> None:
        locks = PeriodLocks(tax_until=min(tax, date(9999, 12, 30)), hard_until=hard)

        day = first_open_day(wanted, locks)

        check_period(day, locks)
        assert day >= wanted


class TestFiscalYearOf:
    years = (
        FiscalYear(year=2025, first_day=date(2025, 9, 15), last_day=date(2025, 12, 31)),
        FiscalYear(year=2026, first_day=date(2026, 1, 1), last_day=date(2026, 12, 31)),
    )

    def test_uses_the_table_and_not_the_calendar(self) -> None:
        assert fiscal_year_of(date(2025, 9, 15), self.years).year == 2025
        assert fiscal_year_of(date(2026, 12, 31), self.years).year == 2026

    @pytest.mark.parametrize("day", [date(2025, 9, 14), date(2027, 1, 1)])
    def test_refuses_a_day_outside(self, day: date) -> None:
        with pytest.raises(FiscalYearMissing):
            fiscal_year_of(day, self.years)


def chain_of(entries: list[tuple[EntryLine, ...]]) -> list[ChainedEntry]:
    chain: list[ChainedEntry] = []
    previous = GENESIS_HASH
    for number, lines in enumerate(entries, start=1):
        entry = PostedEntry(
            company_id=COMPANY,
            fiscal_year=2026,
            number=number,
            entry_on=date(2026, 1, 1),
            text="Factura",
            lines=lines,
        )
        chained = ChainedEntry(entry=entry, previous_hash=previous, hash=entry_hash(previous, entry))
        chain.append(chained)
        previous = chained.hash
    return chain


class TestVerifyChain:
    @given(st.lists(balanced_entries(), max_size=6))
    def test_accepts_an_untouched_chain(self, entries: list[tuple[EntryLine, ...]]) -> None:
        assert verify_chain(chain_of(entries)) is None

    @given(st.lists(balanced_entries(), min_size=1, max_size=6), st.data())
    def test_names_the_entry_with_a_changed_amount(
        self, entries: list[tuple[EntryLine, ...]], data: st.DataObject
    ) -> None:
        chain = chain_of(entries)
        index = data.draw(st.integers(0, len(chain) - 1))
        entry = chain[index].entry
        forged_line = replace(entry.lines[0], debit=entry.lines[0].debit + Decimal("0.01"))
        chain[index] = replace(chain[index], entry=replace(entry, lines=(forged_line, *entry.lines[1:])))

        broken = verify_chain(chain)

        assert broken is chain[index]

    def test_names_the_entry_after_a_missing_one(self) -> None:
        chain = chain_of([(debit("1.00"), credit("1.00"))] * 3)
        del chain[1]

        broken = verify_chain(chain)

        assert broken is chain[1]

    def test_verifies_a_part_from_a_known_hash(self) -> None:
        chain = chain_of([(debit("1.00"), credit("1.00"))] * 3)

        assert verify_chain(chain[2:], previous_hash=chain[1].hash) is None

    def test_keeps_its_canonical_form_forever(self) -> None:
        entry = PostedEntry(
            company_id=COMPANY,
            fiscal_year=2026,
            number=7,
            entry_on=date(2026, 3, 1),
            text='Factura "Ñ"',
            lines=(debit("121"), credit("121.00")),
        )

        assert canonical_entry(entry) == (
            '["atrio-entry-1","01890a5d-ac96-774b-bcce-b302099a8057",2026,7,"2026-03-01",'
            '"Factura \\"Ñ\\"",[["430","121.00","0.00","01890a5d-ac96-774b-bcce-b302099a8058",""],'
            '["700","0.00","121.00","",""]]]'
        )
        assert (
            entry_hash(GENESIS_HASH, entry)
            == "4c536a868f98ad46c5b230eaf91b26e396472903d24f672a8c6a70c5dd467349"
        )
