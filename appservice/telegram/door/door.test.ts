import { sign } from "@tma.js/init-data-node";
import { beforeEach, describe, expect, test } from "vitest";
import { meetingId, personId, roomId } from "../../../tests/support/protocol/ids.ts";
import type { Admission } from "../../admission/admission.ts";
import { telegramAdmission } from "../../admission/telegram.ts";
import type { ParticipantId } from "../../protocol/identity.ts";
import { openDatabase } from "../../store/database.ts";
import { SEES_ALL } from "../../store/sight.ts";
import { TelegramChats } from "../../store/telegram-chats.ts";
import { TelegramLinks } from "../../store/telegram-links.ts";
import { TelegramPeople } from "../../store/telegram-people.ts";
import type { Asked } from "./ask-telegram.ts";
import { ChatPeople } from "./chat-people.ts";
import { ChatWatch, type Here } from "./chat-watch.ts";
import { type GatheredMeeting, TelegramDoor } from "./door.ts";
import { References } from "./reference.ts";
import { askStillInChat } from "./still-in-chat.ts";

const TOKEN = "7000000001:AAbbccddeeffgghhiijjkkllmmnnooppqqr";
const ROOM = roomId("!garden:hs");
const OTHER = roomId("!kitchen:hs");
const CHAT = -1001;
const FIRST = meetingId("m00000001");
const ANN = personId("@ann:hs");
const HOUR = 3_600_000;

let at = 0;
let meeting: GatheredMeeting | null = null;
let beside: GatheredMeeting | null = null;
let encrypted = false;
let came: string[] = [];
let asked: number[] = [];
let inChat: Map<number, Asked>;
let chats: TelegramChats;
let people: TelegramPeople;
let links: TelegramLinks;
let believed: ChatPeople;
let admission: Admission;
const references = new References("secret");

/** People of Matrix: Ann moderates, and nobody else is there. */
const matrix: Admission = {
  issuer: "matrix",
  speaksFor: (id) => id.startsWith("@"),
  mayBeIn: async (_, id) => id === ANN,
  standing: async (_, id) => ({ name: "Ann", rights: { admitted: id === ANN, moderates: id === ANN } }),
  sightOf: async () => SEES_ALL,
  prove: async () => null,
};

function doorOn(db: ReturnType<typeof openDatabase>) {
  [chats, people, links] = [new TelegramChats(db), new TelegramPeople(db), new TelegramLinks(db)];
  believed = new ChatPeople({
    ask: async (chat, user) => {
      asked.push(user);
      return chat === CHAT ? (inChat.get(user) ?? { is: "out" }) : { is: "gone" };
    },
    now: () => at,
    onMoved: () => {},
    onSilent: () => {},
  });
  const door = new TelegramDoor({
    key: { by: "token", token: TOKEN },
    references,
    chats,
    people,
    links,
    inChat: believed,
    now: () => at,
    wallClock: () => at,
    openMeetings: () => [meeting, beside].filter((each) => each !== null),
    memberNames: async () => ["Ann", "Boris"],
    isEncrypted: async () => encrypted,
    shownName: (_, { name, number, namesake }) => `${name} (${namesake ? "namesake" : "Telegram"} ${number})`,
    onEntered: (_, who) => void came.push(who),
  });
  admission = telegramAdmission(matrix, {
    telegramPeople: people,
    telegramChats: chats,
    telegramDoor: door,
    isEncrypted: async () => encrypted,
  });
}

beforeEach(() => {
  [at, encrypted, came, asked] = [Date.parse("2026-03-02T12:00:00Z"), false, [], []];
  meeting = { id: FIRST, startedAt: at - HOUR, people: [{ id: ANN, name: "Ann" }] };
  beside = null;
  inChat = new Map([7, 8, 9].map((user) => [user, { is: "in" }]));
  doorOn(openDatabase(":memory:"));
  bind();
});

const bind = () => chats.bind(chats.offer(ROOM, ANN, at), { chat: CHAT, title: "Garden", forum: false }, at);

type Launch = { user?: object; from?: string; type?: string; ref?: string | null; token?: string; at?: number };
function launch({ user = {}, from = "5", type = "supergroup", ref, token = TOKEN, at: then = at }: Launch = {}) {
  const start_param = ref ?? references.format({ room: ROOM, meeting: FIRST }) ?? "";
  const data = {
    user: { id: 7, first_name: "Cid", ...user },
    chat_instance: from,
    chat_type: type,
    ...(ref !== null && { start_param }),
  };
  return sign(data as Parameters<typeof sign>[0], token, new Date(then));
}

async function opened(initData: string, startParam?: string) {
  const proof = { issuer: "telegram" as const, initData, ...(startParam !== undefined && { startParam }) };
  const proven = await admission.prove(proof, "a-tab-of-a-browser");
  proven?.opened();
  return proven;
}
const refusal = (initData: string, startParam?: string) =>
  opened(initData, startParam).then(
    () => "let in",
    (error) => error.code,
  );

