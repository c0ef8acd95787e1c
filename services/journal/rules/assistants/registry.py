"""All assistants by name: what each asks for and how its lines are made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from services.journal.rules.assistants import running, year_end
from services.journal.rules.assistants.parameters import Given, Parameter, ParameterKind
from services.journal.rules.entries import EntryLine
from services.kit.money import ZERO


class AssistantKind(StrEnum):
    """The entries that can be made from figures.

    VAT_SETTLEMENT and OWNER_CAPITAL read their figures from the books instead, DISTRIBUTION capital and legal reserve
    if not given.
    """

    PAYROLL = "PAYROLL"
    PAY_WAGES = "PAY_WAGES"
    PAY_SOCIAL_SECURITY = "PAY_SOCIAL_SECURITY"
    DEPRECIATION = "DEPRECIATION"
    BANK_FEE = "BANK_FEE"
    BANK_INTEREST = "BANK_INTEREST"
    VAT_SETTLEMENT = "VAT_SETTLEMENT"
    PAY_MODEL_303 = "PAY_MODEL_303"
    PAY_MODEL_111 = "PAY_MODEL_111"
    PAY_MODEL_115 = "PAY_MODEL_115"
    PAY_MODEL_130 = "PAY_MODEL_130"
    PAY_MODEL_200 = "PAY_MODEL_200"
    STOCK_CHANGE = "STOCK_CHANGE"
    PREPAID_EXPENSE = "PREPAID_EXPENSE"
    DEFERRED_INCOME = "DEFERRED_INCOME"
    RECLASSIFIED_LOAN = "RECLASSIFIED_LOAN"
    DOUBTFUL_CUSTOMER = "DOUBTFUL_CUSTOMER"
    CORPORATE_TAX = "CORPORATE_TAX"
    DISTRIBUTION = "DISTRIBUTION"
    OWNER_CAPITAL = "OWNER_CAPITAL"


@dataclass(frozen=True, kw_only=True)
class Assistant:
    """What it asks for, in the order people fill it in, and the lines it gives."""

    text: str
    """What the entry says if nothing else is given; Spanish, like the Libro Diario."""

    parameters: tuple[Parameter, ...]
    build: Callable[[Given], tuple[EntryLine, ...]]

    def lines(self, texts: Mapping[str, str]) -> tuple[EntryLine, ...]:
        """This will read the given values and make balanced lines. Raises ValueMissing, ValueWrong."""
        return self.build(Given(self.parameters, texts))


def _amounts(*names: str) -> tuple[Parameter, ...]:
    return tuple(Parameter(name=name) for name in names)


_BANK = Parameter(name="bank", kind=ParameterKind.ACCOUNT, default="572")
_CONTACT = Parameter(name="contact", kind=ParameterKind.CONTACT)


def _account(name: str, default: str) -> Parameter:
    return Parameter(name=name, kind=ParameterKind.ACCOUNT, default=default)


def _zero(name: str) -> Parameter:
    return Parameter(name=name, default="0.00")


def _distribution(given: Given) -> tuple[EntryLine, ...]:
    """Capital and legal reserve are needed where a profit is shared out: without them the law's part is not known."""
    profit = given.amount("profit")
    return year_end.distribution(
        profit,
        given.amount("loss"),
        given.amount("capital") if profit else ZERO,
        given.amount("legalReserve") if profit else ZERO,
        given.amount("dividend"),
    )


def _model(number: str) -> Assistant:
    return Assistant(
        text=f"Pago del modelo {number}",
        parameters=(*_amounts("amount"), _BANK),
        build=lambda given: running.paying_model(number, given.amount("amount"), given.account("bank")),
    )


