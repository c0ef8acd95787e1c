"""The change log as a file: its sentences are said in the reader's language."""

from tests.support.builders.exports import Exporting, column_of
from tests.support.office import Office


async def test_has_sentences_and_what_was_changed(office: Office, exporting: Exporting) -> None:
    company_id = await office.client()
    arguments = {"companyId": str(company_id), "filter": {"about": "GRANT"}, "orderBy": "AT_ASC"}

    content = await exporting.made(office.owner, "auditEvents", arguments=arguments)

    assert column_of(content, "What happened") == ["Olga Sol gave Gestoría Sol SL access"]
    assert column_of(content, "Changed")[0].startswith("May view: - → company details")
