import { cleanup } from "@testing-library/react";
import { afterEach, beforeEach } from "vitest";
import { speak } from "../words/WordsProvider";

/** Tests speak English; one that needs another language calls `speak` itself. */
beforeEach(() => speak("en", async () => ({ messages: {} })));
afterEach(cleanup);
