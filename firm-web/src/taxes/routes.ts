import { localDate } from "@atrio/kit/format";
import { startRead } from "@atrio/kit/graphql";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { clientRoute } from "../app/parents";
import { TaxCalendarPage, TaxDraftPage, TaxPartiesPage, VatBookPage } from "../gql/operations";
import { bookSearch, bookVariables, calendarSearch, draftSearch, lastPeriod, modelOf, namesPersons, yearOf } from "./search";

export const taxesRoutes = [
  createRoute({
    getParentRoute: () => clientRoute,
    path: "taxes",
    validateSearch: calendarSearch,
    loaderDeps: ({ search }) => search,
    loader: ({ context, deps, params }) =>
      startRead(context.network, TaxCalendarPage, {
        companyId: params.clientId,
        year: deps.year ?? lastPeriod(localDate()).year,
      }),
    component: lazyRouteComponent(() => import("./Calendar"), "CalendarScreen"),
  }),
  createRoute({
    getParentRoute: () => clientRoute,
    path: "taxes/books",
    validateSearch: bookSearch,
    loaderDeps: ({ search }) => search,
    loader: ({ context, deps, params }) =>
      startRead(context.network, VatBookPage, bookVariables(params.clientId, deps, localDate())),
    component: lazyRouteComponent(() => import("./Books"), "BooksScreen"),
  }),
  createRoute({
    getParentRoute: () => clientRoute,
    path: "taxes/$model/$year/$period",
    validateSearch: draftSearch,
    loader: ({ context, params }) => {
      const model = modelOf(params.model);
      const asked = { companyId: params.clientId, model, year: yearOf(params.year) ?? 0, period: params.period };
      if (namesPersons(model)) startRead(context.network, TaxPartiesPage, asked);
      else startRead(context.network, TaxDraftPage, asked);
    },
    component: lazyRouteComponent(() => import("./Return"), "ReturnScreen"),
  }),
];
