"""The responsible declaration: what it says, and that nothing is declared while anything is missing."""

from services.kit.settings import Settings
from services.verifactu.declaration import Gap, declaration
from tests.support.office import Office

ASKED = "{ responsibleDeclaration { gaps parts { letter heading text } } }"
SUPPLIER = Settings(
    maker_name="Soportes Alba SL",
    maker_tax_id="B28015865",
    maker_address="Calle Mayor 4, 28013 Madrid",
    maker_declared="Madrid, 1 de enero de 2027",
)


def test_says_every_letter_of_the_order() -> None:
    assert "".join(part.letter for part in declaration(SUPPLIER).parts) == "abcdefghijkl"


def test_declares_nothing_while_records_are_neither_sent_nor_signed() -> None:
    said = declaration(SUPPLIER)

    assert said.gaps == (Gap.SIGNED_RECORDS, Gap.EVENT_LOG)
    assert not any("cumple" in part.text for part in said.parts)


def test_declares_for_its_supplier_where_another_program_sends_the_records() -> None:
    said = declaration(SUPPLIER.model_copy(update={"invoice_records_sent": True}))

    assert said.gaps == ()
    assert [part.text for part in said.parts if "Soportes Alba SL hace constar" in part.text]


async def test_is_there_for_whoever_is_signed_in(office: Office) -> None:
    answer = await office.ask(office.bookkeeper, ASKED, {})

    assert "SIGNING" in answer.data["responsibleDeclaration"]["gaps"]
    assert len(answer.data["responsibleDeclaration"]["parts"]) == 12
