"""Which open items are proposed for a line, how sure, why, and what may be posted without a person."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from services.banking.rules.candidates import Candidate, ReasonCode
from services.banking.rules.matching import CANDIDATE_MAX, candidates, is_auto_postable, match_many
from services.banking.rules.signals import Direction, LineToMatch, OpenItem

CARPENTER, GARAGE = UUID(int=1), UUID(int=2)
IBAN = "ES9121000418450200051332"


def invoice(number: str = "FV26-0012", outstanding: str = "1210.00", *, due: int = 1) -> OpenItem:
    """A sales invoice to the carpenter; `due` is the day of November 2026."""
    return OpenItem(
        document_id=UUID(int=hash_of(number)),
        number=number,
        contact_id=CARPENTER,
        contact_name="Carpintería Muñoz SL",
        contact_tax_id="B12345674",
        contact_ibans=(IBAN,),
        issued_on=date(2026, 10, 1),
        due_on=date(2026, 11, due),
        outstanding=Decimal(outstanding),
        direction=Direction.IN,
        currency="EUR",
    )


def of_garage(item: OpenItem) -> OpenItem:
    return replace(
        item,
        document_id=UUID(int=item.document_id.int + 1),
        contact_id=GARAGE,
        contact_name="Talleres Ruiz SA",
        contact_tax_id="A58818501",
        contact_ibans=(),
    )


def line(amount: str = "1210.00", text: str = "", *, reference: str = "", concept: str = "") -> LineToMatch:
    return LineToMatch(
        amount=Decimal(amount),
        currency="EUR",
        operation_on=date(2026, 11, 10),
        text=text,
        references=(reference,),
        concept=concept,
    )


def hash_of(number: str) -> int:
    return int.from_bytes(number.encode()) << 8


def codes(candidate: Candidate) -> set[ReasonCode]:
    return {reason.code for reason in candidate.reasons}


class TestSignals:
    @pytest.mark.parametrize(
        ("text", "code", "certainty"),
        [
            ("FACTURA FV26-0012", ReasonCode.NUMBER_IN_TEXT, 97),
            ("FRA FV26 0012.", ReasonCode.NUMBER_IN_TEXT, 97),
            ("PAGO FV260012", ReasonCode.NUMBER_IN_TEXT, 97),
            ("PAGO FRA 0012", ReasonCode.NUMBER_DIGITS_IN_TEXT, 93),
            ("ES91 2100 0418 4502 0005 1332", ReasonCode.IBAN_OF_CONTACT, 90),
            ("NIF B-12345674", ReasonCode.TAX_ID_IN_TEXT, 88),
            ("ESB12345674", ReasonCode.TAX_ID_IN_TEXT, 88),
            ("TRANSF. DE CARPINTERIA MUÑOZ", ReasonCode.NAME_SIMILAR, 85),
            ("CARPINTER. MUÑOZ", ReasonCode.NAME_SIMILAR, 85),
        ],
    )
    def test_exact_amount_with_evidence(self, text: str, code: ReasonCode, certainty: int) -> None:
        (found,) = candidates(line(text=text), [invoice(), of_garage(invoice("FV26-0099", "55.00"))])

        assert found.document_ids == (invoice().document_id,)
        assert found.amounts == (Decimal("1210.00"),)
        assert (found.certainty, codes(found)) == (certainty, {code, ReasonCode.AMOUNT_EXACT})

    def test_more_evidence_is_more_certain(self) -> None:
        (found,) = candidates(line(text=f"CARPINTERIA MUÑOZ {IBAN} FV26-0012"), [invoice()])

        assert found.certainty == 99
        assert [reason.code for reason in found.reasons] == [
            ReasonCode.NUMBER_IN_TEXT,
            ReasonCode.IBAN_OF_CONTACT,
            ReasonCode.NAME_SIMILAR,
            ReasonCode.AMOUNT_EXACT,
        ]

    def test_mandate_and_reference_of_the_customer_count(self) -> None:
        debit = replace(invoice(), payment_ids=("MND-2026-A7",))
        ordered = replace(invoice(), customer_references=("PEDIDO 778812",))

        (by_mandate,) = candidates(line(reference="MND-2026-A7"), [debit])
        (by_order,) = candidates(line(text="SU PEDIDO 778812"), [ordered])

        assert ReasonCode.PAYMENT_ID_IN_TEXT in codes(by_mandate)
        assert ReasonCode.NUMBER_IN_TEXT in codes(by_order)

    @pytest.mark.parametrize(
        "text", ["FV26-00123", "FV26-001", "FV2026 0013", "RECIBO DEL ANO 2026", "12 UNIDADES", "CARP MUE"]
    )
    def test_other_numbers_years_and_short_words_are_no_evidence(self, text: str) -> None:
        (found,) = candidates(line(text=text), [invoice()])

        assert codes(found) == {ReasonCode.AMOUNT_EXACT, ReasonCode.AMOUNT_UNIQUE}

    def test_zero_padded_reference_is_the_number(self) -> None:
        (found,) = candidates(line(reference="000000778812"), [invoice("778812")])

        assert ReasonCode.NUMBER_DIGITS_IN_TEXT in codes(found)

    @pytest.mark.parametrize(
        ("concept", "code"),
        [
            ("12", ReasonCode.CONCEPT_CARD),
            ("14", ReasonCode.CONCEPT_RETURNED),
            ("15", ReasonCode.CONCEPT_PAYROLL),
            ("17", ReasonCode.CONCEPT_FEES),
        ],
    )
    def test_concept_is_a_reason_and_no_certainty(self, concept: str, code: ReasonCode) -> None:
        (plain,) = candidates(line(), [invoice()])
        (hinted,) = candidates(line(concept=concept), [invoice()])

        assert hinted.reasons == (*plain.reasons, hinted.reasons[-1])
        assert (hinted.reasons[-1].code, hinted.certainty) == (code, plain.certainty)


class TestAmountAlone:
    @pytest.mark.parametrize(
        ("days", "is_found"), [(-11, False), (-10, True), (0, True), (90, True), (91, False)]
    )
    def test_counts_from_ten_days_before_to_ninety_after_the_due_date(
        self, *, days: int, is_found: bool
    ) -> None:
        item = invoice()
        assert item.due_on is not None

        found = candidates(replace(line(), operation_on=item.due_on + timedelta(days)), [item])

        assert bool(found) is is_found

    def test_unique_amount_is_above_a_shared_one(self) -> None:
        items = [invoice("A1", due=3), of_garage(invoice("A2", due=2))]

        (unique,) = candidates(line(), items[:1])
        shared = candidates(line(), items)

        assert unique.certainty == 60
        assert [(one.certainty, one.document_ids) for one in shared] == [
            (30, (items[1].document_id,)),
            (30, (items[0].document_id,)),
        ]
        assert shared[0].reasons[-1].values == {"others": "1"}

    def test_without_due_date_the_day_of_issue_counts(self) -> None:
        assert candidates(line(), [replace(invoice(), due_on=None)]) != []

    @pytest.mark.parametrize(
        "changed",
        [
            replace(invoice(), currency="USD"),
            replace(invoice(), direction=Direction.OUT),
            replace(invoice(), outstanding=Decimal("1210.01")),
        ],
    )
    def test_currency_direction_and_cent_must_agree(self, changed: OpenItem) -> None:
        assert candidates(line(), [changed]) == []

    def test_money_out_finds_purchases(self) -> None:
        (found,) = candidates(
            line("-1210.00"), [replace(invoice(), direction=Direction.OUT), invoice("FV26-0099")]
        )

        assert found.amounts == (Decimal("1210.00"),)

    def test_a_line_of_zero_has_no_candidates(self) -> None:
        assert candidates(line("0.00", "FV26-0012"), [invoice()]) == []

    def test_thousands_of_equal_amounts_give_a_short_list_of_the_oldest(self) -> None:
        items = [replace(invoice(f"A{number}"), contact_id=UUID(int=number + 10)) for number in range(1000)]

        found = candidates(line(), items)

        assert len(found) == 10
        assert found[0].document_ids == (min(items, key=lambda item: item.age).document_id,)


class TestSums:
    def test_all_documents_that_the_text_names(self) -> None:
        items = [
            invoice("FV26-0012", "700.00", due=1),
            invoice("FV26-0015", "510.00", due=5),
            invoice("FV26-0019"),
        ]

        found = candidates(line(text="FRAS FV26-0012 Y FV26-0015"), items)

        assert found[0].document_ids == (items[0].document_id, items[1].document_id)
        assert found[0].amounts == (Decimal("700.00"), Decimal("510.00"))
        assert found[0].certainty == 95
        assert ReasonCode.SUM_OF_ITEMS in codes(found[0])

    def test_several_items_of_a_named_contact(self) -> None:
        items = [
            invoice("A1", "200.00", due=1),
            invoice("A2", "300.00", due=2),
            invoice("A3", "910.00", due=3),
            invoice("A4", "444.00", due=4),
        ]

        found = candidates(line(text=f"PAGO {IBAN}"), items)

        assert found[0].document_ids == (items[1].document_id, items[2].document_id)
        assert found[0].certainty == 75

    def test_prefers_the_oldest_and_says_that_others_are_possible(self) -> None:
        items = [invoice(f"A{day}", "605.00", due=day) for day in (3, 1, 2)]

        found = candidates(line(text=f"PAGO {IBAN}"), items)

        assert found[0].document_ids == (items[1].document_id, items[2].document_id)
        assert (found[0].certainty, ReasonCode.OTHER_SUMS_POSSIBLE in codes(found[0])) == (55, True)

    def test_items_of_two_contacts_are_never_added_up(self) -> None:
        items = [invoice("A1", "700.00"), of_garage(invoice("A2", "510.00"))]

        assert all(
            len(one.document_ids) == 1 for one in candidates(line(text=f"PAGO {IBAN} RUIZ TALLERES"), items)
        )

    def test_everything_that_one_contact_owes_without_any_evidence(self) -> None:
        items = [invoice("A1", "700.00", due=1), invoice("A2", "510.00", due=2)]

        (found,) = candidates(line(), items)

        assert found.document_ids == tuple(item.document_id for item in items)
        assert (found.certainty, ReasonCode.ALL_OPEN_ITEMS in codes(found)) == (50, True)


class TestPartialPayments:
    def test_line_smaller_than_the_named_document(self) -> None:
        (found,) = candidates(line("100.00", "A CUENTA FV26-0012"), [invoice()])

        assert (found.amounts, found.certainty) == ((Decimal("100.00"),), 45)
        assert found.reasons[-1].code is ReasonCode.PARTIAL_PAYMENT
        assert found.reasons[-1].values == {"outstanding": "1210.00", "left": "1110.00"}

    def test_line_larger_than_the_named_document(self) -> None:
        (found,) = candidates(line("1300.00", "FV26-0012"), [invoice()])

        assert (found.amounts, found.certainty) == ((Decimal("1210.00"),), 45)
        assert found.reasons[-1].values == {"left": "90.00"}

    def test_only_the_oldest_documents_of_a_named_contact(self) -> None:
        items = [invoice(f"A{day}", due=day) for day in (5, 4, 3, 2, 1)]

        found = candidates(line("100.00", "CARPINTERIA MUÑOZ"), items)

        assert [one.document_ids[0] for one in found] == [items[place].document_id for place in (4, 3, 2)]
        assert {one.certainty for one in found} == {20}

    def test_stays_below_every_exact_amount(self) -> None:
        items = [invoice("FV26-0012", "2000.00"), of_garage(invoice("A7"))]

        found = candidates(line(text="FV26-0012"), items)

        assert [one.certainty for one in found] == [60, 45]


class TestIsAutoPostable:
    @pytest.mark.parametrize("text", ["FV26-0012", "FRA 0012", IBAN])
    def test_one_exact_document_with_evidence(self, text: str) -> None:
        assert is_auto_postable(candidates(line(text=text), [invoice()]))

    def test_mandate(self) -> None:
        item = replace(invoice(), payment_ids=("MND-2026-A7",))

        assert is_auto_postable(candidates(line(text="MND-2026-A7"), [item]))

    def test_equal_amounts_of_others_without_evidence_do_not_stand_in_the_way(self) -> None:
        assert is_auto_postable(candidates(line(text="FV26-0012"), [invoice(), of_garage(invoice("A7"))]))

    def test_a_sum_whose_numbers_are_all_named(self) -> None:
        items = [invoice("FV26-0012", "700.00"), invoice("FV26-0015", "510.00")]

        assert is_auto_postable(candidates(line(text="FV26-0012 FV26-0015"), items))

    def test_nothing_found(self) -> None:
        assert not is_auto_postable([])

    @pytest.mark.parametrize("text", ["", "CARPINTERIA MUÑOZ", "B12345674"])
    def test_refuses_amount_name_or_tax_id_alone(self, text: str) -> None:
        assert not is_auto_postable(candidates(line(text=text), [invoice()]))

    def test_refuses_a_partial_payment(self) -> None:
        assert not is_auto_postable(candidates(line("1209.99", "FV26-0012"), [invoice()]))

    def test_refuses_two_documents_with_the_same_number(self) -> None:
        assert not is_auto_postable(candidates(line(text="FV26-0012"), [invoice(), of_garage(invoice())]))

    def test_refuses_when_the_text_names_another_document_too(self) -> None:
        items = [invoice(), invoice("FV26-0015", "99.00")]

        assert not is_auto_postable(candidates(line(text="FV26-0012 Y FV26-0015"), items))

    def test_refuses_equal_amounts_of_the_contact_behind_an_iban(self) -> None:
        assert not is_auto_postable(candidates(line(text=IBAN), [invoice("A1"), invoice("A2")]))

    def test_refuses_a_sum_by_iban(self) -> None:
        items = [invoice("A1", "700.00"), invoice("A2", "510.00")]

        assert not is_auto_postable(candidates(line(text=IBAN), items))

    def test_refuses_what_the_bank_calls_a_return(self) -> None:
        assert not is_auto_postable(candidates(line(text="FV26-0012", concept="14"), [invoice()]))


class TestMatchMany:
    def test_answers_each_line_in_order_like_one_at_a_time(self) -> None:
        lines = [line(text="FV26-0012"), line("5.00"), line(text=IBAN)]
        items = [invoice(), of_garage(invoice("A7"))]

        assert match_many(lines, items) == [candidates(one, items) for one in lines]

    def test_order_of_the_items_does_not_matter(self) -> None:
        items = [invoice(f"A{day}", "605.00", due=day) for day in range(1, 9)]

        assert candidates(line(text=IBAN), items) == candidates(line(text=IBAN), items[::-1])

    def test_at_most_so_many_candidates(self) -> None:
        items = [invoice(f"FV26-{number:04}", "2000.00") for number in range(1, 31)]
        text = " ".join(item.number for item in items)

        assert len(candidates(line(text=text), items)) == CANDIDATE_MAX
