"""A document knows everybody who changed what it says, not only the last one: none of them approves it."""

from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of those before, the last one is known. A new type rewrites the table, which no trigger of documents refuses."""
    op.execute(
        "alter table document alter column content_changed_by type uuid[]"
        " using case when content_changed_by is null then '{}' else array[content_changed_by] end,"
        " alter column content_changed_by set default '{}', alter column content_changed_by set not null"
    )