test("who is of the chat comes in, marked, with no power, and sees the meeting from its beginning", async () => {
  const proven = await opened(launch({ user: { language_code: "ru" } }));
  expect(proven).toMatchObject({ id: "telegram:7", room: ROOM, language: "ru" });
  expect(await admission.standing(ROOM, personId("telegram:7"))).toEqual({
    name: "Cid (Telegram 1)",
    rights: { admitted: true, moderates: false },
  });
  const sight = await admission.sightOf(ROOM, personId("telegram:7"));
  expect(sight.during(at - HOUR, null)).toBe("all");
  expect(sight.during(at - 3 * HOUR, at - 2 * HOUR)).toBe("nothing");
  expect(came).toEqual(["telegram:7"]);
  await opened(launch({ at: at + 1000 }));
  expect(came).toEqual(["telegram:7"]);
});

test("a launch opens one session, also of two who bring it at once, and after a restart; a refused one is not used up", async () => {
  const db = openDatabase(":memory:");
  doorOn(db);
  bind();
  inChat.set(7, { is: "unknown" });
  expect(await refusal(launch())).toBe("TELEGRAM_AWAY");
  inChat.set(7, { is: "in" });
  at += 5_000;
  const same = launch({ at: at - 5_000 });
  expect((await Promise.all([refusal(same), refusal(same)])).sort()).toEqual(["TELEGRAM_REPLAYED", "let in"]);
  doorOn(db);
  expect(await refusal(same)).toBe("TELEGRAM_REPLAYED");
  people.forgetOld(at, at);
  expect(await refusal(same)).toBe("TELEGRAM_REPLAYED");
});

describe("refused is", () => {
  test("a launch for another bot", async () => {
    expect(await refusal(launch({ token: "7000000002:AAbbccddeeffgghhiijjkkllmmnnooppqqr" }))).toBe("TELEGRAM_FORGED");
  });

  test("a link that nobody of ours made, and one beside what Telegram has signed", async () => {
    expect(await refusal(launch({ ref: "made-up" }))).toBe("TELEGRAM_REFERENCE");
    expect(await refusal(launch({ ref: null }))).toBe("TELEGRAM_REFERENCE");
    expect(await refusal(launch(), references.format({ room: OTHER, meeting: null }) ?? "")).toBe("TELEGRAM_FORGED");
    const ours = references.format({ room: ROOM, meeting: null }) ?? "";
    expect(await refusal(launch({ ref: null }), ours)).toBe("let in");
  });

  test("a meeting that is over, and one that nobody has gathered", async () => {
    const over = references.format({ room: ROOM, meeting: meetingId("m00000000") }) ?? "";
    expect(await refusal(launch({ ref: over }))).toBe("TELEGRAM_MEETING_OVER");
    meeting = null;
    expect(await refusal(launch())).toBe("TELEGRAM_MEETING_OVER");
    expect(await refusal(launch({ ref: references.format({ room: ROOM, meeting: null }) ?? "" }))).toBe(
      "TELEGRAM_EARLY",
    );
  });

  test("of a meeting and an assembly that are on at once, each opens by its own button", async () => {
    const assembly = meetingId("ma0123456789abcdef");
    const ref = references.format({ room: ROOM, meeting: assembly }) ?? "";
    expect(await refusal(launch({ ref }))).toBe("TELEGRAM_MEETING_OVER");
    beside = { id: assembly, startedAt: null, people: [] };
    expect(await refusal(launch({ ref }))).toBe("let in");
    expect(await refusal(launch({ user: { id: 8 } }))).toBe("let in");
  });

  test("who is not in the chat, and everybody where the chat or the bot in it is no more", async () => {
    expect(await refusal(launch({ user: { id: 99 } }))).toBe("TELEGRAM_NOT_IN_CHAT");
    inChat.set(7, { is: "gone" });
    expect(await refusal(launch())).toBe("TELEGRAM_UNBOUND");
    chats.unbind(ROOM);
    expect(await refusal(launch({ user: { id: 8 } }))).toBe("TELEGRAM_UNBOUND");
  });

  test("who opens a link of the room elsewhere; that binds nothing", async () => {
    expect(await refusal(launch({ type: "private", from: "1" }))).toBe("TELEGRAM_OTHER_CHAT");
    expect(await refusal(launch({ from: "5" }))).toBe("let in");
    expect(await refusal(launch({ from: "6", user: { id: 8 } }))).toBe("TELEGRAM_OTHER_CHAT");
  });

  test("who takes the link of one room into the chat of another", async () => {
    expect(await refusal(launch())).toBe("let in");
    chats.bind(chats.offer(OTHER, ANN, at), { chat: CHAT - 1, title: "Kitchen", forum: false }, at);
    chats.isOpenedFrom(OTHER, "77");
    chats.bind(chats.offer(ROOM, ANN, at), { chat: CHAT, title: "Garden", forum: false }, at);
    expect(await refusal(launch({ user: { id: 8 }, from: "77" }))).toBe("TELEGRAM_OTHER_CHAT");
  });

  test("everybody, in an encrypted room", async () => {
    encrypted = true;
    expect(await refusal(launch())).toBe("ENCRYPTED_ROOM");
  });
});

