"""What documents refuse beside the rules of a single one."""

from services.kit.errors import Refused


class TotalNegative(Refused):
    """The lines of something that is no invoice add up to less than nothing."""

    code = "TOTAL_NEGATIVE"
    sentence = "The lines add up to {total}. Only an invoice that takes something back can be negative."


class ArrivalNeeded(Refused):
    """A supplier's invoice of a locked period: it is booked and deducted when it arrived (LIVA art. 99.Tres)."""

    code = "ARRIVAL_NEEDED"
    sentence = (
        "It is of {day}, and the books are locked until {locked_until}. Say when it arrived, {first_open_on} or later:"
        " its entry and its VAT follow that day."
    )


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


class RectifiedAlready(Refused):
    """The whole anew would leave open what the earlier rectifications are still good for."""

    code = "RECTIFIED_ALREADY"
    sentence = "Document {number} was rectified by {earlier} already: say what still changes, by differences."


class TakenBackTwice(Refused):
    """Nothing is left of a document at a rate, or less than this takes back."""

    code = "TAKEN_BACK_TWICE"
    sentence = (
        "Document {number} was rectified by {earlier} already: at {rate} % there is {left} left of it,"
        " and this one takes back {taken}."
    )


class OutlayTakenBackTwice(Refused):
    """Nothing is left of what was laid out, or less than this takes back."""

    code = "OUTLAY_TAKEN_BACK_TWICE"
    sentence = (
        "Document {number} was rectified by {earlier} already: {left} of its outlays is left,"
        " and this one takes back {taken}."
    )


class RectificationReasonMissing(Refused):
    """RD 1619/2012 art. 15.4 wants the reason on the invoice."""

    code = "RECTIFICATION_REASON_MISSING"
    sentence = "Say why the document is rectified."


class CauseRefused(Refused):
    """LIVA art. 80.3 and 80.4 give the issuer of a full invoice its VAT back, and nothing else."""

    code = "CAUSE_REFUSED"
    sentence = (
        "Insolvency and bad debts take back the VAT of a full invoice that you issued;"
        " its lines must lower that VAT."
    )


class NotSubstitutable(Refused):
    """No simplified invoice that stands as it was issued, or another full invoice took its place."""

    code = "NOT_SUBSTITUTABLE"
    sentence = "{number} is no issued simplified invoice, or was voided, rectified or replaced by a full one already."


class SubstitutionMixed(Refused):
    """One full invoice has one currency, regime and withholding."""

    code = "SUBSTITUTION_MIXED"
    sentence = (
        "{number} differs in company, currency, VAT regime or withholding; replace it by another invoice."
    )


class SubstitutionDisagrees(Refused):
    """The same operations, to a named customer: nothing else may change (RD 1619/2012 art. 15.6)."""

    code = "SUBSTITUTION_DISAGREES"
    sentence = "An invoice in place of simplified ones says what they said; its bases and VAT differ."


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
    sentence = "You wrote this document yourself; somebody else has to approve it."


class SecondPersonKept(Refused):
    """Who could end the rule alone could approve what they wrote themselves a moment later."""

    code = "SECOND_PERSON_KEPT"
    sentence = (
        "Only the owner or an administrator of the firm, or the client's owner, ends the second approval."
    )


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


class NotEditable(Refused):
    """Approved, or in a state that says as much; deleting wants a draft."""

    code = "NOT_EDITABLE"
    sentence = (
        "This document is {status}; only what is not approved can be changed, and only a draft deleted."
    )
    words = frozenset({"status"})


class VersionOutdated(Refused):
    """Somebody else saved the document since it was read."""

    code = "VERSION_OUTDATED"
    sentence = "Somebody changed this document in the meantime; look at it again before you save."


class DocumentInUse(Refused):
    """A paper of the inbox or a comment hangs on the draft."""

    code = "DOCUMENT_IN_USE"
    sentence = "A paper or a comment belongs to this draft; cancel it instead."


class AlreadyDecided(Refused):
    """An estimate is answered once."""

    code = "ALREADY_DECIDED"
    sentence = "{decided_by} answered this estimate on {day}; make a new one if it changed."


class EstimateExpired(Refused):
    """Its last day is over."""

    code = "ESTIMATE_EXPIRED"
    sentence = "This estimate held until {day}; make a new one."


class WentOn(Refused):
    """Later documents were made of it."""

    code = "WENT_ON"
    sentence = "Later documents were made of {number}; cancel those first."


class IssuedStays(Refused):
    """A sales invoice that has been issued (RD 1619/2012 art. 15)."""

    code = "ISSUED_STAYS"
    sentence = "Invoice {number} has been issued; correct it with a rectifying invoice."


class SettledStays(Refused):
    """Something of it is paid or set off."""

    code = "SETTLED_STAYS"
    sentence = "Something of {number} is paid; undo the payment first."


class ConvertedStays(Refused):
    """A later document was made of it."""

    code = "CONVERTED_STAYS"
    sentence = "Another document was made of {number}; delete or cancel that one first."


class SentStays(Refused):
    """The customer has it: a void would take back what somebody may deduct."""

    code = "SENT_STAYS"
    sentence = "Invoice {number} was sent on {day}; correct it with a rectifying invoice."


class NotVoidable(Refused):
    """Everything else is deleted, cancelled or taken back to review."""

    code = "NOT_VOIDABLE"
    sentence = "Only an issued sales invoice can be voided."


class DocumentVoid(Refused):
    """It has no effect any more."""

    code = "DOCUMENT_VOID"
    sentence = "Invoice {number} was voided on {day}."


class RectifiedStays(Refused):
    """Another document corrects it."""

    code = "RECTIFIED_STAYS"
    sentence = "Another document rectifies {number}; that one comes first."


class OffsetRefused(Refused):
    """Not of the same contact, side and currency, or not one that is owed and one that is owed back."""

    code = "OFFSET_REFUSED"
    sentence = (
        "{number} cannot be set off here: it takes an open credit note and an open invoice"
        " of one contact and currency."
    )


class GivenBackSince(Refused):
    """A payment of which money went back later, or money given back that was paid again: the later one goes first."""

    code = "GIVEN_BACK_SINCE"
    sentence = "Money of document {number} moved again since. Take back the later one first."


class PaidElsewhere(Refused):
    """The payment came with a bank line."""

    code = "PAID_ELSEWHERE"
    sentence = "This payment came from a bank line; undo it there."


class AdvanceMissing(Refused):
    """Not an approved advance of this contact, or nothing is left of it."""

    code = "ADVANCE_MISSING"
    sentence = "{number} has no advance left for this contact and currency."


class AdvanceRefused(Refused):
    """Advances come off invoices whose prices are without VAT, so that its cents stay those of the advance."""

    code = "ADVANCE_REFUSED"
    sentence = "An advance comes off an invoice with prices without VAT."


class SeriesUseRefused(Refused):
    """A series stands for one use; rectifying and simplified invoices have their own."""

    code = "SERIES_USE_REFUSED"
    sentence = "The series {series} is used for other documents; choose another one."


class LeftOut(Refused):
    """A batch that leaves out what somebody should look at; the document's `warnings` say what."""

    code = "LEFT_OUT"
    sentence = "Left out: somebody should look at its warnings first."


class PapersTooMany(Refused):
    """A document holds so many papers and no more."""

    code = "PAPERS_TOO_MANY"
    sentence = "A document holds at most {most} papers; remove one first."


class LastPaperStays(Refused):
    """The invoice behind a deduction."""

    code = "LAST_PAPER_STAYS"
    sentence = (
        "An approved purchase keeps its last paper; attach the right one first, or take the approval back."
    )