ASSISTANTS: Mapping[AssistantKind, Assistant] = {
    AssistantKind.PAYROLL: Assistant(
        text="Nómina",
        parameters=(
            *_amounts("gross", "employeeSocialSecurity", "incomeTax", "employerSocialSecurity"),
            _CONTACT,
        ),
        build=lambda given: running.payroll(
            given.amount("gross"),
            given.amount("employeeSocialSecurity"),
            given.amount("incomeTax"),
            given.amount("employerSocialSecurity"),
            given.contact("contact"),
        ),
    ),
    AssistantKind.PAY_WAGES: Assistant(
        text="Pago de nómina",
        parameters=(*_amounts("amount"), _BANK, _CONTACT),
        build=lambda given: running.paying_wages(
            given.amount("amount"), given.account("bank"), given.contact("contact")
        ),
    ),
    AssistantKind.PAY_SOCIAL_SECURITY: Assistant(
        text="Pago de seguros sociales",
        parameters=(*_amounts("amount"), _BANK),
        build=lambda given: running.paying_social_security(given.amount("amount"), given.account("bank")),
    ),
    AssistantKind.DEPRECIATION: Assistant(
        text="Amortización del mes",
        parameters=(
            *_amounts("cost"),
            Parameter(name="percent", kind=ParameterKind.PERCENT),
            Parameter(name="inServiceOn", kind=ParameterKind.DATE),
            Parameter(name="month", kind=ParameterKind.DATE),
            _account("expense", "681"),
            _account("accumulated", "2817"),
        ),
        build=lambda given: running.depreciation(
            running.depreciation_of_month(
                given.amount("cost"), given.percent("percent"), given.day("inServiceOn"), given.day("month")
            ),
            given.account("expense"),
            given.account("accumulated"),
        ),
    ),
    AssistantKind.BANK_FEE: Assistant(
        text="Comisión bancaria",
        parameters=(*_amounts("amount"), _BANK),
        build=lambda given: running.bank_fee(given.amount("amount"), given.account("bank")),
    ),
    AssistantKind.BANK_INTEREST: Assistant(
        text="Intereses bancarios",
        parameters=(*_amounts("gross", "withheld"), _BANK),
        build=lambda given: running.bank_interest(
            given.amount("gross"), given.amount("withheld"), given.account("bank")
        ),
    ),
    AssistantKind.VAT_SETTLEMENT: Assistant(
        text="Liquidación de IVA",
        parameters=(Parameter(name="until", kind=ParameterKind.DATE),),
        build=lambda _given: (),
    ),
    AssistantKind.PAY_MODEL_303: _model("303"),
    AssistantKind.PAY_MODEL_111: _model("111"),
    AssistantKind.PAY_MODEL_115: _model("115"),
    AssistantKind.PAY_MODEL_130: _model("130"),
    AssistantKind.PAY_MODEL_200: _model("200"),
    AssistantKind.STOCK_CHANGE: Assistant(
        text="Variación de existencias",
        parameters=(_account("account", "300"), *_amounts("opening", "closing")),
        build=lambda given: year_end.stock_change(
            given.account("account"), given.amount("opening"), given.amount("closing")
        ),
    ),
    AssistantKind.PREPAID_EXPENSE: Assistant(
        text="Gastos anticipados",
        parameters=(_account("account", "625"), *_amounts("amount")),
        build=lambda given: year_end.prepaid_expense(given.account("account"), given.amount("amount")),
    ),
    AssistantKind.DEFERRED_INCOME: Assistant(
        text="Ingresos anticipados",
        parameters=(_account("account", "705"), *_amounts("amount")),
        build=lambda given: year_end.deferred_income(given.account("account"), given.amount("amount")),
    ),
    AssistantKind.RECLASSIFIED_LOAN: Assistant(
        text="Reclasificación de deuda a corto plazo",
        parameters=_amounts("amount"),
        build=lambda given: year_end.reclassified_loan(given.amount("amount")),
    ),
    AssistantKind.DOUBTFUL_CUSTOMER: Assistant(
        text="Cliente de dudoso cobro",
        parameters=(_CONTACT, *_amounts("amount", "impairment")),
        build=lambda given: year_end.doubtful_customer(
            given.amount("amount"), given.amount("impairment"), given.contact("contact")
        ),
    ),
    AssistantKind.CORPORATE_TAX: Assistant(
        text="Impuesto sobre sociedades",
        parameters=(*_amounts("tax"), _zero("withheld")),
        build=lambda given: year_end.corporate_tax(given.amount("tax"), given.amount("withheld")),
    ),
    AssistantKind.DISTRIBUTION: Assistant(
        text="Distribución del resultado",
        parameters=(_zero("profit"), _zero("loss"), *_amounts("capital", "legalReserve"), _zero("dividend")),
        build=_distribution,
    ),
    AssistantKind.OWNER_CAPITAL: Assistant(
        text="Resultado y cuenta del titular a capital",
        parameters=(Parameter(name="until", kind=ParameterKind.DATE),),
        build=lambda _given: (),
    ),
}
