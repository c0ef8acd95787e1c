"""What a line of the change log says, as a sentence and as values before and after. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from services.access.policy import Role, Scope
from services.kit.words import Language


class AuditSubject(StrEnum):
    """What a line is about."""

    GRANT = "GRANT"
    COLLABORATION = "COLLABORATION"
    TEAM = "TEAM"
    MEMBER = "MEMBER"
    PORTAL_ACCESS = "PORTAL_ACCESS"
    APP = "APP"
    LOCK = "LOCK"
    FISCAL_YEAR = "FISCAL_YEAR"
    DOCUMENT = "DOCUMENT"
    ENTRY = "ENTRY"
    TAX_RETURN = "TAX_RETURN"
    CONTACT = "CONTACT"
    IMPORT = "IMPORT"
    SETTINGS = "SETTINGS"


SENTENCES: Mapping[tuple[AuditSubject, str], str] = {
    (AuditSubject.GRANT, "GRANTED"): "{who} gave {what} access",
    (AuditSubject.GRANT, "WIDENED"): "{who} widened the access of {what}",
    (AuditSubject.GRANT, "NARROWED"): "{who} narrowed the access of {what}",
    (AuditSubject.GRANT, "CHANGED"): "{who} changed the access of {what}",
    (AuditSubject.GRANT, "ENDED"): "{who} ended the access of {what}",
    (AuditSubject.COLLABORATION, "GRANTED"): "{who} began the collaboration with {what}",
    (AuditSubject.COLLABORATION, "CHANGED"): "{who} changed the collaboration with {what}",
    (AuditSubject.COLLABORATION, "ENDED"): "{who} ended the collaboration with {what}",
    (AuditSubject.TEAM, "GRANTED"): "{who} assigned {what} to this client",
    (AuditSubject.TEAM, "ENDED"): "{who} took {what} off this client",
    (AuditSubject.MEMBER, "GRANTED"): "{who} made {what} a member",
    (AuditSubject.MEMBER, "CHANGED"): "{who} changed what {what} may do",
    (AuditSubject.MEMBER, "PAUSED"): "{who} paused the access of {what}",
    (AuditSubject.MEMBER, "RESUMED"): "{who} gave {what} the access back",
    (AuditSubject.MEMBER, "ENDED"): "{who} ended the access of {what}",
    (AuditSubject.MEMBER, "PASSWORD_CHANGED"): "The password of {what} was replaced",
    (AuditSubject.MEMBER, "LOCKED"): "{what} was locked out after too many tries",
    (AuditSubject.MEMBER, "UNLOCKED"): "{what} may sign in again",
    (AuditSubject.PORTAL_ACCESS, "GRANTED"): "{who} gave {what} access to the portal",
    (AuditSubject.PORTAL_ACCESS, "CHANGED"): "{who} changed the portal access of {what}",
    (AuditSubject.PORTAL_ACCESS, "PAUSED"): "{who} paused the portal access of {what}",
    (AuditSubject.PORTAL_ACCESS, "RESUMED"): "{who} gave {what} the portal access back",
    (AuditSubject.PORTAL_ACCESS, "ENDED"): "{who} withdrew the portal access of {what}",
    (AuditSubject.PORTAL_ACCESS, "PASSWORD_CHANGED"): "The password of {what} was replaced",
    (AuditSubject.PORTAL_ACCESS, "LOCKED"): "{what} was locked out after too many tries",
    (AuditSubject.PORTAL_ACCESS, "UNLOCKED"): "{what} may sign in again",
    (AuditSubject.APP, "GRANTED"): "{who} connected the app {what}",
    (AuditSubject.APP, "ENDED"): "{who} disconnected the app {what}",
    (AuditSubject.LOCK, "MOVED"): "{who} moved the {what}",
    (AuditSubject.LOCK, "EXCEPTION_GRANTED"): "{who} allowed work behind the {what}",
    (AuditSubject.LOCK, "EXCEPTION_ENDED"): "{who} ended an exception to the {what}",
    (AuditSubject.FISCAL_YEAR, "OPENED"): "{who} opened the fiscal year {what}",
    (AuditSubject.FISCAL_YEAR, "CHANGED"): "{who} changed the days of the fiscal year {what}",
    (AuditSubject.FISCAL_YEAR, "CLOSED"): "{who} closed the fiscal year {what}",
    (AuditSubject.FISCAL_YEAR, "REOPENED"): "{who} reopened the fiscal year {what}",
    (AuditSubject.DOCUMENT, "SUBMITTED"): "{who} submitted {what} for review",
    (AuditSubject.DOCUMENT, "APPROVED"): "{who} approved {what}",
    (AuditSubject.DOCUMENT, "UNAPPROVED"): "{who} took back the approval of {what}",
    (AuditSubject.DOCUMENT, "VOIDED"): "{who} voided {what}",
    (AuditSubject.DOCUMENT, "CANCELLED"): "{who} cancelled {what}",
    (AuditSubject.DOCUMENT, "ACCEPTED"): "{who} accepted {what}",
    (AuditSubject.DOCUMENT, "REJECTED"): "{who} rejected {what}",
    (AuditSubject.DOCUMENT, "EXPIRED"): "{what} expired",
    (AuditSubject.DOCUMENT, "SENT"): "{who} shared {what} with its contact",
    (AuditSubject.DOCUMENT, "ARCHIVED"): "{who} archived {what}",
    (AuditSubject.DOCUMENT, "RESTORED"): "{who} restored {what}",
    (AuditSubject.DOCUMENT, "DELETED"): "{who} deleted the draft {what}",
    (AuditSubject.ENTRY, "POSTED"): "{who} posted entry {what}",
    (AuditSubject.ENTRY, "REVERSED"): "{who} reversed entry {what}",
    (AuditSubject.TAX_RETURN, "PREPARED"): "{who} prepared return {what}",
    (AuditSubject.TAX_RETURN, "WITHDRAWN"): "{who} withdrew return {what}",
    (AuditSubject.TAX_RETURN, "CORRECTION_BEGUN"): "{who} began to correct return {what}",
    (AuditSubject.TAX_RETURN, "DISCARDED"): "{who} discarded the correction of return {what}",
    (AuditSubject.TAX_RETURN, "APPROVED"): "{who} approved return {what}",
    (AuditSubject.TAX_RETURN, "FILED"): "{who} filed return {what}",
    (AuditSubject.TAX_RETURN, "BOX_TYPED"): "{who} typed a box of return {what}",
    (AuditSubject.CONTACT, "IBAN_CHANGED"): "{who} changed the bank account of {what}",
    (AuditSubject.CONTACT, "MERGED"): "{who} merged a card into {what}",
    (AuditSubject.CONTACT, "SPLIT"): "{who} undid a merge into {what}",
    (AuditSubject.IMPORT, "IMPORTED"): "{who} imported {what}",
    (AuditSubject.SETTINGS, "CHANGED"): "{who} changed {what}",
}
"""Every line there can be; the database writes no other (tests/services/audit/test_rules.py)."""

UNTOLD = "{who} changed {what}"
"""What is said of a line of a newer database than this program knows."""

PROGRAM = "Atrio"
"""Who acted where nobody did."""

LABELS: Mapping[str, str] = {
    "can_view": "May view",
    "can_edit": "May edit",
    "can_approve": "May approve",
    "can_share": "May share",
    "valid_until": "Until",
    "expires_at": "Until",
    "until_at": "Until",
    "expires_on": "Last day of access",
    "role": "Role",
    "state": "State",
    "for_name": "For",
    "locked_until": "Locked until",
    "starts_on": "First day",
    "ends_on": "Last day",
    "result_amount": "Result",
    "receipt": "Receipt",
    "box": "Box",
    "amount": "Amount",
    "iban": "Account number",
    "merged": "Merged card",
    "added": "Added",
    "updated": "Changed",
    "name": "Name",
    "tax_id": "Tax identifier",
    "trade": "Trade",
    "address": "Address",
    "postcode": "Postcode",
    "city": "Town",
    "province": "Province",
    "country": "Country",
    "email": "E-mail",
    "phone": "Telephone",
    "currency": "Currency",
    "locale": "Language",
    "time_zone": "Time zone",
    "fiscal_year_start_month": "First month of the fiscal year",
    "subscription_plan": "Plan",
    "simplified_limit": "Limit of simplified invoices",
    "needs_second_person": "A second person approves",
    "kind": "Kind",
    "code": "Series",
    "use": "Use",
    "is_usual": "Usual",
    "taxpayer": "Taxpayer",
    "vat_scheme": "VAT scheme",
    "territory": "Territory",
    "monthly": "Monthly returns",
    "monthly_refund": "Monthly refund",
    "prorata_percent": "Pro rata",
    "income_method": "Income tax method",
    "slug": "Portal address",
    "display_name": "Name shown",
    "primary_color": "Colour",
    "logo_sha256": "Logo",
    "document_footer": "Foot of papers",
    "ledger_account_id": "Account",
    "request_key": "",
}
"""The name of each column that a line may hold; empty: never shown."""

KINDS = (
    "LOCK_SOFT",
    "LOCK_SOFT_SALES",
    "LOCK_SOFT_PURCHASES",
    "LOCK_SOFT_BANK",
    "LOCK_SOFT_GENERAL",
    "LOCK_TAX",
    "LOCK_HARD",
    "IMPORT_CONTACTS",
    "IMPORT_STATEMENT",
    "SETTINGS_COMPANY",
    "SETTINGS_DOCUMENT_SETTINGS",
    "SETTINGS_DOCUMENT_SERIES",
    "SETTINGS_TAX_PROFILE",
    "SETTINGS_BRANDING",
    "SETTINGS_BANK_ACCOUNT",
)
"""Codes of what is changed that stand before its name, beside the kinds of documents."""

VALUES = (
    *(role.value for role in Role),
    *("INVITED", "REQUESTED", "VERIFYING", "ENDED"),
    *("STARTER", "STANDARD", "FULL"),
    *("ORDINARY", "RECTIFYING", "SIMPLIFIED"),
    *("COMPANY", "SOLE_TRADER"),
    *("GENERAL", "CASH_BASIS", "AGRICULTURAL", "USED_GOODS", "GROUP", "IMMEDIATE_SUPPLY"),
    *("COMMON", "BASQUE", "NAVARRE", "CANARY", "CEUTA_MELILLA"),
    *("DIRECT_NORMAL", "DIRECT_SIMPLIFIED", "OBJECTIVE"),
    *("BANK", "GATEWAY"),
)
"""Codes among the values before and after, beside those that other modules say."""

_NAMED_ALONE = frozenset({AuditSubject.ENTRY, AuditSubject.TEAM})
_MASKS = frozenset({"can_view", "can_edit", "can_approve", "can_share"})
_UNSEEN = frozenset({"logo_sha256", "ledger_account_id"})


@dataclass(frozen=True, slots=True)
class Change:
    """One value of a line, in the reader's language; None where there was nothing or is nothing now."""

    label: str
    before: str | None
    after: str | None

    def __str__(self) -> str:
        """All of it on one line, for files."""
        return f"{self.label}: {self.before or '-'} → {self.after or '-'}"


