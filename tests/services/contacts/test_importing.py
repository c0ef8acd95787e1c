"""Lists of contacts: looked at, taken in whole, and never twice."""

from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from openpyxl import Workbook

from services.contacts.actions import NewContact, create_contact
from services.contacts.actions.importing import (
    Existing,
    ImportPlan,
    Preview,
    RowsWrong,
    import_contacts,
    preview_import,
)
from services.contacts.rules.columns import ImportField, guessed_columns, plain_header
from services.kit.errors import BadInput, NotFound
from services.kit.sheets import TableEmpty, TableTooLarge, TableUnreadable, read_table
from services.uploads.interface import record_upload
from tests.support.office import Office

LIST = """Razón social;C.I.F.;Correo electrónico;Código postal;Población;País;Tipo;Días de pago;Cuenta bancaria
Maderas Núñez S.L.;B28015865;Info@Nunez.example;08201;Sabadell;España;Cliente;30, 60;ES91 2100 0418 4502 0005 1332
Malmö Snickeri AB;SE556036079301;hej@malmo.example;21120;Malmö;Suecia;Proveedor;;
Bar Roca;;;8001;Barcelona;;Cliente y proveedor;contado;
"""


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


class TestGuessedColumns:
    @pytest.mark.parametrize(
        ("headers", "fields"),
        [
            (("Razón social", "C.I.F./N.I.F.", "E-mail", "C.P."), ("NAME", "TAX_ID", "EMAIL", "POSTCODE")),
            (("Nom fiscal", "NIF", "Adreça", "Població"), ("NAME", "TAX_ID", "ADDRESS", "CITY")),
            (("Company name", "VAT number", "ZIP code", "Town"), ("NAME", "TAX_ID", "POSTCODE", "CITY")),
            (("Företag", "Organisationsnummer", "Postnummer", "Ort"), ("NAME", "TAX_ID", "POSTCODE", "CITY")),
            (("Nombre", "Nombre comercial", "Nombre"), ("NAME", "TRADE_NAME", None)),
            (("Nombre fiscal completo", "Whatever"), ("NAME", None)),
        ],
    )
    def test_knows_four_languages(self, headers: tuple[str, ...], fields: tuple[str | None, ...]) -> None:
        found = guessed_columns(headers)

        assert (
            tuple(found[place].value if place in found else None for place in range(len(headers))) == fields
        )

    def test_reads_headers_without_signs(self) -> None:
        assert plain_header(" C.I.F. / N.I.F. (*)") == "cif nif"


async def _upload(office: Office, company_id: UUID, content: bytes, purpose: str = "CONTACTS") -> UUID:
    async with office.act(office.bookkeeper) as act:
        return await record_upload(
            act,
            office.store,
            company_id=company_id,
            purpose=purpose,
            filename="contactos.csv",
            media_type="text/csv",
            content=content,
        )


async def _preview(office: Office, company_id: UUID, content: bytes | str, **plan: Any) -> Preview:
    data = content.encode() if isinstance(content, str) else content
    upload_id = await _upload(office, company_id, data)
    async with office.act(office.bookkeeper) as act:
        return await preview_import(
            act, office.store, ImportPlan(company_id=company_id, upload_id=upload_id, **plan)
        )


async def _import(office: Office, company_id: UUID, content: str, key: str = "k", **how: Any) -> UUID:
    upload_id = await _upload(office, company_id, content.encode())
    async with office.act(office.bookkeeper) as act:
        plan = ImportPlan(company_id=company_id, upload_id=upload_id)
        return await import_contacts(act, office.store, plan, request_key=key, **how)


async def _book(office: Office) -> list[dict[str, Any]]:
    answer = await office.ask(
        office.manager,
        "{ contacts { nodes { name taxId email postcode city country isCustomer isSupplier"
        " paymentTerms { days } ibans { iban isDefault } } } }",
    )
    found: list[dict[str, Any]] = answer.data["contacts"]["nodes"]
    return found


