import { beforeEach, describe, expect, test } from "vitest";
import { guestAdmission } from "../admission/guest.ts";
import { openDatabase } from "../store/database.ts";
import { GuestLinks } from "../store/guest-links.ts";
import { Guests, WAITS_MS } from "../store/guests.ts";
import { isGuest, type MeetingId, type ParticipantId } from "../protocol/identity.ts";
import type { GuestLinkWish } from "../protocol/guests.ts";
import { meetingId, personId, roomId } from "../../tests/support/protocol/ids.ts";
import { GuestDesk, type OpenMeeting } from "./guest-desk.ts";

const ROOM = roomId("!garden:hs");
const KEEPER = { id: personId("@ann:hs"), name: "Ann" };
const FIRST = meetingId("m00000001");
const SECOND = meetingId("m00000002");

let at = 1_000;
let encrypted = false;
let meeting: OpenMeeting | null = null;
let told: string[] = [];
let gone: ParticipantId[] = [];
let links: GuestLinks;
let guests: Guests;
let desk: GuestDesk;
/** An assembly that runs, where the meeting gathers beside it. */
let assembly: MeetingId | null = null;
let admission: ReturnType<typeof guestAdmission>;

beforeEach(() => {
  const db = openDatabase(":memory:");
  encrypted = false;
  [at, meeting, told, gone, assembly] = [1_000, { id: FIRST, names: ["Vera"] }, [], [], null];
  [links, guests] = [new GuestLinks(db, "secret"), new Guests(db)];
  desk = new GuestDesk({
    links,
    guests,
    now: () => at,
    languageOf: () => "en",
    publicUrl: "https://mm.example.org",
    openMeetings: () => (meeting ? [meeting] : []),
    memberNames: async () => ["Ann", "Boris"],
    isEncrypted: async () => encrypted,
    shownName: (_, { name, number, namesake }) => `${name} (${namesake ? "namesake" : "guest"} ${number})`,
    tell: ({ shown, state }, decided) => void told.push(`${shown} ${state}${decided ? ` by ${decided.by}` : ""}`),
    putOut: ({ id }) => void gone.push(id),
  });
  admission = guestAdmission({
    guests,
    guestLinks: links,
    meetingsIn: () => [
      ...(assembly ? [{ id: assembly, startedAt: 500 }] : []),
      ...(meeting ? [{ id: meeting.id, startedAt: assembly ? null : 500 }] : []),
    ],
    isEncrypted: async () => encrypted,
  });
});

const WISH: GuestLinkWish = { once: true, lobby: true, places: 2 };
const browser = (name: string) => name.padEnd(16, "x");

function codeOf(wish: Partial<GuestLinkWish> = {}): string {
  const url = desk.makeLink(ROOM, KEEPER.id, { ...WISH, ...wish }) ?? "";
  return new URLSearchParams(new URL(url).hash.slice(1)).get("guest") ?? "";
}
const knock = (code: string, name?: string, by = name ?? "") => desk.knock({ code, name, browser: browser(by) });
const session = (code: string, by: string) =>
  admission.prove({ issuer: "guest", code, browser: browser(by) }, browser("device"));
const idOf = (name: string) =>
  [...desk.list(ROOM).waiting, ...desk.list(ROOM).seated].find((each) => each.name.startsWith(name))!.id;
const begins = (id: MeetingId | null) => {
  meeting = id && { id, names: [] };
};

test("a code has 256 bits of chance, stands behind the # alone, and is nowhere in the database", () => {
  const url = new URL(desk.makeLink(ROOM, KEEPER.id, WISH) ?? "");
  const code = new URLSearchParams(url.hash.slice(1)).get("guest") ?? "";
  expect(Buffer.from(code, "base64url").length).toBe(32);
  expect(url.search + url.pathname).toBe("/widget/");
  expect(JSON.stringify(links.find(code))).not.toContain(code);
  expect(desk.list(ROOM).links).toMatchObject([{ url: url.href, ...WISH }]);
});

test("with a room that is encrypted in mid-meeting its guests are out, told why, and no link of it opens anything", async () => {
  const [open, lobby] = [codeOf({ lobby: false }), codeOf()];
  await knock(open, "Cid");
  await knock(lobby, "Dan");
  const cid = idOf("Cid");
  expect(await admission.mayBeIn(ROOM, cid)).toBe(true);
  encrypted = true;
  expect(await admission.mayBeIn(ROOM, cid)).toBe(false);
  expect((await admission.standing(ROOM, cid)).rights.admitted).toBe(false);
  expect(desk.encrypted(ROOM).map(({ name, state }) => [name, state])).toEqual([
    ["Cid", "out"],
    ["Dan", "out"],
  ]);
  expect(gone).toContain(cid);
  expect(told.slice(-2)).toEqual(["Cid (guest 1) out by null", "Dan (guest 1) out by null"]);
  expect(desk.list(ROOM)).toMatchObject({ links: [], waiting: [], seated: [] });
  await expect(knock(open, undefined, "Cid")).rejects.toMatchObject({ code: "ENCRYPTED_ROOM" });
  await expect(session(open, "Cid")).rejects.toMatchObject({ code: "ENCRYPTED_ROOM" });
});

