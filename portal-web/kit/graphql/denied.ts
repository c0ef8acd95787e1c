import type { CombinedError } from "@urql/core";

/** Why a field is null: the viewer may not see it, and who could change that. */
export interface Denial {
  code: "ROLE" | "SCOPE" | "PLAN" | "STATE";
  /** Which layer refused: role, assignment, grant, plan, state. */
  layer: string;
  scope: string;
  action: string;
  /** Roles or people that can open it, most likely first. */
  grantors: readonly string[];
  /** The sentence of the gateway, in the viewer's language. */
  message: string;
  requestId?: string;
}

interface Entry {
  path: readonly (string | number)[];
  /** Set when a list was decided row by row: the companies whose row is denied. */
  companies?: readonly string[];
  denial: Denial;
}

interface Place {
  /** Row of the innermost list the path goes through. */
  index?: number;
  /** Company that owns the row, in lists over many clients. */
  companyId?: string;
}

const CODES = new Set(["ROLE", "SCOPE", "PLAN", "STATE"]);

/** The denied fields of one answer. */
export class Denials {
  readonly #entries: readonly Entry[];

  constructor(error?: CombinedError) {
    this.#entries = (error?.graphQLErrors ?? []).flatMap((one) => {
      const { code, layer, scope, action, grantors, companies, requestId } = one.extensions;
      if (!CODES.has(code as string) || !one.path) return [];
      const denial = { code, layer, scope, action, grantors: grantors ?? [], message: one.message, requestId } as Denial;
      return [{ path: one.path, companies: companies as string[] | undefined, denial }];
    });
  }

  /**
   * Why the field at a path is denied, undefined if it is not. `path` names fields with points and no
   * list positions: "clients.nodes.pendingWork.inbox". A denied parent denies what is under it.
   */
  at(path: string, place: Place = {}): Denial | undefined {
    const wanted = path.split(".");
    return this.#entries.find((entry) => covers(entry, wanted, place))?.denial;
  }

  get any(): boolean {
    return this.#entries.length > 0;
  }
}

function covers({ path, companies }: Entry, wanted: readonly string[], place: Place): boolean {
  const names = path.filter((step) => typeof step === "string");
  if (names.length > wanted.length || names.some((name, at) => name !== wanted[at])) return false;
  if (companies && (place.companyId === undefined || !companies.includes(place.companyId))) return false;
  const index = path.findLast((step) => typeof step === "number");
  return index === undefined || index === place.index;
}

/** An answer that failed as a whole or in part for another reason than permission. */
export interface Failure {
  message: string;
  /** To be read out to support; empty if the request never arrived. */
  requestId?: string;
  /** The network is at fault, not the gateway. */
  offline: boolean;
}

export function failureOf(error?: CombinedError): Failure | undefined {
  if (!error) return undefined;
  if (error.networkError) return { message: error.networkError.message, offline: true };
  const other = error.graphQLErrors.find(({ extensions }) => !CODES.has(extensions.code as string));
  return other && { message: other.message, requestId: other.extensions.requestId as string | undefined, offline: false };
}
