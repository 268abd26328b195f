import { pino } from "pino";
import { expect, test, vi } from "vitest";
import { readWrittenMeetings } from "../appservice/minutes/evaluate/written-meeting.ts";
import { createMinutes } from "../appservice/minutes/minutes.ts";
import { MinutesOptions } from "../appservice/minutes/options.ts";
import type { MinutesEntry } from "../appservice/protocol/meeting-record.ts";
import { chatServer, says, type Asked } from "./support/minutes/chat-server.ts";

vi.setConfig({ testTimeout: 120_000 }); // a machine that does much else besides

const { meetings } = readWrittenMeetings("tests/minutes/dev");
const plugins = { tasks: { timeZone: "UTC" } };

async function minutesOf(written: (typeof meetings)[number], baseUrl: string | null): Promise<MinutesEntry[]> {
  const made: MinutesEntry[] = [];
  const llm = baseUrl === null ? null : { baseUrl, model: "small" };
  const minutes = await createMinutes(MinutesOptions.parse({ plugins, llm }), {
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

/** A small model as they are: says lines again under wrong numbers, gives a list of what was asked for, invents. */
function smallModel({ messages }: Asked) {
  const lines = [...messages[1]!.content.matchAll(/^\[(\d+)\] [^:]+: (.*)$/gm)];
  const of = (words: string, from: number) => ({
    text: words,
    title: words,
    owner: null,
    due: null,
    from: [from],
    answered_in: [from + 1],
    n: from,
    holds: from % 2 === 0,
  });
  const all = [
    ...lines.map(([, n, said]) => of(said ?? "", Number(n) + (Number(n) % 3 === 0 ? 1 : 0))),
    of("Everybody praised the new strategy of the company.", 1),
    of("Всем участникам выплатят премию.", 2),
  ];
  return says(JSON.stringify({ tasks: all, decisions: all, questions: all, sentences: all, verdicts: all }));
}

const itemsIn = (made: readonly MinutesEntry[]) =>
  made.flatMap(({ result }) => {
    if (result.form === "tasks") return result.tasks.map(({ id, owner, from }) => ({ id, owner, from }));
    if (result.form === "decisions") return result.decisions.map(({ id, from }) => ({ id, owner: null, from }));
    return result.form === "questions" ? result.questions.map(({ id, from }) => ({ id, owner: null, from })) : [];
  });

test.each(meetings.map((written) => [written.name, written] as const))(
  "%s: nothing that is found without a model is missing with a poor one, and nobody who spoke",
  async (_, written) => {
    await using server = await chatServer(smallModel);
    const [without, withModel] = [await minutesOf(written, null), await minutesOf(written, server.url)];
    expect(server.asked.length).toBeGreaterThan(3);
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
    const texts = JSON.stringify(withModel.map(({ result }) => result));
    expect(texts).not.toMatch(/praised|премию/);
  },
);
