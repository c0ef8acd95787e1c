"""A candidate: documents that could settle a bank line, how sure that is, and the reasons."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from services.banking.rules.differences import Difference


class ReasonCode(StrEnum):
    """Why a candidate is one. Codes are stable; sentences for people are made elsewhere."""

    NUMBER_IN_TEXT = "NUMBER_IN_TEXT"
    NUMBER_DIGITS_IN_TEXT = "NUMBER_DIGITS_IN_TEXT"
    PAYMENT_ID_IN_TEXT = "PAYMENT_ID_IN_TEXT"
    IBAN_OF_CONTACT = "IBAN_OF_CONTACT"
    TAX_ID_IN_TEXT = "TAX_ID_IN_TEXT"
    NAME_SIMILAR = "NAME_SIMILAR"
    AMOUNT_EXACT = "AMOUNT_EXACT"
    AMOUNT_UNIQUE = "AMOUNT_UNIQUE"
    AMOUNT_SHARED = "AMOUNT_SHARED"
    SUM_OF_ITEMS = "SUM_OF_ITEMS"
    ALL_OPEN_ITEMS = "ALL_OPEN_ITEMS"
    OTHER_SUMS_POSSIBLE = "OTHER_SUMS_POSSIBLE"
    PARTIAL_PAYMENT = "PARTIAL_PAYMENT"
    LINE_LARGER = "LINE_LARGER"
    CREDIT_TAKEN_OFF = "CREDIT_TAKEN_OFF"
    EXCHANGED = "EXCHANGED"
    GIVEN_BACK = "GIVEN_BACK"
    DIFFERS_BY_CENTS = "DIFFERS_BY_CENTS"
    FEE_KEPT = "FEE_KEPT"
    CONCEPT_CARD = "CONCEPT_CARD"
    CONCEPT_RETURNED = "CONCEPT_RETURNED"
    CONCEPT_PAYROLL = "CONCEPT_PAYROLL"
    CONCEPT_FEES = "CONCEPT_FEES"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason; `values` are texts to put into its sentence."""

    code: ReasonCode
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Documents that could settle a line, with the amount for each (positive, in the document's currency).

    `certainty` is 0 to 100. With `gives_back` the documents are paid, and the line gives that money back. With a
    `difference` the document is taken whole and what the line has less or more is closed with it.
    """

    document_ids: tuple[UUID, ...]
    amounts: tuple[Decimal, ...]
    certainty: int
    reasons: tuple[Reason, ...]
    gives_back: bool = False
    difference: Difference | None = None

    def has(self, *codes: ReasonCode) -> bool:
        """Is one of these among the reasons?"""
        return any(reason.code in codes for reason in self.reasons)
