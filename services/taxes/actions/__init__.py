"""What people do with returns: say how a company is taxed, type boxes, prepare, approve, file."""

from services.taxes.actions.correcting import correct_tax_return, discard_tax_correction
from services.taxes.actions.profile import ChangedProfile, set_tax_profile
from services.taxes.actions.returns import (
    Receipt,
    approve_tax_return,
    file_tax_return,
    prepare_tax_return,
    withdraw_tax_return,
)
from services.taxes.actions.typing import TypedBox, type_tax_box

__all__ = [
    "ChangedProfile",
    "Receipt",
    "TypedBox",
    "approve_tax_return",
    "correct_tax_return",
    "discard_tax_correction",
    "file_tax_return",
    "prepare_tax_return",
    "set_tax_profile",
    "type_tax_box",
    "withdraw_tax_return",
]
