"""What the change log says: a sentence, in each language, for every line that the database can write."""

import re

import pytest

from services.audit.rules import SENTENCES, AuditSubject, sentence_of
from services.kit.db import Database
from services.kit.words import LOCALES, translator

WRITERS = r"select proname, prosrc from pg_proc where prosrc like '%log\_event(%' and proname <> 'log_event'"
CODES_BESIDE_ACTS = {
    *("INSERT", "UPDATE", "DELETE"),
    *("ACTIVE", "DEACTIVATED", "REVOKED", "DRAFT", "PENDING_REVIEW", "SALES"),
    *("PORTAL_CONTACT", "FIRM_OWNER", "FIRM_ADMIN"),
    *("IMPORT_CONTACTS", "IMPORT_STATEMENT", "SETTINGS_"),
}
"""What else stands in capitals in the triggers: operations, states, roles and kinds."""
RETURN_STATES = {"PREPARED", "APPROVED", "FILED", "DISCARDED"}
LOCK_LINES = {
    (AuditSubject.LOCK, "MOVED"),
    (AuditSubject.LOCK, "EXCEPTION_GRANTED"),
    (AuditSubject.LOCK, "EXCEPTION_ENDED"),
    (AuditSubject.FISCAL_YEAR, "CLOSED"),
    (AuditSubject.FISCAL_YEAR, "REOPENED"),
}
"""What the lines of `lock_change` become: the trigger takes their acts from the row."""


async def written(database: Database) -> set[tuple[AuditSubject, str]]:
    """The pairs of subject and act that the triggers of the database can write."""
    async with database.pool.acquire() as connection:
        sources = {row["proname"]: row["prosrc"] for row in await connection.fetch(WRITERS)}
    del sources["log_lock"]
    pairs = set(LOCK_LINES)
    for name, source in sources.items():
        codes = set(re.findall(r"'([A-Z][A-Z_]+)'", source)) - CODES_BESIDE_ACTS
        subjects = {code for code in codes if code in set(AuditSubject)}
        acts = (codes - subjects) | (RETURN_STATES if name == "log_tax_return" else set())
        assert subjects, name
        assert acts, name
        pairs |= {(AuditSubject(subject), act) for subject in subjects for act in acts}
    return pairs


async def test_every_line_that_the_database_can_write_has_a_sentence_in_each_language(
    database: Database,
) -> None:
    pairs = await written(database)

    assert pairs == set(SENTENCES)
    for subject, act in pairs:
        said = {
            sentence_of(translator(locale), subject, act, who="Ana", subject_kind="", subject_name="X")
            for locale in LOCALES
        }
        assert len(said) == len(LOCALES), (subject, act)


@pytest.mark.parametrize(
    ("locale", "said"), [("en", "Ana changed 303 Q1 2026"), ("sv", "Ana ändrade 303 Q1 2026")]
)
def test_a_line_of_a_newer_database_is_told_without_saying_how(locale: str, said: str) -> None:
    told = sentence_of(
        translator(locale), "TAX_RETURN", "STAMPED", who="Ana", subject_kind="", subject_name="303 Q1 2026"
    )

    assert told == said
