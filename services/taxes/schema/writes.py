"""What people do with returns."""

from decimal import Decimal

import strawberry

from services.access.guard import Guard, Refusal, Touched, mutation, payload, refusals, touched
from services.access.interface import Info
from services.access.policy import FIRM_ROLES, Action, Scope
from services.kit.scalars import Date, Money
from services.taxes import actions
from services.taxes.rules.models import TaxModel
from services.taxes.rules.profile import IncomeMethod, Profile, TaxpayerKind, TaxTerritory, VatScheme
from services.taxes.rules.vat_303 import ResultType
from services.taxes.schema.reads import TaxReturn

EDIT = Guard(Scope.TAXES, Action.EDIT)
APPROVE = Guard(Scope.TAXES, Action.APPROVE)
FILE = Guard(Scope.TAXES, Action.APPROVE, roles=FIRM_ROLES)


@strawberry.input(description="How a company is taxed, the whole of it.")
class SetTaxProfileInput:
    company_id: strawberry.ID = strawberry.field(description="The company.")
    taxpayer: TaxpayerKind = strawberry.field(description="A company or a sole trader.")
    vat_scheme: VatScheme = strawberry.field(description="VAT regime; only GENERAL is computed.")
    territory: TaxTerritory = strawberry.field(description="Tax territory; only COMMON is computed.")
    monthly: bool = strawberry.field(default=False, description="VAT by months instead of quarters.")
    monthly_refund: bool = strawberry.field(default=False, description="In the register of monthly refunds.")
    prorata_percent: Money | None = strawberry.field(
        default=None, description="Provisional share of input VAT that is deducted, 0 to 100; null for all."
    )
    income_method: IncomeMethod = strawberry.field(
        default=IncomeMethod.DIRECT_SIMPLIFIED, description="How a sole trader's income is found."
    )


@strawberry.input(description="A box that no document says.")
class TypeTaxBoxInput:
    company_id: strawberry.ID = strawberry.field(description="The company.")
    model: TaxModel = strawberry.field(description="The model.")
    year: int = strawberry.field(description="Calendar year.")
    period: str = strawberry.field(description="1T to 4T, 01 to 12, or 0A.")
    box: str = strawberry.field(description="Box number as printed.")
    amount: Money | None = strawberry.field(description="Euro, signed as in the form; null takes it back.")
    reason: str | None = strawberry.field(default=None, description="Where the amount comes from.")


@strawberry.input(description="The period whose boxes are frozen.")
class PrepareTaxReturnInput:
    company_id: strawberry.ID = strawberry.field(description="The company.")
    model: TaxModel = strawberry.field(description="The model.")
    year: int = strawberry.field(description="Calendar year.")
    period: str = strawberry.field(description="1T to 4T, 01 to 12, or 0A.")


@strawberry.input(description="The receipt of a filed return.")
class FileTaxReturnInput:
    return_id: strawberry.ID = strawberry.field(description="The approved return.")
    receipt: str = strawberry.field(description="Receipt number, 13 digits.")
    verification_code: str = strawberry.field(description="Secure verification code (CSV), 16 signs.")
    filed_on: Date = strawberry.field(description="The day it was filed.")
    result_type: ResultType | None = strawberry.field(
        default=None, description="What became of the result; null for the usual."
    )
    settle: bool = strawberry.field(
        default=True, description="Whether to post the entry that clears the VAT accounts (303)."
    )


@strawberry.input(description="The filed return that turned out wrong.")
class CorrectTaxReturnInput:
    return_id: strawberry.ID = strawberry.field(description="The filed return.")
    reason: str = strawberry.field(description="Why it is corrected.")


@payload
class TaxCompanyPayload:
    """The company whose taxes changed; read its calendar or draft again."""

    company_id: strawberry.ID | None = strawberry.field(
        default=None, description="The company; null if refused."
    )
    refusals: list[Refusal] = refusals()


@payload
class TaxReturnPayload:
    """The return as it is now, or why nothing was done."""

    tax_return: Touched[TaxReturn] = touched()
    refusals: list[Refusal] = refusals()


