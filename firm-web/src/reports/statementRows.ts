import { isZero, subtractMoney } from "@atrio/kit/format";
import type { StatementLineFragment } from "../gql/operations";

/** A line of a statement, or one of the accounts behind it. */
export interface StatementRow {
  id: string;
  /** Set on accounts: what their ledger card takes. */
  code?: string;
  number: string;
  name: string;
  level: number;
  amount: string;
  prior: string;
  change: string;
  foldable: boolean;
}

/** Lines in order, each unfolded into its accounts where wanted; lines of nothing only if asked for. */
export function statementRows(
  lines: readonly StatementLineFragment[],
  names: Readonly<Record<string, string>>,
  open: ReadonlySet<string>,
  zero: boolean,
): readonly StatementRow[] {
  const isNothing = ({ amount, prior }: { amount: string; prior: string }) => isZero(amount) && isZero(prior);
  return lines
    .filter((line) => zero || line.level === 0 || !isNothing(line))
    .flatMap((line) => {
      const { key, number, level, amount, prior, accounts } = line;
      const head: StatementRow = {
        id: key,
        number,
        name: names[key] ?? line.name,
        level,
        amount,
        prior,
        change: subtractMoney(amount, prior),
        foldable: accounts.length > 0,
      };
      if (!open.has(key)) return [head];
      const behind = accounts.map(
        (account): StatementRow => ({
          id: `${key}.${account.code}`,
          code: account.code,
          number: "",
          name: account.name,
          level: level + 1,
          amount: account.amount,
          prior: account.prior,
          change: subtractMoney(account.amount, account.prior),
          foldable: false,
        }),
      );
      return [head, ...behind];
    });
}
