"""What documents refuse beside the rules of a single one."""

from services.kit.errors import Refused


class TotalNegative(Refused):
    """The lines add up to less than nothing; a correction is a rectifying invoice, not a negative one."""

    code = "TOTAL_NEGATIVE"
    sentence = "The lines add up to {total}. A document's total cannot be negative."


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


class CurrencyNotBooked(Refused):
    """The books are kept in one currency and no exchange rate is known here."""

    code = "CURRENCY_NOT_BOOKED"
    sentence = "This document is in {currency}, the books are in {booked}; it cannot be posted."


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
    """More than what is open, or nothing at all."""

    code = "SETTLED_TOO_MUCH"
    sentence = "Settle an amount above zero and at most {outstanding}, which is what is open."
