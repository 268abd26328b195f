import { MatrixError } from "matrix-bot-sdk";
import { expect, test } from "vitest";
import { answerOf, isToldOfChat, unwritten } from "../circle/agreement.ts";
import { courseOf } from "../circle/course.ts";
import { snapshotOf } from "../circle/snapshot.ts";
import { recordOf } from "../record/view.ts";
import { translateTo } from "../language/translate.ts";
import type { Shown } from "../protocol/agreement.ts";
import { agreementMessage } from "./messages/agreement-message.ts";
import { transcriptMessages } from "./messages/transcript-message.ts";
import { wordingFor } from "./wording.ts";
import { ROOM, TestRoom } from "../../tests/support/room/room.ts";
import { madeActor } from "../../tests/support/protocol/made-actor.ts";
import { personId } from "../../tests/support/protocol/ids.ts";

const ASKS: Shown = {
  wording: 1,
  items: [
    { what: "speech", outside: "speech.example.org" },
    { what: "minutes", outside: "models.example.org" },
    { what: "comments" },
  ],
};

async function running() {
  const it = new TestRoom({ asks: ASKS });
  it.state.push({
    type: "m.room.member",
    state_key: "@eve:hs",
    sender: personId("@eve:hs"),
    content: { membership: "join", displayname: "Eve" },
  });
  for (const who of ["@ann:hs", "@bob:hs"]) await it.say(who, "!circle join");
  await it.say("@ann:hs", "!circle start");
  return it;
}
const meetingOf = (it: TestRoom) => it.meetings.of(ROOM)!.meeting;
const commentsOf = (it: TestRoom) => it.meetings.of(ROOM)!.record.comments.map(({ text }) => text);
const questionOf = (it: TestRoom) =>
  agreementMessage(
    meetingOf(it),
    translateTo("en"),
    (id) => meetingOf(it).people.find((person) => person.id === id)?.name ?? id,
  );

async function types(it: TestRoom, sender: string, body: string): Promise<void> {
  await it.say(sender, body);
  it.events.set(it.last, {
    type: "m.room.message",
    event_id: it.last,
    room_id: ROOM,
    sender,
    origin_server_ts: it.at,
    content: { msgtype: "m.text", body },
  });
}

test("whoever has not agreed sits in the circle, and nothing that they type is taken", async () => {
  const it = await running();
  await types(it, "@bob:hs", "a quiet word");
  expect(commentsOf(it)).toEqual([]);
  expect(unwritten(meetingOf(it))).toEqual(["@ann:hs", "@bob:hs"]);
});

test("all are asked in one message, which says who outside gets the words", async () => {
  const it = await running();
  const body = String(questionOf(it)?.["body"]);
  expect(body).toContain("Ann, Bob: may your words be written down?");
  expect(body).toContain("speech.example.org");
  expect(body).toContain("models.example.org");
  // People look at the room, where they have just typed: the message rings for nobody.
  expect(questionOf(it)?.["m.mentions"]).toEqual({});
});

test("what was typed before is taken with the agreement, unless it was taken back meanwhile", async () => {
  const it = await running();
  await types(it, "@bob:hs", "first");
  await types(it, "@bob:hs", "second");
  it.events.set(it.last, {
    type: "m.room.message",
    event_id: it.last,
    room_id: ROOM,
    sender: "@bob:hs",
    origin_server_ts: it.at,
    content: {},
  });
  await it.say("@bob:hs", "!circle agree");
  expect(commentsOf(it)).toEqual(["first"]);
  await types(it, "@bob:hs", "third");
  expect(commentsOf(it)).toEqual(["first", "third"]);
});

test("while the homeserver is away, what waits to be read is not lost", async () => {
  const it = await running();
  await types(it, "@bob:hs", "worth waiting for");
  const there = it.events.get(it.last);
  let asked = 0;
  it.events.get = () => {
    if (asked++ < 2) throw new MatrixError({ errcode: "M_UNKNOWN", error: "Bad gateway", retry_after_ms: 0 }, 502);
    return there;
  };
  await it.say("@bob:hs", "!circle agree");
  expect(commentsOf(it)).toEqual(["worth waiting for"]);
});

test("whoever takes their yes back while the homeserver is asked has nothing of theirs written down", async () => {
  const it = await running();
  await types(it, "@bob:hs", "a quiet word");
  const there = it.events.get(it.last);
  const waited = it.last;
  it.events.get = (id) => {
    if (id === waited) void answer(false);
    return there;
  };
  const answer = (agreed: boolean) =>
    it.meetings.send(ROOM, {
      type: "agree",
      actor: madeActor(personId("@bob:hs")),
      agreed,
      shown: ASKS,
      expectedVersion: null,
      at: it.at,
    });
  await it.say("@bob:hs", "!circle agree");
  expect(answerOf(meetingOf(it), personId("@bob:hs"))).toBe(false);
  expect(commentsOf(it)).toEqual([]);
  expect([...it.meetings.of(ROOM)!.record.waiting]).toEqual([]);
});

