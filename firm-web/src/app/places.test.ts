import { describe, expect, it } from "vitest";
import { sameScreen } from "./places";

const ROW = "01a22f83-af25-7000-8899-886df049d8ac";

describe("sameScreen", () => {
  it.each([
    ["/clients", "/clients/next"],
    [`/clients/${ROW}`, "/clients/next"],
    [`/c/${ROW}`, "/c/next"],
    [`/c/${ROW}/bank`, "/c/next/bank"],
    [`/c/${ROW}/taxes/303/2026/3T`, "/c/next/taxes/303/2026/3T"],
    [`/c/${ROW}/documents/sales/${ROW}`, "/c/next/documents"],
  ])("leads from %s to %s", (from, to) => expect(sameScreen(from, "next")).toBe(to));
});
