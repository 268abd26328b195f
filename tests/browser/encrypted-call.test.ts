import { randomBytes } from "node:crypto";
import { RoomServiceClient } from "livekit-server-sdk";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { MediaKey } from "../../appservice/protocol/media-key.ts";
import { ensureSpeechModel } from "../../tools/setup/speech-model.ts";
import { quiet } from "../../tools/setup/progress.ts";
import { Caller } from "../support/call/caller.ts";
import type { BrowserPerson } from "../support/stack/browser-person.ts";
import { BrowserStage } from "../support/stack/browser-stage.ts";
import { LONG } from "../support/stack/long.ts";
import { MatrixPerson, type SeenEvent } from "../support/stack/matrix-person.ts";
import { inviteBot } from "../support/stack/room-with-bot.ts";
import { WidgetPerson } from "../support/stack/widget-person.ts";
import { listVoices, voiceFile } from "../voices/voices.ts";
import { wordErrors } from "../voices/word-errors.ts";

/** LiveKit's number for AES-GCM (`livekit_models.proto`, `Encryption.Type`). */
const GCM = 1;

/**
 * Begins what the library writes of a voice that was refused or had left while it came; it looks for it for 3 s more.
 */
const LEFT = /^could not find published track /;
/** Begins what the library writes of what it cannot decrypt, which a page may that learns of a new key late. */
const UNREAD = /^((InvalidKey|MissingKey): |DataCryptor decryption failed )/;

let stage: BrowserStage;
let room: string;
let people: MatrixPerson[];
let ann: BrowserPerson;
let tom: BrowserPerson;
let eve: WidgetPerson;

beforeAll(async () => {
  const speech = await ensureSpeechModel(quiet);
  const config = { speech: { sherpa: { modelFolder: speech.whisper }, voiceActivityModel: speech.vad } };
  stage = await BrowserStage.open(config, undefined, { encrypted: true, whole: true });
  const { mindminder } = stage;
  people = await Promise.all(
    ["Ann", "Tom", "Eve"].map((name) => MatrixPerson.registerWithKeys(mindminder.synapse, name.toLowerCase(), name)),
  );
  const [annAtMatrix, ...others] = people as [MatrixPerson, MatrixPerson, MatrixPerson];
  room = await annAtMatrix.createRoom({
    invite: others.map(({ userId }) => userId),
    power_level_content_override: { users: { [mindminder.botId]: 50 } },
    initial_state: [{ type: "m.room.encryption", state_key: "", content: { algorithm: "m.megolm.v1.aes-sha2" } }],
  });
  await Promise.all(others.map((person) => person.join(room)));
  await inviteBot(mindminder, annAtMatrix, room);
  [ann, tom] = await Promise.all([
    stage.seat(room, annAtMatrix, "Ann", { locale: "en" }),
    stage.seat(room, others[0], "Tom", { locale: "en" }),
  ]);
  eve = await WidgetPerson.open(mindminder.url, room, others[1]);
});

afterAll(async () => {
  await Promise.all(people?.map((person) => person.close()) ?? []);
  await stage?.close();
});

const keys = async (): Promise<MediaKey[]> => (await eve.ask("mediaKeys")).body.keys;
const epoch = async () => (await keys()).at(-1)?.epoch ?? -1;

/** Errors of any other kind that the two pages wrote. */
const problems = () =>
  [ann, tom].flatMap((page) => page.problems).filter((problem) => !LEFT.test(problem) && !UNREAD.test(problem));

/** Person whose turn it is, who listens to them, and what they say. */
async function speakerNow(): Promise<readonly [BrowserPerson, BrowserPerson, string]> {
  const { meeting } = await eve.meeting();
  return meeting?.turn?.speaker === people[0]?.userId ? [ann, tom, "anna-1.opus"] : [tom, ann, "tom-1.opus"];
}

/** Eve comes with a client of her own, by the keys that it has, and hums. */
async function hums(by: readonly MediaKey[]): Promise<Caller> {
  const caller = await Caller.join({ ...(await eve.call()), keys: by, tone: 440 });
  await caller.publish();
  return caller;
}

test("the voices of two browsers go through LiveKit encrypted, and whoever has the key is heard in them", async () => {
  const { httpUrl, apiKey, apiSecret } = stage.mindminder.livekit;
  const livekit = new RoomServiceClient(httpUrl, apiKey, apiSecret);
  const tracks = async () =>
    (await livekit.listParticipants(room)).flatMap((person) => person.tracks.map(({ encryption }) => encryption));
  await expect.poll(tracks).toEqual([GCM, GCM]);
  // Nothing was published open before: it would have been refused, and said.
  for (const { widget } of [ann, tom]) expect(await widget.locator('[data-banner="sound-open"]').count()).toBe(0);

  const before = await epoch();
  const caller = await hums(await keys());
  await expect.poll(() => ann.loudness()).toBeGreaterThan(0.01);
  await caller.leave();
  await expect.poll(() => ann.loudness()).toBe(0);
  // A person who has left has the key of before: there is another now.
  await expect.poll(epoch).toBeGreaterThan(before);
});

