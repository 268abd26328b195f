import { describe, expect, test } from "vitest";
import { id as personOf } from "../../../tests/support/circle/play.ts";
import { SEVEN, wordyMeeting } from "../../../tests/support/erasure/wordy-meetings.ts";
import { meetingId, personId, roomId } from "../../../tests/support/protocol/ids.ts";
import { openDatabase } from "../../store/database.ts";
import { ROOM_ITSELF, wordKeysOf } from "../../store/word-keys.ts";
import { Journal } from "../journal.ts";
import { Sealer } from "./sealer.ts";

const [ROOM, MEETING] = [roomId("!garden:hs"), meetingId("mwordy00001")];
const [ANN, BOB] = [personOf("ann"), personOf("bob")];

function house() {
  const db = openDatabase(":memory:");
  wordyMeeting(new Journal(db), MEETING, ROOM, "bob");
  const [keys, sealer] = [wordKeysOf(db), new Sealer(db)];
  const keyOf = (who: typeof ANN) => keys.presentOf(ROOM, who);
  const named = (...names: string[]) => names.toSorted().join(" ");
  const keysOf = (owners: Partial<Parameters<Sealer["keysOf"]>[2]>) =>
    sealer.keysOf(MEETING, ROOM, { people: [], sources: [], everybody: false, ...owners });
  return { keys, sealer, keyOf, named, keysOf, all: () => named(...SEVEN.map((name) => keyOf(personOf(name)))) };
}

describe("words are sealed", () => {
  test("by the keys of the people whose they are, and of those whose words they rest on, each once", () => {
    const { keyOf, named, keysOf } = house();
    expect(keysOf({ people: [ANN] })).toBe(keyOf(ANN));
    expect(keysOf({ sources: ["2.1"] })).toBe(keyOf(BOB));
    expect(keysOf({ people: [ANN], sources: ["2.1", "$ann"] })).toBe(named(keyOf(ANN), keyOf(BOB)));
  });

  test("by the keys of all in the meeting where they may rest on anybody's", () => {
    const { keysOf, all } = house();
    expect(keysOf({ everybody: true })).toBe(all());
    expect(keysOf({ sources: ["2.1", "of something forgotten"] })).toBe(all());
  });

  test("by no key that is to be destroyed, and by the room's own where none is left", () => {
    const { keys, keyOf, named, keysOf } = house();
    const [ann, bob] = [keyOf(ANN), keyOf(BOB)];
    keys.retire(ROOM, ANN, 1);
    expect(keysOf({ sources: ["1.1", "2.1"] })).toBe(bob);
    expect(keysOf({ sources: ["1.1"] })).toBe(keys.presentOf(ROOM, ROOM_ITSELF));
    expect(keysOf({ people: [ANN], sources: ["2.1"] }), "later words of hers").toBe(named(keyOf(ANN), bob));
    expect(keyOf(ANN)).not.toBe(ann);
    expect(keysOf({})).toBe(keys.presentOf(ROOM, ROOM_ITSELF));
  });
});

describe("what is sealed", () => {
  test("is opened in its place, and in no other", () => {
    const { sealer, keyOf } = house();
    const sealed = sealer.seal("морж", keyOf(ANN), "here");
    expect(sealed.toString("latin1")).not.toContain("морж");
    expect(sealer.open(sealed, keyOf(ANN), "here")).toBe("морж");
    expect(sealer.open(sealed, keyOf(ANN), "there")).toBeNull();
    expect(sealer.open(sealed, keyOf(BOB), "here")).toBeNull();
  });

  test("is never sealed twice alike", () => {
    const { sealer, keyOf } = house();
    const [one, other] = [1, 2].map(() => sealer.seal("a walrus", keyOf(ANN), "here"));
    expect(one?.equals(other!)).toBe(false);
  });

  test("and was changed, cut off, or is nothing at all, is not read", () => {
    const { sealer, keyOf } = house();
    const sealed = sealer.seal("a walrus", keyOf(ANN), "here");
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(sealer.open(changed, keyOf(ANN), "here"), `byte ${at}`).toBeNull();
    }
    for (const length of [0, 5, sealed.length - 1])
      expect(sealer.open(sealed.subarray(0, length), keyOf(ANN), "here")).toBeNull();
  });

  test("needs all of its keys: without one of them it is nobody's to read, nor can it be sealed so", () => {
    const { keys, sealer, keyOf, named } = house();
    const both = named(keyOf(ANN), keyOf(BOB));
    const sealed = sealer.seal("a walrus", both, "here");
    expect(sealer.open(sealed, both, "here")).toBe("a walrus");
    keys.retire(ROOM, BOB, 1);
    keys.destroy(keys.retiredOf(ROOM, BOB));
    expect(sealer.open(sealed, both, "here")).toBeNull();
    expect(() => sealer.seal("a walrus", both, "here")).toThrow("was there a moment ago");
    expect(keys.retiredOf(ROOM, personId("@nobody:hs"))).toEqual([]);
  });
});
