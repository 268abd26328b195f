import type Database from "better-sqlite3";
import { describe, expect, onTestFinished, test } from "vitest";
import { utterance } from "../../tests/support/minutes/utterance.ts";
import { council } from "../../tests/support/circle/play.ts";
import { refuseWrites, takeWrites } from "../../tests/support/journal/refusing-disk.ts";
import { madeActor } from "../../tests/support/protocol/made-actor.ts";
import { eventId, meetingId, personId, roomId } from "../../tests/support/protocol/ids.ts";
import { courseOf } from "../circle/course.ts";
import { turnOf } from "../circle/meeting.ts";
import { slim } from "../circle/slim.ts";
import { snapshotOf } from "../circle/snapshot.ts";
import type { Shown } from "../protocol/agreement.ts";
import type { MinutesEntry } from "../protocol/meeting-record.ts";
import { openDatabase } from "../store/database.ts";
import { isStorageFailure } from "../store/storage-guard.ts";
import { Journal } from "./journal.ts";
import { Meetings } from "./meetings.ts";

const [ROOM, OTHER] = [roomId("!room:hs"), roomId("!other:hs")];
const [ANN, BOB] = [personId("@ann:hs"), personId("@bob:hs")];
const DAY = 24 * 3600_000;
const SUMMARY: MinutesEntry = {
  about: { kind: "meeting" },
  madeBy: { plugin: "summary", version: "1", method: "rules", model: null, prompt: null, at: 1 },
  result: { form: "summary", sentences: [{ text: "A walrus comes.", from: ["1.1"] }] },
};

const stillSince = (moment: number) => ({ begun: moment, still: moment });

type Given = { db?: Database.Database; now?: number; asks?: { now: Shown } };

/** The meetings of a service on one database, which can be started anew; Ann keeps the room's meeting. */
function house({ db = openDatabase(":memory:"), now = 1_000_000, asks }: Given = {}) {
  const clock = { now };
  const unreadable: string[] = [];
  const outcomes: string[] = [];
  const journal = new Journal(db);
  const meetings = new Meetings({
    journal,
    now: () => clock.now,
    languageOf: () => "en",
    ...(asks && { asksIn: () => asks.now }),
    onUnreadable: (meeting) => void unreadable.push(meeting),
    onNotKept: isStorageFailure,
    onDecided: ({ type }, decision) => void outcomes.push(`${type} ${decision.accepted}`),
  });
  onTestFinished(() => meetings.stop());
  const as = (who = ANN) => ({ actor: madeActor(who, { moderates: true }), at: clock.now, expectedVersion: null });
  const corrector = (who = ANN) => ({ actor: madeActor(who, { moderates: true, name: "Ann" }), at: clock.now });
  const join = (who: typeof ANN, room = ROOM) => meetings.send(room, { type: "join", name: who, ...as(who) });
  const start = (room = ROOM) => meetings.send(room, { type: "start", plan: council(), topic: "", seed: 1, ...as() });
  const end = (room = ROOM) => meetings.send(room, { type: "end", ...as() });
  const hold = (room = ROOM) => {
    for (const who of [ANN, BOB]) join(who, room);
    start(room);
    return meetings.of(room)!.meeting.id;
  };
  const say = (id: ReturnType<typeof hold>, text = "a walrus comes") =>
    meetings.note(id, { type: "utterance-heard", utterance: utterance({ id: "1.1", turn: 1, speaker: ANN, text }) });
  /** Holds a meeting that is not at hand any more, and then the room's present one. */
  const longOver = (during: (id: ReturnType<typeof hold>) => void = () => {}) => {
    const first = hold();
    during(first);
    end();
    clock.now += 2 * DAY;
    hold();
    end();
    return [first, hold()] as const;
  };
  return { db, clock, journal, meetings, unreadable, outcomes, as, corrector, join, end, hold, longOver, say };
}

