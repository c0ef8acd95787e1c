"""Templates that people keep: whatever values are given, the last line balances; and drafts through GraphQL."""

from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.journal.actions.closing import close_year
from services.journal.rules.templates import (
    Basis,
    Side,
    TemplateLine,
    TemplateNeedsRest,
    TemplateWrong,
    check_template,
    fill,
)
from services.kit.money import total
from tests.support.builders.journal import books, contact, line, post
from tests.support.builders.reports import posted
from tests.support.office import Office

CREATE = """mutation ($input: CreateEntryTemplateInput!) { createEntryTemplate(input: $input) {
  refusals { code path } template { id name lines { accountCode side basis variable percent } } } }"""
DRAFT = """mutation ($input: DraftFromTemplateInput!) { draftFromTemplate(input: $input) {
  refusals { code path message } entry { state text lines { ledgerAccount { code } debit credit } } } }"""
RENT = [
    {"accountCode": "621", "side": "DEBIT", "basis": "AMOUNT", "variable": "rent"},
    {"accountCode": "47200021", "side": "DEBIT", "basis": "PERCENT", "variable": "rent", "percent": "21"},
    {"accountCode": "4751", "side": "CREDIT", "basis": "PERCENT", "variable": "rent", "percent": "19"},
    {"accountCode": "572", "side": "CREDIT", "basis": "REST"},
]


def ruled(
    basis: Basis, side: Side = Side.DEBIT, variable: str = "x", percent: str | None = None
) -> TemplateLine:
    return TemplateLine(
        account_code="629",
        side=side,
        basis=basis,
        variable="" if basis is Basis.REST else variable,
        percent=None if percent is None else Decimal(percent),
    )


class TestFilling:
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(Side), st.sampled_from("abc"), st.sampled_from([None, "21", "0.5", "33.3333"])
            ),
            min_size=1,
            max_size=6,
        ),
        st.fixed_dictionaries({name: st.decimals(0, 99999, places=2).map(str) for name in "abc"}),
    )
    def test_always_balances(self, parts: list[tuple[Side, str, str | None]], values: dict[str, str]) -> None:
        lines = [
            ruled(Basis.AMOUNT if percent is None else Basis.PERCENT, side, variable, percent)
            for side, variable, percent in parts
        ]
        template = [*lines, ruled(Basis.REST, Side.CREDIT)]

        check_template(template)
        filled = fill(template, values)

        assert total(one.debit for one in filled) == total(one.credit for one in filled)
        assert all((one.debit > 0) != (one.credit > 0) for one in filled)

    @pytest.mark.parametrize(
        ("lines", "refusal"),
        [
            ([ruled(Basis.AMOUNT), ruled(Basis.AMOUNT)], TemplateNeedsRest),
            ([ruled(Basis.REST), ruled(Basis.REST)], TemplateNeedsRest),
            ([ruled(Basis.REST)], TemplateNeedsRest),
            ([ruled(Basis.REST), ruled(Basis.AMOUNT, variable="")], TemplateWrong),
            ([ruled(Basis.REST), ruled(Basis.PERCENT, percent="0")], TemplateWrong),
            ([ruled(Basis.REST), ruled(Basis.PERCENT)], TemplateWrong),
        ],
    )
    def test_is_refused_without_a_line_for_the_rest(
        self, lines: list[TemplateLine], refusal: type[Exception]
    ) -> None:
        with pytest.raises(refusal):
            check_template(lines)


async def kept(office: Office, company_id: UUID, **other: Any) -> Any:
    given = {
        "companyId": str(company_id),
        "name": "Rent",
        "text": "Rent",
        "lines": RENT,
        "requestKey": "t",
        **other,
    }
    answer = await office.ask(office.bookkeeper, CREATE, {"input": given})
    return answer.data["createEntryTemplate"]


async def drafted(office: Office, company_id: UUID, values: dict[str, str], **other: Any) -> Any:
    given = {
        "companyId": str(company_id),
        "entryOn": "2026-03-31",
        "values": [{"name": name, "value": value} for name, value in values.items()],
        "requestKey": "d",
        **other,
    }
    return (await office.ask(office.bookkeeper, DRAFT, {"input": given})).data["draftFromTemplate"]


class TestTemplates:
    async def test_are_kept_once_and_drafted_from(self, office: Office) -> None:
        company_id = await books(office)

        made, again = await kept(office, company_id), await kept(office, company_id)
        answer = await drafted(office, company_id, {"rent": "900"}, templateId=made["template"]["id"])

        assert again == made
        assert answer["entry"]["state"] == "DRAFT"
        assert [
            (one["ledgerAccount"]["code"], one["debit"], one["credit"]) for one in answer["entry"]["lines"]
        ] == [
            ("621", "900.00", "0.00"),
            ("47200021", "189.00", "0.00"),
            ("4751", "0.00", "171.00"),
            ("572", "0.00", "918.00"),
        ]

    async def test_are_edited_and_put_away(self, office: Office) -> None:
        company_id = await books(office)
        template_id = (await kept(office, company_id))["template"]["id"]
        edit = """mutation ($input: EditEntryTemplateInput!) { editEntryTemplate(input: $input) {
          refusals { code } template { name lines { accountCode } } } }"""
        away = "mutation ($id: ID!) { archiveEntryTemplate(id: $id) { template { archivedAt } } }"
        listed = "query ($c: ID!) { entryTemplates(companyId: $c, archived: false) { name } }"

        edited = await office.ask(
            office.bookkeeper,
            edit,
            {"input": {"id": template_id, "name": "Workshop", "text": "Rent", "lines": [RENT[0], RENT[3]]}},
        )
        before = await office.ask(office.manager, listed, {"c": str(company_id)})
        gone = await office.ask(office.bookkeeper, away, {"id": template_id})
        after = await office.ask(office.manager, listed, {"c": str(company_id)})

        assert edited.data["editEntryTemplate"]["template"] == {
            "name": "Workshop",
            "lines": [{"accountCode": "621"}, {"accountCode": "572"}],
        }
        assert before.data["entryTemplates"] == [{"name": "Workshop"}]
        assert gone.data["archiveEntryTemplate"]["template"]["archivedAt"] is not None
        assert after.data["entryTemplates"] == []

    async def test_of_strangers_are_not_found(self, office: Office, other_office: Office) -> None:
        company_id = await books(office)
        template_id = (await kept(office, company_id))["template"]["id"]
        elsewhere = await books(other_office, "Una altra SL")
        foreign_contact = await contact(other_office, elsewhere)
        with_contact = [RENT[0] | {"contactId": str(foreign_contact)}, RENT[3]]

        used = await drafted(other_office, elsewhere, {"rent": "900"}, templateId=template_id)
        named = await kept(office, company_id, lines=with_contact, requestKey="other")
        seen = await other_office.ask(
            other_office.owner,
            "query ($c: ID!) { entryTemplates(companyId: $c) { id } }",
            {"c": str(company_id)},
        )

        assert used["refusals"][0]["code"] == "NOT_FOUND"
        assert named["refusals"][0]["code"] == "NOT_FOUND"
        assert seen.data["entryTemplates"] == []


