"""A company on its own papers: its card, who may change it, and an example of an invoice."""

from io import BytesIO
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from services.access.policy import Scope
from services.documents.interface import sample_pdf
from tests.support.builders.documents import issuer
from tests.support.office import BOOKS, Office

CARD = """query ($id: ID!) { companyCard(id: $id) {
  name taxId address city postcode email phone iban language logoUrl sampleUrl } }"""
CHANGE = """mutation ($input: ChangeCompanyCardInput!) { changeCompanyCard(input: $input) {
  card { address city iban language email } refusals { code path } } }"""
NEW: dict[str, Any] = {
    "address": "Carrer  Nou 2",
    "postcode": "17001",
    "city": "Girona",
    "email": "hola@puig.test",
    "iban": "es91 2100 0418 4502 0005 1332",
    "language": "ca",
}


class TestCompanyCard:
    async def test_is_changed_and_prints_at_once(self, office: Office) -> None:
        company_id = await issuer(office)
        asked = {"input": {"companyId": str(company_id), **NEW}}

        changed = (await office.ask(office.owner, CHANGE, asked)).data["changeCompanyCard"]
        card = (await office.ask(office.bookkeeper, CARD, {"id": str(company_id)})).data["companyCard"]
        sample = await sample_pdf(office.database, office.store, office.bookkeeper, company_id)

        assert changed["refusals"] == []
        assert changed["card"] == {
            "address": "Carrer Nou 2",
            "city": "Girona",
            "iban": "ES9121000418450200051332",
            "language": "ca",
            "email": "hola@puig.test",
        }
        assert (card["name"], card["taxId"], card["phone"]) == ("Fusteria Puig SL", "B65410011", None)
        assert (card["logoUrl"], card["sampleUrl"]) == (None, "/files/sample-document")
        printed = PdfReader(BytesIO(sample)).pages[0].extract_text()
        assert "Carrer Nou 2" in printed
        assert "1.210,00" in printed
        assert "ES91 2100 0418 4502 0005 1332" in printed

    async def test_says_which_field_is_wrong_and_changes_nothing(self, office: Office) -> None:
        company_id = await issuer(office)
        wrong = {
            "iban": "ES91 2100 0418 4502 0005 1333",
            "email": "nobody",
            "language": "xx",
            "city": "x" * 81,
        }

        for field, value in wrong.items():
            given = {"companyId": str(company_id), **NEW, field: value}
            answer = await office.ask(office.owner, CHANGE, {"input": given})

            assert answer.data["changeCompanyCard"]["refusals"][0]["path"] == ["input", field]
        card = (await office.ask(office.owner, CARD, {"id": str(company_id)})).data["companyCard"]
        assert card["city"] == "Sabadell"

    async def test_is_for_those_the_matrix_names(self, office: Office, tmp_path: Path) -> None:
        company_id = await issuer(office)
        closed = await issuer(office, "Forn Vell SL", view=BOOKS - {Scope.ACCOUNTS})
        stranger = await Office.open(office.database, tmp_path / "stranger", "Assessoria Lluna SL")
        asked = {"input": {"companyId": str(company_id), **NEW}}

        only_looks = await office.ask(office.manager, CHANGE, asked)
        foreign = await stranger.ask(stranger.owner, CHANGE, asked)
        unseen = await stranger.ask(stranger.owner, CARD, {"id": str(company_id)})
        not_granted = await office.ask(office.owner, CARD, {"id": str(closed)})

        assert only_looks.codes == ["ROLE"]
        assert foreign.data["changeCompanyCard"]["refusals"][0]["code"] == "NOT_FOUND"
        assert (unseen.data["companyCard"], unseen.codes) == (None, [])
        assert (not_granted.data["companyCard"], not_granted.codes) == (None, [])
