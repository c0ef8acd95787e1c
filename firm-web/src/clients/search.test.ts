import { expect, it } from "vitest";
import type { Role } from "../gql/operations";
import { clientsSearch, shownTabs, variablesOf } from "./search";

const tabFor = (role: Role | undefined, address: Record<string, unknown> = {}) => variablesOf(clientsSearch(address), role).tab;

it("shows all clients to who runs the firm and their own to the others", () => {
  const roles: Role[] = ["FIRM_OWNER", "FIRM_ADMIN", "ACCOUNT_MANAGER", "BOOKKEEPER"];
  expect(roles.map((role) => tabFor(role))).toEqual(["ALL", "ALL", "MY_CLIENTS", "MY_CLIENTS"]);
});

it("lets the tab of the address rule", () => {
  expect(tabFor("FIRM_OWNER", { tab: "MY_CLIENTS" })).toBe("MY_CLIENTS");
  expect(tabFor("BOOKKEEPER", { tab: "ALL" })).toBe("ALL");
  expect(tabFor("FIRM_ADMIN", { tab: "ELSEWHERE" })).toBe("ALL");
});

it("hides an empty tab, but not the one that somebody is on", () => {
  expect(shownTabs({ MY_CLIENTS: 0, ALL: 40 }, "ALL")).toEqual(["ALL"]);
  expect(shownTabs({ MY_CLIENTS: 0, ALL: 40 }, "MY_CLIENTS")).toEqual(["MY_CLIENTS", "ALL"]);
  expect(shownTabs({ MY_CLIENTS: 0, ALL: 0 }, "ALL")).toEqual(["ALL"]);
  expect(shownTabs({}, "ALL")).toEqual(["MY_CLIENTS", "ALL"]);
});
