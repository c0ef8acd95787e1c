"""The inbox through GraphQL, as everybody who may or may not look at it."""

from typing import Any

from services.access.policy import Scope
from services.uploads.interface import record_upload
from tests.support.builders.inbox import pdf_paper, photo, send_in
from tests.support.office import BOOKS, Office

LIST = """
query($c: ID, $f: InboxFileFilter) { inboxFiles(companyId: $c, filter: $f) {
  totalCount
  nodes { id kind state filename pageCount duplicateOfId url pages { number url } }
} }
"""
PENDING = "query($c: ID!) { client(id: $c) { pendingWork { inbox { scans files } } } }"
RECEIVE = """
mutation($i: ReceiveInboxFileInput!) { receiveInboxFile(input: $i) {
  inboxFile { kind state filename pages { number } } refusals { code message }
} }
"""
CONVERT = """
mutation($i: ConvertInboxFileInput!) { convertInboxFile(input: $i) {
  document { number status } inboxFile { state documentId } refusals { code path }
} }
"""


async def _list(office: Office, asking: Any, company_id: object, **wanted: Any) -> dict[str, Any]:
    answer = await office.ask(asking, LIST, {"c": str(company_id), "f": wanted or None})
    assert answer.errors == []
    found: dict[str, Any] = answer.data["inboxFiles"]
    return found


async def _upload(office: Office, company_id: Any, content: bytes, filename: str) -> str:
    async with office.act(office.manager) as act:
        return str(
            await record_upload(
                act,
                office.store,
                company_id=company_id,
                purpose="INBOX",
                filename=filename,
                media_type="application/octet-stream",
                content=content,
            )
        )


class TestPapers:
    async def test_are_listed_newest_first_with_links_to_file_and_pages(self, office: Office) -> None:
        joinery = await office.client()
        await send_in(office, joinery, pdf_paper(pages=2), filename="Teléfono noviembre.pdf")
        await send_in(office, joinery, photo(), filename="ticket.jpg")

        found = await _list(office, office.manager, joinery)

        assert [one["filename"] for one in found["nodes"]] == ["ticket.jpg", "Teléfono noviembre.pdf"]
        assert [page["number"] for page in found["nodes"][1]["pages"]] == [1, 2]
        assert found["nodes"][1]["url"].startswith("/files/")
        assert (await _list(office, office.manager, joinery, search="telefono"))["totalCount"] == 1
        assert (await _list(office, office.manager, joinery, kind="SCAN"))["totalCount"] == 1
        assert (await _list(office, office.manager, joinery, state="DONE"))["totalCount"] == 0

    async def test_count_in_pending_work_what_their_lists_hold(self, office: Office) -> None:
        joinery = await office.client()
        await send_in(office, joinery, pdf_paper("one"))
        await send_in(office, joinery, pdf_paper("two"))
        await send_in(office, joinery, photo())

        pending = await office.ask(office.manager, PENDING, {"c": str(joinery)})

        counted = pending.data["client"]["pendingWork"]["inbox"]
        assert counted == {"scans": 1, "files": 2}
        for kind, count in (("SCAN", counted["scans"]), ("FILE", counted["files"])):
            assert (await _list(office, office.manager, joinery, kind=kind, state="TO_REVIEW"))[
                "totalCount"
            ] == count

    async def test_are_explained_where_the_inbox_is_not_granted(self, office: Office) -> None:
        joinery = await office.client(view=BOOKS - {Scope.INBOX})

        pending = await office.ask(office.manager, PENDING, {"c": str(joinery)})

        assert pending.data["client"]["pendingWork"] == {"inbox": None}
        assert pending.codes == ["SCOPE"]

    async def test_do_not_tell_an_employee_what_a_colleague_has_sent(self, office: Office) -> None:
        """Sending a guess must not say whether the same content is there already."""
        joinery = await office.client()
        scopes = frozenset({Scope.INBOX})
        employee = await office.employee(joinery, view=scopes, edit=scopes)
        first = await send_in(office, joinery, pdf_paper("payslip of the director"))
        guess = await send_in(office, joinery, pdf_paper("payslip of the director"), by=employee)
        again = await send_in(office, joinery, pdf_paper("my ticket"), by=employee)
        twice = await send_in(office, joinery, pdf_paper("my ticket"), by=employee)

        told = {
            who: {one["id"]: one["duplicateOfId"] for one in (await _list(office, viewer, joinery))["nodes"]}
            for who, viewer in (("employee", employee), ("manager", office.manager))
        }

        assert told["employee"] == {str(guess): None, str(again): None, str(twice): str(again)}
        assert told["manager"][str(guess)] == str(first)

    async def test_are_their_own_for_employees(self, office: Office) -> None:
        joinery = await office.client()
        scopes = frozenset({Scope.INBOX})
        employee = await office.employee(joinery, view=scopes, edit=scopes)
        await send_in(office, joinery, pdf_paper())
        own = await send_in(office, joinery, photo(), by=employee)

        found = await _list(office, employee, joinery)

        assert [one["id"] for one in found["nodes"]] == [str(own)]
        assert (await _list(office, office.manager, joinery))["totalCount"] == 2

    async def test_are_hidden_from_another_firm(self, office: Office, other_office: Office) -> None:
        joinery = await office.client()
        file_id = await send_in(office, joinery, pdf_paper())

        one = await other_office.ask(
            other_office.owner, "query($i: ID!) { inboxFile(id: $i) { id } }", {"i": str(file_id)}
        )

        assert one.data == {"inboxFile": None}
        assert (await _list(other_office, other_office.owner, joinery))["totalCount"] == 0