test("the record says why a turn stands there without words", async () => {
  const it = await running();
  await it.say("@ann:hs", "!circle pass");
  const { ended } = meetingOf(it);
  const wording = wordingFor(meetingOf(it), it.meetings.of(ROOM)!.record, translateTo("en"));
  expect(JSON.stringify(transcriptMessages(ended[0]!, [], { complete: true, withheld: false }, wording))).toContain(
    "not written down: they had not agreed",
  );
});

test("nobody agrees to what they were not shown", async () => {
  const it = await running();
  await it.say("@eve:hs", "!circle agree");
  expect(answerOf(meetingOf(it), personId("@eve:hs"))).toBeNull();
  expect(String(questionOf(it)?.["body"])).toContain("Eve");
  await it.say("@eve:hs", "!circle agree");
  expect(answerOf(meetingOf(it), personId("@eve:hs"))).toBe(true);
});

test("whoever withdraws is not written from then on", async () => {
  const it = await running();
  await it.say("@bob:hs", "!circle agree");
  await it.say("@bob:hs", "!circle disagree");
  await types(it, "@bob:hs", "no more");
  expect(commentsOf(it)).toEqual([]);
  expect(answerOf(meetingOf(it), personId("@bob:hs"))).toBe(false);
});

test("what somebody edits after they have withdrawn is not written, and what it said before does not stand", async () => {
  const it = await running();
  await it.say("@bob:hs", "!circle agree");
  await types(it, "@bob:hs", "as it was");
  const first = it.last;
  await it.say("@bob:hs", "!circle disagree");
  await it.happens("m.room.message", "@bob:hs", {
    msgtype: "m.text",
    body: "* as it is",
    "m.new_content": { msgtype: "m.text", body: "as it is" },
    "m.relates_to": { rel_type: "m.replace", event_id: first },
  });
  expect(JSON.stringify(recordOf(meetingOf(it), it.meetings.of(ROOM)!.record))).not.toContain("as it");
});

test("who does not sit in the circle is asked once, and ✅ under the question takes their comment", async () => {
  const it = await running();
  await types(it, "@eve:hs", "from outside");
  expect(commentsOf(it)).toEqual([]);
  expect(String(questionOf(it)?.["body"])).toContain("Eve");
  it.stands("agreement", "$question");
  await it.happens("m.reaction", "@eve:hs", {
    "m.relates_to": { rel_type: "m.annotation", event_id: "$question", key: "✅" },
  });
  expect(commentsOf(it)).toEqual(["from outside"]);
  const pressed = it.last;
  await it.happens("m.room.redaction", "@eve:hs", { redacts: pressed }, { redacts: pressed });
  expect(answerOf(meetingOf(it), personId("@eve:hs"))).toBe(false);
});

test("when more is asked than somebody agreed to, they have not agreed", async () => {
  const it = await running();
  await it.say("@bob:hs", "!circle agree");
  it.meetings.send(ROOM, {
    type: "ask-agreement",
    asks: { ...ASKS, items: [...ASKS.items, { what: "minutes", outside: "another.example.org" }] },
    at: it.at,
  });
  expect(answerOf(meetingOf(it), personId("@bob:hs"))).toBeNull();
});

const CHAT = { what: "telegram", chat: "Garden", since: 500 } as const;
const withChat = { ...ASKS, items: [...ASKS.items, CHAT] };
const toldOf = (it: TestRoom) => isToldOfChat(meetingOf(it), CHAT.since);

test("nobody's words go into a chat of Telegram that they were not told of: each who was written down agrees anew", async () => {
  const it = await running();
  for (const who of ["@ann:hs", "@bob:hs"]) await it.say(who, "!circle agree");
  await types(it, "@bob:hs", "from before");
  await it.say("@bob:hs", "!circle disagree");
  expect(toldOf(it), "the chat is not asked about").toBe(false);
  it.meetings.send(ROOM, { type: "ask-agreement", asks: withChat, at: it.at });
  expect(String(questionOf(it)?.["body"])).toContain("goes into the chat “Garden” in Telegram, too");
  await types(it, "@ann:hs", "not yet");
  expect(commentsOf(it)).not.toContain("not yet");
  await it.say("@ann:hs", "!circle agree");
  expect(toldOf(it), "Bob's words from before are there still").toBe(false);
  await it.say("@bob:hs", "!circle agree");
  expect(toldOf(it)).toBe(true);
  expect(isToldOfChat(meetingOf(it), CHAT.since + 1), "another chat of the same title").toBe(false);
  await it.say("@bob:hs", "!circle disagree");
  expect(toldOf(it), "what he says from now on is not written, and what was, he agreed to").toBe(true);
});

