"""What is recorded and hashed: the published examples, amounts, territories, the address in the QR code."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from services.verifactu.rules import (
    HashedRecord,
    InvoiceType,
    NumberNotRecordable,
    PartyOnRecord,
    RecordedInvoice,
    TaxOnRecord,
    Treatment,
    cancellation_hash,
    check_number,
    foral_territory,
    instant_text,
    issue_hash,
    record_tax_id,
    validation_url,
)

FIRST = "3C464DAF61ACB827C65FDA19F352A4E3BDC2C640E9E9FC4CC058073F38F12F60"
SECOND = "F7B94CFD8924EDFF273501B01EE5153E4CE8F259766F88CF6ACB8935802A2B97"
CANCELLED = "177547C0D57AC74748561D054A9CEC14B4C4EA23D1BEFD6F2E69E3A388F90C68"


def example(number: str, seconds: int, previous_hash: str, **amounts: str) -> HashedRecord:
    """One of the three records of the agency's paper on hashes."""
    winter = timezone(timedelta(hours=1))
    return HashedRecord(
        issuer_tax_id="89890001K",
        number=number,
        issued_on=date(2024, 1, 1),
        previous_hash=previous_hash,
        recorded_at=datetime(2024, 1, 1, 19, 20, seconds, tzinfo=winter),
        type="F1" if amounts else None,
        tax_total=Decimal(amounts["tax_total"]) if amounts else None,
        total=Decimal(amounts["total"]) if amounts else None,
    )


class TestHash:
    def test_of_the_first_published_example(self) -> None:
        record = example("12345678/G33", 30, "", tax_total="12.35", total="123.45")

        assert issue_hash(record) == FIRST

    def test_of_the_second_which_names_the_first(self) -> None:
        record = example("12345679/G34", 35, FIRST, tax_total="12.35", total="123.45")

        assert issue_hash(record) == SECOND

    def test_of_the_cancellation_of_the_second(self) -> None:
        assert cancellation_hash(example("12345679/G34", 40, SECOND)) == CANCELLED

    def test_takes_the_amount_as_the_xml_writes_it(self) -> None:
        padded = example("12345678/G33", 30, "", tax_total="12.3500", total="123.4500")

        assert issue_hash(padded) == FIRST

    def test_trims_what_it_reads(self) -> None:
        assert issue_hash(example(" 12345678/G33  ", 30, "", tax_total="12.35", total="123.45")) == FIRST

    def test_changes_with_a_cent(self) -> None:
        assert issue_hash(example("12345678/G33", 30, "", tax_total="12.35", total="123.46")) != FIRST


def invoice(*taxes: TaxOnRecord) -> RecordedInvoice:
    return RecordedInvoice(
        issuer=PartyOnRecord(name="Fusteria Puig SL", tax_id="B65410011"),
        number="FV26-000001",
        issued_on=date(2026, 3, 2),
        type=InvoiceType.F1,
        taxes=taxes,
        description="Oak",
    )


def taxed(treatment: Treatment, base: str, quota: str, surcharge: str = "0.00") -> TaxOnRecord:
    return TaxOnRecord(
        treatment=treatment,
        rate=Decimal(21),
        base=Decimal(base),
        quota=Decimal(quota),
        surcharge=Decimal(surcharge),
    )


class TestTotals:
    def test_count_the_surcharge_as_tax(self) -> None:
        recorded = invoice(taxed(Treatment.S1, "1000.00", "210.00", "52.00"))

        assert (recorded.tax_total, recorded.total) == (Decimal("262.00"), Decimal("1262.00"))

    def test_leave_out_what_the_buyer_owes(self) -> None:
        recorded = invoice(taxed(Treatment.S2, "500.00", "105.00"), taxed(Treatment.E5, "100.00", "0.00"))

        assert (recorded.tax_total, recorded.total) == (Decimal("0.00"), Decimal("600.00"))

    def test_of_a_credit_note_are_negative(self) -> None:
        recorded = invoice(taxed(Treatment.S1, "-100.00", "-21.00"))

        assert (recorded.tax_total, recorded.total) == (Decimal("-21.00"), Decimal("-121.00"))


def test_instants_are_written_in_the_time_of_madrid() -> None:
    assert instant_text(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)) == "2026-07-02T00:30:00+02:00"
    assert instant_text(datetime(2026, 12, 1, 8, 0, 5, tzinfo=UTC)) == "2026-12-01T09:00:05+01:00"


@pytest.mark.parametrize(
    ("typed", "recorded"),
    [("B65410011", "B65410011"), (" b-65410011 ", "B65410011"), ("ES B65410011", "B65410011"), ("", "")],
)
def test_tax_ids_are_cleaned(typed: str, recorded: str) -> None:
    assert record_tax_id(typed) == recorded


@pytest.mark.parametrize("number", ["", "x" * 61, 'A"1', "FV<1>", "FÑ-1", "A\n1"])
def test_numbers_outside_the_layout_are_refused(number: str) -> None:
    with pytest.raises(NumberNotRecordable):
        check_number(number)


@pytest.mark.parametrize(
    ("country", "postcode", "province", "found"),
    [
        ("ES", "08201", "Barcelona", None),
        ("ES", "01005", "", "ALAVA"),
        ("ES", "20001", "Gipuzkoa", "GIPUZKOA"),
        ("ES", "48001", "", "BIZKAIA"),
        ("ES", "31001", "Navarra", "NAVARRE"),
        ("ES", "", "Vizcaya", "BIZKAIA"),
        ("ES", "28013", "Bizkaia", None),
        ("PT", "48001", "", None),
        ("ES", "", "", None),
    ],
)
def test_the_address_decides_the_territory(
    country: str, postcode: str, province: str, found: str | None
) -> None:
    assert foral_territory(country=country, postcode=postcode, province=province) == found


class TestValidationUrl:
    def test_names_the_invoice_and_encodes_its_number(self) -> None:
        url = validation_url(
            tax_id="89890001K",
            number="12345678/G33",
            issued_on=date(2024, 1, 1),
            total=Decimal("241.4"),
            sends=False,
        )

        assert url == (
            "https://www2.agenciatributaria.gob.es/wlpl/TIKE-CONT/ValidarQRNoVerifactu"
            "?nif=89890001K&numserie=12345678%2FG33&fecha=01-01-2024&importe=241.40"
        )

    def test_of_the_sending_mode_and_of_the_test_host(self) -> None:
        url = validation_url(
            tax_id="89890001K",
            number="1",
            issued_on=date(2024, 1, 1),
            total=Decimal(-1),
            sends=True,
            on_tests=True,
        )

        assert url.startswith("https://prewww2.aeat.es/wlpl/TIKE-CONT/ValidarQR?nif=")
        assert url.endswith("importe=-1.00")
