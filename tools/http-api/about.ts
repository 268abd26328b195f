import type { DocumentedRoute } from "./areas.ts";

type About = {
  readonly does: string;
  /** A body that could be sent. */
  readonly body?: unknown;
  /** An answer that could come; left out where it is no JSON, or none. */
  readonly answer?: unknown;
};

const room = "!garden:example.org";
const ann = "@ann:example.org";
const meeting = "m0f3k2a9x1";
const at = 1_767_000_000_000;
const noMeeting = { serverTime: at, meeting: null, record: 0 };
const outside = {
  targets: [{ name: "board", type: "gitlab" }],
  chosen: "board",
  mayChoose: true,
  standing: 7,
  waiting: 0,
  problem: null,
  items: [{ meeting, task: "t3", url: "https://git.example.org/garden/issues/12" }],
};
const guest = { id: `guest:${"0".repeat(32)}`, name: "Bob (guest)", namesake: false, askedAt: at };
const guests = {
  mayMake: true,
  links: [
    {
      id: "0".repeat(32),
      once: true,
      lobby: true,
      places: 10,
      madeAt: at,
      url: "https://circle.example.org/widget/#guest=secret",
    },
  ],
  waiting: [guest],
  seated: [],
};
const SENTENCE = "0".repeat(64);
const sound = "The sound of my turns may be kept for 30 days; members of this room can play it.";
const purposes = [{ purpose: "sound", text: sound, hash: SENTENCE, given: true, since: at, offered: true }];
const task = { id: "t3", title: "Ask about the ladder", owner: ann, due: "2026-12-01", from: ["1.1"], status: "open" };
const assembly = {
  title: "Assembly",
  topic: "our garden",
  keeper: ann,
  phase: {
    number: 1,
    of: 3,
    kind: "rings",
    title: "our garden",
    titles: null,
    endsAt: at + 600_000,
    beginsBy: at + 15_000,
    closing: false,
    choosing: true,
    sends: true,
  },
  rings: [
    {
      number: 1,
      status: "running",
      theme: null,
      keeper: ann,
      delegate: null,
      people: [{ id: ann, name: "Ann", here: true, seated: true }],
      visitors: [],
      named: null,
      summary: { agreed: [ann], given: false },
      ready: [],
      speaker: ann,
      turns: { done: 0, of: 1 },
    },
  ],
  asked: [],
  calls: [],
  told: null,
  voice: null,
};
const said = [{ meeting, utterance: "3.1", turn: 3 }];
const ofRing = { part: 1, ring: 1 };
const sentence = { text: "Apple trees first.", speaker: "Ann", from: said };
const assemblyRecord = {
  id: "a0123456789abcdef",
  title: "Assembly",
  topic: "our garden",
  language: "en",
  startedAt: at,
  endedAt: null,
  parts: [
    {
      number: 1,
      kind: "rings",
      title: "our garden",
      rings: [
        {
          ...ofRing,
          meeting,
          theme: null,
          people: [{ id: ann, name: "Ann" }],
          delegate: "Ann",
          given: true,
          summary: [sentence],
          persons: [],
          decisions: [],
          tasks: [],
          questions: [],
        },
      ],
    },
  ],
  summary: [{ ...sentence, rings: [ofRing] }],
  decisions: [],
  tasks: [],
  questions: [],
};
const graph = { format: 1, meetings: [], nodes: [], edges: [] };
const record = {
  version: 0,
  utterances: [],
  comments: [],
  turns: [],
  minutes: [],
  remaking: [],
  corrections: [],
};

/**
 * A sentence for each route, and an example. A route without one does not compile; an example that does not fit fails a
 * test.
 */
