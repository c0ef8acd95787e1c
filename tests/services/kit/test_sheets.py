"""Tables that people send: CSV of any program, and workbooks."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from services.kit.sheets import TableEmpty, TableTooLarge, TableUnreadable, read_table


def workbook(*rows: tuple[Any, ...]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


class TestReadTable:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
    @pytest.mark.parametrize("sign", [";", ",", "\t"])
    def test_reads_what_any_program_writes(self, encoding: str, sign: str) -> None:
        text = f'Nombre{sign}Población\r\n"Núñez{sign} ""Hijos"""{sign}Málaga\r\n\r\nÅngström{sign}\r\n'

        table = read_table(text.encode(encoding), rows_max=10)

        assert table.headers == ("Nombre", "Población")
        assert [(row.number, row.cells) for row in table.rows] == [
            (2, (f'Núñez{sign} "Hijos"', "Málaga")),
            (4, ("Ångström", "")),
        ]

    def test_reads_a_workbook_as_people_see_it(self) -> None:
        content = workbook(
            ("Nombre", "CP", "Tel"), ("Roca", 8001, 972123456.0), (None, None, None), ("Puig", "08201", None)
        )

        table = read_table(content, rows_max=10)

        assert [row.cells for row in table.rows] == [("Roca", "8001", "972123456"), ("Puig", "08201", "")]
        assert [row.number for row in table.rows] == [2, 4]

    @pytest.mark.parametrize(
        ("content", "refusal"),
        [
            (b"", TableUnreadable),
            (b"PK\x03\x04 no workbook", TableUnreadable),
            (b"\xd0\xcf\x11\xe0 an old one", TableUnreadable),
            (b"Nombre;NIF\r\n", TableEmpty),
            (b"Nombre\n" + b"x\n" * 11, TableTooLarge),
            (b";".join([b"x"] * 101) + b"\n1", TableTooLarge),
        ],
    )
    def test_says_why_not(self, content: bytes, refusal: type[Exception]) -> None:
        with pytest.raises(refusal):
            read_table(content, rows_max=10)
