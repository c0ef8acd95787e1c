"""Banking in GraphQL: `reads` holds the types and lists, `writes` the acts."""

from services.banking.schema.reads import (
    BankAccount,
    BankAccountKind,
    BankLine,
    BankLineFilter,
    BankLineOrder,
    BankLineState,
    BankStatement,
    ClientBanks,
    MatchCandidate,
    MoneyDirection,
    PendingReconciliations,
    Query,
)
from services.banking.schema.writes import Mutation

__all__ = [
    "BankAccount",
    "BankAccountKind",
    "BankLine",
    "BankLineFilter",
    "BankLineOrder",
    "BankLineState",
    "BankStatement",
    "ClientBanks",
    "MatchCandidate",
    "MoneyDirection",
    "Mutation",
    "PendingReconciliations",
    "Query",
]
