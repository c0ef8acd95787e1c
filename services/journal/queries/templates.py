"""Where the fields of templates come from."""

from services.journal.models import EntryTemplate, EntryTemplateLine
from services.kit.reads import Filter, Join, Listing, Source

TEMPLATES_MAX = 500

TEMPLATE = Source(EntryTemplate.__table__)  # type: ignore[attr-defined]
TEMPLATE_LINE = Source(EntryTemplateLine.__table__)  # type: ignore[attr-defined]

LINES_OF = Join(
    lambda template, line: line.c.template_id == template.c.id,
    order=lambda line: (line.c.position,),
    cap=50,
    expected=4,
)
CONTACT_OF = Join(lambda line, contact: contact.c.id == line.c.contact_id)

TEMPLATES = Listing(
    filters={
        "companyId": Filter(lambda row, value, ask: row.c.company_id == value, reads=("companyId",)),
        "archived": Filter(
            lambda row, value, ask: row.c.archived_at.is_not(None) if value else row.c.archived_at.is_(None),
            reads=("archivedAt",),
            flag=True,
        ),
    },
    first_max=TEMPLATES_MAX,
)
