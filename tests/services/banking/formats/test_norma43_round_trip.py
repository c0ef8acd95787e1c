"""What the writer writes the reader reads, for generated statements in every character set."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from services.banking.formats.norma43 import read_norma43
from services.banking.formats.norma43_fields import reference_check_digit
from services.banking.formats.norma43_writer import (
    AccountToWrite,
    Encoding,
    MovementToWrite,
    norma43_records,
    records_to_bytes,
    write_norma43,
)
from services.banking.rules.fingerprints import fingerprints, identity_of
from services.banking.rules.statements import StatementFile, WarningCode
from services.kit.money import total

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,-/ÑÁÉÍÓÚÜÇ"
FIRST_ON, LAST_ON = date(2026, 1, 1), date(2026, 12, 31)

texts = st.text(LETTERS, max_size=76).map(str.rstrip)
short_texts = st.text(LETTERS, max_size=16).map(str.strip)
days = st.dates(FIRST_ON, LAST_ON)
amounts = (
    st.integers(1, 10**11)
    .flatmap(lambda cents: st.sampled_from([cents, -cents]))
    .map(lambda cents: Decimal(cents) / 100)
)


def digits(length: int) -> st.SearchStrategy[str]:
    """Codes of this length, or none; zeros alone mean none."""
    codes = st.integers(1, 10**length - 1).map(lambda number: str(number).zfill(length))
    return st.just("") | codes


@st.composite
def movements(draw: st.DrawFn) -> MovementToWrite:
    operation_on = draw(days)
    reference = draw(digits(11))
    foreign_amount = draw(st.none() | st.integers(1, 10**9).map(lambda cents: Decimal(cents) / 100))
    return MovementToWrite(
        operation_on=operation_on,
        value_on=operation_on + timedelta(draw(st.integers(-5, 40))),
        amount=draw(amounts),
        common_concept=draw(digits(2)),
        own_concept=draw(digits(3)),
        origin_branch=draw(digits(4)),
        document_number=draw(digits(10)),
        reference_1=reference and reference + reference_check_digit(reference),
        reference_2=draw(short_texts),
        text_lines=tuple(draw(st.lists(texts, max_size=5))),
        foreign_amount=foreign_amount,
        foreign_currency="" if foreign_amount is None else draw(st.sampled_from(["USD", "GBP", "JPY"])),
    )


@st.composite
def accounts(draw: st.DrawFn) -> AccountToWrite:
    return AccountToWrite(
        bank=draw(st.from_regex(r"[0-9]{4}", fullmatch=True)),
        branch=draw(st.from_regex(r"[0-9]{4}", fullmatch=True)),
        account=draw(st.from_regex(r"[0-9]{10}", fullmatch=True)),
        first_on=FIRST_ON,
        last_on=LAST_ON,
        opening_balance=draw(amounts | st.just(Decimal("0.00"))),
        holder=draw(st.text(LETTERS, max_size=26).map(str.strip)),
        movements=tuple(draw(st.lists(movements(), max_size=6))),
        currency=draw(st.sampled_from(["EUR", "USD"])),
        mode=draw(st.sampled_from([1, 2, 3])),
    )


encodings = st.sampled_from(["cp850", "latin-1", "utf-8"])
line_breaks = st.sampled_from(["\r\n", "\n"])


@given(
    written=st.lists(accounts(), min_size=1, max_size=3),
    encoding=encodings,
    line_break=line_breaks,
    strips_blanks=st.booleans(),
)
def test_what_is_written_is_read(
    *, written: list[AccountToWrite], encoding: Encoding, line_break: str, strips_blanks: bool
) -> None:
    content = write_norma43(written, encoding=encoding, line_break=line_break, strips_blanks=strips_blanks)

    file = read_norma43(content)

    assert file.all_warnings == ()
    assert len(file.statements) == len(written)
    for statement, account in zip(file.statements, written, strict=True):
        assert (statement.bank, statement.branch, statement.account) == (
            account.bank,
            account.branch,
            account.account,
        )
        assert (statement.opening_balance, statement.currency) == (account.opening_balance, account.currency)
        assert statement.closing_balance == account.opening_balance + total(
            m.amount for m in account.movements
        )
        assert (statement.holder, statement.mode) == (account.holder, account.mode)
        assert len(statement.movements) == len(account.movements)
        for read, movement in zip(statement.movements, account.movements, strict=True):
            sign = 1 if movement.amount > 0 else -1
            foreign = movement.foreign_amount
            assert read.foreign_amount == (None if foreign is None else sign * foreign)
            assert read.foreign_currency == (movement.foreign_currency or None)
            for name in (
                "operation_on", "value_on", "amount", "common_concept", "own_concept", "origin_branch",
                "document_number", "reference_1", "reference_2", "text_lines",
            ):  # fmt: skip
                assert getattr(read, name) == getattr(movement, name), name


@given(written=st.lists(accounts(), min_size=1, max_size=2), strips_blanks=st.booleans())
def test_the_same_lines_have_the_same_fingerprints_in_every_character_set(
    *, written: list[AccountToWrite], strips_blanks: bool
) -> None:
    sent: list[list[str]] = []
    for encoding in ("cp850", "latin-1", "utf-8"):
        file = read_norma43(write_norma43(written, encoding=encoding, strips_blanks=strips_blanks))
        sent.append(fingerprints_of(file))

    assert sent[0] == sent[1] == sent[2]
    assert len(set(sent[0])) == sum(len(account.movements) for account in written)


@given(accounts(), st.integers(1, 10**6))
def test_a_wrong_closing_balance_gives_exactly_that_warning(account: AccountToWrite, cents_more: int) -> None:
    *records, account_end, file_end = norma43_records([account])
    stated_cents = int(account_end[59:73]) + cents_more
    spoilt = account_end[:58] + "2" + f"{stated_cents:014}" + account_end[73:]

    file = read_norma43(records_to_bytes([*records, spoilt, file_end]))

    computed = account.opening_balance + total(movement.amount for movement in account.movements)
    (warning,) = file.all_warnings
    assert warning.code is WarningCode.CLOSING_BALANCE_WRONG
    assert {name: Decimal(value) for name, value in warning.values.items()} == {
        "stated": Decimal(stated_cents) / 100,
        "computed": computed,
    }


def fingerprints_of(file: StatementFile) -> list[str]:
    return fingerprints(identity_of(one, movement) for one in file.statements for movement in one.movements)
