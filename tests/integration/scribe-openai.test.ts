import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LONG } from "../support/stack/long.ts";
import { startTranscriptionServer, type TranscriptionServer } from "../support/stack/transcription-server.ts";
import { findVoice } from "../voices/voices.ts";
import { wordErrors } from "../voices/word-errors.ts";
import { ScribeStage, until } from "../support/scribe/scribe-stage.ts";
import { personId } from "../support/protocol/ids.ts";

const KIM = "@kim:example.org";
const VERA = "@vera:example.org";

let dir: string;
let server: TranscriptionServer;
let stage: ScribeStage;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "mindminder-transcription-"));
  server = await startTranscriptionServer({ dir });
  stage = await ScribeStage.open({
    engine: "openai",
    openai: { baseUrl: server.baseUrl, model: server.model, timeoutSeconds: 60 },
  });
});
afterAll(async () => {
  await stage?.close();
  await server?.stop();
  await rm(dir, { recursive: true, force: true });
});

test.runIf(LONG)("an OpenAI-compatible server writes down an English and a Russian turn", async () => {
  const [kims, veras] = await Promise.all([findVoice("Kim", 2), findVoice("Вера", 1)]);
  const [kim, vera] = await Promise.all([stage.join(KIM), stage.join(VERA)]);
  for (const [turn, id, speaker, voice] of [
    [1, KIM, kim, kims],
    [2, VERA, vera, veras],
  ] as const) {
    await stage.hear(turn, personId(id));
    await speaker.say(voice.file, { seconds: 3.9 });
    stage.stop(turn);
    await stage.drained(turn);
    const [firstSentence = ""] = voice.text.split(/(?<=[.?!]) /);
    const { errors, of: words } = wordErrors(firstSentence, stage.text(turn));
    expect(errors / words, stage.text(turn)).toBeLessThan(0.35);
    expect(stage.finals(turn).map(({ language }) => language)).toContain(voice.language);
    expect(stage.finals(turn)[0]?.engine).toEqual({ id: "openai", model: server.model });
  }
});

test.runIf(LONG)("what is said while the server is away waits, and becomes text when the server is back", async () => {
  await server.kill();
  const sue = await stage.join("@sue:example.org");
  await stage.hear(3, personId("@sue:example.org"));
  await sue.say("sue-1.opus", { seconds: 3.2 });
  stage.stop(3);
  await stage.drained(3);
  expect(stage.of(3).map(({ type }) => type)).toEqual(["drained"]);
  expect(stage.waiting()).toMatchObject([{ turn: 3, late: true }]);
  await server.restart();
  await until("nothing waits any more", () => stage.waiting()?.length === 0, 90_000);
  const late = stage.of(3).flatMap((message) => (message.type === "late" ? [message.text] : []));
  expect(late.join(" ").toLowerCase()).toContain("agenda");
});
