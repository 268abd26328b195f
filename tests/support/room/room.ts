import { circleOf } from "../../../appservice/circle/meeting.ts";
import { pino } from "pino";
import type { Purposes } from "../../../appservice/purposes/purposes.ts";
import { madePurposes } from "../purposes/made-purposes.ts";
import { madeIssuers } from "../../../appservice/admission/testing/made-issuers.ts";
import { Scenario } from "../../../appservice/circle/scenario.ts";
import { Allowance } from "../../../appservice/admission/allowance.ts";
import { openDatabase } from "../../../appservice/store/database.ts";
import { Inbox, type RawEvent } from "../../../appservice/journal/inbox.ts";
import { Journal } from "../../../appservice/journal/journal.ts";
import { KnownRooms } from "../../../appservice/store/known-rooms.ts";
import { GuestLinks } from "../../../appservice/store/guest-links.ts";
import { Guests } from "../../../appservice/store/guests.ts";
import type { GuestDesk } from "../../../appservice/guests/guest-desk.ts";
import { accountsIn } from "../../../appservice/parts/ledger.ts";
import { meetingsOfGuests } from "../../../appservice/parts/guests-meeting.ts";
import { createGuests } from "../../../appservice/parts/guests.ts";
import { Links } from "../../../appservice/store/links.ts";
import { TelegramLinks } from "../../../appservice/store/telegram-links.ts";
import { AccountLinks } from "../../../appservice/telegram/door/account-links.ts";
import { Assemblies } from "../../../appservice/journal/assemblies.ts";
import { AssemblyJournal } from "../../../appservice/journal/assembly-journal.ts";
import { RingMeetings } from "../../../appservice/journal/ring-meetings.ts";
import { AssemblyScenario } from "../../../appservice/assembly/scenario.ts";
import { tellOfAssemblies } from "../../../appservice/room/assembly-messages.ts";
import { Meetings } from "../../../appservice/journal/meetings.ts";
import { Outbox } from "../../../appservice/journal/outbox.ts";
import { parsePostKey } from "../../../appservice/journal/parse-post-key.ts";
import { Reactions } from "../../../appservice/store/reactions.ts";
import { RoomPast } from "../../../appservice/store/room-past.ts";
import { ofMeeting } from "../../../appservice/journal/scope.ts";
import { SignIns } from "../../../appservice/store/sign-ins.ts";
import { StorageGuard } from "../../../appservice/store/storage-guard.ts";
import { asStored, type StoredPost } from "../journal/stored-post.ts";
import type { Shown } from "../../../appservice/protocol/agreement.ts";
import type { EventId, Language, ParticipantId, RoomId } from "../../../appservice/protocol/identity.ts";
import type { CirclePlace } from "../../../appservice/protocol/place.ts";
import { COMMANDS_A_MINUTE } from "../../../appservice/room/commands/answer-command.ts";
import { takeWaiting } from "../../../appservice/room/comments/waiting-comments.ts";
import { Facilitator, type FacilitatorDeps } from "../../../appservice/room/facilitator.ts";
import { roomHandlers, type RoomHandlersDeps } from "../../../appservice/room/handlers/handlers.ts";
import type { StateEvent } from "../../../appservice/room/homeserver-events.ts";
import type { Downloaded } from "../../../appservice/room/media.ts";
import type { PastOfHomeserver } from "../../../appservice/room/ports.ts";
import { RoomFacts } from "../../../appservice/room/room-facts.ts";
import { RoomSight } from "../../../appservice/room/room-sight.ts";
import { RoomScenarios } from "../../../appservice/room/room-scenarios.ts";
import { meetingId, personId, roomId } from "../protocol/ids.ts";

export const BOT = personId("@bot:hs");
export const ROOM = roomId("!room");

const member = (id: ParticipantId, name: string): StateEvent => ({
  type: "m.room.member",
  state_key: id,
  sender: id,
  content: { membership: "join", displayname: name },
});

