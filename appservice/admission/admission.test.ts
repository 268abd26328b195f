import { expect, test } from "vitest";
import { openDatabase } from "../store/database.ts";
import { GuestLinks } from "../store/guest-links.ts";
import { Guests } from "../store/guests.ts";
import { Links } from "../store/links.ts";
import { SignIns } from "../store/sign-ins.ts";
import { SEES_ALL, SEES_NOTHING } from "../store/sight.ts";
import { TelegramChats } from "../store/telegram-chats.ts";
import { TelegramPeople } from "../store/telegram-people.ts";
import type { ParticipantId, RoomId } from "../protocol/identity.ts";
import { may } from "../protocol/rights.ts";
import { type Admission, Admissions } from "./admission.ts";
import { issuers } from "./issuers.ts";
import { openIdHomeservers } from "./openid-homeservers.ts";
import { personId, roomId } from "../../tests/support/protocol/ids.ts";

const ROOM = roomId("!room");
const ENCRYPTED = roomId("!encrypted");
const ANN = personId("@ann:hs");

/** Ann moderates the room, Bob is in it; of everybody else it knows nothing. */
const rooms = {
  isJoined: async (_: string, who: string) => who === ANN || who === "@bob:hs",
  isModerator: async (_: string, who: string) => who === ANN,
  nameOf: async (_: string, who: string) => (who === ANN ? "Ann" : "Bob"),
};
const links = new Links(openDatabase(":memory:"));
const telegramPeople = new TelegramPeople(openDatabase(":memory:"));
const telegramChats = new TelegramChats(openDatabase(":memory:"));
telegramChats.bind(telegramChats.offer(ROOM, ANN, 0), { chat: -1, title: "Circle", forum: false }, 0);
const admissions = issuers({
  rooms,
  sight: { of: async () => SEES_ALL },
  signIns: new SignIns(openDatabase(":memory:")),
  links,
  guests: new Guests(openDatabase(":memory:")),
  guestLinks: new GuestLinks(openDatabase(":memory:")),
  meetingsIn: () => [],
  isEncrypted: async (room) => room === ENCRYPTED,
  telegramPeople,
  telegramChats,
  telegramDoor: null,
  stillInChat: async (_, who) => who !== "telegram:9",
  homeservers: openIdHomeservers(new Map(), null),
  now: () => 1,
});
const DEVICE = "a-tab-of-a-browser";

test("people of Matrix have the name and the power that the room gives them", async () => {
  expect(await admissions.here(ROOM, ANN, "chat")).toEqual({
    id: ANN,
    issuer: "matrix",
    name: "Ann",
    door: "chat",
    rights: { admitted: true, moderates: true },
  });
  expect((await admissions.here(ROOM, personId("@bob:hs"), "widget")).rights).toEqual({
    admitted: true,
    moderates: false,
  });
  expect(await admissions.mayBeIn(ROOM, personId("@bob:hs"))).toBe(true);
});

test("a personal link lets in whom the bot gave it to, and nobody who is out of the room by now", async () => {
  const by = { issuer: "link" };
  expect(await admissions.actor(ROOM, { ...by, id: ANN }, "widget")).toMatchObject({
    name: "Ann",
    issuer: "link",
    rights: { admitted: true },
  });
  expect((await admissions.actor(ROOM, { ...by, id: personId("@gone:hs") }, "widget")).rights.admitted).toBe(false);
  expect((await admissions.actor(ROOM, { ...by, id: personId("link:@ann:hs") }, "widget")).rights.admitted).toBe(false);
});

test("who is in no issuer's book is let in nowhere and is called by their whole id", async () => {
  expect(await admissions.mayBeIn(ROOM, personId("phone:42"))).toBe(false);
  expect(await admissions.nameOf(ROOM, personId("phone:42"))).toBe("phone:42");
  const stranger = await admissions.here(ROOM, personId("phone:42"), "widget");
  expect(stranger).toMatchObject({ name: "phone:42", rights: { admitted: false, moderates: false } });
  expect(may("take-link", stranger, null)).toBe(false);
  expect(await admissions.sightOf(ROOM, stranger)).toBe(null);
});

