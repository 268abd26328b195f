import { createHash } from "node:crypto";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import express from "express";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import { ARCHIVE_ROUTES } from "../protocol/routes/archive.ts";
import { answerFailures } from "./api-failure.ts";
import { bind, NO_VISITOR } from "./bind.ts";
import { archiveHandlers } from "./own-data-api.ts";

const CODE = "c".repeat(43);

/** The door at which one archive waits, once. */
async function door() {
  let waits = true;
  const open = (code: string) => {
    if (code !== CODE || !waits) return null;
    waits = false;
    return Readable.from([Buffer.from("a zip")]);
  };
  const app = express();
  app.use("/api/v1", bind(ARCHIVE_ROUTES, archiveHandlers({ ownData: { addressFor: () => "", open } }), NO_VISITOR));
  app.use(answerFailures(pino({ level: "silent" })));
  const server = app.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/my-data`;
  const press = (code: string) => fetch(url, { method: "POST", body: new URLSearchParams({ code }) });
  return { url, press };
}

test("whatever looks at an archive's address takes nothing and uses nothing up; a press on its page fetches it, once", async () => {
  const { url, press } = await door();
  for (const method of ["HEAD", "GET"]) {
    const seen = await fetch(`${url}#${CODE}`, { method });
    expect([seen.status, seen.headers.get("content-type")]).toEqual([200, expect.stringContaining("text/html")]);
  }
  expect((await fetch(`${url}/${CODE}`)).status).toBe(404);
  expect((await press("d".repeat(43))).status).toBe(404);
  const archive = await press(CODE);
  expect(archive.headers.get("content-disposition")).toContain("my-data.zip");
  expect(await archive.text()).toBe("a zip");
  expect((await press(CODE)).status).toBe(404);
});

test("the page is in the reader's language, and its policy lets its own script and style run, and no other", async () => {
  const { url } = await door();
  const pageFor = async (language: string) => (await fetch(url, { headers: { "accept-language": language } })).text();
  const page = await pageFor("en");
  expect(page).toContain("Fetch my data");
  expect(await pageFor("ru")).toContain("Получить мои данные");
  const parts = [...page.matchAll(/<(script|style)>([^]*?)<\/\1>/g)].map(([, , text = ""]) => text);
  expect(parts).toHaveLength(2);
  for (const text of parts) expect(page).toContain(`'sha256-${createHash("sha256").update(text).digest("base64")}'`);
});
