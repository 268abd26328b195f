import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTranscriptionServer, type TranscriptionServer } from "../stack/transcription-server.ts";
import { findVoice } from "../voices/voices.ts";
import { wordErrors } from "../voices/word-errors.ts";
import { ScribeStage } from "./scribe-stage.ts";

const KIM = "@kim:example.org";
const VERA = "@vera:example.org";

let dir: string;
let server: TranscriptionServer;
let stage: ScribeStage;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "mindminder-transcription-"));
  server = await startTranscriptionServer({ dir });
  stage = await ScribeStage.open({ engine: "openai", openai: { baseUrl: server.baseUrl, model: server.model, timeoutSeconds: 60 } });
}, 180_000);
afterAll(async () => {
  await stage?.close();
  await server?.stop();
  await rm(dir, { recursive: true, force: true });
});

test("an OpenAI-compatible server writes down an English and a Russian turn", async () => {
  const [kims, veras] = await Promise.all([findVoice("Kim", 2), findVoice("Вера", 1)]);
  const [kim, vera] = await Promise.all([stage.join(KIM), stage.join(VERA)]);
  for (const [turn, id, speaker, voice] of [[1, KIM, kim, kims], [2, VERA, vera, veras]] as const) {
    await stage.listen(turn, id);
    await wait(500);
    await speaker.say(voice.file);
    stage.stop(turn);
    await stage.drained(turn);
    const { errors, words } = wordErrors(voice.text, stage.text(turn));
    expect(errors / words, stage.text(turn)).toBeLessThan(0.3);
    expect(stage.finals(turn).map(({ language }) => language)).toContain(voice.language);
    expect(stage.finals(turn)[0]?.engine).toEqual({ id: "openai", model: server.model });
  }
}, 180_000);

test("a server that has gone fails the turn and drains it", async () => {
  await server.kill();
  const sue = await stage.join("@sue:example.org");
  await stage.listen(3, "@sue:example.org");
  await wait(500);
  await sue.say("sue-1.opus", { seconds: 3.2 });
  stage.stop(3);
  await stage.drained(3);
  expect(stage.finals(3)).toEqual([]);
  expect(stage.of(3).map((message) => (message.type === "failed" ? message.code : message.type))).toEqual(
    expect.arrayContaining(["engine-unreachable", "drained"]),
  );
  expect(stage.of(3).at(-1)?.type).toBe("drained");
}, 120_000);
