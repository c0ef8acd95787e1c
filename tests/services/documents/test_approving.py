"""Approving documents: numbers, entries, refusals, and a batch of which each is decided by itself."""

import asyncio
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy import text

from services.contacts.actions import NewContact, create_contact
from services.documents.actions.refusals import (
    AlreadyBooked,
    ContactMissing,
    ExchangeRateMissing,
    NumberMissing,
    RectifiedMissing,
)
from services.documents.interface import (
    NewDocument,
    NewLine,
    approve_document,
    approve_documents,
    create_document,
    submit_document,
)
from services.documents.rules.numbers import IssuedBeforePrevious
from services.documents.rules.states import TransitionRefused
from services.documents.rules.validity import PartyIncomplete
from services.journal.interface import verify_ledger
from services.journal.rules.periods import PeriodLocked
from services.kit.db import Addresses
from services.kit.errors import BadInput, Denied, NotFound
from tests.support.builders.documents import RULE_1, approved, customer, draft, issuer, lines, row
from tests.support.builders.journal import set_locks
from tests.support.office import Office


async def entry_lines(office: Office, entry_id: UUID | None) -> list[tuple[str, Decimal, Decimal]]:
    async with office.act() as act:
        rows = await act.session.execute(
            text(
                "select a.code, l.debit, l.credit from journal_line l"
                " join ledger_account a on a.id = l.ledger_account_id where l.entry_id = :entry order by l.position"
            ),
            {"entry": entry_id},
        )
        return [(found.code, found.debit, found.credit) for found in rows]


def money(*amounts: tuple[str, str, str]) -> list[tuple[str, Decimal, Decimal]]:
    return [(code, Decimal(debit), Decimal(credit)) for code, debit, credit in amounts]