describe("on a disk that takes no writes", () => {
  test("a correction, and a wish for other minutes, are refused in words and not done later", () => {
    const { db, meetings, hold, say, corrector } = house();
    const id = hold();
    say(id);
    meetings.note(id, { type: "minutes-made", entry: SUMMARY });
    refuseWrites(db);
    const live = meetings.readNow(ROOM, id)!;
    const refused = { accepted: false, refusal: { code: "not-kept", detail: {} } };
    expect(meetings.correct(live, { of: "utterance", id: "1.1", text: "two" }, null, corrector())).toEqual(refused);
    expect(meetings.redo(live, null, corrector())).toEqual(refused);
    takeWrites(db);
    meetings.goOn();
    expect(meetings.of(ROOM)?.record.utterances.map(({ text }) => text)).toEqual(["a walrus comes"]);
    expect(meetings.of(ROOM)?.record.remaking.size).toBe(0);
  });

  test("what the call says is known afterwards, from then on; what time and people ask is not done twice", () => {
    const { db, clock, meetings, outcomes, hold, as } = house();
    hold();
    outcomes.length = 0;
    refuseWrites(db);
    meetings.send(ROOM, { type: "connected", who: BOB, at: clock.now });
    meetings.send(ROOM, { type: "pass", ...as() });
    meetings.send(ROOM, { type: "clock", at: clock.now });
    const presence = () => meetings.of(ROOM)?.meeting.people.find(({ id }) => id === BOB)?.presence;
    expect(presence()).not.toBe("call");
    expect(outcomes.slice(0, 2)).toEqual(["connected false", "pass false"]);
    takeWrites(db);
    clock.now += 3_000;
    outcomes.length = 0;
    meetings.goOn();
    expect(presence()).toBe("call");
    expect(meetings.of(ROOM)?.meeting.at).toBe(clock.now);
    expect(turnOf(meetings.of(ROOM)?.meeting)?.speaker).toBe(ANN);
    expect(outcomes.filter((each) => /connected|pass/.test(each))).toEqual(["connected true"]);
  });

  test("an error that is not the disk's is thrown, by whatever door it came", () => {
    const { db, meetings, hold, say, as, corrector } = house();
    const id = hold();
    say(id);
    const live = meetings.of(ROOM)!;
    db.exec("ALTER TABLE events RENAME COLUMN v TO version");
    expect(() => say(id)).toThrow("no column");
    expect(() => meetings.send(ROOM, { type: "pass", ...as() })).toThrow("no column");
    const change = { of: "utterance", id: "1.1", text: "two" } as const;
    expect(() => meetings.correct(live, change, null, corrector())).toThrow("no column");
  });
});

describe("minutes", () => {
  test("are made anew where a person asks for it, all or some forms of them", () => {
    const { meetings, hold, say, corrector } = house();
    const id = hold();
    say(id);
    meetings.note(id, { type: "minutes-made", entry: SUMMARY });
    expect(meetings.redo(meetings.of(ROOM)!, ["tasks"], corrector())).toMatchObject({
      accepted: false,
      refusal: { code: "nothing-to-remake" },
    });
    expect(meetings.redo(meetings.of(ROOM)!, ["summary"], corrector()).accepted).toBe(true);
    expect(meetings.of(ROOM)?.record.remaking.size).toBe(1);
  });

  test("that rest on corrected words are made anew by themselves, and no others", () => {
    const { meetings, hold, say, corrector } = house();
    const id = hold();
    say(id);
    meetings.note(id, { type: "minutes-made", entry: SUMMARY });
    meetings.refresh(id, [SUMMARY]);
    meetings.refresh(meetingId("mnobody0001"), [SUMMARY]);
    expect(meetings.of(ROOM)?.record.remaking.size, "nobody corrected anything").toBe(0);
    meetings.correct(meetings.of(ROOM)!, { of: "utterance", id: "1.1", text: "two walruses" }, null, corrector());
    const [entry] = meetings.of(ROOM)!.record.minutes;
    meetings.refresh(id, []);
    expect(meetings.of(ROOM)?.record.remaking.size).toBe(0);
    meetings.refresh(id, [entry!]);
    expect(meetings.of(ROOM)?.record.remaking.size).toBe(1);
  });

  test("a pot is refused where no circle consented to its rule, and an objection where there is none", () => {
    const { meetings, hold, corrector } = house();
    hold();
    const pot = {
      id: "pot1",
      circle: 0,
      rule: "equal",
      unit: "EUR",
      amount: 100,
      quarter: "2026-Q4",
      shares: [{ who: ANN, amount: 100 }],
      countsAt: 10 ** 13,
    } as unknown as Parameters<Meetings["showPot"]>[1];
    expect(meetings.showPot(meetings.of(ROOM)!, pot, corrector())).toMatchObject({ refusal: { code: "no-consent" } });
    expect(meetings.objectToPot(meetings.of(ROOM)!, "pot1", corrector())).toMatchObject({
      refusal: { code: "no-pot" },
    });
  });
});

