"""What documents refuse beside the rules of a single one."""

from services.kit.errors import Refused


class TotalNegative(Refused):
    """The lines of something that is no invoice add up to less than nothing."""

    code = "TOTAL_NEGATIVE"
    sentence = "The lines add up to {total}. Only an invoice that takes something back can be negative."


class RectifiedMissing(Refused):
    """A negative invoice takes something back, and the law wants to know of which one (RD 1619/2012 art. 15.4)."""

    code = "RECTIFIED_MISSING"
    sentence = "The lines add up to {total}: name the invoice that this one rectifies."


class RectifiedWrong(Refused):
    """Not issued yet, made out to somebody else, or in another currency."""

    code = "RECTIFIED_WRONG"
    sentence = (
        "Document {number} cannot be rectified by this one: it must be approved"
        " and of the same contact and currency."
    )


class RectificationReasonMissing(Refused):
    """RD 1619/2012 art. 15.4 wants the reason on the invoice."""

    code = "RECTIFICATION_REASON_MISSING"
    sentence = "Say why the document is rectified."


class ContactMissing(Refused):
    """What is posted stands on somebody's account."""

    code = "CONTACT_MISSING"
    sentence = "Choose the customer or supplier before this document is approved."


class NumberMissing(Refused):
    """A supplier's invoice is known by the supplier's number."""

    code = "NUMBER_MISSING"
    sentence = "Enter the number that the supplier gave this invoice."


class AlreadyBooked(Refused):
    """The same supplier's number was approved before: most likely the same paper."""

    code = "ALREADY_BOOKED"
    sentence = "Number {number} of this supplier is already booked, issued on {issued_on}."


class ExchangeRateMissing(Refused):
    """The books are kept in one currency, and nobody said what this one is worth."""

    code = "EXCHANGE_RATE_MISSING"
    sentence = "This document is in {currency}, the books are in {booked}: give the exchange rate first."


class SecondPersonNeeded(Refused):
    """The company wants four eyes (`DocumentSettings.needs_second_person`)."""

    code = "SECOND_PERSON_NEEDED"
    sentence = "You made this document yourself; somebody else has to approve it."


class SeriesUnknown(Refused):
    """A series that the company did not set up for this kind and use."""

    code = "SERIES_UNKNOWN"
    sentence = "The series {series} is not set up for this kind of document."


class NotApproved(Refused):
    """Only what was approved goes out."""

    code = "NOT_APPROVED"
    sentence = "Approve the document before it is sent."


class DocumentNotOpen(Refused):
    """Only an approved document with something outstanding can be settled."""

    code = "DOCUMENT_NOT_OPEN"
    sentence = "Document {number} is {status} and cannot be settled."
    words = frozenset({"status"})


class SettledTooMuch(Refused):
    """More than what is open, nothing at all, or with the other sign."""

    code = "SETTLED_TOO_MUCH"
    sentence = "Settle at most {outstanding}, which is what is open, with its sign."
