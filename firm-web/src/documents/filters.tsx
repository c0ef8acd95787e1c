import { useFormats } from "@atrio/kit/format";
import { Checkbox, Field, Select, Tabs } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { useDocumentStates, useDocumentTypes } from "../app/documentWords";
import { type Chip, FilterChips, without } from "../app/list/FilterChips";
import { PeriodFields } from "../app/list/PeriodFields";
import { SavedViews } from "../app/list/SavedViews";
import { Filters } from "../app/Screen";
import type { DocumentStatus } from "../gql/operations";
import { type DocumentsSearch, PURCHASE_TYPES, SALES_TYPES, STATUSES, sideIn } from "./search";

interface FiltersProps {
  search: DocumentsSearch;
  /** Name of the contact the list is narrowed to, once a row tells it. */
  contactName: string | undefined;
  onChange: (part: Partial<DocumentsSearch>) => void;
  /** Another address for the same list. */
  onGo: (search: DocumentsSearch) => void;
}

/** Side, type, state, reading, period: the address as controls, and what of it is in use. */
export function DocumentFilters({ search, contactName, onChange, onGo }: FiltersProps) {
  const i18n = useWords();
  const types = useDocumentTypes();
  const states = useDocumentStates();
  const chips = useChips(search, contactName);
  const side = sideIn(search);
  const offered = side === "sales" ? SALES_TYPES : PURCHASE_TYPES;
  return (
    <>
      <Filters>
        <Tabs
          label={i18n.t("Side")}
          controls="documents"
          value={side}
          onChange={(id) => onChange({ side: id === "purchases" ? "purchases" : undefined, type: undefined, read: undefined })}
          tabs={[
            { id: "sales", label: i18n.t("Sales") },
            { id: "purchases", label: i18n.t("Purchases") },
          ]}
        />
        {/* A contact is one client's; a view holds in every client's books. */}
        <SavedViews listName={`documents/${side}`} search={{ ...search, contact: undefined }} onChoose={onGo} />
      </Filters>
      <Filters>
        <Tabs
          label={i18n.t("Documents by type")}
          controls="documents"
          value={search.type ?? "ALL"}
          onChange={(id) => onChange({ type: id === "ALL" ? undefined : (id as DocumentsSearch["type"]) })}
          tabs={[{ id: "ALL", label: i18n.t("All") }, ...offered.map((id) => ({ id, label: types[id] }))]}
        />
      </Filters>
      <Filters>
        <Field label={i18n.t("State")} labelUnseen>
          {(ids) => (
            <Select
              {...ids}
              value={search.status ?? ""}
              onChange={(event) => onChange({ status: (event.target.value || undefined) as DocumentStatus | undefined })}
            >
              <option value="">{i18n.t("Every state")}</option>
              {STATUSES.map((status) => (
                <option key={status} value={status}>
                  {states[status].word}
                </option>
              ))}
            </Select>
          )}
        </Field>
        {side === "sales" && (
          <Field label={i18n.t("Read by the contact")} labelUnseen>
            {(ids) => (
              <Select
                {...ids}
                value={search.read ?? ""}
                onChange={(event) => onChange({ read: (event.target.value || undefined) as DocumentsSearch["read"] })}
              >
                <option value="">{i18n.t("Read or not")}</option>
                <option value="READ">{i18n.t("Read")}</option>
                <option value="UNREAD">{i18n.t("Not read")}</option>
              </Select>
            )}
          </Field>
        )}
        <PeriodFields from={search.from} to={search.to} onChange={onChange} />
        <Checkbox
          label={i18n.t("Not fully paid")}
          checked={search.unpaid ?? false}
          onChange={(event) => onChange({ unpaid: event.target.checked || undefined })}
        />
        <Checkbox
          label={i18n.t("Not in the books yet")}
          checked={search.unposted ?? false}
          onChange={(event) => onChange({ unposted: event.target.checked || undefined })}
        />
        <Checkbox
          label={i18n.t("Archived")}
          checked={search.archived ?? false}
          onChange={(event) => onChange({ archived: event.target.checked || undefined })}
        />
      </Filters>
      <FilterChips chips={chips} onRemove={(ids) => onGo(without(search, ids))} />
    </>
  );
}

function useChips(search: DocumentsSearch, contactName: string | undefined): readonly Chip[] {
  const i18n = useWords();
  const f = useFormats();
  const types = useDocumentTypes();
  const states = useDocumentStates();
  const { type, status, read, unpaid, unposted, archived, contact, from, to, q } = search;
  const named: [keyof DocumentsSearch, string | undefined | false][] = [
    ["type", type && types[type]],
    ["status", status && i18n.t("State: {state}", { state: states[status].word })],
    ["read", read && (read === "READ" ? i18n.t("Read by the contact") : i18n.t("Not read by the contact"))],
    ["contact", contact && (contactName ?? i18n.t("Of one contact only"))],
    ["from", from && i18n.t("From {day}", { day: f.date(from) })],
    ["to", to && i18n.t("To {day}", { day: f.date(to) })],
    ["unpaid", unpaid && i18n.t("Not fully paid")],
    ["unposted", unposted && i18n.t("Not in the books yet")],
    ["archived", archived && i18n.t("Archived")],
    ["q", q && i18n.t("Search: {text}", { text: q })],
  ];
  return named.flatMap(([id, label]) => (label ? [{ id, label }] : []));
}