test("who opens a link is asked for a name, waits, is let in, and then has a session; the room hears of each", async () => {
  const code = codeOf();
  expect(await knock(code, undefined, "cid")).toMatchObject({ state: "new", name: null, lobby: true, room: ROOM });
  expect(await knock(code, "Cid")).toMatchObject({ state: "waits", name: "Cid (guest 1)" });
  await expect(session(code, "Cid")).rejects.toMatchObject({ code: "GUEST_WAITS" });
  expect(desk.decide(ROOM, idOf("Cid"), true, KEEPER)).not.toBeNull();
  expect(await knock(code, undefined, "Cid")).toMatchObject({ state: "in" });
  const proven = await session(code, "Cid");
  expect(isGuest(proven!.id)).toBe(true);
  expect(await admission.standing(ROOM, proven!.id)).toEqual({
    name: "Cid (guest 1)",
    rights: { admitted: true, moderates: false },
  });
  expect(told).toEqual(["Cid (guest 1) waits", "Cid (guest 1) in by Ann"]);
  expect(desk.decide(ROOM, proven!.id, false, KEEPER)).toBeNull();
});

test("without a lobby they are in at once", async () => {
  const code = codeOf({ lobby: false });
  expect(await knock(code, "Cid")).toMatchObject({ state: "in" });
  expect(await session(code, "Cid")).toMatchObject({ room: ROOM });
});

test("of many who wait no more are let in than the link has places; one that is left is given on", async () => {
  const code = codeOf({ places: 2 });
  for (const name of ["Cid", "Dora", "Eve"]) await knock(code, name);
  const decide = (name: string, lets = true) => desk.decide(ROOM, idOf(name), lets, KEEPER);
  for (const name of ["Cid", "Dora"]) expect(decide(name)).toMatchObject({ state: "in" });
  expect(decide("Eve")).toBe("full");
  expect(await knock(code, "Eve")).toMatchObject({ state: "waits" });
  desk.putOut(ROOM, idOf("Cid"), KEEPER);
  expect(decide("Eve")).toMatchObject({ state: "in" });
});

test("who is turned away stays away, and does not hold a place", async () => {
  const code = codeOf();
  await knock(code, "Cid");
  desk.decide(ROOM, idOf("Cid"), false, KEEPER);
  await expect(knock(code, "Cid")).rejects.toMatchObject({ code: "GUEST_TURNED_AWAY" });
  await expect(session(code, "Cid")).rejects.toMatchObject({ code: "GUEST_TURNED_AWAY" });
  expect(desk.list(ROOM).waiting).toEqual([]);
});

test("who is put out is out for good: seat, session and call, and the link opens nothing for anybody", async () => {
  const code = codeOf({ lobby: false });
  for (const name of ["Cid", "Dora"]) await knock(code, name);
  const cid = idOf("Cid");
  desk.putOut(ROOM, cid, KEEPER);
  expect(gone).toEqual([cid]);
  expect(await admission.mayBeIn(ROOM, cid)).toBe(false);
  await expect(session(code, "Cid")).rejects.toMatchObject({ code: "GUEST_TURNED_AWAY" });
  await expect(knock(code, "Again", "another")).rejects.toMatchObject({ code: "GUEST_LINK_OVER" });
  expect(await admission.mayBeIn(ROOM, idOf("Dora"))).toBe(true);
  expect(desk.putOut(ROOM, cid, KEEPER)).toBeNull();
});

test("a browser with fifty tabs is one guest; fifty browsers get as many places as there are", async () => {
  const code = codeOf({ lobby: false, places: 3 });
  const tabs = await Promise.all(Array.from({ length: 20 }, () => knock(code, "Cid")));
  expect(new Set(tabs.map(({ state }) => state))).toEqual(new Set(["in"]));
  expect(desk.list(ROOM).seated.length).toBe(1);
  const others = Array.from({ length: 9 }, (_, n) =>
    knock(code, `Guest ${n}`).then(
      () => "in",
      (error) => error.code,
    ),
  );
  expect((await Promise.all(others)).sort()).toEqual([...Array(7).fill("GUESTS_FULL"), "in", "in"]);
});

