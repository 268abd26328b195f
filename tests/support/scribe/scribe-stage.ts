import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { AccessToken, RoomServiceClient } from "livekit-server-sdk";
import { pino } from "pino";
import type { FromScribe } from "../../../appservice/protocol/scribe-messages.ts";
import { SCRIBE, scribeToken, SECOND_EAR, secondEarToken } from "../../../appservice/call/tokens.ts";
import { ScribeOptions } from "../../../appservice/scribe/options.ts";
import { type Scribe, startScribe } from "../../../appservice/scribe/scribe.ts";
import { quiet } from "../../../tools/setup/progress.ts";
import { ensureSpeechModel } from "../../../tools/setup/speech-model.ts";
import { type LiveKit, startLiveKit } from "../stack/livekit.ts";
import { Speaker } from "../../voices/speaker.ts";
import { WordKeys } from "../../../appservice/store/word-keys.ts";
import { meetingId, roomId } from "../protocol/ids.ts";
import type { ParticipantId } from "../../../appservice/protocol/identity.ts";

/** Name by which captions show whoever speaks. */
export const SPEAKER_NAME = "Whoever speaks";
export const MEETING = meetingId("mstage00001");
const ROOM = "!circle";

type SpeechSection = Parameters<typeof ScribeOptions.parse>[0] & object;
type Final = Extract<FromScribe, { type: "final" }>;
type Late = Extract<FromScribe, { type: "late" }>;

/** A real LiveKit with a call in it, and the scribe as the service starts it. */
export class ScribeStage {
  readonly livekit: LiveKit;
  readonly scribe: Scribe;
  readonly told: FromScribe[] = [];
  readonly #dir: string;
  readonly #rooms: RoomServiceClient;
  readonly #speakers: Speaker[] = [];
  readonly #keys: WordKeys;

  static async open(speech: SpeechSection = {}): Promise<ScribeStage> {
    const dir = await mkdtemp(join(tmpdir(), "mindminder-scribe-"));
    const [livekit, { whisper, vad }] = await Promise.all([startLiveKit({ dir }), ensureSpeechModel(quiet)]);
    const options = ScribeOptions.parse({
      sherpa: { modelFolder: whisper, encoder: "int8" },
      voiceActivityModel: vad,
      ...speech,
    });
    const stage = new ScribeStage(dir, livekit, options);
    await stage.makeRoom();
    await stage.scribe.ready;
    return stage;
  }

  private constructor(dir: string, livekit: LiveKit, options: ScribeOptions) {
    this.#dir = dir;
    this.livekit = livekit;
    this.#rooms = new RoomServiceClient(livekit.httpUrl, livekit.apiKey, livekit.apiSecret);
    this.#keys = new WordKeys(join(dir, "keys"));
    const log = pino({ level: process.env.LOG_LEVEL ?? "silent" });
    this.scribe = startScribe(options, {
      folder: dir,
      spoolFolder: join(dir, "spool"),
      audioFolder: join(dir, "audio"),
      keysFile: join(dir, "keys"),
      log,
      onMessage: (message) => this.told.push(message),
    });
  }

  /** Speech that lies on the disk. */
  async spooled(turn: number): Promise<string[]> {
    return (await readdir(join(this.#dir, "spool"))).filter(
      (name) => name.startsWith(`${MEETING}.${turn}.`) && name.endsWith(".flac"),
    );
  }

  async makeRoom(): Promise<void> {
    await this.#rooms.createRoom({ name: ROOM, emptyTimeout: 300, departureTimeout: 300 });
  }

  async join(id: string, { publish = true } = {}): Promise<Speaker> {
    const speaker = await Speaker.join({ url: this.livekit.url, token: await this.#token(id) });
    this.#speakers.push(speaker);
    if (publish) await speaker.publish();
    return speaker;
  }

  async listen(turn: number, speaker: ParticipantId, { url = this.livekit.url }: { url?: string } = {}): Promise<void> {
    const [token, second] = await Promise.all([scribeToken(this.livekit, ROOM), secondEarToken(this.livekit, ROOM)]);
    const call = { url, token, second };
    const sealedBy = this.#keys.presentOf(roomId("!voices:example.org"), speaker);
    const of = {
      meeting: MEETING,
      turn,
      speaker,
      name: SPEAKER_NAME,
      language: "auto" as const,
      vocabulary: [],
      sealedBy,
    };
    this.scribe.send({ type: "listen", ...of, call });
  }

  /** Listens, and waits until the present speaker is heard from the first word on. */
  async hear(turn: number, speaker: ParticipantId): Promise<void> {
    await this.listen(turn, speaker);
    await until("the scribe and the second ear are in the call", async () => {
      const present = (await this.#rooms.listParticipants(ROOM)).map(({ identity }) => identity);
      return [SCRIBE, SECOND_EAR].every((ear) => present.includes(ear));
    });
    await this.#receives();
  }

  /** Waits until what has been published just now reaches the scribe. */
  async published(): Promise<void> {
    await this.#receives();
  }

  async #receives(): Promise<void> {
    // LiveKit tells nobody whose sound reaches whom by now.
    await wait(400);
  }

  stop(turn: number): void {
    this.scribe.send({ type: "stop", meeting: MEETING, turn });
  }

  of(turn: number): FromScribe[] {
    return this.told.filter((message) => "turn" in message && message.turn === turn);
  }

  finals(turn: number): Final[] {
    return this.of(turn).filter((message) => message.type === "final");
  }

  text(turn: number): string {
    return this.finals(turn)
      .map(({ text }) => text)
      .join(" ");
  }

  /** All of it, also what came late, in the order it was said; told twice, it counts once, as in the journal. */
  wholeText(turn: number): string {
    const told = this.of(turn).filter(
      (message): message is Final | Late => message.type === "final" || message.type === "late",
    );
    const pieces = new Map(told.map((piece) => [piece.startedAt, piece]));
    return [...pieces.values()]
      .sort((one, other) => one.startedAt - other.startedAt)
      .map(({ text }) => text)
      .join(" ");
  }

  count(turn: number, type: FromScribe["type"]): number {
    return this.of(turn).filter((message) => message.type === type).length;
  }

  /** Speech that is no text yet, as the scribe says. */
  waiting() {
    return this.told.findLast((message) => message.type === "backlog")?.waiting;
  }

  drained(turn: number): Promise<void> {
    return until(`turn ${turn} is drained`, () => this.count(turn, "drained") > 0, 120_000);
  }

  /**
   * Id of the scribe in the call by LiveKit, which takes a killed one for present for a while; undefined when none is
   * in it.
   */
  async scribeInCall(): Promise<string | undefined> {
    return (await this.#rooms.listParticipants(ROOM)).find(({ identity }) => identity === "scribe")?.sid;
  }

  async close(): Promise<void> {
    await Promise.all(this.#speakers.map((speaker) => speaker.leave()));
    await this.scribe.stop();
    await this.livekit.stop();
    await rm(this.#dir, { recursive: true, force: true });
  }

  #token(identity: string): Promise<string> {
    const token = new AccessToken(this.livekit.apiKey, this.livekit.apiSecret, { identity });
    token.addGrant({ room: ROOM, roomJoin: true, canPublish: true, canSubscribe: true });
    return token.toJwt();
  }
}

export async function until(what: string, condition: () => boolean | Promise<boolean>, ms = 45_000): Promise<void> {
  const deadline = performance.now() + ms;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`waited in vain: ${what}`);
    // Looks again.
    await wait(20);
  }
}