class TestReceiving:
    async def test_takes_an_upload(self, office: Office) -> None:
        joinery = await office.client()
        upload = await _upload(office, joinery, pdf_paper(), "factura.pdf")
        given = {"companyId": str(joinery), "uploadId": upload, "requestKey": "k"}

        answer = await office.ask(office.manager, RECEIVE, {"i": given})

        assert answer.errors == []
        assert answer.data["receiveInboxFile"] == {
            "inboxFile": {
                "kind": "FILE",
                "state": "TO_REVIEW",
                "filename": "factura.pdf",
                "pages": [{"number": 1}],
            },
            "refusals": [],
        }

    async def test_refuses_a_pdf_that_is_none(self, office: Office) -> None:
        joinery = await office.client()
        upload = await _upload(office, joinery, b"hola, no soy un PDF", "factura.pdf")
        given = {"companyId": str(joinery), "uploadId": upload, "requestKey": "k"}

        answer = await office.ask(office.manager, RECEIVE, {"i": given})

        refused = answer.data["receiveInboxFile"]
        assert refused["inboxFile"] is None
        assert [one["code"] for one in refused["refusals"]] == ["PAPER_KIND_UNKNOWN"]
        assert (await _list(office, office.manager, joinery))["totalCount"] == 0

    async def test_refuses_the_upload_of_another_company(self, office: Office) -> None:
        joinery, bar = await office.client(), await office.client("Bar Núñez SL")
        upload = await _upload(office, joinery, pdf_paper(), "factura.pdf")
        given = {"companyId": str(bar), "uploadId": upload, "requestKey": "k"}

        answer = await office.ask(office.manager, RECEIVE, {"i": given})

        assert [one["code"] for one in answer.data["receiveInboxFile"]["refusals"]] == ["NOT_FOUND"]


class TestConverting:
    async def test_makes_a_draft_and_lowers_the_counter(self, office: Office) -> None:
        joinery = await office.client()
        file_id = await send_in(office, joinery, pdf_paper())
        given = {
            "id": str(file_id),
            "type": "PURCHASE_INVOICE",
            "supplierName": "Telefonia Exemple SA",
            "supplierTaxId": "A58818501",
            "number": "T-118",
            "issuedOn": "2026-11-02",
            "lines": [{"description": "Teléfono", "unitPrice": "70.00", "taxRate": "21"}],
        }

        made = await office.ask(office.manager, CONVERT, {"i": {**given, "requestKey": "a"}})
        again = await office.ask(office.manager, CONVERT, {"i": {**given, "requestKey": "b"}})

        assert made.errors == []
        payload = made.data["convertInboxFile"]
        assert payload["document"] == {"number": "T-118", "status": "DRAFT"}
        assert payload["inboxFile"]["state"] == "DONE"
        assert again.data["convertInboxFile"]["refusals"] == [
            {"code": "INBOX_FILE_DONE", "path": ["input", "id"]}
        ]
        pending = await office.ask(office.manager, PENDING, {"c": str(joinery)})
        assert pending.data["client"]["pendingWork"]["inbox"] == {"scans": 0, "files": 0}

    async def test_names_the_field_of_a_wrong_tax_id(self, office: Office) -> None:
        joinery = await office.client()
        file_id = await send_in(office, joinery, pdf_paper())
        given = {
            "id": str(file_id),
            "type": "PURCHASE_INVOICE",
            "supplierName": "Telefonia Exemple SA",
            "supplierTaxId": "A58818502",
            "number": "T-118",
            "issuedOn": "2026-11-02",
            "lines": [{"description": "Teléfono", "unitPrice": "70.00", "taxRate": "21"}],
            "requestKey": "a",
        }

        answer = await office.ask(office.manager, CONVERT, {"i": given})

        assert answer.data["convertInboxFile"]["refusals"] == [
            {"code": "TAX_ID_CHECK_DIGIT_WRONG", "path": ["input", "supplierTaxId"]}
        ]

    async def test_discards_with_a_reason(self, office: Office) -> None:
        joinery = await office.client()
        file_id = await send_in(office, joinery, photo())
        document = """mutation($i: ID!) { discardInboxFile(id: $i, reason: "publicidad", requestKey: "k") {
          inboxFile { state discardReason } refusals { code } } }"""

        answer = await office.ask(office.manager, document, {"i": str(file_id)})

        assert answer.data["discardInboxFile"] == {
            "inboxFile": {"state": "DISCARDED", "discardReason": "publicidad"},
            "refusals": [],
        }