test("a link brings so many to the door in a minute, and no more wait than a keeper can look through", async () => {
  const code = codeOf({ places: 50 });
  const come = (n: number) =>
    knock(code, `Cid ${n}`).then(
      () => "waits",
      (error) => error.code,
    );
  const first: string[] = [];
  for (let n = 0; n < 40; n++) first.push(await come(n));
  expect(first.filter((each) => each === "waits").length).toBe(20);
  expect(first.at(-1)).toBe("TOO_MUCH");
  at += Math.max(60_000, WAITS_MS) + 1;
  expect(desk.list(ROOM).waiting).toEqual([]);
  expect(await come(99)).toBe("waits");
});

describe("names", () => {
  test("a name like a member's, like one who sits there, or like another guest's is marked", async () => {
    const code = codeOf({ lobby: false, places: 9 });
    expect(await knock(code, "Αnn", "one")).toMatchObject({ name: "Αnn (namesake 1)" });
    expect(await knock(code, "vera", "two")).toMatchObject({ name: "vera (namesake 1)" });
    expect(await knock(code, "Cid", "three")).toMatchObject({ name: "Cid (guest 1)" });
    expect(await knock(code, "Cid", "four")).toMatchObject({ name: "Cid (guest 2)" });
    expect(await knock(code, "Сid", "five")).toMatchObject({ name: "Сid (guest 3)" });
    await expect(knock(code, "🙂", "six")).rejects.toMatchObject({ code: "GUEST_NAME" });
  });
});

describe("a link", () => {
  test("for one meeting lasts until that is over, and is for the first that gathers", async () => {
    begins(null);
    const code = codeOf({ lobby: false });
    expect(await knock(code, "Cid")).toMatchObject({ state: "early", name: "Cid" });
    links.bind(ROOM, FIRST);
    begins(FIRST);
    expect(await knock(code, undefined, "Cid").then(({ state }) => state)).toBe("new");
    expect(await knock(code, "Cid")).toMatchObject({ state: "in" });
    const cid = idOf("Cid");
    links.closeOf(FIRST, at);
    expect(await admission.mayBeIn(ROOM, cid)).toBe(true);
    await expect(knock(code, "Dora")).rejects.toMatchObject({ code: "GUEST_LINK_OVER" });
    begins(SECOND);
    expect(await admission.mayBeIn(ROOM, cid)).toBe(false);
    await expect(knock(code, "Cid")).rejects.toMatchObject({ code: "GUEST_LINK_OVER" });
  });

  test("until it is taken back is for each meeting anew, by the same lobby, for the same guest", async () => {
    const code = codeOf({ once: false });
    await knock(code, "Cid");
    const cid = idOf("Cid");
    desk.decide(ROOM, cid, true, KEEPER);
    begins(SECOND);
    expect(await admission.mayBeIn(ROOM, cid)).toBe(false);
    expect(await knock(code, undefined, "Cid")).toMatchObject({ state: "waits" });
    expect(idOf("Cid")).toBe(cid);
    expect(desk.closeLinks(ROOM)).toBe(1);
    await expect(knock(code, "Dora")).rejects.toMatchObject({ code: "GUEST_LINK_OVER" });
  });

  test("that nobody made opens nothing, and an older secret's is shown no more", async () => {
    await expect(knock("x".repeat(43), "Cid")).rejects.toMatchObject({ code: "GUEST_LINK_OVER" });
    codeOf();
    const db = openDatabase(":memory:");
    const made = new GuestLinks(db, "before").make(
      { room: ROOM, by: KEEPER.id, asked: "$1" },
      { ...WISH, meeting: null },
      1,
    );
    expect(new GuestLinks(db, "after").codeOf(made)).toBeNull();
  });
});

test("a guest sees their meeting from its beginning, and nothing from before", async () => {
  const code = codeOf({ lobby: false });
  await knock(code, "Cid");
  const sight = await admission.sightOf(ROOM, idOf("Cid"));
  expect(sight.during(500, null)).toBe("all");
  expect(sight.during(100, 400)).toBe("nothing");
  expect((await admission.sightOf(ROOM, personId("guest:nobody"))).during(500, null)).toBe("nothing");
});

test("a guest of a meeting that gathers beside an assembly sees none of what its groups said before they came", async () => {
  const code = codeOf({ lobby: false });
  assembly = SECOND;
  await knock(code, "Cid");
  const sight = await admission.sightOf(ROOM, idOf("Cid"));
  expect(sight.during(500, 900)).toBe("nothing");
  expect(sight.during(1_000, null)).toBe("all");
});
