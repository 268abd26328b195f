import { expect, onTestFinished, test } from "vitest";
import { ringService, ROOM } from "../../tests/support/assembly/ring-service.ts";
import { Outbox } from "../journal/outbox.ts";
import { unitOf } from "../store/unit-of-work.ts";
import { tellOfAssemblies } from "./assembly-messages.ts";

function begun() {
  const made = ringService();
  onTestFinished(made.stop);
  const { db, assemblies } = made;
  tellOfAssemblies(assemblies, { outbox: new Outbox(db), poster: { wake: () => {} } });
  made.begun();
  /** Keys of all messages that are said once, as the database has them: their words are sealed. */
  const said = () =>
    db.prepare("SELECT key FROM outbox WHERE key GLOB 'assembly-news:*' ORDER BY position").pluck().all();
  return { ...made, said };
}

test("words to all, more time and a call are written in one with what they say: a service that dies then has told them", () => {
  const { db, ask, said } = begun();
  const asked = [
    { type: "tell-all", text: "Lunch at one" },
    { type: "more-time", byMs: 60_000 },
    { type: "call-keeper" },
  ] as const;
  for (const [n, each] of asked.entries())
    unitOf(db).run(() => {
      expect(ask("p1", each).accepted).toBe(true);
      // Nobody hears of it before it is written.
      expect(said()).toHaveLength(n + 1);
    });
  expect(said()).toEqual([":told", ":more", ":call"].map((what) => expect.stringMatching(new RegExp(`${what}$`))));
});

test("what came to nothing is not said", () => {
  const { db, ask, said, assemblies } = begun();
  const before = assemblies.of(ROOM)?.version;
  const failing = () =>
    unitOf(db).run(() => {
      ask("p1", { type: "tell-all", text: "Lunch at one" });
      throw new Error("the disk is full");
    });
  expect(failing).toThrow("the disk is full");
  expect(said()).toEqual([]);
  expect(assemblies.of(ROOM)?.version).toBe(before);
});
