import { CallMetadata } from "../../../appservice/protocol/call-metadata.ts";
import { DEVICE_HEADER, SIGNED_OUT } from "../../../appservice/protocol/http-api.ts";
import type { MeetingSnapshot } from "../../../appservice/protocol/meeting-snapshot.ts";
import { askedInStage } from "./asked-in-stage.ts";
import { Dice } from "./dice.ts";
import type { HttpAnswer } from "./door.ts";
import type { SimulatedHomeserver } from "./homeserver.ts";
import type { Connected, SimulatedLiveKit } from "./livekit.ts";
import type { Mischief } from "./mischief.ts";
import { SERVER_NAME, type SimulatedService } from "./service.ts";
import type { VirtualTime } from "./virtual-time.ts";

const ROOMS = "/_matrix/client/v3/rooms";

export type PersonDeps = {
  readonly room: string;
  readonly seed: string;
  readonly time: VirtualTime;
  readonly mischief: Mischief;
  readonly service: SimulatedService;
  readonly homeserver: SimulatedHomeserver;
  readonly livekit: SimulatedLiveKit;
  readonly tell: (line: string) => void;
};

/** Device and session by which a request is sent. */
type Sender = { readonly device: string; readonly session: string | null };
/** Session that was opened, or the code by which it was refused; neither where nobody answered. */
type Opened = { readonly session: string | null; readonly refused: string | null };
type Seen = Pick<
  MeetingSnapshot,
  "id" | "version" | "phase" | "stage" | "circle" | "circles" | "turn" | "keeper" | "paused" | "people"
>;
/** Share of people who do what a stage asks as soon as they see it. */
const AT_ONCE = 0.5;

/**
 * Somebody with a client: in the Matrix room, in the widget, in the call with a microphone. Does what people do, and at
 * times what they should not.
 */
export class SimulatedPerson {
  readonly id: string;
  readonly name: string;
  readonly #deps: PersonDeps;
  readonly #dice: Dice;
  readonly #device: string;
  #session: string | null = null;
  #call: Connected | null = null;
  seen: Seen | null = null;
  /** Turn that they have begun to speak in. */
  #speaksIn = 0;
  /** True once they may not be in the room any more. */
  isOut = false;
  /** Messages that they wrote. */
  readonly written: string[] = [];
  /** Words that they wrote and took back. */
  readonly tookBack: string[] = [];

  constructor(index: number, name: string, deps: PersonDeps) {
    this.id = `@p${index}:${SERVER_NAME}`;
    this.name = name;
    this.#deps = deps;
    this.#dice = new Dice(`${deps.seed}:${this.id}`);
    this.#device = `device-of-person-${index}`.padEnd(24, "x");
  }

  get isInCall(): boolean {
    return this.#call !== null;
  }

  get microphoneOpen(): boolean {
    return this.#call?.microphone?.open === true;
  }

