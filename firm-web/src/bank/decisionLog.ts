/**
 * What a person decided about bank lines and the gateway has not confirmed in the list yet.
 *
 * A decision shows at once and is sent in the order it was made, one after the other, because two
 * lines may want the same document. A lost connection is tried again with the same request key; a
 * refusal gives the line back with its sentence. Taking back a decision that was not sent costs nothing.
 */
export interface Target {
  documentId: string;
  /** Decimal text, positive, in the document's currency. */
  amount: string;
  /** What of the line that is, where the document is in another currency. */
  paid?: string;
  /** The document is paid and the line gives the money back. */
  givesBack?: boolean;
}

/** What of a line goes to an account; positive for money in. */
export interface Part {
  ledgerAccountCode: string;
  amount: string;
  contactId?: string;
}

/** Documents and accounts that a line settles, and what closes them where the line pays not quite. */
export interface Match {
  readonly targets: readonly Target[];
  readonly parts?: readonly Part[];
  readonly difference?: "WRITE_OFF" | "FEE" | "DISCOUNT";
  /** What one unit of the line's currency is worth in the books; the company's own rate where none is said. */
  readonly exchangeRate?: string;
}

export interface Decision<Line> extends Match {
  readonly lineId: string;
  readonly requestKey: string;
  /** Retrying: the connection is lost, the decision is kept. */
  readonly state: "waiting" | "retrying" | "saved" | "refused" | "undone";
  /** The line as it was when the person decided. */
  readonly before: Line;
  /** The line as the gateway gives it since. */
  readonly after?: Line;
  readonly undoToken?: string;
  /** Why it was refused. */
  readonly message?: string;
}

export type Answer<Line> =
  | { kind: "saved"; line: Line | undefined; undoToken: string | undefined }
  | { kind: "refused"; message: string }
  | { kind: "lost" };

/** The network, as the log needs it. */
export interface Border<Line> {
  send: (decision: Decision<Line>) => Promise<Answer<Line>>;
  /** Resolves to the line as it is then. Rejects with the sentence of a refusal. */
  takeBack: (undoToken: string) => Promise<Line | undefined>;
  newKey: () => string;
}

const RETRY_FIRST_MS = 1000;
const RETRY_LONGEST_MS = 30_000;

export class DecisionLog<Line extends { id: string }> {
  readonly #border: Border<Line>;
  #decisions: ReadonlyMap<string, Decision<Line>> = new Map();
  /** Saved and no longer shown by the log; kept for their undo tokens. */
  readonly #settled = new Map<string, Decision<Line>>();
  #queue: readonly string[] = [];
  #sending: Promise<void> | undefined;
  #listeners: readonly (() => void)[] = [];

  constructor(border: Border<Line>) {
    this.#border = border;
  }

  /** By line; the same map until something changes. */
  get decisions(): ReadonlyMap<string, Decision<Line>> {
    return this.#decisions;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners = [...this.#listeners, listener];
    return () => {
      this.#listeners = this.#listeners.filter((other) => other !== listener);
    };
  };

  /** Shows the decision and sends it after those before it. A line that is on its way is not decided twice: undefined. */
  decide(line: Line, match: Match): Decision<Line> | undefined {
    const present = this.#decisions.get(line.id)?.state;
    if (present === "waiting" || present === "retrying" || present === "saved") return undefined;
    const said = { lineId: line.id, requestKey: this.#border.newKey() };
    const decision = { ...match, ...said, state: "waiting", before: line } as const;
    this.#settled.delete(line.id);
    this.#put(decision);
    this.#queue = [...this.#queue, line.id];
    this.#sending ??= this.#drain();
    return decision;
  }

  /** Takes a decision back, sent or not. Rejects with the sentence of a refusal. */
  async undo(lineId: string): Promise<void> {
    if (this.#queue.indexOf(lineId) > 0) {
      this.#queue = this.#queue.filter((id) => id !== lineId);
      return this.#drop(lineId);
    }
    if (this.#queue[0] === lineId) await this.#sending;
    const decision = this.#decisions.get(lineId) ?? this.#settled.get(lineId);
    if (decision?.state !== "saved" || !decision.undoToken) return;
    const line = await this.#border.takeBack(decision.undoToken);
    this.#settled.delete(lineId);
    this.#put({ ...decision, state: "undone", after: line ?? decision.before });
  }

  /** Rows came anew from the gateway: they tell what is saved and undone themselves. What is saved can still be undone. */
  settle(): void {
    for (const [id, decision] of this.#decisions) if (decision.state === "saved") this.#settled.set(id, decision);
    const left = [...this.#decisions].filter(([, { state }]) => state !== "saved" && state !== "undone");
    if (left.length === this.#decisions.size) return;
    this.#decisions = new Map(left);
    this.#tell();
  }

  async #drain(): Promise<void> {
    for (let next = this.#queue[0]; next !== undefined; next = this.#queue[0]) {
      const decision = this.#decisions.get(next);
      if (decision) await this.#sendUntilAnswered(decision);
      this.#queue = this.#queue.slice(1);
    }
    this.#sending = undefined;
  }

  async #sendUntilAnswered(decision: Decision<Line>): Promise<void> {
    for (let wait = RETRY_FIRST_MS; ; wait = Math.min(wait * 2, RETRY_LONGEST_MS)) {
      const answer = await this.#border.send(decision);
      if (answer.kind === "saved") {
        return this.#put({ ...decision, state: "saved", after: answer.line, undoToken: answer.undoToken });
      }
      if (answer.kind === "refused") return this.#put({ ...decision, state: "refused", message: answer.message });
      this.#put({ ...decision, state: "retrying" });
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }

  #put(decision: Decision<Line>): void {
    this.#decisions = new Map(this.#decisions).set(decision.lineId, decision);
    this.#tell();
  }

  #drop(lineId: string): void {
    const left = new Map(this.#decisions);
    left.delete(lineId);
    this.#decisions = left;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
