import { expect, test } from "vitest";
import { meetingId } from "../../../tests/support/protocol/ids.ts";
import { translateTo } from "../../language/translate.ts";
import type { AssemblyRecord, Joined } from "../../protocol/assembly-record.ts";
import { AssemblyId } from "../../protocol/identity.ts";
import { outcomeLinesOf } from "./assembly-outcome.ts";
import { notice } from "./message.ts";

const MEETING = meetingId("mring100000");
const said = (text: string, ...rings: readonly number[]): Joined => ({
  text,
  speaker: null,
  from: rings.map((ring) => ({ meeting: MEETING, utterance: `${ring}.1`, turn: ring })),
  rings: rings.map((ring) => ({ part: 1, ring })),
});

function recordOf(summary: readonly Joined[]): AssemblyRecord {
  return {
    id: AssemblyId.parse("atest00001"),
    title: "Assembly",
    topic: "Garden",
    language: "ru",
    startedAt: 0,
    endedAt: 1,
    parts: [{ number: 1, kind: "rings", title: "", rings: [] }],
    summary: [...summary],
    decisions: [],
    tasks: [{ ...said("Спросить о лестнице", 3), owner: "Анна", due: "2026-12-01", status: "open" }],
    questions: [],
  };
}

const linkTo = ({ turn }: { turn: number | null }) => (turn === null ? null : `https://matrix.to/#/!r/$turn${turn}`);

test("each sentence says which groups it is from, and leads to the messages it rests on", () => {
  const { body, formatted_body } = notice(
    outcomeLinesOf(recordOf([said("Нужны яблони", 1, 2)]), translateTo("ru"), linkTo),
  );
  expect(body).toContain("Группы 1, 2: Нужны яблони");
  expect(body).toContain("Группа 3: Спросить о лестнице (Анна, до 1 декабря 2026");
  for (const turn of [1, 2, 3]) expect(formatted_body).toContain(`<a href="https://matrix.to/#/!r/$turn${turn}">↗</a>`);
});

test("what does not fit into one message is counted", () => {
  const many = Array.from({ length: 40 }, (_, index) => said(`${"слово ".repeat(60)}${index}`, index + 1));
  const content = notice(outcomeLinesOf(recordOf(many), translateTo("ru"), linkTo));
  expect(content["body"]).toMatch(/ещё \d+ — в документе/);
  // An edit holds all of it twice.
  expect(2 * Buffer.byteLength(JSON.stringify(content))).toBeLessThan(60_000);
});