def sentence_of(
    language: Language, about: str, act: str, *, who: str, subject_kind: str, subject_name: str
) -> str:
    """This will say in one sentence who did what to which thing; an empty `who` is the program itself."""
    subject = AuditSubject(about)
    kind = "" if subject in _NAMED_ALONE or not subject_kind else language(subject_kind)
    what = f"{kind} {subject_name}".strip()
    return language.fill(SENTENCES.get((subject, act), UNTOLD), {"who": who or PROGRAM, "what": what})


def changes_of(language: Language, zone: str, changes: Mapping[str, list[Any]]) -> list[Change]:
    """This will give what changed, in the order of `LABELS`; what a label does not name is not shown."""
    return [
        Change(
            language(label),
            _shown(language, zone, column, changes[column][0]),
            _shown(language, zone, column, changes[column][1]),
        )
        for column, label in LABELS.items()
        if label and column in changes and changes[column][0] != changes[column][1]
    ]


def _shown(language: Language, zone: str, column: str, value: Any) -> str | None:
    if value is None or value == "":
        return None
    if column in _MASKS:
        return ", ".join(language(scope.name) for scope in Scope if int(value) & scope.bit) or None
    if column in _UNSEEN:
        return "···"
    if isinstance(value, bool):
        return language("Yes" if value else "No")
    return _moment(language, zone, str(value)) or language(str(value))


def _moment(language: Language, zone: str, value: str) -> str | None:
    """A day or an instant, as the reader writes it; None for what is neither."""
    if not value[:4].isdigit():
        return None
    reading: tuple[Callable[[str], date], ...] = (date.fromisoformat, datetime.fromisoformat)
    for read in reading:
        try:
            found = read(value)
        except ValueError:
            continue
        return language.moment(found, zone) if isinstance(found, datetime) else str(language.show(found))
    return None
