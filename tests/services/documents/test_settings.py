"""Limits, four eyes, series and exchange rates of a company."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from services.access.policy import Action
from services.documents.actions.editing import lines_of, new_like, update_document
from services.documents.actions.finding import found
from services.documents.actions.refusals import (
    SecondPersonKept,
    SecondPersonNeeded,
    SeriesUnknown,
    SeriesUseRefused,
)
from services.documents.actions.settings import change_settings, keep_series, set_exchange_rate
from services.documents.interface import approve_document
from services.documents.rules.numbers import SeriesRefused
from services.documents.rules.validity import SimplifiedRefused
from services.kit.errors import BadInput, Denied, NotFound
from tests.support.builders.documents import approved, customer, draft, issuer, piece, rectify, row
from tests.support.builders.journal import contact
from tests.support.office import Office


async def settings(office: Office, company_id: UUID, *, limit: str = "400", second: bool = False) -> None:
    async with office.act() as act:
        await change_settings(act, company_id, simplified_limit=Decimal(limit), needs_second_person=second)


async def series(office: Office, company_id: UUID, code: str, **fields: Any) -> UUID:
    async with office.act(fields.pop("viewer", None)) as act:
        return await keep_series(
            act,
            company_id,
            fields.pop("kind", "SALES_INVOICE"),
            code,
            **{"use": "ORDINARY", "is_usual": False, **fields},
        )


class TestSimplifiedInvoices:
    async def test_of_passing_trade_get_a_series_of_their_own(self, office: Office) -> None:
        company_id = await issuer(office)
        nameless = await contact(office, company_id, "Passing trade", is_customer=True)

        small = await row(office, await approved(office, company_id, nameless))

        assert (small.is_simplified, small.number) == (True, "FS26-000001")

    async def test_go_up_to_the_limit_of_the_trade(self, office: Office) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        asked: dict[str, Any] = {"is_simplified": True, "lines": (piece("1000"),)}

        with pytest.raises(SimplifiedRefused):
            await approved(office, company_id, contact_id, **asked)
        await settings(office, company_id, limit="3000")

        assert (await row(office, await approved(office, company_id, contact_id, **asked))).is_simplified
        with pytest.raises(BadInput):
            await settings(office, company_id, limit="500")


class TestSecondPerson:
    async def test_approves_what_another_one_made(self, office: Office) -> None:
        company_id = await issuer(office)
        await settings(office, company_id, second=True)
        contact_id = await customer(office, company_id)
        own = await draft(office, company_id, contact_id)
        prepared = await draft(office, company_id, contact_id, viewer=office.bookkeeper)

        with pytest.raises(SecondPersonNeeded):
            async with office.act() as act:
                await approve_document(act, own)
        async with office.act() as act:
            await approve_document(act, prepared)

    async def test_is_another_one_than_who_changed_it_last(self, office: Office) -> None:
        company_id = await issuer(office)
        await settings(office, company_id, second=True)
        contact_id = await customer(office, company_id)
        made = await draft(office, company_id, contact_id, viewer=office.bookkeeper)
        async with office.act() as act:
            document = await found(act, made, Action.EDIT)
            again = new_like(document, await lines_of(act, made), issued_on=document.issued_on)
            await update_document(act, made, document.version, again)

        with pytest.raises(SecondPersonNeeded):
            async with office.act() as act:
                await approve_document(act, made)
        async with office.act(office.manager) as act:
            await approve_document(act, made)

    async def test_is_another_one_than_who_made_it_whoever_saved_it_since(self, office: Office) -> None:
        company_id = await issuer(office)
        await settings(office, company_id, second=True)
        made = await draft(office, company_id, await customer(office, company_id))
        async with office.act(office.bookkeeper) as act:
            document = await found(act, made, Action.EDIT)
            same = new_like(document, await lines_of(act, made), issued_on=document.issued_on)
            await update_document(act, made, document.version, same)

        with pytest.raises(SecondPersonNeeded):
            async with office.act() as act:
                await approve_document(act, made)

    async def test_is_another_one_than_who_changed_it_before_the_last(self, office: Office) -> None:
        company_id = await issuer(office)
        await settings(office, company_id, second=True)
        made = await draft(office, company_id, await customer(office, company_id), viewer=office.bookkeeper)
        for viewer in (office.manager, office.admin, office.manager):
            async with office.act(viewer) as act:
                document = await found(act, made, Action.EDIT)
                again = new_like(document, await lines_of(act, made), issued_on=document.issued_on)
                await update_document(act, made, document.version, again)

        for writer in (office.manager, office.admin):
            with pytest.raises(SecondPersonNeeded):
                async with office.act(writer) as act:
                    await approve_document(act, made)
        async with office.act() as act:
            await approve_document(act, made)

    async def test_is_not_lifted_by_those_who_only_prepare(self, office: Office) -> None:
        company_id = await issuer(office)

        with pytest.raises(Denied):
            async with office.act(office.bookkeeper) as act:
                await change_settings(
                    act, company_id, simplified_limit=Decimal(400), needs_second_person=False
                )

    async def test_is_not_lifted_by_who_approves_alone(self, office: Office) -> None:
        """An account manager may ask for it and change what stands beside it, and not end it."""
        company_id = await issuer(office)
        asked: dict[str, Any] = {"simplified_limit": Decimal(400), "needs_second_person": True}
        for limit in (400, 3000):
            async with office.act(office.manager) as act:
                await change_settings(act, company_id, **{**asked, "simplified_limit": Decimal(limit)})

        with pytest.raises(SecondPersonKept):
            async with office.act(office.manager) as act:
                await change_settings(act, company_id, **{**asked, "needs_second_person": False})

        for ends in (office.admin, await office.client_owner(company_id)):
            async with office.act(ends) as act:
                await change_settings(act, company_id, **{**asked, "needs_second_person": False})
            async with office.act(office.manager) as act:
                await change_settings(act, company_id, **asked)


class TestSeries:
    async def test_count_each_for_itself(self, office: Office) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        await series(office, company_id, "WEB")

        numbers = [
            (await row(office, await approved(office, company_id, contact_id, series=code))).number
            for code in ("WEB", None, "WEB", "FV")
        ]

        assert numbers == ["WEB26-000001", "FV26-000001", "WEB26-000002", "FV26-000002"]

    async def test_that_are_usual_take_the_place_of_the_first(self, office: Office) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        await series(office, company_id, "A", is_usual=True)
        await series(office, company_id, "B", is_usual=True)
        await series(office, company_id, "BR", use="RECTIFYING", is_usual=True)

        first = await approved(office, company_id, contact_id)

        assert (await row(office, first)).number == "B26-000001"
        assert (await row(office, await rectify(office, first))).number == "BR26-000001"

    async def test_are_set_up_before_they_are_used(self, office: Office) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        await series(office, company_id, "BR", use="RECTIFYING")

        for code in ("WEB", "BR", "FR"):
            with pytest.raises(SeriesUnknown):
                await approved(office, company_id, contact_id, series=code)
        with pytest.raises(SeriesRefused):
            await draft(office, company_id, contact_id, series="web 1")

    async def test_stand_for_one_use(self, office: Office) -> None:
        company_id = await issuer(office)
        await series(office, company_id, "A")

        for code, use in (("A", "RECTIFYING"), ("FV", "RECTIFYING"), ("FR", "ORDINARY")):
            with pytest.raises(SeriesUseRefused):
                await series(office, company_id, code, use=use)
        with pytest.raises(BadInput):
            await series(office, company_id, "AB", kind="ESTIMATE", use="RECTIFYING")
        with pytest.raises(BadInput):
            await series(office, company_id, "AB", kind="EXPENSE")

    async def test_are_not_set_up_by_strangers(self, office: Office) -> None:
        company_id = await issuer(office)
        stranger = await office.client_owner(await issuer(office, "Tallers Mistral SL"))

        with pytest.raises(NotFound):
            await series(office, company_id, "A", viewer=stranger)


class TestExchangeRates:
    async def test_give_a_document_that_of_its_day(self, office: Office) -> None:
        company_id = await issuer(office)
        async with office.act() as act:
            for day, rate in ((date(2026, 3, 1), "0.91"), (date(2026, 3, 5), "0.92")):
                await set_exchange_rate(act, company_id, "USD", day, Decimal("0.90"))
                await set_exchange_rate(act, company_id, "USD", day, Decimal(rate))

        rates = [
            (
                await row(office, await draft(office, company_id, None, currency="USD", issued_on=day))
            ).exchange_rate
            for day in (date(2026, 2, 28), date(2026, 3, 4), date(2026, 3, 5))
        ]

        assert rates == [None, Decimal("0.91"), Decimal("0.92")]

    @pytest.mark.parametrize(("currency", "rate"), [("usd", "1"), ("USD", "0"), ("USD", "-1"), ("€", "1")])
    async def test_are_refused_when_they_are_none(self, office: Office, currency: str, rate: str) -> None:
        company_id = await issuer(office)

        with pytest.raises(BadInput):
            async with office.act() as act:
                await set_exchange_rate(act, company_id, currency, date(2026, 3, 1), Decimal(rate))


class TestThroughTheApi:
    async def test_are_kept_and_read(self, office: Office) -> None:
        company_id = await issuer(office)
        kept = await office.ask(
            office.owner,
            """mutation ($c: ID!) {
              changeDocumentSettings(companyId: $c, simplifiedLimit: "3000.00", needsSecondPerson: true) {
                settings { simplifiedLimit needsSecondPerson } refusals { code } }
              keepDocumentSeries(companyId: $c, type: SALES_INVOICE, code: "WEB") {
                series { type code use isUsual } refusals { code } }
              setExchangeRate(companyId: $c, currency: "USD", day: "2026-03-01", rate: "0.91370000") {
                exchangeRate { currency rate } refusals { code } } }""",
            {"c": str(company_id)},
        )

        assert kept.data == {
            "changeDocumentSettings": {
                "settings": {"simplifiedLimit": "3000.00", "needsSecondPerson": True},
                "refusals": [],
            },
            "keepDocumentSeries": {
                "series": {"type": "SALES_INVOICE", "code": "WEB", "use": "ORDINARY", "isUsual": False},
                "refusals": [],
            },
            "setExchangeRate": {
                "exchangeRate": {"currency": "USD", "rate": "0.91370000"},
                "refusals": [],
            },
        }
