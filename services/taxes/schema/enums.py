"""Words of taxes as GraphQL knows them."""

from enum import Enum

import strawberry

from services.taxes.rules.corrections import ReturnKind
from services.taxes.rules.models import TaxModel
from services.taxes.rules.profile import IncomeMethod, TaxpayerKind, TaxTerritory, VatScheme
from services.taxes.rules.vat_303 import ResultType

strawberry.enum(TaxModel, name="TaxModel", description="Official models by their number.")
strawberry.enum(
    ResultType,
    name="TaxResultType",
    description="What happens with the result: paid (I), debited (U), compensated (C), refunded (D), nothing (N).",
)
strawberry.enum(
    ReturnKind,
    name="TaxReturnKind",
    description="The first return of a period, or what corrects it: RECTIFYING (303), COMPLEMENTARY (111, 115, 130,"
    " only adds), SUBSTITUTIVE (declarations that inform).",
)
strawberry.enum(
    TaxpayerKind, name="TaxpayerKind", description="A company, or a sole trader who pays income tax."
)
strawberry.enum(
    VatScheme, name="VatScheme", description="VAT regime; only GENERAL is computed, others are refused."
)
strawberry.enum(
    TaxTerritory,
    name="TaxTerritory",
    description="Tax territory; only COMMON is computed, others are refused.",
)
strawberry.enum(IncomeMethod, name="IncomeMethod", description="How a sole trader's income is found.")


@strawberry.enum(
    description="Where a return stands. DRAFT is computed live, FILED is kept for good, DISCARDED was given up."
)
class TaxReturnState(Enum):
    DRAFT = "DRAFT"
    PREPARED = "PREPARED"
    APPROVED = "APPROVED"
    FILED = "FILED"
    DISCARDED = "DISCARDED"


@strawberry.enum(description="The VAT book of invoices issued, or of those received.")
class VatBookKind(Enum):
    ISSUED = "ISSUED"
    RECEIVED = "RECEIVED"


@strawberry.enum(description="Order of a VAT book: by the day the tax falls due, or by number.")
class VatBookOrder(Enum):
    DATE_ASC = "DATE_ASC"
    DATE_DESC = "DATE_DESC"
    NUMBER_ASC = "NUMBER_ASC"
    NUMBER_DESC = "NUMBER_DESC"


@strawberry.enum(description="Order of kept returns, by the last day to file them.")
class TaxReturnOrder(Enum):
    DUE_ASC = "DUE_ASC"
    DUE_DESC = "DUE_DESC"
