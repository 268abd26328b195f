import { expect, test } from "vitest";
import { answerOf } from "./circle/agreement.ts";
import { pino } from "pino";
import type { Shown } from "./protocol/agreement.ts";
import { purposesReachTheMeeting } from "./policies/purposes-reach-the-meeting.ts";
import { openDatabase } from "./store/database.ts";
import { madePurposes } from "../tests/support/purposes/made-purposes.ts";
import { ROOM, TestRoom } from "../tests/support/room/room.ts";
import { personId } from "../tests/support/protocol/ids.ts";
import type { Withdrawal } from "./store/withdrawals.ts";

const BOB = personId("@bob:hs");
const ASKS: Shown = { wording: 1, items: [{ what: "speech", outside: null }, { what: "comments" }] };

function place(language: "en" | "ru" = "en") {
  const it = new TestRoom({ asks: ASKS, language });
  const withdrawn: Withdrawal[] = [];
  purposesReachTheMeeting({
    purposes: it.purposes,
    meetings: it.meetings,
    withdrawals: { add: (withdrawal) => void withdrawn.push(withdrawal) },
    asksIn: () => ASKS,
    now: () => it.at,
    log: pino({ level: "silent" }),
  });
  return { it, withdrawn };
}
const meetingOf = (it: TestRoom) => it.meetings.of(ROOM)!.meeting;
test("what one's words may be used for is shown, one sentence each, and by default it is nothing", async () => {
  const { it } = place();
  const body = await it.say(BOB, "!circle consent");
  expect(body).toContain("✗ The sound of my turns may be kept for 30 days");
  expect(body).toContain("!circle consent improve yes");
  expect(body, "this service publishes nothing").not.toContain("published");
  expect(body).not.toContain("✓");
});

test("a yes and a no by chat count, each to its own sentence, and what is in force can be seen", async () => {
  const { it } = place();
  expect(await it.say(BOB, "!circle consent sound")).toContain("If that may be");
  expect(it.purposes.allows(ROOM, BOB, "sound")).toBe(false);
  await it.say(BOB, "!circle consent sound yes");
  expect(it.purposes.allows(ROOM, BOB, "sound")).toBe(true);
  expect(it.purposes.allows(ROOM, BOB, "improve")).toBe(false);
  expect(it.purposes.allows(ROOM, personId("@ann:hs"), "sound")).toBe(false);
  expect(await it.say(BOB, "!circle consent")).toMatch(/✓ The sound .* since .*2026/);
  expect(await it.say(BOB, "!circle consent voice no")).toContain("deleted");
  expect(it.purposes.allows(ROOM, BOB, "sound")).toBe(false);
  expect(await it.say(BOB, "!circle consent publish yes")).toContain("no use for that");
});

test("the same in Russian", async () => {
  const { it } = place("ru");
  expect(await it.say(BOB, "!круг согласие")).toContain("«!круг согласие голос да»");
  await it.say(BOB, "!круг согласие модели да");
  expect(it.purposes.allows(ROOM, BOB, "improve")).toBe(true);
});

test("who lets their words be written down in the whole room is not asked in each meeting", async () => {
  const { it } = place();
  await it.say(BOB, "!circle consent writing yes");
  await it.say(BOB, "!circle join");
  expect(answerOf(meetingOf(it), BOB)).toBe(true);
  expect(meetingOf(it).agreement?.sought).toEqual([]);
  await it.say("@ann:hs", "!circle join");
  expect(answerOf(meetingOf(it), personId("@ann:hs")), "nobody else's").toBeNull();
});

test("taken back in the middle of a turn, it counts for the rest of that turn", async () => {
  const { it, withdrawn } = place();
  await it.say(BOB, "!circle consent writing yes");
  await it.say(BOB, "!circle join");
  await it.say(BOB, "!circle start");
  expect(meetingOf(it)).toMatchObject({ turn: { speaker: BOB, status: "speaking" } });
  await it.say(BOB, "!circle consent writing no");
  expect(answerOf(meetingOf(it), BOB)).toBe(false);
  expect(meetingOf(it)).toMatchObject({ turn: { speaker: BOB, unwritten: true } });
  expect(withdrawn).toEqual([{ what: "purpose", purpose: "write", room: ROOM, who: BOB, at: it.at }]);
});

test("a yes given while one sits there unasked counts for this meeting, and a no of this meeting stays", async () => {
  const { it } = place();
  await it.say(BOB, "!circle join");
  await it.say(BOB, "!circle consent writing yes");
  expect(answerOf(meetingOf(it), BOB)).toBe(true);
  await it.say(BOB, "!circle disagree");
  await it.say(BOB, "!circle consent writing yes");
  expect(answerOf(meetingOf(it), BOB)).toBe(false);
});

test("a yes for all meetings of the room counts no longer once the words go somewhere else, too, and is asked for anew", () => {
  const [db, bound] = [openDatabase(":memory:"), { at: 0 }];
  const purposes = madePurposes(db, { asks: ASKS, writingChangedAt: () => bound.at });
  const write = () => purposes.shownTo(ROOM, BOB, "en").find(({ purpose }) => purpose === "write");
  const yes = (at: number) => {
    const actor = { id: BOB, door: "widget" } as const;
    purposes.answer(ROOM, { actor, purpose: "write", given: true, hash: write()?.hash ?? "", at });
  };
  yes(10);
  expect(purposes.allows(ROOM, BOB, "write")).toBe(true);
  bound.at = 20;
  expect(purposes.allows(ROOM, BOB, "write")).toBe(false);
  expect(write()).toMatchObject({ given: null, since: null });
  yes(30);
  expect(purposes.allows(ROOM, BOB, "write")).toBe(true);
  expect(write()).toMatchObject({ given: true, since: 30 });
});

test("a withdrawal that an older database does not know is made good", async () => {
  const { it } = place();
  await it.say(BOB, "!circle consent improve yes");
  const at = it.at + 1;
  it.purposes.withdraw([{ what: "purpose", purpose: "improve", room: ROOM, who: BOB, at: it.at - 1 }], at);
  expect(it.purposes.allows(ROOM, BOB, "improve"), "given again since").toBe(true);
  it.purposes.withdraw([{ what: "purpose", purpose: "improve", room: ROOM, who: BOB, at }], at);
  expect(it.purposes.allows(ROOM, BOB, "improve")).toBe(false);
});
