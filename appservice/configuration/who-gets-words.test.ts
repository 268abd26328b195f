import { expect, test } from "vitest";
import type { Shown } from "../protocol/agreement.ts";
import { Config } from "./config.ts";
import { alsoIntoChat, whoGetsWords } from "./who-gets-words.ts";

/** A configuration with these sections, as it is read from its file. */
function shown(sections: { speech?: object; minutes?: object }) {
  const { speech, minutes } = Config.parse({
    homeserver: { url: "http://127.0.0.1:8008", serverName: "garden.org", registration: "r.yaml" },
    service: { publicUrl: "https://circle.garden.org" },
    livekit: { url: "wss://livekit.garden.org", apiKey: "key", apiSecret: "a-secret-that-is-long-enough-for-it" },
    ...sections,
  });
  return whoGetsWords({ speech, minutes }).items;
}
const COMMENTS = { what: "comments" } as const;
const model = (baseUrl: string, more: object = {}) => ({ baseUrl, model: "m", ...more });

test("by default words become text here, comments are taken, and nobody outside gets anything", () => {
  expect(shown({})).toEqual([{ what: "speech", outside: null }, COMMENTS]);
  expect(shown({ speech: { engine: "off" } })).toEqual([COMMENTS]);
});

test("whoever outside gets words is named: recogniser, model, a plugin's own model, embeddings; each once", () => {
  expect(
    shown({
      speech: { engine: "openai", openai: { baseUrl: "https://speech.example.org/v1" } },
      minutes: {
        llm: model("https://llm.example.org/v1", { shownAs: "Model of the Town Hall" }),
        embeddings: model("https://near.example.org:8443/v1"),
        plugins: {
          decisions: { llm: model("https://own.example.org/v1") },
          tasks: { llm: model("https://own.example.org/v1") },
          questions: false,
        },
      },
    }),
  ).toEqual([
    { what: "speech", outside: "speech.example.org" },
    ...["Model of the Town Hall", "near.example.org:8443", "own.example.org"].map((outside) => ({
      what: "minutes",
      outside,
    })),
    COMMENTS,
  ]);
});

test.each([
  ["http://127.0.0.1:8000/v1", null],
  ["http://localhost/v1", null],
  ["http://[::1]:8000/v1", null],
  ["http://0x7f.1/v1", null],
  ["https://127.example.org/v1", "127.example.org"],
  ["http://10.0.0.7:8000/v1", "10.0.0.7:8000"],
  ["http://models:8000/v1", "models:8000"],
  ["https://localhost.example.org/v1", "localhost.example.org"],
])("%s is this very machine, or is named", (baseUrl, outside) => {
  expect(shown({ speech: { engine: "openai", openai: { baseUrl } } })[0]).toEqual({ what: "speech", outside });
});

test("a chat in Telegram is named by its title, in one line; one that is not there any more is not", () => {
  const asked: Shown = { wording: 1, items: [COMMENTS] };
  const chat = { title: "Garden\n of\u2028all ", boundAt: 7, lost: null };
  expect(alsoIntoChat(asked, chat).items).toEqual([{ what: "telegram", chat: "Garden of all", since: 7 }, COMMENTS]);
  expect(alsoIntoChat(asked, { ...chat, title: "x".repeat(500) }).items[0]).toMatchObject({ chat: "x".repeat(128) });
  expect(alsoIntoChat(asked, { ...chat, lost: "deleted" })).toBe(asked);
  expect(alsoIntoChat(asked, null)).toBe(asked);
});
