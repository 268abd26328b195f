import { expect, test } from "vitest";
import { openDatabase } from "../store/database.ts";
import { KnownRooms } from "../store/known-rooms.ts";
import { LINK_MS, Links } from "../store/links.ts";
import { DeviceId } from "../protocol/identity.ts";
import { Reactions } from "../store/reactions.ts";
import { recordOf } from "../record/view.ts";
import { council, Play } from "../../tests/support/circle/play.ts";
import { Recording } from "../../tests/support/record/recording.ts";
import { eventId, personId, roomId } from "../../tests/support/protocol/ids.ts";

test("a room remembers its language and its scenario, and is greeted once all the same", () => {
  const rooms = new KnownRooms(openDatabase(":memory:"));
  expect(rooms.choicesOf(roomId("!r"))).toEqual({ language: null, scenario: null, taskTarget: null });
  rooms.chooseLanguage(roomId("!r"), "ru");
  rooms.chooseScenario(roomId("!r"), "tea");
  expect(rooms.choicesOf(roomId("!r"))).toEqual({ language: "ru", scenario: "tea", taskTarget: null });
  expect([rooms.firstGreeting(roomId("!r")), rooms.firstGreeting(roomId("!r"))]).toEqual([true, false]);
  rooms.chooseVocabulary(roomId("!r"), ["Канбан", "Mindminder"]);
  rooms.chooseSpeechLanguage(roomId("!r"), "auto");
  expect([rooms.vocabularyOf(roomId("!r")), rooms.speechLanguageOf(roomId("!r"))]).toEqual([
    ["Канбан", "Mindminder"],
    "auto",
  ]);
  rooms.forget(roomId("!r"));
  expect([rooms.vocabularyOf(roomId("!r")), rooms.speechLanguageOf(roomId("!r"))]).toEqual([[], null]);
  expect(rooms.choicesOf(roomId("!r")).language).toBeNull();
});

test("a link opens once, soon, and not after a newer one was made", () => {
  const db = openDatabase(":memory:");
  const links = new Links(db);
  const ann = { participant: personId("@ann:hs"), room: roomId("!r") };
  const code = links.make(ann, 1_000);
  expect(JSON.stringify(db.prepare("SELECT * FROM links").all())).not.toContain(code);
  expect(links.take(code, 2_000)).toEqual(ann);
  expect(links.take(code, 2_000)).toBeNull();
  expect(links.take("made-up-and-long-enough", 2_000)).toBeNull();
  const late = links.make(ann, 1_000);
  expect(links.take(late, 1_000 + LINK_MS)).toBeNull();
  const [older, newer] = [links.make(ann, 1_000), links.make(ann, 1_001)];
  expect([links.take(older, 2_000), links.take(newer, 2_000)]).toEqual([null, ann]);
});

test("the browser that opened a link comes in by it again until the meeting is over, a newer one is made, or a day has gone", () => {
  const links = new Links(openDatabase(":memory:"));
  const ann = { participant: personId("@ann:hs"), room: roomId("!r") };
  const [phone, other] = [DeviceId.parse("a".repeat(32)), DeviceId.parse("b".repeat(32))];
  const opened = () => {
    const code = links.make(ann, 0);
    expect(links.take(code, 1, phone)).toEqual(ann);
    return code;
  };
  const code = opened();
  expect(links.take(code, 3_600_000, phone)).toEqual(ann);
  expect(links.take(code, 3_600_000, other)).toBeNull();
  expect(links.take(code, 3_600_000)).toBeNull();
  expect(links.take(code, 2 * 24 * 3_600_000, phone)).toBeNull();
  links.meetingIsOver(roomId("!another"));
  expect(links.take(code, 3_600_000, phone)).toEqual(ann);
  links.meetingIsOver(ann.room);
  expect(links.take(code, 3_600_000, phone)).toBeNull();
  const older = opened();
  links.make(ann, 2);
  expect(links.take(older, 3, phone)).toBeNull();
  const signedOut = opened();
  links.closeAll(ann.participant);
  expect(links.take(signedOut, 3, phone)).toBeNull();
});

test("a reaction is remembered until it is taken back", () => {
  const reactions = new Reactions(openDatabase(":memory:"));
  reactions.keep(eventId("$1"), { room: roomId("!r"), sender: personId("@ann:hs"), control: "✋" }, 1);
  expect(reactions.find(eventId("$1"))).toMatchObject({ sender: "@ann:hs", control: "✋" });
  reactions.forget(eventId("$1"));
  expect(reactions.find(eventId("$1"))).toBeNull();
});

test("comments are added, changed and taken back, and each is a new version of the record", () => {
  const record = new Recording();
  const comment = { id: "$1", circle: 0, turn: 1, who: personId("@ann:hs"), name: "Ann", at: 5, text: "green, please" };
  record.add({ type: "comment-made", comment });
  record.add({ type: "comment-edited", id: "$1", text: "black" });
  const { meeting } = new Play().gather("ann").start("ann", council());
  if (!meeting) throw new Error("no meeting");
  expect(recordOf(meeting, record.now)).toMatchObject({ version: 2, comments: [{ ...comment, text: "black" }] });
  record.add({ type: "comment-removed", id: "$1" });
  record.add({ type: "comment-edited", id: "$1", text: "back again" });
  expect(recordOf(meeting, record.now).comments).toEqual([]);
  expect([...record.now.comments]).toMatchObject([{ text: "", removed: true, longest: 13 }]);
});

test("a room remembers how it wants its summaries, until it takes that back or the bot is shown out", () => {
  const rooms = new KnownRooms(openDatabase(":memory:"));
  expect(rooms.summaryTemplateOf(roomId("!r"))).toBeNull();
  rooms.chooseSummaryTemplate(roomId("!r"), { kind: "own", sections: ["What worked", "What did not"] });
  expect(rooms.summaryTemplateOf(roomId("!r"))).toEqual({ kind: "own", sections: ["What worked", "What did not"] });
  rooms.chooseSummaryTemplate(roomId("!r"), { kind: "short" });
  expect(rooms.summaryTemplateOf(roomId("!r"))).toEqual({ kind: "short" });
  rooms.chooseSummaryTemplate(roomId("!r"), null);
  expect(rooms.summaryTemplateOf(roomId("!r"))).toBeNull();
  rooms.chooseSummaryTemplate(roomId("!r"), { kind: "long" });
  rooms.forget(roomId("!r"));
  expect(rooms.summaryTemplateOf(roomId("!r"))).toBeNull();
});