class TestSalesInvoice:
    @pytest.mark.posting_rule(1)
    async def test_posts_the_figures_of_rule_1(self, office: Office) -> None:
        company_id = await issuer(office)
        document_id = await approved(
            office, company_id, await customer(office, company_id), lines=lines(*RULE_1)
        )

        document = await row(office, document_id)
        assert (document.status, document.number, document.outstanding) == (
            "APPROVED",
            "FV26-000001",
            Decimal("1534.00"),
        )
        assert await entry_lines(office, document.entry_id) == money(
            ("43000001", "1534.00", "0.00"),
            ("700", "0.00", "1300.00"),
            ("47700021", "0.00", "210.00"),
            ("47700010", "0.00", "20.00"),
            ("47700004", "0.00", "4.00"),
        )

    async def test_of_a_professional_books_what_the_customer_withholds(self, office: Office) -> None:
        company_id = await issuer(office)
        document_id = await approved(
            office,
            company_id,
            await customer(office, company_id),
            lines=lines(("705", "1000.00", "21")),
            withholding_rate=Decimal(15),
        )

        document = await row(office, document_id)
        assert await entry_lines(office, document.entry_id) == money(
            ("43000001", "1060.00", "0.00"),
            ("473", "150.00", "0.00"),
            ("705", "0.00", "1000.00"),
            ("47700021", "0.00", "210.00"),
        )

    async def test_takes_products_to_700_and_services_to_705(self, office: Office) -> None:
        company_id = await issuer(office)
        priced: dict[str, Any] = {"unit_price": Decimal(10), "tax_rate": Decimal(21)}
        document_id = await approved(
            office,
            company_id,
            await customer(office, company_id),
            lines=(
                NewLine(description="Chair", **priced),
                NewLine(description="Delivery", is_product=False, **priced),
            ),
        )

        posted = await entry_lines(office, (await row(office, document_id)).entry_id)
        assert [code for code, _, credit in posted if credit] == ["700", "705", "47700021"]

    async def test_numbers_follow_the_dates_of_a_series(self, office: Office) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        await approved(office, company_id, contact_id, issued_on=date(2026, 3, 10))
        late = await draft(office, company_id, contact_id, issued_on=date(2026, 3, 9))

        with pytest.raises(IssuedBeforePrevious):
            async with office.act() as act:
                await approve_document(act, late)
        same_day = await approved(office, company_id, contact_id, issued_on=date(2026, 3, 10))

        assert (await row(office, same_day)).number == "FV26-000002"

    async def test_numbers_have_no_gap_when_ten_approve_at_once(self, office: Office) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        waiting = [await draft(office, company_id, contact_id) for _ in range(10)]

        async def approve(document_id: UUID) -> None:
            async with office.act() as act:
                await approve_document(act, document_id)

        await asyncio.gather(*(approve(document_id) for document_id in waiting))

        numbers = sorted([(await row(office, document_id)).number or "" for document_id in waiting])
        assert numbers == [f"FV26-{number:06d}" for number in range(1, 11)]
        async with office.act() as act:
            assert (await verify_ledger(act.session, company_id)).broken is None

    async def test_is_approved_once_however_often_asked(self, office: Office) -> None:
        company_id = await issuer(office)
        document_id = await approved(office, company_id, await customer(office, company_id))
        before = await row(office, document_id)

        async with office.act() as act:
            await approve_document(act, document_id)

        assert (await row(office, document_id)).entry_id == before.entry_id

    async def test_keeps_what_it_says(self, office: Office, postgres: Addresses) -> None:
        company_id = await issuer(office)
        document_id = await approved(office, company_id, await customer(office, company_id))

        connection = await asyncpg.connect(postgres.app_url)
        try:
            async with connection.transaction():
                await office.enter(connection, office.owner)
                with pytest.raises(asyncpg.PostgresError) as refused:
                    await connection.execute(
                        "update document set total = total + 1 where id = $1", document_id
                    )
        finally:
            await connection.close()
        assert refused.value.sqlstate == "AT016"

    async def test_needs_a_tax_id_of_its_customer(self, office: Office) -> None:
        company_id = await issuer(office)
        async with office.act() as act:
            nameless = await create_contact(act, NewContact(company_id=company_id, name="Cafés Brisa SL"))
        document_id = await draft(office, company_id, nameless, lines=lines((None, "1000.00", "21")))

        with pytest.raises(PartyIncomplete):
            async with office.act() as act:
                await approve_document(act, document_id)

    async def test_needs_a_customer(self, office: Office) -> None:
        company_id = await issuer(office)
        document_id = await draft(office, company_id, None)

        with pytest.raises(ContactMissing):
            async with office.act() as act:
                await approve_document(act, document_id)

    async def test_in_another_currency_is_not_posted(self, office: Office) -> None:
        company_id = await issuer(office)
        document_id = await draft(office, company_id, await customer(office, company_id), currency="USD")

        with pytest.raises(ExchangeRateMissing):
            async with office.act() as act:
                await approve_document(act, document_id)

    async def test_of_a_locked_day_takes_no_number(self, office: Office) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        await set_locks(office, company_id, tax_until=date(2026, 3, 31))
        locked = await draft(office, company_id, contact_id)

        with pytest.raises(PeriodLocked):
            async with office.act() as act:
                await approve_document(act, locked)
        april = await approved(office, company_id, contact_id, issued_on=date(2026, 4, 1))

        assert (await row(office, april)).number == "FV26-000001"


class TestPurchase:
    @pytest.mark.posting_rule(5)
    async def test_posts_the_figures_of_rule_5_and_keeps_its_number(self, office: Office) -> None:
        company_id = await issuer(office)
        document_id = await approved(
            office,
            company_id,
            await customer(office, company_id, "Advocats Riera SLP"),
            kind="PURCHASE_INVOICE",
            number="2026/77",
            lines=lines(("623", "1000.00", "21")),
            withholding_rate=Decimal(15),
        )

        document = await row(office, document_id)
        assert document.number == "2026/77"
        assert await entry_lines(office, document.entry_id) == money(
            ("623", "1000.00", "0.00"),
            ("47200021", "210.00", "0.00"),
            ("41000001", "0.00", "1060.00"),
            ("4751", "0.00", "150.00"),
        )

    async def test_without_a_number_is_refused(self, office: Office) -> None:
        company_id = await issuer(office)
        document_id = await draft(
            office, company_id, await customer(office, company_id), kind="PURCHASE_INVOICE"
        )

        with pytest.raises(NumberMissing):
            async with office.act() as act:
                await approve_document(act, document_id)

    async def test_that_is_booked_already_is_refused(self, office: Office) -> None:
        company_id = await issuer(office)
        supplier = await customer(office, company_id)
        paper: dict[str, Any] = {"kind": "PURCHASE_INVOICE", "number": "A-1"}
        await approved(office, company_id, supplier, **paper)
        again = await draft(office, company_id, supplier, **paper)

        with pytest.raises(AlreadyBooked):
            async with office.act() as act:
                await approve_document(act, again)


