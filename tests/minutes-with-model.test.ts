import { expect, test, vi } from "vitest";
import { readWrittenMeetings } from "../appservice/minutes/evaluate/written-meeting.ts";
import { type Asked, chatServer, leans, says } from "./support/minutes/chat-server.ts";
import { expectNothingMissing, minutesOf } from "./support/minutes/never-worse.ts";

vi.setConfig({ testTimeout: 120_000 }); // a machine that does much else besides

const { meetings } = readWrittenMeetings("tests/minutes/dev");

/** A small model as they are: says lines again under wrong numbers, gives a list of what was asked for, invents. */
function smallModel(asked: Asked) {
  const { messages } = asked;
  if (messages.length > 2) return leans(messages.at(-1)!.content.length % 3 === 0 ? 0.1 : 0.9, asked);
  const lines = [...messages[1]!.content.matchAll(/^\[(\d+)\] [^:]+: (.*)$/gm)];
  const of = (words: string, from: number) => ({
    text: words,
    title: words,
    owner: null,
    due: null,
    from: [from],
    answered_in: [from + 1],
  });
  const all = [
    ...lines.map(([, n, said]) => of(said ?? "", Number(n) + (Number(n) % 3 === 0 ? 1 : 0))),
    of("Everybody praised the new strategy of the company.", 1),
    of("Всем участникам выплатят премию.", 2),
  ];
  return says(JSON.stringify({ tasks: all, decisions: all, questions: all, sentences: all }));
}

test.each(meetings.map((written) => [written.name, written] as const))(
  "%s: nothing that is found without a model is missing with a poor one, and nobody who spoke",
  async (_, written) => {
    await using server = await chatServer(smallModel);
    const llm = { baseUrl: server.url, model: "small" };
    const [without, withModel] = [await minutesOf(written, {}), await minutesOf(written, { llm })];
    expect(server.asked.length).toBeGreaterThan(3);
    expectNothingMissing(written, without, withModel);
    const texts = JSON.stringify(withModel.map(({ result }) => result));
    expect(texts).not.toMatch(/praised|премию/);
  },
);