test("a voice that comes open is not played, and the others are told why and what helps", async () => {
  const caller = await hums([]);
  await ann.widget
    .locator('[data-banner="sound-open"]')
    .getByText(/Eve.*does not encrypt/)
    .waitFor();
  expect(await ann.loudness()).toBe(0);
  await caller.leave();
  await ann.widget.locator('[data-banner="sound-open"]').waitFor({ state: "detached" });
});

test.runIf(LONG)(
  "a voice by another key is silence and no noise, and the others are told why and what helps",
  async () => {
    const wrong = (await keys()).map(({ epoch: of }) => ({ epoch: of, key: randomBytes(32).toString("base64") }));
    const caller = await hums(wrong);
    await ann.widget
      .locator('[data-banner="sound-unreadable"]')
      .getByText(/Eve.*key/)
      .waitFor();
    expect(await ann.loudness()).toBe(0);
    await caller.leave();
    await ann.widget.locator('[data-banner="sound-unreadable"]').waitFor({ state: "detached" });
  },
);

test("what is said is heard and read along by the other, also after a key that came while they spoke, and becomes text in the room", async () => {
  const [annAtMatrix, tomAtMatrix] = people as [MatrixPerson, MatrixPerson];
  expect(await annAtMatrix.command(room, "!circle start council Monday")).toBe("✅");
  const [speaker, listener, voice] = await speakerNow();
  await speaker.hasTheWord();
  const isTurn = ({ content }: SeenEvent) => "org.mindminder.turn" in content && !("m.new_content" in content);
  const written = annAtMatrix.next(room, isTurn, "what was said");
  const readByTom = tomAtMatrix.next(room, isTurn, "the same, read by another");
  const before = await epoch();
  const caller = await Caller.join({ ...(await eve.call()), keys: await keys() });
  await ann.widget.getByTestId("listeners").getByText("Eve").waitFor();
  const captioned = listener.widget
    .getByTestId("caption")
    .filter({ hasText: /\p{L}{3}/u })
    .first()
    .waitFor();
  const clip = await voiceFile(voice);
  const heard = expect.poll(() => listener.loudness()).toBeGreaterThan(0.01);
  await Promise.all([heard, speaker.say(clip), caller.leave(), captioned]);
  await expect.poll(epoch).toBeGreaterThan(before);
  await speaker.pass();
  const said = (await listVoices()).find(({ file }) => file === voice)?.text ?? "";
  const [byAnn, byTom] = await Promise.all([written, readByTom]);
  for (const { content } of [byAnn, byTom]) {
    // Of what a browser says on a busy machine a piece is lost now and then.
    const { errors, of } = wordErrors(said, String(content["body"]));
    expect(errors, String(content["body"])).toBeLessThan(of / 2);
  }
  const kept = await annAtMatrix.ask("GET", `/rooms/${encodeURIComponent(room)}/event/${byAnn.event_id}`);
  expect(kept, "the homeserver has what its people read as something it cannot").toMatchObject({
    type: "m.room.encrypted",
  });
  for (const { widget } of [ann, tom])
    await widget.locator('[data-banner="sound-unreadable"]').waitFor({ state: "detached" });
  expect(problems().join("\n")).toBe("");
});

test.runIf(LONG)(
  "whoever sends the scribe away is written down no more, all are told, and the key that it had opens nothing; it can be asked back",
  async () => {
    const [annAtMatrix] = people as [MatrixPerson];
    const told = annAtMatrix.next(
      room,
      ({ content }) => /Tom has sent the scribe away/.test(String(content["body"])),
      "word of it",
    );
    await tom.widget.getByTestId("scribe").getByText("listens and writes").waitFor();
    const before = await epoch();
    await tom.widget.getByTestId("scribe-away").click();
    await told;
    await ann.widget
      .getByTestId("scribe")
      .getByText(/sent away by Tom/)
      .waitFor();
    expect(await epoch()).toBeGreaterThan(before);
    const { httpUrl, apiKey, apiSecret } = stage.mindminder.livekit;
    const livekit = new RoomServiceClient(httpUrl, apiKey, apiSecret);
    const inCall = async () => (await livekit.listParticipants(room)).map(({ identity }) => identity);
    await expect.poll(inCall).not.toContain("scribe");
    expect(await inCall()).not.toContain("second-ear");

    const [speaker, listener, voice] = await speakerNow();
    await speaker.hasTheWord();
    const written = annAtMatrix.next(
      room,
      ({ content }) => /the scribe had been sent away/.test(JSON.stringify(content)),
      "that nothing was written",
    );
    const clip = await voiceFile(voice);
    const heard = expect.poll(() => listener.loudness(), { message: "people hear one another as ever" });
    await Promise.all([heard.toBeGreaterThan(0.01), speaker.say(clip)]);
    await speaker.pass();
    await written;

    const back = annAtMatrix.next(
      room,
      ({ content }) => /asked the scribe back/.test(String(content["body"])),
      "its coming",
    );
    await tom.widget.getByTestId("scribe-back").click();
    await back;
    await ann.widget.getByTestId("scribe").getByText("listens and writes").waitFor();
    await expect.poll(inCall).toContain("scribe");
  },
);