class TestPreviewImport:
    async def test_says_what_would_become_of_each_row_and_writes_nothing(self, office: Office) -> None:
        joinery = await office.client()
        async with office.act() as act:
            await create_contact(act, NewContact(company_id=joinery, name="Bar Roca SL"))

        preview = await _preview(office, joinery, LIST)

        assert preview.columns == {
            0: ImportField.NAME,
            1: ImportField.TAX_ID,
            2: ImportField.EMAIL,
            3: ImportField.POSTCODE,
            4: ImportField.CITY,
            5: ImportField.COUNTRY,
            6: ImportField.KIND,
            7: ImportField.TERMS_DAYS,
            8: ImportField.IBAN,
        }
        assert (preview.new_count, preview.known_count, len(preview.wrong)) == (2, 1, 0)
        assert [row.known.name if row.known else None for row in preview.rows] == [None, None, "Bar Roca SL"]
        assert [card["name"] for card in await _book(office)] == ["Bar Roca SL"]

    async def test_names_column_and_reason_of_all_that_is_wrong(self, office: Office) -> None:
        joinery = await office.client()

        preview = await _preview(
            office,
            joinery,
            "Nombre,NIF,Email,Tipo,IBAN\n"
            ",B28015865,,,\n"
            "Roca,B28015866,roca,monje,ES912100041845020005133\n"
            "Puig,54362315K,,,\nPuig germà,54362315-k,,,\n",
        )

        assert [row.row.number for row in preview.wrong] == [2, 3, 5]
        assert [(one.field.value, one.column, one.refused.code) for one in preview.rows[1].problems] == [
            ("KIND", 3, "CELL_NOT_UNDERSTOOD"),
            ("TAX_ID", 1, "TAX_ID_CHECK_DIGIT_WRONG"),
            ("EMAIL", 2, "BAD_INPUT"),
            ("IBAN", 4, "IBAN_LENGTH_WRONG"),
        ]
        assert [one.refused.message for one in preview.rows[3].problems] == [
            "Row 4 has this tax identifier already."
        ]

    async def test_takes_the_callers_word_for_columns(self, office: Office) -> None:
        joinery = await office.client()

        preview = await _preview(
            office, joinery, "a;b\nRoca;Olot\n", columns={0: ImportField.NAME, 1: ImportField.CITY}
        )

        assert preview.rows[0].row.card is not None
        assert preview.rows[0].row.card.city == "Olot"
        for columns in ({9: ImportField.NAME}, {0: ImportField.NAME, 1: ImportField.NAME}):
            with pytest.raises(BadInput):
                await _preview(office, joinery, "a;b\nRoca;Olot\n", columns=columns)

    async def test_is_for_who_sent_the_file_for_this(self, office: Office, other_office: Office) -> None:
        joinery, bar = await office.client(), await office.client("Bar Núñez SL")
        own = await _upload(office, joinery, LIST.encode())
        statement = await _upload(office, joinery, LIST.encode(), "STATEMENT")

        for asking, upload_id, company_id in (
            (office.manager, own, joinery),
            (office.bookkeeper, own, bar),
            (office.bookkeeper, statement, joinery),
            (other_office.owner, own, joinery),
        ):
            plan = ImportPlan(company_id=company_id, upload_id=upload_id)
            async with office.act(asking) as act:
                with pytest.raises(NotFound):
                    await preview_import(act, office.store, plan)


class TestImportContacts:
    async def test_makes_the_cards_once_however_often_it_is_sent(self, office: Office) -> None:
        joinery = await office.client()

        first = await _import(office, joinery, LIST)
        assert await _import(office, joinery, LIST) == first
        await _import(office, joinery, LIST, "another key")

        book = await _book(office)
        assert [card["name"] for card in book] == ["Bar Roca", "Maderas Núñez S.L.", "Malmö Snickeri AB"]
        bar, nunez, malmo = book
        assert (bar["postcode"], bar["isCustomer"], bar["isSupplier"]) == ("08001", True, True)
        assert bar["paymentTerms"] == {"days": [0]}
        assert (malmo["country"], malmo["isSupplier"], nunez["country"]) == ("SE", True, "ES")
        assert (nunez["email"], nunez["city"], nunez["paymentTerms"]) == (
            "info@nunez.example",
            "Sabadell",
            {"days": [30, 60]},
        )
        assert nunez["ibans"] == [{"iban": "ES9121000418450200051332", "isDefault": True}]

    async def test_skips_or_changes_who_is_in_the_book(self, office: Office) -> None:
        joinery = await office.client()
        async with office.act() as act:
            await create_contact(
                act,
                NewContact(company_id=joinery, name="Núñez", tax_id="B28015865", city="Olot", phone="972"),
            )

        await _import(office, joinery, "Nombre;NIF;Población;Teléfono\nMaderas Núñez;B28015865;Sabadell;\n")
        assert [card["city"] for card in await _book(office)] == ["Olot"]
        await _import(
            office,
            joinery,
            "Nombre;NIF;Población;Teléfono\nMaderas Núñez;B28015865;Sabadell;\n",
            "again",
            existing=Existing.UPDATE,
        )

        assert [(card["name"], card["city"]) for card in await _book(office)] == [
            ("Maderas Núñez", "Sabadell")
        ]

    async def test_takes_all_or_nothing_unless_wrong_rows_are_left_out(self, office: Office) -> None:
        joinery = await office.client()
        content = "Nombre;NIF\nRoca;B28015865\nPuig;B28015866\n"

        with pytest.raises(RowsWrong) as refused:
            await _import(office, joinery, content)
        assert refused.value.values["count"] == 1
        assert await _book(office) == []

        await _import(office, joinery, content, "without", leave_out_wrong=True)
        assert [card["name"] for card in await _book(office)] == ["Roca"]

    async def test_tells_through_graphql_what_it_did(self, office: Office) -> None:
        joinery = await office.client()
        upload_id = await _upload(office, joinery, LIST.encode())
        given = {"companyId": str(joinery), "uploadId": str(upload_id)}

        looked = await office.ask(
            office.bookkeeper,
            """mutation($i: ContactImportInput!) { previewContactImport(input: $i) {
                filename newCount wrongCount columns { header field example } rows { number act problems { message } }
                refusals { code } } }""",
            {"i": given},
        )
        made = await office.ask(
            office.bookkeeper,
            """mutation($i: ImportContactsInput!) { importContacts(input: $i) {
                contactImport { addedCount updatedCount skippedCount } refusals { code } } }""",
            {"i": {**given, "requestKey": "k"}},
        )

        preview = looked.data["previewContactImport"]
        assert (preview["filename"], preview["newCount"], preview["wrongCount"]) == ("contactos.csv", 3, 0)
        assert preview["columns"][0] == {
            "header": "Razón social",
            "field": "NAME",
            "example": "Maderas Núñez S.L.",
        }
        assert made.data["importContacts"] == {
            "contactImport": {"addedCount": 3, "updatedCount": 0, "skippedCount": 0},
            "refusals": [],
        }