  /** Comes: opens the widget, says whether they agree to be written down, sits down, and comes into the call. */
  async arrive(): Promise<void> {
    if (this.isOut) return;
    await this.#enterWidget();
    const { body } = await this.#insist("GET", "agreement");
    const { shown } = body as { shown: object | null };
    const agreed = !this.#dice.chance(0.1);
    const answer = await this.#insist("POST", "commands", {
      type: "join",
      ...(shown && { agreement: { agreed, shown } }),
    });
    this.#deps.tell(`${this.name} sits down (${answer.status})`);
    await this.#enterCall();
    this.#lookAgain();
  }

  /** Begins the meeting, and again where it is refused: one has to sit to do so, and may not sit yet. */
  async start(scenario: string): Promise<void> {
    for (let tries = 0; tries < 200 && (this.seen === null || this.seen.phase === "gathering"); tries++) {
      const { status } = await this.#insist("POST", "commands", { type: "start", scenario, topic: "The garden" });
      this.#deps.tell(`${this.name} starts “${scenario}” (${status})`);
      await this.#refresh();
      await this.#deps.time.wait(3_000);
    }
  }

  /** Sends a command once, without looking whether it is done. */
  async command(command: Readonly<Record<string, unknown>>): Promise<void> {
    if (!this.#session || this.isOut) return;
    const answer = await this.#ask("POST", "commands", command).catch(() => null);
    this.#deps.tell(`${this.name}: ${String(command["type"])} (${answer?.status ?? "no answer"})`);
    if (answer?.status === 200) this.#see((answer.body as { meeting: Seen | null }).meeting);
    if (answer?.status === 401) this.#session = null;
  }

  /** Writes something into the room. */
  says(body: string, more: Record<string, unknown> = {}): string | null {
    this.#deps.tell(`${this.name} writes “${body}”`);
    const { homeserver, room } = this.#deps;
    const event = homeserver.say(room, this.id, { msgtype: "m.text", body, ...more });
    if (event !== null) this.written.push(event);
    return event;
  }

  /** Takes something back, unless they are not in the room any more. */
  redacts(event: string | null, words: string): void {
    if (event === null || !this.#deps.homeserver.redact(this.#deps.room, this.id, event)) return;
    this.#deps.tell(`${this.name} takes “${words}” back`);
    this.tookBack.push(words);
  }

  /** Falls out of the call, and comes back after a while. */
  drop(ms: number): void {
    const call = this.#call;
    if (!call) return;
    this.#deps.tell(`${this.name} drops out for ${Math.round(ms)} ms`);
    this.#call = null;
    this.#deps.livekit.leave(call);
    this.#deps.time.later(ms, () => void this.#enterCall());
  }

  /** Opens their microphone though they may not have the word. */
  speaksUp(): void {
    if (!this.#call) return;
    this.#deps.tell(`${this.name} opens their microphone`);
    this.#deps.livekit.turn(this.#call, true);
  }

  /** Is put out of the room by its moderator. */
  kicked(by: string): void {
    this.isOut = true;
    this.#deps.tell(`${this.name} is put out of the room`);
    const { homeserver, room } = this.#deps;
    homeserver.askAs(by, "POST", `${ROOMS}/${room}/kick`, { user_id: this.id });
  }

  /** Leaves the room by themselves. */
  leavesRoom(): void {
    this.isOut = true;
    this.#deps.tell(`${this.name} leaves the room`);
    this.#inRoom("leave");
  }

  /** Comes back into the room that they left, or were put out of. */
  async isInvitedBy(keeper: string): Promise<void> {
    const { homeserver, room, tell } = this.#deps;
    homeserver.askAs(keeper, "POST", `${ROOMS}/${room}/invite`, { user_id: this.id });
    if (homeserver.askAs(this.id, "POST", `/_matrix/client/v3/join/${room}`, {}).status !== 200) return;
    tell(`${this.name} is invited, and back in the room`);
    [this.isOut, this.#session] = [false, null];
    await this.arrive();
  }

  #inRoom(what: string): void {
    this.#deps.homeserver.askAs(this.id, "POST", `${ROOMS}/${this.#deps.room}/${what}`, {});
  }

  /** Asks the service something with their session; null where they have none or nobody answers. */
  async asks(method: "GET" | "POST", path: string, body?: unknown): Promise<HttpAnswer | null> {
    return this.#session && !this.isOut ? this.#ask(method, path, body).catch(() => null) : null;
  }

  /** Opens the widget once more, on another device, and looks at the meeting, the record and the call there. */
  async opensAnother(): Promise<boolean> {
    if (!this.#session || this.isOut) return false;
    const device = "another-device-of-theirs";
    const { session } = await this.#openSession(this.#proof(), device);
    const looked = ["meeting", "record", "scenarios", "agreement"].map((path) =>
      session ? this.#ask("GET", path, undefined, { device, session }).catch(() => null) : null,
    );
    return (await Promise.all(looked)).every((answer) => answer?.status === 200);
  }

  /**
   * Asks the bot for a link, comes into the room for two, and opens the widget by it, which goes on in the place of the
   * other.
   */
  async comesByALink(): Promise<boolean> {
    if (this.says("!circle link") === null) return false;
    const { homeserver, time } = this.#deps;
    for (let tries = 0; tries < 20; tries++) {
      await time.wait(1_000);
      const code = homeserver.directMessagesOf(this.id).findLast((body) => body.includes("code="));
      if (code !== undefined) return this.#entersBy(/code=([\w-]+)/.exec(code)?.[1] ?? "");
    }
    return false;
  }

  async #entersBy(code: string): Promise<boolean> {
    const { session } = await this.#openSession({ issuer: "link", code }, this.#device);
    if (session && !this.isOut) this.#session = session;
    return session !== null;
  }

  /** Somebody whose sessions were all ended does as the page tells them: they come by a link. */
  async #enterWidget(): Promise<void> {
    while (!this.isOut) {
      const { session, refused } = await this.#openSession(this.#proof(), this.#device);
      if (session) this.#session = session;
      if (session || (refused === SIGNED_OUT && (await this.comesByALink()))) return;
      await this.#deps.time.wait(1_000);
    }
  }

  #proof(): object {
    const { room, homeserver } = this.#deps;
    const access = { access_token: homeserver.openIdOf(this.id), matrix_server_name: SERVER_NAME };
    return { roomId: room, openid: { ...access, token_type: "Bearer", expires_in: 3600 } };
  }

  async #openSession(proof: object, device: string): Promise<Opened> {
    const answer = await this.#send("POST", "/api/v1/session", proof, { device, session: null }).catch(() => null);
    const { token = null, errcode = null } = (answer?.body ?? {}) as { token?: string; errcode?: string };
    return { session: token, refused: errcode };
  }

  async #enterCall(): Promise<void> {
    while (!this.#call && !this.isOut) {
      const answer = this.#session ? await this.#ask("POST", "call").catch(() => null) : null;
      if (answer?.status === 200) this.#join((answer.body as { token: string }).token);
      if (answer?.status === 401 || !this.#session) await this.#enterWidget();
      if (!this.#call) await this.#deps.time.wait(1_000);
    }
  }

  #join(token: string): void {
    const { livekit, time } = this.#deps;
    const call = livekit.join(token, {
      onMetadata: (metadata) => this.#hear(metadata),
      onOut: () => {
        if (this.#call !== call) return;
        this.#call = null;
        time.later(300, () => void this.#enterCall());
      },
    });
    this.#call = call;
    if (call)
      time.later(this.#dice.between(100, 600), () => this.#call === call && livekit.turn(call, this.#dice.chance(0.3)));
  }

  #hear(metadata: string): void {
    this.#see(meetingIn(metadata));
  }

  #see(meeting: Seen | null): void {
    if (!meeting || (this.seen?.id === meeting.id && this.seen.version > meeting.version)) return;
    const before = this.seen;
    this.seen = meeting;
    if (before?.circle !== meeting.circle || before?.stage !== meeting.stage) this.#doesTheirPart(meeting.stage);
    const { turn } = meeting;
    if (turn?.speaker !== this.id || meeting.paused || meeting.phase !== "circle") return;
    if (turn.status === "offered")
      this.#deps.time.later(300, () => void this.command({ type: "accept", expectedVersion: meeting.version }));
    if (turn.status === "speaking" && this.#speaksIn !== turn.id) {
      this.#speaksIn = turn.id;
      this.#deps.time.later(this.#dice.between(1_000, 12_000), () => void this.#passOn(turn.id));
    }
  }

  /** Writes, gives dots, takes a position, now or never. */
  #doesTheirPart(stage: Seen["stage"]): void {
    if (!this.#dice.chance(AT_ONCE)) return;
    this.#deps.time.later(this.#dice.between(500, 15_000), () => {
      const asked = this.seen?.stage === stage ? askedInStage(this.seen, this.id, this.#dice) : null;
      if (asked) void this.command(asked);
    });
  }

  async #passOn(turn: number): Promise<void> {
    for (let tries = 0; tries < 30; tries++) {
      const { seen } = this;
      if (seen?.turn?.id !== turn || seen.turn.speaker !== this.id || this.isOut) return;
      if (!seen.paused) {
        const pass = { type: "pass", expectedVersion: seen.version };
        const twice = this.#deps.mischief.happens("person-odd", 0.05, `${this.name} presses twice`);
        await Promise.all(twice ? [this.command(pass), this.command(pass)] : [this.command(pass)]);
      }
      await this.#deps.time.wait(1_000);
      await this.#refresh();
    }
  }

  /** Looks every few seconds, as the page does: more rarely in the call, where all comes by itself. */
  #lookAgain(): void {
    this.#deps.time.later(this.isInCall ? 20_000 : 3_000, () => {
      if (this.isOut || this.seen?.phase === "ended") return;
      void this.#refresh().then(() => this.#lookAgain());
      this.#goesOn();
    });
  }

  /** A keeper lets a meeting go on that stands still, now and then. */
  #goesOn(): void {
    const { seen } = this;
    if (seen?.paused && seen.keeper === this.id && this.#dice.chance(0.2))
      void this.command({ type: "resume", expectedVersion: seen.version });
  }

  async #refresh(): Promise<void> {
    if (!this.#session) return this.#enterWidget();
    const answer = await this.#ask("GET", "meeting").catch(() => null);
    if (answer?.status === 200) this.#see((answer.body as { meeting: Seen | null }).meeting);
    if (answer?.status === 401) this.#session = null;
  }

  /** Asks until it is answered, as somebody does who presses again. */
  async #insist(method: "GET" | "POST", path: string, body?: unknown): Promise<HttpAnswer> {
    for (let tries = 0; ; tries++) {
      const answer = await this.#ask(method, path, body).catch(() => null);
      const isFinal = answer && answer.status < 500 && answer.status !== 401;
      if (isFinal || this.isOut || tries > 60) return answer ?? { status: 0, body: { meeting: null, shown: null } };
      if (answer?.status === 401) await this.#enterWidget();
      await this.#deps.time.wait(1_000);
    }
  }

  #ask(
    method: "GET" | "POST",
    path: string,
    body?: unknown,
    by: Sender = { device: this.#device, session: this.#session },
  ): Promise<HttpAnswer> {
    const address = `/api/v1/rooms/${encodeURIComponent(this.#deps.room)}/${path}`;
    return this.#send(method, address, body, by);
  }

  async #send(method: "GET" | "POST", path: string, body: unknown, { device, session }: Sender): Promise<HttpAnswer> {
    const { time, mischief, service } = this.#deps;
    const late = mischief.happens("person-late", 0.02, `${this.name}'s ${method} ${path.slice(-20)}`);
    await time.wait(late ? mischief.of("person-late").between(200, 4_000) : this.#dice.between(1, 20));
    const headers = {
      [DEVICE_HEADER]: device,
      ...(session && { authorization: `Bearer ${session}` }),
    };
    return service.request({ method, path, headers, body });
  }
}

/** The metadata that were read last: all in a call are shown the same ones. */
let read: { readonly metadata: string | null; readonly meeting: Seen | null } = { metadata: null, meeting: null };
function meetingIn(metadata: string): Seen | null {
  if (metadata === read.metadata) return read.meeting;
  const parsed = CallMetadata.safeParse(metadata === "" ? null : JSON.parse(metadata));
  read = { metadata, meeting: parsed.success ? (parsed.data.meeting as Seen | null) : null };
  return read.meeting;
}
