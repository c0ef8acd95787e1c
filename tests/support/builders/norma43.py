"""Norma 43 files for tests: the account of the house's worked example, and records spoilt on purpose."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from services.banking.formats.norma43_writer import (
    AccountToWrite,
    Encoding,
    MovementToWrite,
    norma43_records,
    records_to_bytes,
)

Defect = Callable[[list[str]], list[str]]
"""Takes the records of a file and gives them back spoilt."""


def movement(amount: str, *, day: int = 3, text: str = "") -> MovementToWrite:
    """This will make a movement of November 2026; `amount` is signed, positive = money in."""
    return MovementToWrite(
        operation_on=date(2026, 11, day),
        amount=Decimal(amount),
        origin_branch="0418",
        text_lines=(text,) if text else (),
    )


def worked_example() -> AccountToWrite:
    """This will make the account that opens with 10000.00 and closes with 11112.80 after +1210.00 and -97.20."""
    transfer = movement("1210.00", text="TRANSF. DE CARPINTERIA MUÑOZ SL       FACTURA FV26-0012")
    debit = movement("-84.70", day=10, text="RECIBO TELEFONIA EJEMPLO              NOV-26")
    fee = movement("-12.50", day=30, text="COMISION MANTENIMIENTO")
    return AccountToWrite(
        bank="2100",
        branch="0418",
        account="0200051332",
        first_on=date(2026, 11, 1),
        last_on=date(2026, 11, 30),
        opening_balance=Decimal("10000.00"),
        holder="TALLERES EJEMPLO SL",
        movements=(
            replace(
                transfer,
                common_concept="04",
                own_concept="001",
                reference_1="825467890138",
                reference_2="FV26-0012",
            ),
            replace(debit, common_concept="03", own_concept="015"),
            replace(fee, common_concept="17", own_concept="090", value_on=date(2026, 12, 1)),
        ),
    )


def second_account() -> AccountToWrite:
    """This will make an overdrawn account of the same holder with two equal coffees and a dollar payment."""
    coffee = replace(movement("-4.50", text="COMPRA CAFÉ ESPAÑA"), common_concept="12")
    dollars = replace(
        movement("-91.30", day=12, text="COMPRA NEW YORK"),
        common_concept="12",
        foreign_amount=Decimal("-100.00"),
        foreign_currency="USD",
    )
    transfer = replace(movement("1000.00", day=20, text="TRASPASO PEÑÍSCOLA Nº 2"), common_concept="04")
    return replace(
        worked_example(),
        account="0200063214",
        opening_balance=Decimal("-350.25"),
        movements=(coffee, coffee, dollars, transfer),
    )


def spoilt_file(
    *defects: Defect,
    accounts: Sequence[AccountToWrite] | None = None,
    encoding: Encoding = "cp850",
    strips_blanks: bool = False,
) -> bytes:
    """This will write the worked example, or other accounts, with the defects applied to its records in turn."""
    records = norma43_records([worked_example()] if accounts is None else accounts)
    for defect in defects:
        records = defect(records)
    return records_to_bytes(records, encoding=encoding, strips_blanks=strips_blanks)


def with_field(code: str, first: int, value: str, *, nth: int = 0) -> Defect:
    """This will overwrite characters from position `first` (counted from 1) in the `nth` record of a kind."""

    def spoil(records: list[str]) -> list[str]:
        places = [place for place, record in enumerate(records) if record.startswith(code)]
        record = records[places[nth]]
        spoilt = record[: first - 1] + value + record[first - 1 + len(value) :]
        return [*records[: places[nth]], spoilt, *records[places[nth] + 1 :]]

    return spoil


def without(code: str) -> Defect:
    """This will leave out the records of a kind; the end of the file counts what is left."""

    def spoil(records: list[str]) -> list[str]:
        kept = [record for record in records if not record.startswith(code)]
        if not kept[-1].startswith("88"):
            return kept
        return with_field("88", 21, f"{len(kept) - 1:06}")(kept)

    return spoil


def with_record(text: str, *, before: str) -> Defect:
    """This will put a record before the first one of a kind; the end of the file counts it."""

    def spoil(records: list[str]) -> list[str]:
        place = next(place for place, record in enumerate(records) if record.startswith(before))
        longer = [*records[:place], text.ljust(80), *records[place:]]
        return with_field("88", 21, f"{len(longer) - 1:06}")(longer)

    return spoil