describe("the meeting of a room", () => {
  test("is still its last one where the next could not begin", () => {
    const { journal, meetings, hold, end, join } = house();
    const id = hold();
    end();
    const fails = () =>
      journal.unit.run(() => {
        join(ANN);
        expect(meetings.of(ROOM)?.meeting.phase).toBe("gathering");
        throw new Error("a part stumbles");
      });
    expect(fails).toThrow("stumbles");
    expect(meetings.of(ROOM)?.meeting).toMatchObject({ id, phase: "ended" });
    expect(meetings.all()).toHaveLength(1);
    join(ANN);
    expect(meetings.of(ROOM)?.meeting).toMatchObject({ phase: "gathering" });
  });

  test("begins in no room where it fails, and is then not among its places", () => {
    const { journal, meetings, join } = house();
    const fails = () =>
      journal.unit.run(() => {
        join(ANN);
        throw new Error("a part stumbles");
      });
    expect(fails).toThrow("stumbles");
    expect([meetings.of(ROOM), meetings.placesIn(ROOM), meetings.all()]).toEqual([null, [], []]);
    join(ANN);
    expect(meetings.placesIn(ROOM)).toEqual([ROOM]);
    expect(meetings.placeFor(ROOM, ANN)).toEqual(ROOM);
  });

  test("begins no earlier than the one before it was last heard of, though the clock was set back", () => {
    const { clock, meetings, hold, end, join } = house();
    hold();
    end();
    clock.now -= 60_000;
    join(ANN);
    expect(meetings.of(ROOM)?.meeting.at).toBe(1_000_000);
  });

  test("that is forgotten is none any more", async () => {
    const { clock, meetings, hold, end } = house();
    const first = hold();
    clock.now += 5_000;
    end();
    clock.now += 1_000;
    expect(await meetings.forget(ROOM, stillSince(1_005_000)), "what ended in that moment is kept").toEqual([]);
    expect(await meetings.forget(ROOM, stillSince(1_005_001))).toEqual([first]);
    expect([meetings.of(ROOM), meetings.placesIn(ROOM), meetings.all()]).toEqual([null, [], []]);
    hold();
    expect(await meetings.forget(ROOM, stillSince(clock.now + DAY)), "one that goes on stays").toEqual([]);
  });

  test("and cannot be read is forgotten with the others", async () => {
    const { db, meetings, longOver } = house();
    const [first] = longOver();
    db.prepare("UPDATE events SET body = 'no event' WHERE meeting = ? AND seq = 2").run(first);
    expect(await meetings.forget(ROOM, stillSince(1_000_001))).toEqual([first]);
    expect(meetings.placesIn(ROOM)).toEqual([ROOM]);
  });

  test("that was taken up from the room asks what is to be asked", () => {
    const lost = house();
    lost.hold();
    const { meeting } = lost.meetings.of(ROOM)!;
    const asks: Shown = { wording: 1, items: [{ what: "comments" }] };
    const { meetings } = house({ asks: { now: asks } });
    const snapshot = slim(snapshotOf(meeting, 1_000_000));
    meetings.takeUp({ type: "meeting-taken-up", at: 1_000_000, snapshot, course: courseOf(meeting) });
    expect(meetings.of(ROOM)?.meeting.agreement?.asks).toEqual(asks);
  });

  test("says of which room it is while it is at hand", () => {
    const { meetings, hold } = house();
    const id = hold();
    expect([meetings.roomOf(id), meetings.roomOf(meetingId("mnobody0001"))]).toEqual([ROOM, null]);
  });

  test("asks people again once something else is to be asked there, and in no other room", () => {
    const asks: { now: Shown } = { now: { wording: 1, items: [] } };
    const { meetings, hold } = house({ asks });
    for (const room of [ROOM, OTHER]) hold(room);
    const other: Shown = { wording: 1, items: [{ what: "comments" }] };
    asks.now = other;
    meetings.askAnew(ROOM);
    expect(meetings.of(ROOM)?.meeting.agreement?.asks).toEqual(other);
    expect(meetings.of(OTHER)?.meeting.agreement?.asks).toEqual({ wording: 1, items: [] });
    meetings.start();
    expect(meetings.of(OTHER)?.meeting.agreement?.asks).toEqual(other);
  });

  test("is not made by those who cannot keep one: guests begin none", () => {
    const { meetings, as } = house();
    const guest = personId(`guest:${"0f".repeat(16)}`);
    expect(meetings.send(ROOM, { type: "join", name: "Guest", ...as(guest) }).accepted).toBe(false);
    expect(meetings.send(ROOM, { type: "pass", ...as() }).accepted).toBe(false);
    expect(meetings.of(ROOM)).toBeNull();
  });
});