class TestAssistants:
    async def test_settle_the_vat_that_the_books_hold(self, office: Office) -> None:
        company_id = await books(office)
        customer = await contact(office, company_id)
        sale = [line("430", debit="121.00", contact_id=customer), line("705", credit="100.00")]
        await post(office, company_id, [*sale, line("47700021", credit="21.00")])
        cost = [line("629", debit="50.00"), line("47200021", debit="10.50"), line("572", credit="60.50")]
        await post(office, company_id, cost)

        answer = await drafted(office, company_id, {"until": "2026-03-31"}, assistant="VAT_SETTLEMENT")

        assert answer["entry"]["text"] == "Liquidación de IVA"
        assert [
            (one["ledgerAccount"]["code"], one["debit"], one["credit"]) for one in answer["entry"]["lines"]
        ] == [
            ("47700021", "21.00", "0.00"),
            ("47200021", "0.00", "10.50"),
            ("4750", "0.00", "10.50"),
        ]

    async def test_keep_the_legal_reserve_of_the_capital_in_the_books(self, office: Office) -> None:
        company_id = await books(office)
        asked = {"profit": "10000", "dividend": "4000"}

        unknown = await drafted(office, company_id, asked, assistant="DISTRIBUTION", requestKey="1")
        founded = [
            line("572", debit="62000.00"),
            line("100", credit="60000.00"),
            line("112", credit="2000.00"),
        ]
        await post(office, company_id, founded)
        answer = await drafted(office, company_id, asked, assistant="DISTRIBUTION", requestKey="2")

        assert unknown["refusals"][0]["path"] == ["values", "capital"]
        assert {one["ledgerAccount"]["code"]: one["credit"] for one in answer["entry"]["lines"]} == {
            "129": "0.00",
            "112": "1000.00",
            "113": "5000.00",
            "526": "4000.00",
        }

    async def test_move_a_sole_traders_year_to_capital(self, office: Office) -> None:
        company_id = await books(office)
        begun = line("572", debit="1000.00"), line("102", credit="1000.00")
        await posted(office, company_id, "2025-01-01", *begun, source="OPENING")
        await posted(
            office, company_id, "2025-05-01", line("550", debit="300.00"), line("572", credit="300.00")
        )
        await posted(
            office, company_id, "2025-06-01", line("572", debit="500.00"), line("705", credit="500.00")
        )
        async with office.act() as act:
            await close_year(act, company_id, 2025, request_key="close")

        until = {"until": "2026-01-01"}
        answer = await drafted(office, company_id, until, assistant="OWNER_CAPITAL", entryOn="2026-01-01")
        company = await books(office, "Fusteria Roca SL")
        await post(office, company, [line("572", debit="3000.00"), line("100", credit="3000.00")])
        refused = await drafted(office, company, {"until": "2026-03-31"}, assistant="OWNER_CAPITAL")

        assert {
            one["ledgerAccount"]["code"]: (one["debit"], one["credit"]) for one in answer["entry"]["lines"]
        } == {"129": ("500.00", "0.00"), "550": ("0.00", "300.00"), "102": ("0.00", "200.00")}
        assert refused["refusals"][0]["code"] == "RESULT_IS_SHARED"

    async def test_name_the_value_that_is_missing(self, office: Office) -> None:
        company_id = await books(office)

        missing = await drafted(office, company_id, {}, assistant="BANK_FEE")
        neither = await drafted(office, company_id, {})
        nothing = await drafted(office, company_id, {"until": "2026-03-31"}, assistant="VAT_SETTLEMENT")

        assert (missing["refusals"][0]["code"], missing["refusals"][0]["path"]) == (
            "VALUE_MISSING",
            ["values", "amount"],
        )
        assert neither["refusals"][0]["code"] == "TEMPLATE_OR_ASSISTANT"
        assert nothing["refusals"][0]["code"] == "ENTRY_TOO_SHORT"

    async def test_tell_what_they_ask_for(self, office: Office) -> None:
        answer = await office.ask(
            office.bookkeeper, "{ entryAssistants { kind parameters { name kind default } } }"
        )

        fee = next(one for one in answer.data["entryAssistants"] if one["kind"] == "BANK_FEE")
        assert fee["parameters"] == [
            {"name": "amount", "kind": "AMOUNT", "default": None},
            {"name": "bank", "kind": "ACCOUNT", "default": "572"},
        ]
