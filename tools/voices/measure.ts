// Measures how well and how soon clips are written down over a real LiveKit, in turns as in a meeting: word errors, and
// the time from `stop` to `drained`. node tools/voices/measure.ts [full|int8] [threads] [captions|quiet] [ROUNDS]
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AccessToken, RoomServiceClient } from "livekit-server-sdk";
import { pino } from "pino";
import type { FromScribe } from "../../appservice/protocol/scribe-messages.ts";
import { ScribeOptions } from "../../appservice/scribe/options.ts";
import { startScribe } from "../../appservice/scribe/scribe.ts";
import { startLiveKit } from "../../tests/support/stack/livekit.ts";
import { Speaker } from "../../tests/voices/speaker.ts";
import { listVoices } from "../../tests/voices/voices.ts";
import { wordErrors } from "../../tests/voices/word-errors.ts";
import { progressOn } from "../setup/progress.ts";
import { ensureSpeechModel } from "../setup/speech-model.ts";
import { meetingId, personId } from "../../tests/support/protocol/ids.ts";

const [encoder = "int8", threads = "1", captions = "quiet", rounds = "1"] = process.argv.slice(2);
const models = await ensureSpeechModel(progressOn());
const dir = await mkdtemp(join(tmpdir(), "mindminder-measure-"));
const livekit = await startLiveKit({ dir });
const { url, httpUrl, apiKey, apiSecret } = livekit;
const room = "!measured";
await new RoomServiceClient(httpUrl, apiKey, apiSecret).createRoom({ name: room, emptyTimeout: 600 });
const tokenOf = (identity: string, hidden = false) => {
  const token = new AccessToken(apiKey, apiSecret, { identity });
  token.addGrant({ room, roomJoin: true, hidden, canPublish: !hidden, canSubscribe: true });
  return token.toJwt();
};

const messages: (FromScribe & { at: number })[] = [];
const options = ScribeOptions.parse({
  sherpa: { modelFolder: models.whisper, encoder, threads: Number(threads) },
  voiceActivityModel: models.vad,
  captions: captions === "captions",
});
const scribe = startScribe(options, {
  folder: dir,
  spoolFolder: join(dir, "spool"),
  audioFolder: join(dir, "audio"),
  keysFile: join(dir, "keys"),
  log: pino({ level: "warn" }),
  onMessage: (message) => messages.push({ ...message, at: performance.now() }),
});
await scribe.ready;

const meeting = meetingId("mmeasured01");
const drains: number[] = [];
let errors = 0;
let words = 0;
let turn = 0;
for (let round = 0; round < Number(rounds); round++) {
  for (const { file, person, text } of await listVoices()) {
    const speaker = personId(`@${encodeURIComponent(person).replaceAll("%", "=").toLowerCase()}:example.org`);
    const mouth = await Speaker.join({ url, token: await tokenOf(speaker) });
    await mouth.publish();
    turn++;
    const mine = () => messages.filter((message) => "turn" in message && message.turn === turn);
    scribe.send({
      type: "listen",
      meeting,
      turn,
      speaker,
      language: "auto",
      vocabulary: [],
      call: { url, token: await tokenOf("scribe", true) },
    });
    await new Promise((resolve) => setTimeout(resolve, 400)); // people need a moment to begin
    await mouth.say(file);
    const stopped = performance.now();
    scribe.send({ type: "stop", meeting, turn });
    while (!mine().some(({ type }) => type === "drained")) await new Promise((resolve) => setTimeout(resolve, 5));
    const finals = mine().flatMap((message) => (message.type === "final" ? [message] : []));
    const drained = (mine().at(-1)?.at ?? NaN) - stopped;
    drains.push(drained);
    const written = finals.map((final) => final.text).join(" ");
    const wrong = wordErrors(text, written);
    errors += wrong.errors;
    words += wrong.of;
    const partials = mine().filter(({ type }) => type === "partial").length;
    console.log(
      `${file.padEnd(14)} ${drained.toFixed(0).padStart(6)} ms  ${wrong.errors}/${wrong.of} wrong  ${finals.length} pieces, ${partials} captions  ${wrong.errors ? written : ""}`,
    );
    await mouth.leave();
  }
}
drains.sort((one, other) => one - other);
const quantile = (share: number) =>
  (drains[Math.min(drains.length - 1, Math.ceil(drains.length * share) - 1)] ?? NaN).toFixed(0);
console.log(
  `${encoder}, ${threads} threads, ${captions}: stop to drained p50 ${quantile(0.5)} ms, p95 ${quantile(0.95)} ms, most ${quantile(1)} ms; ${((100 * errors) / words).toFixed(1)} % of ${words} words wrong`,
);
const memory = /VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${scribe.pid}/status`, "utf8").catch(() => ""))?.[1];
console.log(`memory of the scribe's process: ${Math.round(Number(memory) / 1024)} MB`);
await scribe.stop();
await livekit.stop();
await rm(dir, { recursive: true, force: true });
process.exit();