describe("a meeting that is over", () => {
  test("is at hand for a day, or as long as it is the room's last", () => {
    const { clock, meetings, hold, end } = house();
    const first = hold();
    end();
    const second = hold();
    end();
    clock.now += DAY;
    const third = hold();
    expect(meetings.all().map(({ meeting }) => meeting.id)).toEqual([first, second, third]);
    end();
    clock.now += 1;
    const fourth = hold();
    expect(meetings.all().map(({ meeting }) => meeting.id)).toEqual([third, fourth]);
  });

  test("is at hand after a start where it began less than a day ago, or is its room's last", () => {
    const { db, clock, meetings, hold, end } = house();
    const first = hold();
    end();
    clock.now += 1;
    const second = hold();
    end();
    const elsewhere = hold(OTHER);
    meetings.stop();
    const startedAfter = (ms: number) =>
      house({ db, now: 1_000_000 + ms })
        .meetings.all()
        .map(({ meeting }) => meeting.id);
    expect(startedAfter(DAY)).toEqual([first, second, elsewhere]);
    expect(startedAfter(DAY + 1)).toEqual([second, elsewhere]);
  });

  test("is nothing to other rooms, however it is asked for", async () => {
    const { meetings, longOver } = house();
    const [first, second] = longOver();
    for (const id of [first, second]) {
      expect(meetings.readNow(OTHER, id)).toBeNull();
      expect(await meetings.readByAndBy(OTHER, id)).toBeNull();
      expect(meetings.readNow(ROOM, id)?.meeting.id).toBe(id);
      expect((await meetings.readByAndBy(ROOM, id))?.meeting.id).toBe(id);
    }
    const nobody = meetingId("mnobody0001");
    expect([meetings.readNow(ROOM, nobody), await meetings.readByAndBy(ROOM, nobody)]).toEqual([null, null]);
    expect(meetings.bringBack(nobody)).toBeNull();
  });

  test("is read once by and by, and again once it has changed", async () => {
    const { clock, journal, meetings, longOver, say } = house();
    const [first] = longOver();
    const read = await meetings.readByAndBy(ROOM, first);
    expect(await meetings.readByAndBy(ROOM, first)).toBe(read);
    journal.append(
      first,
      ROOM,
      journal.lengthOf(first),
      [{ kind: "record", event: { type: "turn-heard", turn: 1, complete: true } }],
      clock.now,
    );
    const again = await meetings.readByAndBy(ROOM, first);
    expect([read?.record.heard.has(1), again?.record.heard.has(1)]).toEqual([false, true]);
    say(first);
    expect(
      meetings.all().some(({ meeting }) => meeting.id === first),
      "changed, so at hand from now on",
    ).toBe(true);
  });

  test("and cannot be read is told of, and is as one that is not there", async () => {
    const { db, clock, meetings, unreadable, longOver, say } = house();
    const [first] = longOver();
    db.prepare("UPDATE events SET body = 'no event' WHERE meeting = ? AND seq = 2").run(first);
    expect(meetings.readNow(ROOM, first)).toBeNull();
    expect(await meetings.readByAndBy(ROOM, first)).toBeNull();
    expect(meetings.bringBack(first)).toBeNull();
    say(first);
    expect(await meetings.takeWordsBack(first, ANN, clock.now)).toBe(false);
    await meetings.eraseWords(first, ANN);
    meetings.takeBackCommand(first, "$typed", ANN);
    expect(new Set(unreadable)).toEqual(new Set([first]));
    expect(unreadable.length).toBeGreaterThan(2);
    expect(meetings.all().some(({ meeting }) => meeting.id === first)).toBe(false);
    expect(meetings.withMessage(ROOM, eventId("$nothing"))).toBeNull();
  });

  test("whose words may stand in the room still is at hand again after a start, until they do not", () => {
    const { db, clock, journal, meetings, longOver } = house();
    const comment = { id: "$c", circle: 0, turn: 1, who: ANN, name: "Ann", at: clock.now, text: "an ocelot" };
    const [first] = longOver((id) => meetings.note(id, { type: "comment-made", comment }));
    expect(meetings.unwritten()).toEqual([]);
    meetings.note(first, { type: "comment-removed", id: "$c" });
    const again = house({ db, now: clock.now });
    expect(again.meetings.unwritten().map(({ meeting }) => meeting.id)).toEqual([first]);
    again.meetings.written(first);
    expect(again.meetings.unwritten()).toEqual([]);
    journal.forget(first, clock.now);
    db.prepare("INSERT INTO unwritten (meeting) VALUES (?)").run(first);
    expect(house({ db }).meetings.unwritten(), "known no more").toEqual([]);
  });
});

