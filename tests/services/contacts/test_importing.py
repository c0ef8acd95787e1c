"""Lists of contacts: looked at, taken in whole, and never twice."""

from typing import Any
from uuid import UUID

import pytest

from services.access.interface import Viewer
from services.contacts.actions import NewContact, create_contact
from services.contacts.actions.import_runs import ImportCancelled, ImportDesk, start_import
from services.contacts.actions.importing import (
    Existing,
    ImportPlan,
    ImportRun,
    Preview,
    RowsWrong,
    preview_import,
)
from services.contacts.jobs import import_contacts_job
from services.contacts.rules.columns import ImportField, guessed_columns, plain_header
from services.kit.errors import BadInput, NotFound
from services.uploads.interface import record_upload
from tests.support.office import Office

LIST = """Razón social;C.I.F.;Correo electrónico;Código postal;Población;País;Tipo;Días de pago;Cuenta bancaria
Maderas Núñez S.L.;B28015865;Info@Nunez.example;08201;Sabadell;España;Cliente;30, 60;ES91 2100 0418 4502 0005 1332
Malmö Snickeri AB;SE556036079301;hej@malmo.example;21120;Malmö;Suecia;Proveedor;;
Bar Roca;;;8001;Barcelona;;Cliente y proveedor;contado;
"""


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


async def _start(office: Office, company_id: UUID, content: str, key: str = "k", **how: Any) -> UUID:
    upload_id = await _upload(office, company_id, content.encode())
    async with office.act(office.bookkeeper) as act:
        run = ImportRun(plan=ImportPlan(company_id=company_id, upload_id=upload_id), **how)
        return await start_import(act, run, request_key=key)


async def _import(office: Office, company_id: UUID, content: str, key: str = "k", **how: Any) -> UUID:
    """Asked for, and taken in as the worker's job does."""
    import_id = await _start(office, company_id, content, key, **how)
    await ImportDesk(office.database, office.store, office.bookkeeper, import_id).take_in()
    return import_id


async def _work(office: Office, import_id: UUID) -> None:
    """What the worker does."""
    job = import_contacts_job(office.database, office.store)
    await job.handler({"viewer": str(office.bookkeeper.id), "import": str(import_id)})


async def _seen(office: Office, import_id: UUID, viewer: Viewer | None = None) -> dict[str, Any] | None:
    answer = await office.ask(
        viewer or office.bookkeeper,
        """query($i: ID!) { contactImport(id: $i) {
            state rowsDone rowsTotal addedCount updatedCount skippedCount failure failureText } }""",
        {"i": str(import_id)},
    )
    found: dict[str, Any] | None = answer.data["contactImport"]
    return found


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
            """mutation($i: PreviewContactImportInput!) { previewContactImport(input: $i) {
                filename newCount wrongCount columns { header field example } rows { number act problems { message } }
                refusals { code } } }""",
            {"i": given},
        )
        made = await office.ask(
            office.bookkeeper,
            """mutation($i: ImportContactsInput!) { importContacts(input: $i) {
                contactImport { id state rowsTotal } refusals { code } } }""",
            {"i": {**given, "requestKey": "k"}},
        )

        preview = looked.data["previewContactImport"]
        assert (preview["filename"], preview["newCount"], preview["wrongCount"]) == ("contactos.csv", 3, 0)
        assert preview["columns"][0] == {
            "header": "Razón social",
            "field": "NAME",
            "example": "Maderas Núñez S.L.",
        }
        started = made.data["importContacts"]["contactImport"]
        assert (started["state"], started["rowsTotal"]) == ("WAITING", None)
        await _work(office, UUID(started["id"]))
        done = await _seen(office, UUID(started["id"]))
        assert done is not None
        assert (done["state"], done["rowsDone"], done["rowsTotal"]) == ("DONE", 3, 3)
        assert (done["addedCount"], done["updatedCount"], done["skippedCount"]) == (3, 0, 0)

    async def test_tells_of_all_wrong_rows_when_asked(self, office: Office) -> None:
        joinery = await office.client()
        wrong = "".join(f"Roca {number};B0000000{number % 10}\n" for number in range(1, 260))
        upload_id = await _upload(office, joinery, f"Nombre;NIF\nPuig;B28015865\n{wrong}".encode())

        answer = await office.ask(
            office.bookkeeper,
            """mutation($i: PreviewContactImportInput!) { previewContactImport(input: $i) {
                wrongCount rows { number name act problems { message } } } }""",
            {"i": {"companyId": str(joinery), "uploadId": str(upload_id), "onlyWrong": True}},
        )

        preview = answer.data["previewContactImport"]
        assert len(preview["rows"]) == preview["wrongCount"] > 200
        assert {row["act"] for row in preview["rows"]} == {"WRONG"}


