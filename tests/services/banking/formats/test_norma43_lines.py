"""Line breaks, character sets, records glued or cut, and files that are refused."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from services.banking.formats.norma43 import read_norma43
from services.banking.formats.norma43_lines import LINE_COUNT_MAX, SIZE_MAX
from services.banking.formats.norma43_writer import write_norma43
from services.banking.formats.refusals import (
    AccountUnreadable,
    NotNorma43,
    RecordOutOfPlace,
    StatementEmpty,
    StatementTooLarge,
    StatementUnreadable,
)
from services.banking.rules.statements import StatementFile, WarningCode
from tests.support.builders.norma43 import (
    movement,
    second_account,
    spoilt_file,
    with_field,
    worked_example,
)


def found(content: bytes) -> list[tuple[WarningCode, Mapping[str, str]]]:
    return [(warning.code, warning.values) for warning in read_norma43(content).all_warnings]


def codes(file: StatementFile) -> list[WarningCode]:
    return [warning.code for warning in file.all_warnings]


class TestLayout:
    def test_text_is_joined_over_the_border_of_its_two_fields(self) -> None:
        text = "TRANSFERENCIA RECIBIDA DE CARPINTERIA MUÑOZ E HIJOS SL"
        assert text[37:39] == " M"
        (statement,) = read_norma43(
            write_norma43([replace(worked_example(), movements=(movement("1.00", text="X" + text),))])
        ).statements

        assert statement.movements[0].text == "X" + text

    @pytest.mark.parametrize("line_break", ["\r\n", "\n", "\r"])
    @pytest.mark.parametrize("strips_blanks", [True, False])
    def test_every_line_break_reads_the_same(self, *, line_break: str, strips_blanks: bool) -> None:
        content = write_norma43([worked_example()], line_break=line_break, strips_blanks=strips_blanks)

        assert read_norma43(content).statements == read_norma43(write_norma43([worked_example()])).statements

    def test_no_line_break_at_all(self) -> None:
        file = read_norma43(write_norma43([worked_example()], line_break=""))

        assert codes(file) == []
        assert len(file.statements[0].movements) == 3

    @pytest.mark.parametrize("tail", [b"", b"\x1a", b"\r\n\r\n\x1a", b"\x00\x00", b"\r\n   \r\n"])
    def test_what_follows_the_last_line_does_not_matter(self, tail: bytes) -> None:
        content = write_norma43([worked_example()], strips_blanks=True).rstrip(b"\r\n") + tail

        assert found(content) == []

    def test_end_records_glued_together(self) -> None:
        full = write_norma43([worked_example()])
        stripped = write_norma43([worked_example()], strips_blanks=True)

        assert found(full.replace(b"\r\n88", b"88")) == []
        assert found(stripped.replace(b"\r\n88", b"88")) == []

    def test_two_files_joined_each_count_their_own_records(self) -> None:
        content = write_norma43([worked_example()]) + write_norma43([second_account()])

        file = read_norma43(content)

        assert (codes(file), len(file.statements)) == ([], 2)

    @pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
    def test_utf_8_with_and_without_mark(self, mark: bytes) -> None:
        file = read_norma43(mark + write_norma43([worked_example()], encoding="utf-8"))

        assert (file.encoding, codes(file)) == ("utf-8", [])
        assert "MUÑOZ" in file.statements[0].movements[0].text

    @pytest.mark.parametrize("text", ["CAFÉ Muñoz", "FRANÇOIS Ú", "COL·LEGI Nº 1", "niño MÁLAGA", "1ª CUOTA"])
    def test_character_set_is_told_from_the_letters(self, text: str) -> None:
        account = replace(worked_example(), movements=(movement("1.00", text=text),))

        in_850 = read_norma43(write_norma43([account], encoding="cp850"))
        in_latin = read_norma43(write_norma43([account], encoding="latin-1"))

        assert [in_850.encoding, in_latin.encoding] == ["cp850", "latin-1"]
        assert {file.statements[0].movements[0].text for file in (in_850, in_latin)} == {text}
        assert codes(in_850) == codes(in_latin) == []

    def test_character_set_that_cannot_be_told_is_a_warning(self) -> None:
        account = replace(worked_example(), movements=(movement("1.00", text="X"),))
        content = write_norma43([account], encoding="latin-1").replace(b"2301X", b"2301\xd0")

        assert [code for code, _ in found(content)] == [WarningCode.ENCODING_UNCERTAIN]


class TestRefusals:
    @pytest.mark.parametrize("content", [b"", b"\r\n\r\n", b"   ", b"\xef\xbb\xbf", b"\x1a"])
    def test_empty(self, content: bytes) -> None:
        with pytest.raises(StatementEmpty):
            read_norma43(content)

    def test_too_many_bytes(self) -> None:
        with pytest.raises(StatementTooLarge) as caught:
            read_norma43(b" " * (SIZE_MAX + 1))

        assert caught.value.values == {"unit": "bytes", "found": SIZE_MAX + 1, "limit": SIZE_MAX}

    def test_too_many_lines(self) -> None:
        with pytest.raises(StatementTooLarge) as caught:
            read_norma43(write_norma43([worked_example()]) + b"\n" * LINE_COUNT_MAX)

        assert caught.value.values["unit"] == "lines"

    @pytest.mark.parametrize(
        ("content", "kind"),
        [
            (b"PK\x03\x04....", "ZIP or XLSX"),
            (b'<?xml version="1.0"?><Document/>', "XML or HTML"),
            (b":20:STARTUMS\r\n", "MT940"),
            (b"OFXHEADER:100\r\n", "OFX"),
            (b"\x00\x01\x02", "binary data"),
            (b"22    0418261103261103", "text"),
            (b"11ABC", "text"),
            (b"5", "text"),
        ],
    )
    def test_other_kinds_of_file_are_named(self, content: bytes, kind: str) -> None:
        with pytest.raises(NotNorma43) as caught:
            read_norma43(content)

        assert caught.value.values["found"] == kind

    @pytest.mark.parametrize(
        ("first", "value", "field"),
        [
            (21, "261131", "first day"),
            (34, "X", "opening balance"),
            (48, "000", "currency"),
            (48, "   ", "currency"),
        ],
    )
    def test_account_record_that_cannot_be_read(self, first: int, value: str, field: str) -> None:
        with pytest.raises(AccountUnreadable) as caught:
            read_norma43(spoilt_file(with_field("11", first, value)))

        assert (caught.value.values["line"], caught.value.values["field"]) == (1, field)

    def test_movement_after_the_end_of_its_account(self) -> None:
        content = spoilt_file(lambda records: [*records[:-1], records[1], records[-1]])

        with pytest.raises(RecordOutOfPlace) as caught:
            read_norma43(content)

        assert caught.value.values == {"line": 9, "record": "22"}


class TestTruncation:
    def test_no_cut_of_a_full_file_is_read_as_a_whole_one(self) -> None:
        """Wherever a download stops, the file is refused or the missing end is told."""
        content = write_norma43([worked_example()])

        # The last record is whole with its 26th character; its line is 82 bytes long.
        for length in range(1, len(content) - 82 + 26):
            try:
                file = read_norma43(content[:length])
            except StatementUnreadable:
                continue
            assert WarningCode.FILE_END_MISSING in codes(file)
            # A text that was cut would have another fingerprint than the whole one: it must never come through.
            assert all(one.text in {"", *self._texts()} for one in file.statements[0].movements)

    def test_cut_in_a_text_of_a_stripped_file_is_suspected(self) -> None:
        content = write_norma43([worked_example()], strips_blanks=True)

        file = read_norma43(content[: content.index(b"FACTURA") + 3])

        assert codes(file)[:2] == [WarningCode.FILE_END_MISSING, WarningCode.LAST_RECORD_MAY_BE_CUT]

    def _texts(self) -> set[str]:
        (statement,) = read_norma43(write_norma43([worked_example()])).statements
        return {one.text for one in statement.movements}