describe("a room that another service has", () => {
  const NOT_KEPT = { accepted: false, refusal: { code: "not-kept", detail: {} } };

  test("is written nothing of, whoever still asks; its meeting goes on when it is here again", async () => {
    const { clock, journal, meetings, hold, say, join, end, corrector } = house();
    const id = hold();
    say(id);
    const live = meetings.of(ROOM)!;
    const length = journal.lengthOf(id);
    meetings.letGo(ROOM);
    expect([meetings.isAway(ROOM), meetings.isAway(OTHER)]).toEqual([true, false]);
    for (const ruling of [join(ANN), end(), meetings.redo(live, null, corrector())]) expect(ruling).toEqual(NOT_KEPT);
    say(id, "a dodo");
    meetings.takeBackCommand(id, "$typed", ANN);
    expect(await meetings.takeWordsBack(id, ANN, clock.now)).toBe(false);
    expect([meetings.of(ROOM), meetings.all(), journal.lengthOf(id)]).toEqual([null, [], length]);
    meetings.comeIn(ROOM, clock.now);
    expect(meetings.of(ROOM)?.meeting.id).toBe(id);
    expect(end().accepted).toBe(true);
  });

  test("is let go while a meeting of it is read for words that are to go: it is not held", async () => {
    const { clock, journal, meetings, longOver, say } = house();
    const [first] = longOver((id) => say(id));
    const length = journal.lengthOf(first);
    const taking = meetings.takeWordsBack(first, ANN, clock.now);
    meetings.letGo(ROOM);
    expect(await taking).toBe(false);
    expect([meetings.all(), journal.lengthOf(first)]).toEqual([[], length]);
  });

  test("has words on their way out of the journal when it comes: they go on here", async () => {
    const { db, clock, journal, meetings, hold } = house();
    const [id, elsewhere] = [hold(), hold(OTHER)];
    meetings.letGo(ROOM);
    for (const each of [id, elsewhere]) db.prepare("INSERT INTO words_leaving (meeting) VALUES (?)").run(each);
    meetings.comeIn(ROOM, clock.now);
    await meetings.wordsLeft();
    expect(journal.withWordsLeaving()).toEqual([elsewhere]);
  });
});
