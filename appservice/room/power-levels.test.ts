import { describe, expect, test } from "vitest";
import { creatorsIn, powerLevelsIn } from "./power-levels.ts";
import { ROOM, TestRoom } from "../../tests/support/room/room.ts";

const BOB = "@bob:hs";
const of = (level: unknown) => powerLevelsIn({ users: { [BOB]: level, "@gone:hs": 50 } }).users.get(BOB);

describe("levels of power", () => {
  test.each([
    [50, 50],
    ["50", 50],
    [" 50\n", 50],
    ["+50", 50],
    ["-1", -1],
    [50.7, 50],
    [-50.7, -50],
    ["0050", 50],
    [Number.POSITIVE_INFINITY, Number.MAX_SAFE_INTEGER],
    ["9".repeat(400), Number.MAX_SAFE_INTEGER],
  ])("%j is a level", (written, level) => expect(of(written)).toBe(level));

  test.each([[null], [""], ["a lot"], ["5 0"], ["0x32"], ["5e1"], ["50.5"], [[]], [[50]], [{}], [true], [NaN]])(
    "%j is none, and takes nobody else's",
    (written) => {
      expect(of(written)).toBeUndefined();
      expect(powerLevelsIn({ users: { "@a:hs": written, [BOB]: 50 } }).users.get(BOB)).toBe(50);
      expect(
        powerLevelsIn({ users: { [BOB]: 50 }, users_default: written, events: { x: written }, state_default: written }),
      ).toMatchObject({ usersDefault: 0, stateDefault: 50 });
    },
  );

  test.each([[null], [undefined], ["x"], [[]], [{ users: null, events: 5 }], [{ users: [] }]])(
    "content %j gives nobody any",
    (content) => {
      expect(powerLevelsIn(content)).toMatchObject({ usersDefault: 0, stateDefault: 50, eventsDefault: 0 });
    },
  );
});

describe("who may steer", () => {
  async function pauses(room: TestRoom, who: string): Promise<string | undefined> {
    return room.say(who, "!circle language ru");
  }

  test.each(["1", "6", "9"])("in a room of version %s a level may be a text", async (version) => {
    const room = new TestRoom();
    room.state[0] = { ...room.state[0]!, content: { room_version: version, creator: "@ann:hs" } };
    room.state[1] = {
      ...room.state[1]!,
      content: { users: { "@bot:hs": 50, [BOB]: "50", "@ann:hs": null }, users_default: "0" },
    };
    expect(await pauses(room, BOB)).not.toMatch(/moderator/i);
    expect(await new TestRoom().say(BOB, "!circle language ru")).toMatch(/moderator/i);
  });

  test("in a room without levels its creator does", async () => {
    const room = new TestRoom();
    room.state[0] = { ...room.state[0]!, content: { room_version: "6" } };
    room.state.splice(1, 1);
    expect(await pauses(room, "@ann:hs")).not.toMatch(/moderator/i);
    expect(room.meetings.of(ROOM)).toBeNull();
  });

  test("creators of version 12 stand above all, however odd one of them is", () => {
    const create = {
      sender: "@ann:hs",
      content: { room_version: "12", additional_creators: [5, null, "nobody", BOB], predecessor: "x" },
    };
    expect([...creatorsIn(create)]).toEqual(["@ann:hs", BOB]);
    expect([...creatorsIn({ ...create, content: { room_version: "12", additional_creators: null } })]).toEqual([
      "@ann:hs",
    ]);
    expect([...creatorsIn({ ...create, content: { room_version: "11", additional_creators: [BOB] } })]).toEqual([]);
  });
});
