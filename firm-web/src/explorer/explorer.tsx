import "@fontsource-variable/inter/wght.css";
import "@atrio/kit/ui/page.css";
import "graphiql/style.css";
import "./explorer.css";
import type { FetcherParams } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import { buildSchema, type GraphQLSchema } from "graphql";
import { StrictMode, useEffect, useState } from "react";
import { createRoot } from "react-dom/client";

/** Kept for this tab only. */
const TOKEN = "atrio.explorer.token";

async function send(params: FetcherParams): Promise<Response["json"]> {
  const response = await fetch("/graphql", {
    method: "POST",
    credentials: "omit",
    headers: { "content-type": "application/json", authorization: `Bearer ${sessionStorage.getItem(TOKEN) ?? ""}` },
    body: JSON.stringify(params),
  });
  return response.json();
}

/** The page of partners: free operations with an API token. The schema is the printed file, so nothing is introspected. */
function Explorer() {
  const [schema, setSchema] = useState<GraphQLSchema>();
  const [problem, setProblem] = useState("");
  useEffect(() => {
    const load = async () => setSchema(buildSchema(await (await fetch("/schema.graphql")).text()));
    load().catch((error: Error) => setProblem(error.message));
  }, []);
  return (
    <div className="explorer">
      <header className="explorer-head">
        <h1>Atrio API explorer</h1>
        <label>
          API token{" "}
          <input
            type="password"
            autoComplete="off"
            spellCheck={false}
            defaultValue={sessionStorage.getItem(TOKEN) ?? ""}
            onChange={(event) => sessionStorage.setItem(TOKEN, event.target.value.trim())}
          />
        </label>
        <span>Kept in this tab only.</span>
        {problem && <strong role="alert">The schema could not be read: {problem}</strong>}
      </header>
      <div className="explorer-body">{schema && <GraphiQL fetcher={send} schema={schema} shouldPersistHeaders={false} />}</div>
    </div>
  );
}

createRoot(document.getElementById("root") as HTMLElement).render(
  <StrictMode>
    <Explorer />
  </StrictMode>,
);
