import { expect, test } from "vitest";
import { answerOf } from "../circle/agreement.ts";
import type { Shown } from "../protocol/agreement.ts";
import type { RingPlace } from "../protocol/place.ts";
import { ROOM, TestRoom } from "../../tests/support/room/room.ts";
import { personId } from "../../tests/support/protocol/ids.ts";

const ASKS: Shown = { wording: 1, items: [{ what: "comments" }] };
const NAMES = ["ann", "bob", "eve", "dan", "kim", "lea", "tom", "uma"];
const full = (name: string) => `@${name}:hs`;

/** An assembly of two groups; Bob has pressed ✅ under the question of his, whose place is answered. */
async function agreedByBob(): Promise<{ it: TestRoom; place: RingPlace; pressed: string }> {
  const it = new TestRoom({ asks: ASKS });
  await begin(it);
  const place = ringOfBob(it);
  it.stands("agreement", "$question", { place });
  const pressed = await press(it);
  expect(answerIn(it, place)).toBe(true);
  return { it, place, pressed };
}

async function begin(it: TestRoom): Promise<void> {
  await it.say(full("ann"), "!circle assembly open");
  for (const name of NAMES) await it.say(full(name), "!circle assembly join");
  await it.say(full("ann"), "!circle assembly start assembly our garden");
  it.at += 25_000;
  it.assemblies.send(ROOM, { type: "clock", at: it.at });
}

async function press(it: TestRoom): Promise<string> {
  await it.happens("m.reaction", full("bob"), {
    "m.relates_to": { rel_type: "m.annotation", event_id: "$question", key: "✅" },
  });
  return it.last;
}

function ringOfBob(it: TestRoom): RingPlace {
  const ring = it.assemblies.seatOf(ROOM, personId(full("bob")));
  if (ring === null) throw new Error("Bob sits nowhere");
  return { room: ROOM, ring };
}

function answerIn(it: TestRoom, place: RingPlace): boolean | null {
  const live = it.meetings.of(place);
  return live && answerOf(live.meeting, personId(full("bob")));
}

const takeBack = (it: TestRoom, pressed: string) =>
  it.happens("m.room.redaction", full("bob"), { redacts: pressed }, { redacts: pressed });

test("taking ✅ back under the question of a group is a no: nothing more is written of its person", async () => {
  const { it, place, pressed } = await agreedByBob();
  await takeBack(it, pressed);
  expect(answerIn(it, place)).toBe(false);
  await it.say(full("bob"), "not to be written");
  expect([...(it.meetings.of(place)?.record.comments ?? [])]).toEqual([]);
});

test("whoever was moved takes their yes back in the group that they left, and where it came along with them", async () => {
  const { it, place, pressed } = await agreedByBob();
  await it.say(full("ann"), `!circle assembly move bob ${place.ring === 1 ? 2 : 1}`);
  const now = ringOfBob(it);
  expect(now.ring).not.toBe(place.ring);
  expect(answerIn(it, now)).toBe(true);
  await takeBack(it, pressed);
  expect([place, now].map((each) => answerIn(it, each))).toEqual([false, false]);
});

test("taking back a yes to an assembly that is over says nothing of the next", async () => {
  const it = new TestRoom({ asks: ASKS });
  await begin(it);
  it.stands("agreement", "$question", { place: ringOfBob(it) });
  const pressed = await press(it);
  await it.say(full("ann"), "!circle assembly end");
  await begin(it);
  await it.say(full("bob"), "!circle agree");
  await takeBack(it, pressed);
  expect(answerIn(it, ringOfBob(it))).toBe(true);
});