class TestEstimate:
    async def test_gets_a_number_of_its_own_series_and_no_entry(self, office: Office) -> None:
        company_id = await issuer(office)
        document_id = await approved(office, company_id, await customer(office, company_id), kind="ESTIMATE")

        document = await row(office, document_id)
        assert (document.number, document.entry_id, document.outstanding) == (
            "PR26-000001",
            None,
            Decimal("0.00"),
        )


class TestCreating:
    async def test_adds_up_vat_per_rate_on_the_sum_of_bases(self, office: Office) -> None:
        company_id = await issuer(office)
        document_id = await draft(office, company_id, None, lines=lines(*[(None, "0.35", "21")] * 10))

        document = await row(office, document_id)
        assert (document.taxable_base, document.tax_total, document.total) == (
            Decimal("3.50"),
            Decimal("0.74"),
            Decimal("4.24"),
        )

    async def test_gives_one_document_for_one_request_key(self, office: Office) -> None:
        company_id = await issuer(office)

        made = await asyncio.gather(*(draft(office, company_id, None, request_key="march") for _ in range(4)))

        assert len(set(made)) == 1

    @pytest.mark.parametrize(
        ("fields", "refusal"),
        [
            ({"number": "FV26-000009"}, BadInput),
            ({"status": "APPROVED"}, BadInput),
            ({"currency": "euro"}, BadInput),
            ({"lines": lines((None, "0.12345", "21"))}, BadInput),
            (
                {
                    "lines": (
                        NewLine(
                            description="Back",
                            quantity=Decimal(-1),
                            unit_price=Decimal(5),
                            tax_rate=Decimal(21),
                        ),
                    )
                },
                RectifiedMissing,
            ),
        ],
    )
    async def test_refuses_what_makes_no_sense(
        self, office: Office, fields: dict[str, Any], refusal: type[Exception]
    ) -> None:
        company_id = await issuer(office)

        with pytest.raises(refusal):
            await draft(office, company_id, None, **fields)

    async def test_refuses_a_contact_of_another_company(self, office: Office) -> None:
        company_id, other = await issuer(office), await issuer(office, "Tallers Mistral SL")

        with pytest.raises(NotFound):
            await draft(office, company_id, await customer(office, other))


class TestBatch:
    async def test_decides_each_by_itself_in_the_order_of_their_dates(self, office: Office) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        later = await draft(office, company_id, contact_id, issued_on=date(2026, 3, 9))
        wrong = await draft(office, company_id, None, issued_on=date(2026, 3, 5))
        early = await draft(office, company_id, contact_id, issued_on=date(2026, 3, 2))
        unknown = UUID(int=7)

        async with office.act() as act:
            outcomes = await approve_documents(act, [later, wrong, early, unknown])

        assert [outcome.id for outcome in outcomes] == [later, wrong, early, unknown]
        assert [outcome.refused.code if outcome.refused else None for outcome in outcomes] == [
            None,
            "CONTACT_MISSING",
            None,
            "NOT_FOUND",
        ]
        assert (await row(office, early)).number == "FV26-000001"
        assert (await row(office, later)).number == "FV26-000002"
        assert (await row(office, wrong)).status == "PENDING_REVIEW"


class TestWhoMay:
    async def test_bookkeepers_prepare_but_do_not_approve(self, office: Office) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        async with office.act(office.bookkeeper) as act:
            document_id = await create_document(
                act,
                NewDocument(
                    company_id=company_id,
                    kind="SALES_INVOICE",
                    contact_id=contact_id,
                    issued_on=date(2026, 3, 2),
                    lines=lines((None, "100.00", "21")),
                ),
            )
            await submit_document(act, document_id)

        with pytest.raises(Denied) as denied:
            async with office.act(office.bookkeeper) as act:
                await approve_document(act, document_id)
        assert denied.value.values["layer"] == "ROLE"

    async def test_strangers_find_nothing(self, office: Office) -> None:
        company_id = await issuer(office, assigned=False)
        document_id = await draft(office, company_id, await customer(office, company_id))
        other = await office.client_owner(await office.client("Tallers Mistral SL"))

        for stranger in (office.manager, other):
            async with office.act(stranger) as act:
                with pytest.raises(NotFound):
                    await approve_document(act, document_id)

    async def test_drafts_are_submitted_first(self, office: Office) -> None:
        company_id = await issuer(office)
        document_id = await draft(office, company_id, await customer(office, company_id), status="DRAFT")

        with pytest.raises(TransitionRefused):
            async with office.act() as act:
                await approve_document(act, document_id)