test("who was put out stays out, until the keeper binds the chat anew", async () => {
  await opened(launch());
  people.become(ROOM, personId("telegram:7"), "out", at);
  expect(await admission.mayBeIn(ROOM, personId("telegram:7"))).toBe(false);
  expect(await refusal(launch({ at: at + 1000 }))).toBe("GUEST_TURNED_AWAY");
  at += 60_000;
  bind();
  expect(await refusal(launch())).toBe("let in");
});

test("a name like a member's is marked, and of two alike each has its own", async () => {
  const nameOf = async (user: number) => (await admission.standing(ROOM, personId(`telegram:${user}`))).name;
  await opened(launch({ user: { first_name: "Αnn" } }));
  await opened(launch({ user: { id: 8, first_name: "Dora", last_name: "Lee" } }));
  await opened(launch({ user: { id: 9, first_name: "Dora", last_name: "Lee" } }));
  expect([await nameOf(7), await nameOf(8), await nameOf(9)]).toEqual([
    "Αnn (namesake 1)",
    "Dora Lee (Telegram 1)",
    "Dora Lee (Telegram 2)",
  ]);
});

describe("an account that is joined to somebody of Matrix", () => {
  const join = (to: ParticipantId) => {
    const code = links.offer(to, at);
    expect(links.typed(code, { telegram: personId("telegram:7"), name: "Cid" }, at)).toBe(to);
    expect(links.typed(code, { telegram: personId("telegram:8"), name: "Eve" }, at)).toBeNull();
    return links.decide(to, true, at);
  };

  test("is that person, with the power that they have there", async () => {
    join(ANN);
    expect(await opened(launch())).toMatchObject({ id: ANN });
    expect(admission.speaksFor(ANN)).toBe(true);
    expect((await admission.standing(ROOM, ANN)).rights).toEqual({ admitted: true, moderates: true });
    expect(came).toEqual([]);
  });

  test("is itself where that person is not in the room", async () => {
    join(personId("@gone:hs"));
    expect(await opened(launch())).toMatchObject({ id: "telegram:7" });
  });

  test("is so by a code of ten minutes that both sides answer, and no longer than they want", async () => {
    const code = links.offer(ANN, at);
    const cid = { telegram: personId("telegram:7"), name: "Cid" };
    expect(links.typed(code, cid, at + 11 * 60_000)).toBeNull();
    expect(links.decide(ANN, true, at)).toBeNull();
    expect(links.typed(code, cid, at)).toBe(ANN);
    expect(links.of(cid.telegram)).toBeNull();
    expect(links.decide(ANN, true, at + 11 * 60_000)).toBeNull();
    expect(links.of(cid.telegram)).toBeNull();
    join(ANN);
    expect(links.of(cid.telegram)).toBe(ANN);
    expect(links.part(ANN)).toBe(1);
    expect(links.of(cid.telegram)).toBeNull();
  });
});

describe("while they sit there", () => {
  let gone: string[] = [];
  let watch: ChatWatch;
  let here: Map<string, Here>;
  beforeEach(async () => {
    gone = [];
    for (const id of [7, 8, 9]) await opened(launch({ user: { id } }));
    watch = new ChatWatch({
      chats,
      people,
      stillInChat: askStillInChat({
        chats,
        inChat: believed,
        onGone: (_, who, why) => void gone.push(`${who} ${why}`),
      }),
      hereOf: (_, who) => here.get(who) ?? "away",
    });
    here = new Map([["telegram:7", "sits"]]);
    at += 10_000;
  });

  test("who has left the chat is found, also one who has a page open alone, or is not here", async () => {
    for (const user of [7, 8, 9]) inChat.set(user, { is: "out" });
    here.set("telegram:8", "looks");
    await watch.look();
    expect(gone).toEqual(["telegram:7 left-chat", "telegram:8 left-chat", "telegram:9 left-chat"]);
  });

  test("many who are away are asked about in turn, and hold up nobody who sits there", async () => {
    for (const user of [20, 21, 22]) {
      inChat.set(user, { is: "in" });
      await opened(launch({ user: { id: user } }));
      here.set(`telegram:${user}`, "sits");
    }
    at += 10_000;
    asked = [];
    await watch.look();
    at += 10_000;
    await watch.look();
    expect(asked.filter((user) => user >= 20).length).toBe(6);
    expect(asked.filter((user) => user === 8 || user === 9).sort()).toEqual([8, 9]);
  });

  test.each(["unknown", "gone"] as const)("they stay where Telegram says: %s", async (is) => {
    inChat.set(7, { is });
    await watch.look();
    expect(gone).toEqual([]);
  });

  test("all are found when the chat belongs to the room no longer", async () => {
    chats.unbind(ROOM);
    await watch.look();
    expect(gone).toEqual(["telegram:7 unbound", "telegram:8 unbound", "telegram:9 unbound"]);
  });

  test("Telegram is asked no more for as long as it wants", async () => {
    inChat.set(7, { is: "unknown", waitMs: 30_000 });
    for (let round = 0; round < 3; round++, at += 5_000) await watch.look();
    expect(asked.filter((user) => user === 7).length).toBe(2);
  });
});
