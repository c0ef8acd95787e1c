"""Tax returns and VAT books as files: the figures of the screen, for who may read them."""

from decimal import Decimal
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

from services.access.policy import Scope
from tests.services.taxes.worked_quarter import worked_quarter
from tests.support.builders.exports import Exporting, column_of, table_of
from tests.support.builders.reports import small_books
from tests.support.office import BOOKS, Office


class TestFile:
    async def test_has_the_figures_of_its_screen(self, office: Office, tmp_path: Path) -> None:
        quarter = await worked_quarter(office)
        company, exporting = str(quarter.company_id), Exporting.at(office, tmp_path)
        asked = {"companyId": company, "model": "M303", "year": 2026, "period": "1T"}

        draft = await exporting.made(office.manager, "taxDraft", arguments=asked)
        box = await exporting.made(office.manager, "taxBox", arguments={**asked, "number": "27"})
        paper = await exporting.made(office.manager, "taxDraft", arguments=asked, format="PDF", locale="es")

        told = dict(zip(column_of(draft, "Box"), column_of(draft, "Amount"), strict=True))
        assert (told["27"], told["45"], told["46"]) == (
            Decimal("2939.00"),
            Decimal("1615.00"),
            Decimal("1324.00"),
        )
        assert column_of(box, "In the box")[-1] == Decimal("2939.00")
        assert paper.startswith(b"%PDF")

        issued = await exporting.made(
            office.manager,
            "vatBookIssued",
            arguments={"companyId": company, "filter": {"book": "ISSUED"}},
        )
        received = await exporting.made(
            office.manager,
            "vatBookReceived",
            arguments={"companyId": company, "filter": {"book": "RECEIVED"}},
        )
        assert column_of(issued, "Invoice type").count("R1") == 1
        assert column_of(issued, "Base")[-1] == Decimal("18700.00")
        assert column_of(received, "Deductible VAT")[-1] == Decimal("1615.00")

        printed = await exporting.made(
            office.manager,
            "vatBookIssued",
            arguments={"companyId": company, "filter": {"book": "ISSUED"}},
            format="PDF",
        )
        page = PdfReader(BytesIO(printed)).pages[0].extract_text()
        assert "Qualification" in table_of(issued)[0]
        assert "Qualification" not in page
        assert "B28015865" in page

        partners = await exporting.made(
            office.manager, "taxPartiesOf349", arguments={**asked, "model": "M349"}
        )
        third = await exporting.made(
            office.manager, "taxPartiesOf347", arguments={**asked, "model": "M347", "period": "0A"}
        )
        assert column_of(partners, "Key")[:2] == ["A", "E"]
        assert [row[4] for row in table_of(third)[1:-1]] == column_of(third, "Amount")[:-1]


class TestRefused:
    async def test_without_taxes_or_for_a_stranger(
        self, office: Office, other_office: Office, tmp_path: Path
    ) -> None:
        company_id, _ = await small_books(office, view=BOOKS - {Scope.TAXES})
        returned = {"companyId": str(company_id), "model": "M303", "year": 2026, "period": "1T"}

        for name, asked in (("taxDraft", returned), ("vatBookIssued", {"companyId": str(company_id)})):
            for asking, codes in ((office, {"DENIED"}), (other_office, {"NOT_FOUND"})):
                answer = await Exporting.at(asking, tmp_path).ask(asking.manager, name, arguments=asked)
                refused = {item["code"] for item in answer.data["startExport"]["refusals"]} | set(
                    answer.codes
                )
                assert refused & codes, (name, refused)