test("a chat that is asked about from the beginning keeps nobody waiting for those who are not written down", async () => {
  const it = new TestRoom({ asks: withChat });
  for (const who of ["@ann:hs", "@bob:hs"]) await it.say(who, "!circle join");
  await it.say("@ann:hs", "!circle start");
  await it.say("@bob:hs", "!circle disagree");
  expect(toldOf(it)).toBe(true);
  it.meetings.send(ROOM, { type: "ask-agreement", asks: ASKS, at: it.at });
  expect(toldOf(it), "parted").toBe(false);
});

test("of a meeting from before people were asked, a chat gets nothing, though it goes on being written down", async () => {
  const it = new TestRoom();
  for (const who of ["@ann:hs", "@bob:hs"]) await it.say(who, "!circle join");
  await it.say("@ann:hs", "!circle start");
  it.meetings.send(ROOM, { type: "ask-agreement", asks: withChat, at: it.at });
  expect(answerOf(meetingOf(it), personId("@bob:hs"))).toBe(true);
  expect(toldOf(it)).toBe(false);
});

test("a meeting that runs when the service begins to ask loses nothing: those who sit there go on, may withdraw, and who comes is asked", async () => {
  const it = new TestRoom();
  it.state.push({
    type: "m.room.member",
    state_key: "@eve:hs",
    sender: personId("@eve:hs"),
    content: { membership: "join", displayname: "Eve" },
  });
  for (const who of ["@ann:hs", "@bob:hs"]) await it.say(who, "!circle join");
  await it.say("@ann:hs", "!circle start");
  it.meetings.send(ROOM, { type: "ask-agreement", asks: ASKS, at: it.at });
  await types(it, "@bob:hs", "goes on");
  expect(commentsOf(it)).toEqual(["goes on"]);
  expect(questionOf(it)).toBeNull();
  await it.say("@bob:hs", "!circle disagree");
  await types(it, "@bob:hs", "no more");
  await it.say("@eve:hs", "!circle join");
  await types(it, "@eve:hs", "not yet");
  expect(commentsOf(it)).toEqual(["goes on"]);
  expect(String(questionOf(it)?.["body"])).toContain("Eve: may your words be written down?");
});

test("a meeting that is taken up from a room's state of before goes on in the same way", async () => {
  const [old, it] = [new TestRoom(), new TestRoom({ asks: ASKS })];
  for (const who of ["@ann:hs", "@bob:hs"]) await old.say(who, "!circle join");
  await old.say("@ann:hs", "!circle start");
  it.meetings.takeUp({
    type: "meeting-taken-up",
    at: it.at,
    snapshot: snapshotOf(meetingOf(old), it.at),
    course: courseOf(meetingOf(old)),
  });
  expect(unwritten(meetingOf(it))).toEqual([]);
  // Answers can be read from the room's state, so they are not lost with the database.
  it.meetings.send(ROOM, {
    type: "agree",
    actor: madeActor(personId("@bob:hs")),
    agreed: false,
    shown: ASKS,
    expectedVersion: null,
    at: it.at,
  });
  const again = new TestRoom({ asks: ASKS });
  again.meetings.takeUp({
    type: "meeting-taken-up",
    at: it.at,
    snapshot: snapshotOf(meetingOf(it), it.at),
    course: courseOf(meetingOf(it)),
  });
  expect(unwritten(meetingOf(again))).toEqual(["@bob:hs"]);
});

test("people who have sat down before the meeting began are asked when the service begins to ask", async () => {
  const it = new TestRoom();
  await it.say("@ann:hs", "!circle join");
  it.meetings.send(ROOM, { type: "ask-agreement", asks: ASKS, at: it.at });
  expect(String(questionOf(it)?.["body"])).toContain("Ann: may your words be written down?");
});

test("whoever takes a seat without a word on it is asked in the room, and who brings an answer is not", async () => {
  const it = new TestRoom({ asks: ASKS });
  const seat = { expectedVersion: null, at: it.at };
  it.meetings.send(ROOM, {
    type: "join",
    actor: madeActor(personId("@ann:hs")),
    name: "Ann",
    agreement: { agreed: true, shown: ASKS },
    ...seat,
  });
  it.meetings.send(ROOM, { type: "join", actor: madeActor(personId("@bob:hs")), name: "Bob", ...seat });
  expect(answerOf(meetingOf(it), personId("@ann:hs"))).toBe(true);
  expect(String(questionOf(it)?.["body"])).toContain("Bob: may your words be written down?");
  expect(questionOf(it)?.["m.mentions"]).toEqual({ user_ids: ["@bob:hs"] });
});

test("where nobody is asked, everything is as it was", async () => {
  const it = new TestRoom();
  for (const who of ["@ann:hs", "@bob:hs"]) await it.say(who, "!circle join");
  await it.say("@ann:hs", "!circle start");
  await types(it, "@bob:hs", "as ever");
  expect(commentsOf(it)).toEqual(["as ever"]);
  expect(questionOf(it)).toBeNull();
});