/** Rings of two to four talk and send somebody each to the delegates. */
const ASSEMBLIES = new Map(
  [
    AssemblyScenario.parse({
      id: "assembly",
      title: "Assembly",
      phases: [
        { kind: "rings", scenario: "council", seconds: 600, size: { least: 2, most: 4 }, delegate: "consent" },
        { kind: "delegates", scenario: "council", seconds: 600 },
      ],
    }),
  ].map((each) => [each.id, each]),
);
const PUBLIC_URL = "https://mm.example.org";
export const LINK_SECRET = "known to the service alone";

/** The parts of the homeserver that a room asks for. */
type FakeHomeserver = RoomHandlersDeps["homeserver"] & FacilitatorDeps["homeserver"] & PastOfHomeserver;

/** For tests: a room with Ann (its creator), Bob and the bot; the homeserver is made up, everything else is real. */
export class TestRoom {
  at = Date.parse("2026-03-02T12:00:00Z");
  readonly state: StateEvent[] = [
    { type: "m.room.create", state_key: "", sender: personId("@ann:hs"), content: { room_version: "12" } },
    { type: "m.room.power_levels", state_key: "", sender: personId("@ann:hs"), content: { users: { [BOT]: 50 } } },
    member(personId("@ann:hs"), "Ann"),
    member(personId("@bob:hs"), "Bob"),
    member(BOT, "Mindminder"),
  ];
  readonly events = new Map<string, unknown>();
  readonly files = new Map<string, Downloaded>();
  readonly sent: StoredPost[] = [];
  readonly direct: unknown[] = [];
  /** People who were put out, in the order in which it happened. */
  readonly gone: string[] = [];
  /** People whose words are erased. */
  readonly erased: string[] = [];
  /** Rooms that the bot left of itself. */
  readonly left: string[] = [];
  /** Number of orders to close all microphones. */
  muted = 0;
  /** Task managers of the configuration. */
  readonly targets: { name: string; type: string }[] = [];
  /** Runs between a private message and all that follows from it. */
  afterSending: () => Promise<void> = async () => {};
  readonly meetings: Meetings;
  readonly assemblies: Assemblies;
  readonly reactions: Reactions;
  readonly guests: GuestDesk;
  readonly purposes: Purposes;
  readonly telegramAccounts: AccountLinks;
  /** Questions to people whose code somebody in Telegram has typed. */
  readonly askedToLink: string[] = [];
  readonly #facilitator: Facilitator;
  readonly #outbox: Outbox;
  #count = 0;