@strawberry.type
class Mutation:
    @mutation(guard=EDIT)
    async def set_tax_profile(self, info: Info, input: SetTaxProfileInput) -> TaxCompanyPayload:
        """Says how a company is taxed."""
        prorata: Decimal | None = input.prorata_percent
        async with info.context.write() as act:
            company_id = await actions.set_tax_profile(
                act,
                actions.ChangedProfile(
                    company_id=input.company_id,
                    profile=Profile(
                        taxpayer=input.taxpayer,
                        vat_scheme=input.vat_scheme,
                        territory=input.territory,
                        monthly=input.monthly,
                        monthly_refund=input.monthly_refund,
                        prorata_percent=prorata,
                        income_method=input.income_method,
                    ),
                ),
            )
        return TaxCompanyPayload(company_id=strawberry.ID(str(company_id)))

    @mutation(guard=EDIT)
    async def type_tax_box(self, info: Info, input: TypeTaxBoxInput) -> TaxCompanyPayload:
        """Types a box that no document says, or takes back what was typed."""
        async with info.context.write() as act:
            company_id = await actions.type_tax_box(
                act,
                actions.TypedBox(
                    company_id=input.company_id,
                    model=input.model,
                    year=input.year,
                    period=input.period,
                    box=input.box,
                    amount=input.amount,
                    reason=input.reason,
                ),
            )
        return TaxCompanyPayload(company_id=strawberry.ID(str(company_id)))

    @mutation(guard=EDIT)
    async def prepare_tax_return(self, info: Info, input: PrepareTaxReturnInput) -> TaxReturnPayload:
        """Freezes the boxes of a period that is over. Again before approval: freezes them anew."""
        async with info.context.write() as act:
            kept = await actions.prepare_tax_return(
                act, input.company_id, input.model, input.year, input.period
            )
        return TaxReturnPayload(tax_return=kept)

    @mutation(guard=EDIT)
    async def withdraw_tax_return(self, info: Info, return_id: strawberry.ID) -> TaxReturnPayload:
        """Takes a prepared or approved return back to a live draft."""
        async with info.context.write() as act:
            kept = await actions.withdraw_tax_return(act, return_id)
        return TaxReturnPayload(tax_return=kept)

    @mutation(guard=EDIT)
    async def correct_tax_return(self, info: Info, input: CorrectTaxReturnInput) -> TaxReturnPayload:
        """Begins what corrects a filed return, as a live draft; what was paid or refunded stands in its boxes."""
        async with info.context.write() as act:
            kept = await actions.correct_tax_return(act, input.return_id, reason=input.reason)
        return TaxReturnPayload(tax_return=kept)

    @mutation(guard=EDIT)
    async def discard_tax_correction(self, info: Info, return_id: strawberry.ID) -> TaxReturnPayload:
        """Gives up a correction that is still a draft; gives the filed return, which stands as before."""
        async with info.context.write() as act:
            kept = await actions.discard_tax_correction(act, return_id)
        return TaxReturnPayload(tax_return=kept)

    @mutation(guard=APPROVE)
    async def approve_tax_return(self, info: Info, return_id: strawberry.ID) -> TaxReturnPayload:
        """Approves what was prepared: the client, or whoever of the firm may."""
        async with info.context.write() as act:
            kept = await actions.approve_tax_return(act, return_id)
        return TaxReturnPayload(tax_return=kept)

    @mutation(guard=FILE)
    async def file_tax_return(self, info: Info, input: FileTaxReturnInput) -> TaxReturnPayload:
        """Keeps the receipt of an approved return; a 303 clears the VAT accounts and locks its period."""
        receipt = actions.Receipt(
            number=input.receipt.strip(),
            verification_code=input.verification_code.strip().upper(),
            filed_on=input.filed_on,
            result=input.result_type,
            settle=input.settle,
        )
        async with info.context.write() as act:
            kept = await actions.file_tax_return(act, input.return_id, receipt)
        return TaxReturnPayload(tax_return=kept)
