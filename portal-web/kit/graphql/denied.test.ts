import { CombinedError } from "@urql/core";
import { describe, expect, it } from "vitest";
import { Denials, failureOf } from "./denied";

function errorOf(path: (string | number)[], extensions: Record<string, unknown> = {}) {
  const denied = {
    code: "SCOPE",
    layer: "grant",
    scope: "BANKING",
    action: "VIEW",
    grantors: ["CLIENT_OWNER"],
    requestId: "r-1",
  };
  return new CombinedError({ graphQLErrors: [{ message: "Not granted.", path, extensions: { ...denied, ...extensions } }] });
}

describe("Denials", () => {
  it("says why a field is denied and who can open it", () => {
    const denials = new Denials(errorOf(["client", "bankAccounts"]));
    expect(denials.at("client.bankAccounts")).toEqual({
      code: "SCOPE",
      layer: "grant",
      scope: "BANKING",
      action: "VIEW",
      grantors: ["CLIENT_OWNER"],
      message: "Not granted.",
      requestId: "r-1",
    });
    expect(denials.at("client.overview")).toBeUndefined();
  });

  it("denies what is under a denied field, not what is above it", () => {
    const denials = new Denials(errorOf(["client", "overview"]));
    expect(denials.at("client.overview.income")).toBeDefined();
    expect(denials.at("client")).toBeUndefined();
  });

  it("looks at the row when the path names one", () => {
    const denials = new Denials(errorOf(["clients", "nodes", 3, "pendingWork", "inbox"]));
    const field = "clients.nodes.pendingWork.inbox";
    expect(denials.at(field, { index: 3 })).toBeDefined();
    expect(denials.at(field, { index: 2 })).toBeUndefined();
  });

  it("looks at the company when a list was decided row by row", () => {
    const denials = new Denials(errorOf(["clients", "nodes", "pendingWork", "inbox"], { companies: ["a", "b"] }));
    const field = "clients.nodes.pendingWork.inbox";
    expect(denials.at(field, { companyId: "b" })).toBeDefined();
    expect(denials.at(field, { companyId: "c" })).toBeUndefined();
    expect(denials.at(field)).toBeUndefined();
  });

  it("covers every row when the whole column is denied", () => {
    const denials = new Denials(errorOf(["clients", "nodes", "pendingWork", "inbox"]));
    expect(denials.at("clients.nodes.pendingWork.inbox", { index: 7, companyId: "c" })).toBeDefined();
  });

  it("knows nothing of other errors", () => {
    expect(new Denials(errorOf(["client"], { code: "INTERNAL" })).any).toBe(false);
  });
});

describe("failureOf", () => {
  it("is silent about denied fields", () => {
    expect(failureOf(errorOf(["client"]))).toBeUndefined();
  });

  it("gives sentence and request number of another error", () => {
    expect(failureOf(errorOf(["client"], { code: "INTERNAL" }))).toEqual({
      message: "Not granted.",
      requestId: "r-1",
      offline: false,
    });
  });

  it("tells a lost connection apart", () => {
    expect(failureOf(new CombinedError({ networkError: new Error("down") }))).toEqual({ message: "down", offline: true });
  });
});
