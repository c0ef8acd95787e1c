/** Accounts of third parties: a line must say whose it is. */
export const THIRD_PARTIES = [
  "400",
  "401",
  "407",
  "410",
  "411",
  "430",
  "431",
  "436",
  "438",
  "440",
  "465",
  "173",
  "523",
  "551",
  "5525",
];

/** Whether the code is a heading whose contact decides the account: 430 with a customer. */
export function isThirdPartyHeading(code: string): boolean {
  return THIRD_PARTIES.includes(code);
}