export const ABOUT: { readonly [name in DocumentedRoute]: About } = {
  openSession: {
    does: "Exchanges a proof of who somebody is for a session in one room: an OpenID token of their homeserver (Matrix Client-Server API, “OpenID”), the code of a personal link, or that of a link for guests once they are let in.",
    body: {
      issuer: "matrix",
      roomId: room,
      openid: { access_token: "secret", matrix_server_name: "example.org", token_type: "Bearer", expires_in: 3600 },
    },
    answer: {
      token: "secret",
      expiresAt: at + 3_600_000,
      serverTime: at,
      me: { id: ann, name: "Ann", mayKeep: false },
      language: "en",
      callAvailable: true,
      hasScribe: true,
      botMayWrite: true,
    },
  },
  openTelegramSession: {
    does: "Exchanges the launch of a Telegram Mini App for a session: `initData` as Telegram signed them, at most 10 minutes old, each once; and the reference of the link (`startapp`), where the launch does not carry it. The person is in the Telegram chat that belongs to the room. `error` is in the language of `Accept-Language`.",
    body: { initData: "user=…&chat_instance=…&auth_date=…&signature=…&hash=…", startParam: "x".repeat(64) },
    answer: {
      token: "secret",
      expiresAt: at + 21_600_000,
      serverTime: at,
      me: { id: "telegram:279058397", name: "Ann (Telegram)", mayKeep: false },
      language: "en",
      callAvailable: true,
      hasScribe: true,
      botMayWrite: true,
      room,
    },
  },
  knock: {
    does: "Stands before the door with a link for guests. Without a name: whether the link opens anything, and how it is with this browser. `in`: ask for a session with the same code and browser; until then ask again every few seconds.",
    body: { code: "x".repeat(43), browser: "y".repeat(32), name: "Ann" },
    answer: { state: "waits", name: "Ann (guest)", room, lobby: true, language: "en" },
  },
  guests: {
    does: "Links for guests, guests who wait to be let in, and those who may sit in the meeting.",
    answer: guests,
  },
  changeGuests: {
    does: "Makes or takes back a link for guests; lets somebody in who waits, or turns them away; puts a guest out, for good: their session, their seat, the call, and the link they came by.",
    body: { type: "make-link", once: true, lobby: true, places: 10 },
    answer: guests,
  },
  nudges: {
    does: "Whether this tab's person is told by their browser that they are next, and the service's public key for `PushManager.subscribe` (Web Push); null where there is nothing of the kind for them: for people by a link or as a guest alone.",
    answer: {
      key: "BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM",
      on: false,
    },
  },
  changeNudges: {
    does: "Has this tab's browser told when its person is next, once for each turn before theirs, as long as the session lasts; with null, no more. What is sent is encrypted for the browser (RFC 8291) and says nothing of the meeting.",
    body: {
      address: {
        endpoint: "https://push.example.net/send/a1b2c3",
        keys: {
          p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
          auth: "BTBZMqHH6r4Tts7J_aSIgg",
        },
      },
    },
    answer: {
      key: "BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM",
      on: true,
    },
  },
  meeting: {
    does: "The room's current or last meeting, as this person may see it. `record` grows with the record: when it did, ask for the record again.",
    answer: noMeeting,
  },
  command: {
    does: "Asks for something in the meeting. `expectedVersion` is the version that the person saw: a command that came too late is refused as stale. Which right a command needs stands below, under Rights.",
    body: { type: "pass", expectedVersion: 5 },
    answer: noMeeting,
  },
  scenarios: {
    does: "The meetings that can be started here, in the language of `Accept-Language` where the scenario has it.",
    answer: { preferred: "council", scenarios: [] },
  },
  agreement: {
    does: "The list of who gets one's words, to be shown before one says whether they may be written down; and what one has said. `shown` null: nobody is asked.",
    answer: { shown: { wording: 1, items: [{ what: "speech", outside: null }] }, agreed: null },
  },
  myText: {
    does: "One's own text in a circle of silent writing, so that a reload loses nothing.",
    answer: { text: { circle: 1, text: "More shade for the beans.", finished: false } },
  },
  picture: {
    does: "A small picture of somebody, as a data address; null for whoever shows none.",
    answer: { picture: null },
  },
  assembly: {
    does: "Map of the assembly that runs in the room: its rings, who sits in each, whose turn it is and how far it is; null while none runs. The meeting says with `assembly` that there is one. Guests see the assembly that they sit in.",
    answer: { assembly },
  },
  assemblySeat: {
    does: "Sits somebody in another ring. The keeper of the assembly moves anybody, themselves where `who` is left out; for all others it is a wish, shown to the keeper.",
    body: { to: 2 },
    answer: { assembly },
  },
  assemblyCommand: {
    does: "Asks something of the assembly: `join`, with the `language` of one's group, or `null` for any; `leave`, `call-keeper`, `ready`, the chair among the delegates, a delegate of one's group, or `give-along` its summary; of its keeper `more-time`, `go-on`, `tell-all`, `speak-to-all` for a minute and `stop-speaking`. `visit` listens in a group: the keeper comes back by naming their own, and so may all listen who take no part.",
    body: { type: "call-keeper" },
    answer: { assembly },
  },
  assemblyVoice: {
    does: "Address and token of the call in which all groups hear whoever speaks to them, for the minute in which the map has a `voice`: that person alone sends sound there, all others listen. No body.",
    answer: { url: "wss://livekit.example.org", token: "secret" },
  },
  assemblyRecord: {
    does: "Result of the assembly that runs in the room, or of the last one: its parts with their rings, and what all of them came to. Each sentence names the utterances that it rests on, and the rings that said it apart from each other. Null where there was none.",
    answer: { record: assemblyRecord },
  },
  assemblyFile: {
    does: "The same as a file: one document with all that was said, the graph of the whole with its rings as groups, or a picture.",
    answer: { name: "assembly-2026-11-23.md", mediaType: "text/markdown", content: "# our garden\n" },
  },
  outOfTurn: {
    does: "People whose microphone was closed out of turn, the latest last.",
    answer: { people: [{ who: ann, times: 2, at }] },
  },
  callAccess: {
    does: "Address of the call and a short-lived token for it. Ask again to reconnect. No body.",
    answer: { url: "wss://livekit.example.org", token: "secret" },
  },
  myLink: {
    does: "A personal link to one's own seat for another browser, for people of Telegram, whose app may be shut out of the microphone. It is opened within five minutes and works in that browser until the meeting is over. No body.",
    answer: { url: "https://example.org/widget/#code=secret" },
  },
  mediaKeys: {
    does: "The keys by which the call's sound and pictures are encrypted end to end, the newest last; none where the room is not encrypted. Ask again when the call's metadata names an epoch that you do not have.",
    answer: { keys: [{ epoch: 7, key: "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=" }] },
  },
  record: {
    does: "The record of the current or last meeting: utterances, comments, turns, minutes, corrections.",
    answer: { record },
  },
  pastMeetings: {
    does: "The room's meetings, the newest first. `hidden`: there were others, which the room's history does not show to this person.",
    answer: {
      meetings: [
        {
          id: meeting,
          title: "Council",
          topic: "Winter",
          startedAt: at,
          endedAt: at + 3_600_000,
          people: ["Ann", "Bob"],
        },
      ],
    },
  },
  pastMeeting: { does: "One meeting with its record." },
  recordFile: {
    does: "The record as a file to take along: its text stands in `content`.",
    answer: { name: "garden.md", mediaType: "text/markdown", content: "# Winter\n" },
  },
  graph: { does: "The graph of one meeting, made from its record as it is now.", answer: { graph } },
  roomGraph: { does: "The graph of the room's last twenty meetings together.", answer: { graph } },
  roomGraphFile: {
    does: "The same as a file to take along.",
    answer: { name: "garden.mmd", mediaType: "text/vnd.mermaid", content: "graph LR\n" },
  },
  correct: {
    does: "Puts something in the record right. `seen` is the number of corrections of that very thing that the person had seen.",
    body: { meeting, seen: 0, change: { of: "task", id: "t3", status: "done" } },
    answer: { record },
  },
  translate: {
    does: "Puts texts of the record, word for word as they stand in it, into another language by the configured model. Nothing of it is kept.",
    body: { meeting, to: "ru", texts: ["I will ask about the ladder."] },
    answer: { texts: ["Я спрошу про лестницу."], model: "llama-3.1-8b-instruct", failed: null },
  },
  redo: { does: "Makes the minutes anew from the record as it now is.", body: { meeting }, answer: { record } },
  myPurposes: {
    does: "What one's own words and sound in this room may be used for, each purpose with its sentence in the language that is asked for.",
    answer: { purposes },
  },
  answerPurpose: {
    does: "Says yes to a sentence, by its hash, or no, which counts at once: kept sound is deleted, and nothing more is written down.",
    body: { purpose: "sound", given: true, hash: SENTENCE },
    answer: { purposes },
  },
  myData: {
    does: "Makes an address from which oneself alone fetches all that is kept of oneself in the room, once, within ten minutes. It leads to a page with a button.",
    answer: { url: "https://circle.example.org/api/v1/my-data#secret" },
  },
  myAccount: {
    does: "One's own statement of the ledger for a quarter, such as `2026-Q3`, or for the present one, `now`; each line in the language that is asked for.",
    answer: { quarter: "2026-Q4", before: "2026-Q3", lines: ["Minutes facilitated: 42"] },
  },
  eraseMyWords: {
    does: "Erases for good all that one said and wrote in the room. Without `sure` it only says what that means.",
    body: { sure: true },
    answer: { begun: true, text: "I am erasing what you said and wrote here; that takes moments." },
  },
  ownArchivePage: {
    does: "The page behind such an address. The code stands behind its `#`, so nobody who looks at the page, such as a preview of links, uses it up.",
  },
  ownArchive: {
    does: "The archive, once, for the `code` of such an address as a form brings it: a zip, `index.html` to read, `data.json`, each event of one's own, and kept sound.",
  },
  hearable: { does: "The utterances of a meeting that can be heard.", answer: { utterances: ["1.1"], keeps: true } },
  sound: { does: "The sound of one utterance, as FLAC, also in ranges (`Range`). It is kept by no cache." },
  openTasks: {
    does: "Tasks that are open from earlier meetings, the most urgent first. They are corrected in their own meeting.",
    answer: { tasks: [{ meeting, at, task, owner: "Ann", seen: 0, mayChange: true }] },
  },
  tasksOutside: { does: "The task manager that the room's tasks go to, and how they stand there.", answer: outside },
  sendTasks: {
    does: "Chooses a task manager (`use`, null: none), or sends and looks at everything at once (`now`).",
    body: { use: "board" },
    answer: outside,
  },
  transaction: {
    does: "Takes the homeserver's events (Application Service API, “Pushing events”). An acknowledged event is kept.",
    body: { events: [] },
    answer: {},
  },
  ping: { does: "Answers the homeserver's ping (Application Service API, “Pinging”).", answer: {} },
  userOnDemand: { does: "Tells the homeserver that there is no such user (Application Service API, “Querying”)." },
  roomOnDemand: { does: "Tells the homeserver that there is no such room (Application Service API, “Querying”)." },
  livekitWebhook: { does: "Takes LiveKit's news of a call (LiveKit, “Webhooks”): a signed body.", answer: {} },
  alive: { does: "The process answers.", answer: { status: "ok" } },
  ready: {
    does: "Whether the service can do its work; 503 with the same body while it cannot, and what it waits for.",
    answer: { ready: false, waitingFor: ["homeserver"] },
  },
  metrics: { does: "Figures for Prometheus, see [monitoring.md](monitoring.md). Keep this path from the internet." },
};
