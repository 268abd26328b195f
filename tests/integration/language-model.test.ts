import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { readWrittenMeetings } from "../../appservice/minutes/evaluate/written-meeting.ts";
import { openLlmIn } from "../../appservice/minutes/llm/llm.ts";
import { LlmOptions } from "../../appservice/minutes/options.ts";
import { ensureLanguageModel } from "../../tools/setup/language-model.ts";
import { progressOn } from "../../tools/setup/progress.ts";
import { expectNothingMissing, minutesOf } from "../support/minutes/never-worse.ts";
import { type LanguageModelServer, startLanguageModel } from "../support/stack/language-model.ts";
import { LONG } from "../support/stack/long.ts";

const HOUR = 3_600_000;
/** Left out, for each costs a question a person: what is left is where model and rules meet. */
const OF_EACH = { "participant-summary": false, "person-summary": false };

/** A gigabyte is fetched for it, and it writes a few words a second: in `npm run test:long` alone. */
describe.runIf(LONG)("a real, small language model", { timeout: 2 * HOUR }, () => {
  let server: LanguageModelServer;
  beforeAll(async () => {
    // On one thread: on several they wait for each other, which takes for ever where other tests run beside it.
    const place = { dir: await mkdtemp(join(tmpdir(), "mindminder-model-")), threads: 1 };
    server = await startLanguageModel(await ensureLanguageModel(progressOn()), place);
  }, HOUR);
  afterAll(() => server?.stop());

  test("answers in the form that is asked for, and stops at its bound", async () => {
    const llm = openLlmIn(".", LlmOptions.parse(server.llm));
    const question = { name: "list", system: "You answer in JSON.", user: "Name three fruits, then a number." };
    const schema = z.object({ fruits: z.array(z.string().max(20)).length(3), number: z.number().int() });
    const answer = await llm.ask({ ...question, schema, answerTokens: 100 }, AbortSignal.timeout(HOUR));
    expect(answer.fruits).toHaveLength(3);
    const cut = { ...question, schema, answerTokens: 4, rescue: (text: string) => ({ fruits: [text], number: 0 }) };
    expect((await llm.ask(cut, AbortSignal.timeout(HOUR))).fruits[0]?.length).toBeLessThan(60);
  });

  const { meetings } = readWrittenMeetings("tests/minutes/dev");
  test.each(["en-garden", "ru-yard"])("%s: the record is never worse with it than without", async (name) => {
    const written = meetings.find((one) => one.name === name);
    if (!written) return expect.unreachable(`there is no meeting ${name}`);
    const without = await minutesOf(written, { plugins: OF_EACH });
    const withModel = await minutesOf(written, { plugins: OF_EACH, llm: server.llm, timeLimitSeconds: 3_600 });
    expectNothingMissing(written, without, withModel);
    expect(withModel.some(({ madeBy }) => madeBy.method === "llm")).toBe(true);
  });
});
