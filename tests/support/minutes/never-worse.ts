import { pino } from "pino";
import { expect } from "vitest";
import type { WrittenMeeting } from "../../../appservice/minutes/evaluate/written-meeting.ts";
import { createMinutes } from "../../../appservice/minutes/minutes.ts";
import { MinutesOptions } from "../../../appservice/minutes/options.ts";
import type { MinutesEntry } from "../../../appservice/protocol/meeting-record.ts";

type Written = Pick<WrittenMeeting, "meeting" | "record">;

/** Makes the minutes of a meeting as the service would, with such keys of the section `minutes`. */
export async function minutesOf(
  written: Written,
  { plugins = {}, ...options }: { plugins?: object; llm?: object; timeLimitSeconds?: number },
): Promise<MinutesEntry[]> {
  const made: MinutesEntry[] = [];
  const all = { tasks: { timeZone: "UTC" }, ...plugins };
  const minutes = await createMinutes(MinutesOptions.parse({ plugins: all, ...options }), {
    folder: ".",
    log: pino({ level: "silent" }),
    now: () => written.meeting.at,
    onMade: (_, entry) => void made.push(entry),
    onFailed: (_, plugin, __, error) => expect.unreachable(`${plugin}: ${error.message}`),
  });
  minutes.project(written.meeting, written.record, []);
  await minutes.idle();
  await minutes.close();
  return made;
}

/** Expects that nothing which is found without a model is missing with one, and nobody who spoke. */
export function expectNothingMissing(
  written: Written,
  without: readonly MinutesEntry[],
  withModel: readonly MinutesEntry[],
): void {
  const found = itemsIn(withModel);
  for (const item of itemsIn(without)) {
    const same = found.find((one) => item.from.every((line) => one.from.includes(line)));
    expect(same, JSON.stringify(item)).toBeDefined();
    if (item.owner)
      expect(found.some((one) => one.owner === item.owner && one.from.some((line) => item.from.includes(line)))).toBe(
        true,
      );
  }
  const speakerOf = new Map(written.record.utterances.map(({ id, speaker }) => [id, speaker]));
  const heard = (made: readonly MinutesEntry[]) =>
    new Set(
      made.flatMap(({ about, result }) =>
        about.kind === "circle" && result.form === "summary"
          ? result.sentences.flatMap(({ from }) => from.map((id) => `${about.circle} ${speakerOf.get(id)}`))
          : [],
      ),
    );
  expect([...heard(without)].filter((person) => !heard(withModel).has(person))).toEqual([]);
}

const itemsIn = (made: readonly MinutesEntry[]) =>
  made.flatMap(({ result }) => {
    if (result.form === "tasks") return result.tasks.map(({ id, owner, from }) => ({ id, owner, from }));
    if (result.form === "decisions") return result.decisions.map(({ id, from }) => ({ id, owner: null, from }));
    return result.form === "questions" ? result.questions.map(({ id, from }) => ({ id, owner: null, from })) : [];
  });
