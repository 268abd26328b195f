import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import { personId } from "../../tests/support/protocol/ids.ts";
import { Attendance } from "./attendance.ts";

const ANN = personId("@ann:x");
const BOB = personId("@bob:x");

/** A call with Ann and Bob in it, and those who came in though they were barred. */
function call() {
  const intruders: string[] = [];
  const attendance = new Attendance({
    log: pino({ level: "silent" }),
    onChange: () => {},
    remove: async () => {},
    mayBeIn: async () => true,
    onIntruder: (id) => void intruders.push(id),
    look: () => {},
    lookAgainMs: undefined,
    moveWithinMs: undefined,
  });
  onTestFinished(() => attendance.close());
  const [ann, bob] = [
    { id: ANN, sid: "PA_1", joinedAt: 1 },
    { id: BOB, sid: "PA_2", joinedAt: 2 },
  ];
  for (const connection of [ann, bob]) attendance.joined(connection);
  return { attendance, intruders, ann, bob };
}

test("somebody who is put out is no intruder by a list that was read before, or by late news of how they came", async () => {
  const { attendance, intruders, ann, bob } = call();
  const removed = attendance.remove(BOB);
  attendance.compare([ann, bob], [ann, bob]);
  await removed;
  attendance.joined(bob);
  expect(intruders).toEqual([]);
  expect(attendance.connected).toEqual([ANN]);
});

test("whoever comes in anew though they were put out is one, and so is somebody of whom nothing was known", async () => {
  const { attendance, intruders } = call();
  await attendance.remove(BOB);
  attendance.joined({ id: BOB, sid: "PA_3", joinedAt: 3 });
  const eve = personId("@eve:x");
  await attendance.remove(eve);
  attendance.joined({ id: eve, sid: "PA_4", joinedAt: 4 });
  expect(intruders).toEqual([BOB, eve]);
  expect(attendance.connected).not.toContain(eve);
});