test("an issuer's word counts for its own people alone", async () => {
  const telegram: Admission = {
    issuer: "telegram",
    speaksFor: (id) => id.startsWith("telegram:"),
    mayBeIn: async () => true,
    standing: async () => ({ name: "Tanya", rights: { admitted: true, moderates: true } }),
    sightOf: async () => SEES_ALL,
    prove: async () => ({ id: ANN, room: ROOM, lastsMs: 1, opened: () => null }),
  };
  const both = new Admissions([telegram]);
  expect(await both.nameOf(ROOM, personId("telegram:42"))).toBe("Tanya");
  const spelled = await both.actor(ROOM, { id: ANN, issuer: "telegram" }, "widget");
  expect(spelled.rights).toEqual({ admitted: false, moderates: false });
  expect(await both.mayBeIn(ROOM, ANN)).toBe(false);
});

test("a link's code proves once whose it is, and names its issuer", async () => {
  const proof = { issuer: "link" as const, code: links.make({ participant: ANN, room: ROOM }, 0) };
  expect(await admissions.prove(proof, DEVICE)).toMatchObject({ id: ANN, room: ROOM, issuer: "link" });
  await expect(admissions.prove(proof, DEVICE)).rejects.toMatchObject({ code: "LINK_USED" });
});

test("a link told to somebody of Telegram opens their own seat, as long as they have one", async () => {
  const id = personId("telegram:42");
  telegramPeople.enter({ id, room: ROOM, name: "Tanya", shown: "Tanya (Telegram)", since: 0 }, 0);
  const code = links.make({ participant: id, room: ROOM }, 0);
  const proven = await admissions.prove({ issuer: "link", code }, DEVICE);
  expect(proven).toMatchObject({ id, room: ROOM, issuer: "link" });
  const seated = await admissions.actor(ROOM, proven, "widget");
  expect(seated).toMatchObject({ name: "Tanya (Telegram)", rights: { admitted: true, moderates: false } });
  telegramPeople.become(ROOM, id, "out", 1);
  expect((await admissions.actor(ROOM, proven, "widget")).rights.admitted).toBe(false);
});

test("nobody of Telegram is let into an encrypted room, by whatever they come, and nothing of it is shown to them", async () => {
  const id = personId("telegram:43");
  telegramChats.bind(telegramChats.offer(ENCRYPTED, ANN, 0), { chat: -2, title: "Cellar", forum: false }, 0);
  for (const room of [ROOM, ENCRYPTED])
    telegramPeople.enter({ id, room, name: "Petya", shown: "Petya (Telegram)", since: 0 }, 0);
  const of = async (room: RoomId) => [
    await admissions.mayBeIn(room, id),
    (await admissions.here(room, id, "widget")).rights.admitted,
    (await admissions.sightOf(room, { id, issuer: "telegram" })) !== SEES_NOTHING,
  ];
  expect(await of(ROOM)).toEqual([true, true, true]);
  expect(await of(ENCRYPTED)).toEqual([false, false, false]);
});

test("keys of a call go to people of Matrix alone", async () => {
  const takes = async (id: ParticipantId) => may("take-call-keys", await admissions.here(ROOM, id, "widget"), null);
  telegramPeople.enter({ id: personId("telegram:44"), room: ROOM, name: "Olya", shown: "Olya", since: 0 }, 0);
  expect(await takes(personId("@bob:hs"))).toBe(true);
  expect(await takes(personId("telegram:44"))).toBe(false);
  expect(await takes(personId("@stranger:hs"))).toBe(false);
});

test("a link opens nothing to whom Telegram does not find in the chat any more", async () => {
  const code = links.make({ participant: personId("telegram:9"), room: ROOM }, 0);
  const proof = { issuer: "link" as const, code };
  await expect(admissions.prove(proof, DEVICE)).rejects.toMatchObject({ code: "NOT_IN_ROOM" });
});

test("whoever an issuer shows without being theirs has proven nothing", async () => {
  const lying: Admission = {
    issuer: "link",
    speaksFor: (id) => id.startsWith("guest:"),
    mayBeIn: async () => true,
    standing: async () => ({ name: "Ann", rights: { admitted: true, moderates: true } }),
    sightOf: async () => SEES_ALL,
    prove: async () => ({ id: ANN, room: ROOM, lastsMs: 1, opened: () => null }),
  };
  const proof = { issuer: "link" as const, code: "x".repeat(32) };
  await expect(new Admissions([lying]).prove(proof, DEVICE)).rejects.toMatchObject({ code: "UNPROVEN" });
  await expect(new Admissions([]).prove(proof, DEVICE)).rejects.toMatchObject({ code: "UNPROVEN" });
});