  /** `db`: one in which another room of this kind has been, as after a restart. */
  constructor({
    language = "en",
    asks,
    db = openDatabase(":memory:"),
  }: { language?: Language; asks?: Shown; db?: ReturnType<typeof openDatabase> } = {}) {
    const now = () => this.at;
    const [knownRooms, outbox] = [new KnownRooms(db), new Outbox(db)];
    const languageOf = () => knownRooms.choicesOf(ROOM).language ?? language;
    const homeserver = this.#homeserver();
    const facts = new RoomFacts(homeserver, now);
    const sight = new RoomSight({ homeserver, past: new RoomPast(db), now, log: pino({ level: "silent" }) });
    const builtIn = new Map(
      [Scenario.parse({ id: "council", title: "Council", circles: [{ theme: "How?" }, { theme: "What?" }] })].map(
        (each) => [each.id, each],
      ),
    );
    const checkScenario = {
      text: () => ({ problems: [{ key: "speed", kind: "unknown-key" as const, values: {} }] }),
      value: (value: unknown) => {
        const parsed = Scenario.safeParse(value);
        return parsed.success
          ? { scenario: parsed.data }
          : { problems: [{ key: "id", kind: "missing" as const, values: {} }] };
      },
    };
    const guestStores = { guests: new Guests(db), guestLinks: new GuestLinks(db, LINK_SECRET) };
    const journal = new Journal(db);
    this.purposes = madePurposes(db, { asks, unit: journal.unit });
    this.#outbox = outbox;
    this.reactions = new Reactions(db);
    const { unit } = journal;
    const readFailed = (_: unknown, error: unknown) => {
      throw error;
    };
    const assemblyJournal = new AssemblyJournal(db);
    this.assemblies = new Assemblies({ journal: assemblyJournal, unit, now, onUnreadable: readFailed });
    this.meetings = new Meetings({
      journal,
      now,
      languageOf,
      seatOf: (room, who) => this.assemblies.seatOf(room, who),
      ...(asks && {
        asksIn: () => asks,
        standing: (_, who) => (this.purposes.allows(ROOM, who, "write") ? asks : null),
      }),
      onUnreadable: (_, error) => {
        throw error;
      },
    });
    const rings = new RingMeetings({ assemblies: this.assemblies, meetings: this.meetings, unit, now, seed: () => 7 });
    rings.start();
    const admissions = madeIssuers(
      { rooms: facts, sight },
      {
        ...guestStores,
        meetingsIn: (room) => meetingsOfGuests(room, this),
        isEncrypted: (room) => facts.isEncrypted(room),
      },
    );
    const inbox = new Inbox(db);
    const [meetings, log] = [this.meetings, pino({ level: "silent" })];
    const onGone = (_: RoomId, who: ParticipantId) => void this.gone.push(who);
    const poster = { wake: () => this.#deliver(), opened: () => this.#deliver() };
    tellOfAssemblies(this.assemblies, { outbox, poster });
    this.guests = createGuests({
      stores: guestStores,
      outbox,
      poster,
      facts,
      languageOf,
      now,
      meetings,
      assemblies: this.assemblies,
      onGone,
      publicUrl: PUBLIC_URL,
    });
    this.telegramAccounts = new AccountLinks({
      links: new TelegramLinks(db),
      now,
      tellWhoAsks: async (who, { name }) => this.askedToLink.push(`${who}: ${name}`) > 0,
      onLinked: (telegram) => void this.gone.push(telegram),
      onParted: () => {},
    });
    const handlers = roomHandlers({
      assemblies: this.assemblies,
      assemblyScenarios: ASSEMBLIES,
      accounts: accountsIn({ db, journal, meetings, now }),
      guests: this.guests,
      purposes: this.purposes,
      eraseWords: (_, who) => void this.erased.push(who),
      ownData: { addressFor: ({ who }) => `${PUBLIC_URL}/my-data/${who}` },
      meetingOfGuest: (inRoom, guest) => this.guests.meetingOf(inRoom, guest),
      decideGuest: (...decided) => (this.guests.decide(...decided) === "full" ? "full" : "done"),
      telegramAccounts: {
        bot: "circle_bot",
        offer: (who) => this.telegramAccounts.offer(who),
        decide: (who, yes) => this.telegramAccounts.decide(who, yes),
        part: (who) => this.telegramAccounts.part(who),
      },
      homeserver,
      isClosed: (room) => facts.isEncrypted(room),
      openInstead: async () => {},
      facts,
      admissions,
      knownRooms,
      sight,
      outbox,
      checkScenario,
      languageOf,
      now,
      wallClock: now,
      meetings,
      inbox,
      links: new Links(db, LINK_SECRET),
      signIns: new SignIns(db),
      signOut: () => {},
      onMovedInto: () => {},
      telegramChatOf: () => null,
      reactions: this.reactions,
      scenarios: new RoomScenarios({ builtIn, facts, knownRooms, check: checkScenario }),
      poster,
      tasksOf: () => ({
        targets: this.targets,
        chosen: knownRooms.choicesOf(ROOM).taskTarget,
        standing: () => ({ standing: 2, waiting: 1 }),
        use: (name) => knownRooms.chooseTaskTarget(ROOM, name),
        again: () => {},
      }),
      // Names one day only: the minutes' own tests cover the reading of dates.
      dayNamed: (words) => (/friday|пятниц/i.test(words) ? "2026-03-06" : null),
      publicUrl: PUBLIC_URL,
      seed: () => 1,
      log,
      onGone,
      onClosed: () => {},
      onEncrypted: () => {},
      onOpened: () => {},
      onRetention: () => {},
      stateSettled: async () => {},
      muteAll: () => void this.muted++,
      commandsOf: new Allowance(COMMANDS_A_MINUTE, now),
    });
    this.#facilitator = new Facilitator({
      encryption: null,
      handlers,
      takeWaiting: (room, who) => takeWaiting(room, who, { meetings, admissions, homeserver }),
      homeserver,
      facts,
      sight,
      inbox,
      guard: new StorageGuard({ db, log }),
      meetings,
      onGone,
      onMalformed: () => {},
      now,
      log,
    });
  }

  /** One in which Ann and Bob sit in a circle that runs. */
  static async running(): Promise<TestRoom> {
    const room = new TestRoom();
    for (const who of ["@ann:hs", "@bob:hs"]) await room.say(who, "!circle join");
    await room.say("@ann:hs", "!circle start");
    return room;
  }

  /** An event as the homeserver sends it; answered by what the bot sent because of it. */
  async happens(type: string, sender: string, content: object, more: object = {}): Promise<StoredPost[]> {
    const before = this.sent.length;
    const event: RawEvent = {
      event_id: `$${++this.#count}` as EventId,
      room_id: ROOM,
      sender,
      type,
      origin_server_ts: this.at,
      content,
      ...more,
    };
    this.#facilitator.receive([event]);
    await this.#facilitator.idle();
    return this.sent.slice(before);
  }

  /** Takes up what was received before a restart. */
  async start(): Promise<void> {
    this.#facilitator.start();
    await this.#facilitator.idle();
  }

  /** Receives events as the homeserver sends them. */
  async receive(events: readonly RawEvent[]): Promise<void> {
    this.#facilitator.receive(events);
    await this.#facilitator.idle();
  }

  /** Says something; the bot's answer as text. */
  async say(sender: string, body: string, more: object = {}): Promise<string | undefined> {
    const posts = await this.happens("m.room.message", sender, { msgtype: "m.text", body, ...more });
    const content = posts.at(-1)?.content;
    return posts.at(-1)?.type === "m.reaction" ? "✅" : (content?.["body"] as string | undefined);
  }

  /** The id of the event that came last. */
  get last(): string {
    return `$${this.#count}`;
  }

  /** The message of the running circle stands in the room under this id. */
  circleStands(eventId = "$circle"): string {
    const meeting = this.meetings.of(ROOM)?.meeting;
    if (!meeting) throw new Error("no meeting");
    this.stands(`circle:${circleOf(meeting)?.index}`, eventId);
    return eventId;
  }

  /**
   * A message of the room's meeting, or of that of a ring, stands in the room under this id. `key`, and that of the
   * message in whose thread it is, as the database spells them. Answers with what was sent for it.
   */
  stands(
    key: string,
    eventId: string,
    { body = key, thread = null, place = ROOM }: { body?: string; thread?: string | null; place?: CirclePlace } = {},
  ) {
    const scope = ofMeeting(meetingId(this.meetings.of(place)?.meeting.id ?? ""));
    const message = { room: ROOM, type: "m.room.message", content: { body } } as const;
    const root = thread === null ? null : parsePostKey(thread);
    this.#outbox.want([{ scope, key: parsePostKey(key), thread: root, ...message }]);
    const before = this.sent.length;
    this.#deliver(eventId as EventId);
    return this.sent.splice(0).slice(before);
  }

  #deliver(eventId?: EventId): void {
    for (let post = this.#outbox.next(ROOM); post; post = this.#outbox.next(ROOM)) {
      this.sent.push(asStored(post));
      this.#outbox.sent(post, eventId ?? (`$bot${this.sent.length}` as EventId), this.at);
    }
  }

  #homeserver(): FakeHomeserver {
    return {
      botId: BOT,
      state: async () => [...this.state],
      past: async () => [],
      ownStates: async function* () {},
      stateContent: async (_: string, type: string, key: string) =>
        this.state.find((event) => event.type === type && event.state_key === key)?.content ?? null,
      setState: async (_: string, type: string, state_key: string, content: unknown) =>
        void this.state.push({ type, state_key, sender: BOT, content }),
      event: async (_: string, id: string) => this.events.get(id) ?? null,
      downloadEncrypted: async () => "not-loaded",
      download: async (url: string) => this.files.get(url) ?? "not-loaded",
      createDirectRoom: async () => roomId("!direct"),
      send: async (...sent: unknown[]) => {
        this.direct.push(sent);
        await this.afterSending();
        return "$direct" as EventId;
      },
      leave: async (room: string) => void this.left.push(room),
      join: async () => {},
      failsAtThisAlone: async () => false,
    };
  }
}
