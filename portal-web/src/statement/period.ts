/** First and last day to ask for; without a last day the gateway tells up to its own today. */
export interface Period {
  from: string;
  to?: string;
}

/** A year that is over is told to its end, the running one as it stands today. */
export function periodOf(year: number, running: number): Period {
  return { from: `${year}-01-01`, to: year < running ? `${year}-12-31` : undefined };
}
