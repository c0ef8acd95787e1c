"""The entries of the assistants on real books: drafted from a few figures and posted, as people do it."""

from typing import Any

import pytest

from tests.services.journal.test_assistants import SOMEBODY, WORKED, Figures
from tests.support.builders.journal import altered, books, contact
from tests.support.office import Office

DRAFT = """mutation ($input: DraftFromTemplateInput!) { draftFromTemplate(input: $input) {
  refusals { code path message } entry { id } } }"""
POST = """mutation ($ids: [ID!]!, $key: String!) { postEntries(ids: $ids, requestKey: $key) {
  results { refusals { code message } entry { state
    lines { ledgerAccount { code } contact { id } debit credit } } } } }"""
THIRD_PARTIES = ("430", "436", "465")


def headed(code: str) -> str:
    """An account as the rule names it: that of a contact by its heading."""
    return code[:3] if code.startswith(THIRD_PARTIES) else code


def figures_of(entry: Any) -> Figures:
    return [
        ("C" if one["debit"] == "0.00" else "D", headed(one["ledgerAccount"]["code"]), amount)
        for one in entry["lines"]
        for amount in [one["credit"] if one["debit"] == "0.00" else one["debit"]]
    ]


@pytest.mark.posting_rule(15)
@pytest.mark.posting_rule(18)
@pytest.mark.posting_rule(20)
@pytest.mark.posting_rule(22)
@pytest.mark.posting_rule(23)
@pytest.mark.posting_rule(24)
@pytest.mark.posting_rule(28)
async def test_assistants_post_the_worked_figures(office: Office) -> None:
    company_id = await books(office)
    somebody = str(await contact(office, company_id, "Núria Serra"))

    for number, (kind, values, figures) in enumerate(WORKED):
        given = {name: somebody if value == SOMEBODY else value for name, value in values.items()}
        if given.get("bank"):
            given["bank"] = "572"
        asked = {
            "companyId": str(company_id),
            "entryOn": "2026-03-31",
            "assistant": kind.value,
            "values": [{"name": name, "value": value} for name, value in given.items()],
            "requestKey": f"draft {number}",
        }
        drafted = (await office.ask(office.bookkeeper, DRAFT, {"input": asked})).data["draftFromTemplate"]
        assert drafted["refusals"] == [], kind
        posting = {"ids": [drafted["entry"]["id"]], "key": f"post {number}"}
        [result] = (await office.ask(office.manager, POST, posting)).data["postEntries"]["results"]

        assert (result["refusals"], result["entry"]["state"]) == ([], "POSTED"), kind
        wanted = [(side, "572" if code.startswith("572") else code, amount) for side, code, amount in figures]
        assert figures_of(result["entry"]) == wanted, kind
        owners = {one["contact"]["id"] for one in result["entry"]["lines"] if one["contact"]}
        assert owners == ({somebody} if SOMEBODY in values.values() else set()), kind
    assert await altered(office, company_id) is None
