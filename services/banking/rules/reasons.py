"""What a person reads for each reason of a candidate: English source text with named places, by code."""

from collections.abc import Mapping

from services.banking.rules.candidates import ReasonCode

REASON_SENTENCES: Mapping[ReasonCode, str] = {
    ReasonCode.NUMBER_IN_TEXT: "The bank text names {number}.",
    ReasonCode.NUMBER_DIGITS_IN_TEXT: "The bank text has the digits {digits} of {number}.",
    ReasonCode.PAYMENT_ID_IN_TEXT: "The bank text has the payment id {payment_id}.",
    ReasonCode.IBAN_OF_CONTACT: "The payment comes from or goes to the contact's account {iban}.",
    ReasonCode.TAX_ID_IN_TEXT: "The bank text has the contact's tax id {tax_id}.",
    ReasonCode.NAME_SIMILAR: "The bank text has {percent} % of the name {name}.",
    ReasonCode.AMOUNT_EXACT: "The amount is exactly {amount}.",
    ReasonCode.AMOUNT_UNIQUE: "No other open document near its due date has this amount.",
    ReasonCode.AMOUNT_SHARED: "{others} more open documents have this amount.",
    ReasonCode.SUM_OF_ITEMS: "{count} documents add up to the amount.",
    ReasonCode.ALL_OPEN_ITEMS: "These are all open documents of {name}.",
    ReasonCode.OTHER_SUMS_POSSIBLE: "Other documents add up to the amount as well.",
    ReasonCode.PARTIAL_PAYMENT: "It would pay a part: {left} of {outstanding} stays open.",
    ReasonCode.LINE_LARGER: "The line is larger: {left} of it would be left.",
    ReasonCode.CREDIT_TAKEN_OFF: "It is the payment less the credit note {number} of {amount}.",
    ReasonCode.EXCHANGED: "It is {amount} {currency}, booked at {booked}.",
    ReasonCode.GIVEN_BACK: "It was paid; the bank gives the money back.",
    ReasonCode.DIFFERS_BY_CENTS: "It differs by {difference}, which can be written off.",
    ReasonCode.FEE_KEPT: "{fee} would be the bank's fee.",
    ReasonCode.CONCEPT_CARD: "The bank calls it a card payment.",
    ReasonCode.CONCEPT_RETURNED: "The bank calls it a returned payment.",
    ReasonCode.CONCEPT_PAYROLL: "The bank calls it payroll or social security.",
    ReasonCode.CONCEPT_FEES: "The bank calls it interest, a fee or a tax.",
}
