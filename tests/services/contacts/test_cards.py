"""Cards: what they may hold, and that nobody's change is lost."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from services.access.policy import Scope
from services.contacts.actions import (
    NewContact,
    Twins,
    archive_contact,
    create_contact,
    restore_contact,
    update_contact,
)
from services.contacts.actions.refusals import ContactChanged, ContactsSimilar, TaxIdTaken
from services.contacts.models import Contact
from services.contacts.rules.cards import Card, CardIban, checked_card
from services.contacts.rules.identifiers import IbanLengthWrong, TaxIdCheckDigitWrong, TaxIdIsDummy
from services.contacts.rules.terms import PaymentTerms
from services.kit.errors import BadInput, Denied, NotFound
from tests.support.office import BOOKS, Office

ASKED_ON = date(2026, 11, 20)
IBAN, OTHER_IBAN = "ES9121000418450200051332", "ES7921000813610123456789"


class TestCheckedCard:
    def test_gives_the_card_as_it_is_kept(self) -> None:
        card = checked_card(
            Card(
                name="  Maderas   Roca SL ",
                tax_id="es b-28015865",
                email=" Info@Roca.Example ",
                address=" ",
                country="es",
                tags=("Oak", "oak", " VIP "),
                ibans=(CardIban(iban="es91 2100 0418 4502 0005 1332"), CardIban(iban=OTHER_IBAN)),
            )
        )

        assert (card.name, card.tax_id, card.tax_id_type) == ("Maderas Roca SL", "B28015865", "CIF")
        assert (card.email, card.address, card.country) == ("info@roca.example", None, "ES")
        assert card.tags == ("Oak", "VIP")
        assert [(one.iban, one.is_default) for one in card.ibans] == [(IBAN, True), (OTHER_IBAN, False)]
        assert card.ibans[0].bank_name == "CAIXABANK, S.A."

    @pytest.mark.parametrize(
        ("fields", "path"),
        [
            ({"name": " "}, ("input", "name")),
            ({"name": "x" * 201}, ("input", "name")),
            ({"country": "Spain"}, ("input", "country")),
            ({"language": "fr"}, ("input", "language")),
            ({"email": "roca.example"}, ("input", "email")),
            ({"phone": "9" * 201}, ("input", "phone")),
            ({"payment_method": "BARTER"}, ("input", "paymentMethod")),
            ({"terms": PaymentTerms(days=(400,))}, ("input", "paymentTerms", "days")),
            ({"income_account_code": "70A"}, ("input", "incomeAccountCode")),
            ({"purchase_tax_code": "21 %"}, ("input", "purchaseTaxCode")),
            ({"sales_withholding_rate": Decimal(-1)}, ("input", "salesWithholdingRate")),
            ({"purchase_withholding_rate": Decimal(100)}, ("input", "purchaseWithholdingRate")),
            ({"sales_withholding_rate": Decimal("15.001")}, ("input", "salesWithholdingRate")),
            ({"vies_answer": "YES", "vies_checked_on": ASKED_ON}, ("input", "viesAnswer")),
            ({"vies_answer": "REGISTERED", "tax_id": "B28015865"}, ("input", "viesCheckedOn")),
            ({"vies_answer": "REGISTERED", "vies_checked_on": ASKED_ON}, ("input", "viesAnswer")),
            ({"tags": tuple(f"tag {place}" for place in range(21))}, ("input", "tags")),
            ({"ibans": (CardIban(iban=IBAN), CardIban(iban=IBAN))}, ("input", "ibans", "1", "iban")),
            (
                {"ibans": (CardIban(iban=IBAN, is_default=True), CardIban(iban=OTHER_IBAN, is_default=True))},
                ("input", "ibans"),
            ),
        ],
    )
    def test_names_the_field_that_cannot_be(self, fields: dict[str, Any], path: tuple[str, ...]) -> None:
        with pytest.raises(BadInput) as refused:
            checked_card(Card(**{"name": "Maderas Roca SL", **fields}))

        assert refused.value.path == path

    def test_says_why_an_identifier_cannot_be(self) -> None:
        with pytest.raises(TaxIdCheckDigitWrong):
            checked_card(Card(name="X", tax_id="54362315A"))
        with pytest.raises(TaxIdIsDummy):
            checked_card(Card(name="X", tax_id="00000000T"))
        with pytest.raises(IbanLengthWrong) as refused:
            checked_card(Card(name="X", ibans=(CardIban(iban="ES912100041845020005133"),)))
        assert refused.value.path == ("input", "ibans", "0", "iban")

    def test_takes_names_of_any_script(self) -> None:
        for name in ("شركة النور", "Café 🥐 Núñez", "株式会社"):
            assert checked_card(Card(name=name)).name == name


async def _make(office: Office, company_id: UUID, **fields: Any) -> UUID:
    async with office.act() as act:
        return await create_contact(
            act, NewContact(**{"company_id": company_id, "name": "Maderas Roca SL", **fields})
        )


async def _row(office: Office, contact_id: UUID) -> Contact:
    async with office.act() as act:
        found = await act.session.get(Contact, contact_id)
        assert found is not None
        return found


class TestCreateContact:
    async def test_asks_first_where_the_name_or_the_address_is_known(self, office: Office) -> None:
        joinery = await office.client()
        known = await _make(office, joinery, email="info@roca.example")

        for fields in (
            {"name": "MADERAS ROCA, S.L.U."},
            {"name": "Madreas Roca"},
            {"name": "Z", "email": "INFO@roca.example"},
        ):
            with pytest.raises(ContactsSimilar) as refused:
                await _make(office, joinery, twins=Twins.ASK_FIRST, **fields)
            assert refused.value.contact_ids == (known,)

        assert await _make(office, joinery, twins=Twins.NOT_BY_TAX_ID) != known

    async def test_never_has_one_tax_identifier_twice(self, office: Office) -> None:
        joinery, bar = await office.client(), await office.client("Bar Núñez SL")
        await _make(office, joinery, tax_id="B28015865")

        with pytest.raises(TaxIdTaken):
            await _make(
                office, joinery, name="Something else", tax_id="b-28015865", twins=Twins.NOT_BY_TAX_ID
            )
        await _make(office, bar, tax_id="B28015865", twins=Twins.ASK_FIRST)

    async def test_refuses_a_key_that_no_index_holds(self, office: Office) -> None:
        joinery = await office.client()

        for key in ("k" * 201, "", "a\x00b"):
            with pytest.raises(BadInput):
                await _make(office, joinery, request_key=key)


class TestUpdateContact:
    async def test_changes_what_is_named_and_counts(self, office: Office) -> None:
        joinery = await office.client()
        contact_id = await _make(office, joinery, tax_id="B28015865", city="Girona")

        async with office.act(office.bookkeeper) as act:
            await update_contact(
                act,
                contact_id,
                version=1,
                changes={"name": "Fustes Roca SL", "city": None, "terms": PaymentTerms(days=(60, 30))},
            )

        row = await _row(office, contact_id)
        assert (row.name, row.city, row.tax_id, row.terms_days, row.version) == (
            "Fustes Roca SL",
            None,
            "B28015865",
            [30, 60],
            2,
        )
        assert "fustes roca" in row.search_text

    async def test_refuses_to_write_over_what_somebody_else_saved(self, office: Office) -> None:
        joinery = await office.client()
        contact_id = await _make(office, joinery)
        async with office.act(office.manager) as act:
            await update_contact(act, contact_id, version=1, changes={"city": "Olot"})

        with pytest.raises(ContactChanged):
            async with office.act(office.bookkeeper) as act:
                await update_contact(act, contact_id, version=1, changes={"city": "Girona"})

        assert (await _row(office, contact_id)).city == "Olot"

    async def test_lets_an_account_stay_that_one_may_not_read(self, office: Office) -> None:
        joinery = await office.client()
        contact_id = await _make(office, joinery, ibans=(CardIban(iban=IBAN),))
        answer = await office.ask(
            office.manager,
            "query($i: ID!) { contact(id: $i) { ibans { id masked } } }",
            {"i": str(contact_id)},
        )
        iban = answer.data["contact"]["ibans"][0]

        async with office.act() as act:
            await update_contact(
                act,
                contact_id,
                version=1,
                changes={"ibans": [CardIban(iban=""), CardIban(iban=OTHER_IBAN, is_default=True)]},
                kept_ibans={0: iban["id"]},
            )

        after = await office.ask(
            office.manager,
            "query($i: ID!) { contact(id: $i) { ibans { iban isDefault } } }",
            {"i": str(contact_id)},
        )
        assert iban["masked"] == "ES91 **** 1332"
        assert after.data["contact"]["ibans"] == [
            {"iban": IBAN, "isDefault": False},
            {"iban": OTHER_IBAN, "isDefault": True},
        ]

    async def test_is_for_those_who_may_change_the_book(self, office: Office, other_office: Office) -> None:
        joinery = await office.client(edit=BOOKS - {Scope.CONTACTS})
        async with office.act(await office.client_owner(joinery)) as act:
            contact_id = await create_contact(act, NewContact(company_id=joinery, name="Maderas Roca SL"))

        with pytest.raises(Denied):
            async with office.act(office.manager) as act:
                await update_contact(act, contact_id, version=1, changes={"city": "Olot"})
        with pytest.raises(NotFound):
            async with other_office.act() as act:
                await update_contact(act, contact_id, version=1, changes={"city": "Olot"})


class TestArchiveContact:
    async def test_takes_a_card_out_of_the_list_and_back(self, office: Office) -> None:
        joinery = await office.client()
        contact_id = await _make(office, joinery)
        document = "query($a: Boolean!) { contacts(archived: $a) { nodes { name } } }"

        async def listed(*, archived: bool) -> int:
            answer = await office.ask(office.manager, document, {"a": archived})
            return len(answer.data["contacts"]["nodes"])

        async with office.act() as act:
            await archive_contact(act, contact_id)
            await archive_contact(act, contact_id)
        assert (await listed(archived=False), await listed(archived=True)) == (0, 1)

        async with office.act() as act:
            await restore_contact(act, contact_id)
        assert (await listed(archived=False), await listed(archived=True)) == (1, 0)


class TestViesAnswer:
    """What the register said is about one VAT number on one day; a card keeps it as a person typed it."""

    CARD = """query($i: ID!) { contact(id: $i) { version viesAnswer viesCheckedOn salesWithholdingRate } }"""
    CHANGE = """mutation($i: UpdateContactInput!) { updateContact(input: $i) {
      contact { version viesAnswer viesCheckedOn salesWithholdingRate } refusals { code path } } }"""

    async def test_is_kept_with_its_day_and_goes_with_the_number(self, office: Office) -> None:
        company_id = await office.client()
        async with office.act() as act:
            contact_id = await create_contact(
                act,
                NewContact(company_id=company_id, name="Tischler GmbH", tax_id="DE136695976", country="DE"),
            )
        answer = {"viesAnswer": "REGISTERED", "viesCheckedOn": "2026-11-20", "salesWithholdingRate": "15"}

        async def change(version: int, **given: Any) -> dict[str, Any]:
            asked = {"id": str(contact_id), "version": version, **given}
            done = await office.ask(office.manager, self.CHANGE, {"i": asked})
            assert done.data["updateContact"]["refusals"] == []
            card: dict[str, Any] = done.data["updateContact"]["contact"]
            return card

        kept = await change(1, **answer)
        renamed = await change(kept["version"], name="Tischlerei GmbH", salesWithholdingRate=None)
        other = await change(renamed["version"], taxId="DE129273398")

        assert kept == {"version": 2, **answer, "salesWithholdingRate": "15.00"}
        assert (renamed["viesAnswer"], renamed["salesWithholdingRate"]) == ("REGISTERED", None)
        assert (other["viesAnswer"], other["viesCheckedOn"]) == (None, None)