class TestTheJob:
    async def test_shows_how_far_it_is_and_counts_once(self, office: Office) -> None:
        joinery = await office.client()
        rows = "".join(f"Contacto {number}\n" for number in range(1, 1203))
        import_id = await _start(office, joinery, f"Nombre\n{rows}")
        seen: list[tuple[int, int]] = []

        class Watched(ImportDesk):
            async def advance(self, done: int, total: int) -> None:
                await ImportDesk.advance(self, done, total)
                now = await _seen(office, import_id)
                assert now is not None
                seen.append((now["rowsDone"], now["rowsTotal"]))
                assert len(await _book(office)) == 0

        await Watched(office.database, office.store, office.bookkeeper, import_id).take_in()
        await _work(office, import_id)

        assert seen == [(0, 1202), (500, 1202), (1000, 1202), (1202, 1202)]
        done = await _seen(office, import_id)
        assert done is not None
        assert (done["state"], done["addedCount"]) == ("DONE", 1202)
        everyone = await office.ask(office.manager, "{ contacts { totalCount } }")
        assert everyone.data["contacts"]["totalCount"] == 1202

    async def test_keeps_nothing_of_what_was_called_off(self, office: Office) -> None:
        joinery = await office.client()
        import_id = await _start(office, joinery, LIST)
        cancel = (
            "mutation($i: ID!) { cancelContactImport(id: $i) { contactImport { state } refusals { code } } }"
        )

        class CalledOff(ImportDesk):
            async def advance(self, done: int, total: int) -> None:
                if done:
                    await office.ask(office.manager, cancel, {"i": str(import_id)})
                await ImportDesk.advance(self, done, total)

        with pytest.raises(ImportCancelled):
            await CalledOff(office.database, office.store, office.bookkeeper, import_id).take_in()
        await _work(office, import_id)

        assert await _book(office) == []
        seen = await _seen(office, import_id)
        assert seen is not None
        assert seen["state"] == "CANCELLED"

    async def test_says_why_it_took_nothing_in(self, office: Office) -> None:
        joinery = await office.client()
        import_id = await _start(office, joinery, "Nombre;NIF\nRoca;B28015865\nPuig;B28015866\n")

        await _work(office, import_id)

        seen = await _seen(office, import_id)
        assert seen is not None
        assert (seen["state"], seen["failure"], seen["addedCount"]) == ("FAILED", "ROWS_WRONG", 0)
        assert seen["failureText"].startswith("1 rows cannot be imported")
        assert await _book(office) == []
        over = await office.ask(
            office.manager,
            "mutation($i: ID!) { cancelContactImport(id: $i) { refusals { code } } }",
            {"i": str(import_id)},
        )
        assert over.data["cancelContactImport"]["refusals"] == [{"code": "IMPORT_OVER"}]

    async def test_is_nobodys_business_elsewhere(self, office: Office, other_office: Office) -> None:
        joinery = await office.client()
        import_id = await _start(office, joinery, LIST)
        async with office.act() as act:
            card = await create_contact(act, NewContact(company_id=joinery, name="Clara Vidal"))
        contact = await office.portal_contact(joinery, card)
        cancel = "mutation($i: ID!) { cancelContactImport(id: $i) { refusals { code } } }"

        assert await _seen(office, import_id, other_office.owner) is None
        assert await _seen(office, import_id, contact) is None
        for stranger in (other_office.owner, contact):
            answer = await office.ask(stranger, cancel, {"i": str(import_id)})
            assert "IMPORT_OVER" not in str(answer.data)
        waiting = await _seen(office, import_id)
        assert waiting is not None
        assert waiting["state"] == "WAITING"
