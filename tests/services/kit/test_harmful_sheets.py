"""Workbooks made to harm: bombs, outside entities, broken parts. Ordinary tables: `test_sheets.py`."""

import io
import zipfile
from collections.abc import Callable

import pytest
import xlsxwriter

from services.kit.sheets import UNPACKED_BYTES_MAX, TableUnreadable, read_sent_table, read_table

STRINGS, SHEET = "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"
ENTITIES = "".join(f'<!ENTITY e{step + 1} "{f"&e{step};" * 50}">' for step in range(7))
BOMB = f'<!DOCTYPE x [<!ENTITY e0 "{"a" * 40}">{ENTITIES}]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY e7 SYSTEM "file:///etc/passwd">]>'


def _book(part: str, change: Callable[[str], str]) -> bytes:
    plain, changed = io.BytesIO(), io.BytesIO()
    book = xlsxwriter.Workbook(plain)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["name", "tax id"])
    sheet.write_row(1, 0, ["Zoe", "B1"])
    book.close()
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name).decode()
            target.writestr(name, change(content) if name == part else content)
    return changed.getvalue()


def _with_entity(declared: str) -> Callable[[str], str]:
    return lambda content: content.replace("?>", f"?>{declared}", 1).replace("Zoe", "&e7;")


@pytest.mark.parametrize(
    ("part", "change"),
    [
        (STRINGS, _with_entity(BOMB)),
        (STRINGS, _with_entity(OUTSIDE)),
        (SHEET, lambda content: content.replace("?>", f"?>{BOMB}", 1).replace("<v>2<", "<v>&e7;<")),
        (SHEET, lambda content: content[:-40]),
        (SHEET, lambda content: content.replace("<v>2<", "<v>999<")),
        (SHEET, lambda content: content.replace("<v>2<", "<v>abc<")),
        (STRINGS, lambda content: content[:-20]),
        ("xl/workbook.xml", lambda content: content[:-20]),
        ("xl/styles.xml", lambda content: content[:-20]),
        (STRINGS, lambda content: content + " " * UNPACKED_BYTES_MAX),
    ],
    ids=[
        "entities in strings",
        "a file in strings",
        "entities in cells",
        "half a sheet",
        "no such string",
        "no number",
        "half the strings",
        "half a book",
        "half the styles",
        "too much",
    ],
)
def test_a_harmful_workbook_is_refused_as_unreadable(part: str, change: Callable[[str], str]) -> None:
    assert read_table(_book(part, str), rows_max=10).rows[0].cells == ("Zoe", "B1")

    with pytest.raises(TableUnreadable):
        read_table(_book(part, change), rows_max=10)


async def test_what_was_sent_is_read_apart_with_the_same_answers() -> None:
    table = await read_sent_table(_book(STRINGS, str), rows_max=10)

    assert (table.headers, table.rows[0].cells) == (("name", "tax id"), ("Zoe", "B1"))
    with pytest.raises(TableUnreadable):
        await read_sent_table(_book(SHEET, lambda content: content[:-40]), rows_max=10)
