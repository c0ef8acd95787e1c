"""How each form is laid out: sections of lines, each line with its boxes in the order of the form.

Labels are English source text; `services/kit/words` has them in the other languages.
"""

from collections.abc import Mapping

from services.taxes.rules.layouts.form import Line, Section
from services.taxes.rules.layouts.income import FORM_111, FORM_115, FORM_130
from services.taxes.rules.layouts.vat import FORM_303
from services.taxes.rules.layouts.yearly_vat import FORM_390
from services.taxes.rules.models import TaxModel

FORMS: Mapping[TaxModel, tuple[Section, ...]] = {
    TaxModel.M303: FORM_303,
    TaxModel.M390: FORM_390,
    TaxModel.M111: FORM_111,
    TaxModel.M115: FORM_115,
    TaxModel.M130: FORM_130,
}
"""The models that consist of boxes; the others list persons."""

LABELS = frozenset(
    text
    for form in FORMS.values()
    for section in form
    for text in (section.title, *(line.label for line in section.lines))
)
"""Every text of a form that a person reads."""

__all__ = ["FORMS", "LABELS", "Line", "Section"]
