import { circleOf, handsOf, pausedSince, turnOf } from "../circle/meeting.ts";
import Database from "better-sqlite3";
import { openDatabase } from "../store/database.ts";
import { beforeEach, describe, expect, test } from "vitest";
import { BOT, ROOM, TestRoom } from "../../tests/support/room/room.ts";
import { saidIn } from "../../tests/support/journal/readable.ts";
import { eventId, personId } from "../../tests/support/protocol/ids.ts";

const [ANN, BOB] = [personId("@ann:hs"), personId("@bob:hs")];
let room: TestRoom;

beforeEach(() => {
  room = new TestRoom();
});

const meeting = () => room.meetings.of(ROOM)?.meeting;
const hands = () => handsOf(meeting()).map(({ who, hand }) => [who, hand]);

async function begun(): Promise<string> {
  await room.say(ANN, "!circle join");
  await room.say(BOB, "!circle join");
  await room.say(ANN, "!circle start tea");
  return room.circleStands();
}

describe("commands", () => {
  test("are understood in both languages in every room, and written as this one speaks", async () => {
    await begun();
    expect(await room.say(BOB, "!круг рука вопрос")).toBe("✅");
    expect(hands()).toEqual([[BOB, "clarify"]]);
    expect(await room.say(BOB, "!Circle Hand Point")).toBe("✅");
    expect(await room.say(BOB, "!circle hand loudly")).toBe("Usage: “!circle hand [reply | question | point]”.");
    expect(await room.say(BOB, "!circle down")).toBe("✅");
    expect(await room.say(BOB, "!circle extend a lot")).toBe("Usage: “!circle extend [seconds, 5 to 300]”.");
  });

  test("name people by the beginning of their names; who is meant must be clear", async () => {
    await begun();
    room.state.push({
      type: "m.room.member",
      state_key: "@bobby:hs",
      sender: personId("@bobby:hs"),
      content: { membership: "join", displayname: "Bobby" },
    });
    await room.happens(
      "m.room.member",
      "@bobby:hs",
      { membership: "join", displayname: "Bobby" },
      { state_key: "@bobby:hs" },
    );
    await room.say("@bobby:hs", "!circle join");
    expect(await room.say(ANN, "!circle word bo")).toBe("Who do you mean: Bob, Bobby?");
    expect(await room.say(ANN, "!circle word bobby")).toBe("The word goes round in order: Bob is next.");
    expect(await room.say(ANN, "!circle word zoe")).toBe("There is nobody with that name in the circle.");
    expect(await room.say(ANN, "!circle word")).toMatch(/Usage: /);
    expect(await room.say(ANN, "!circle word bob")).toBe("✅");
    expect(await room.say(BOB, "!circle keeper ann")).toBe("Only the keeper or a moderator can do that.");
    expect(await room.say(ANN, "!circle keeper bob")).toBe("✅");
    expect(meeting()?.keeper).toBe(BOB);
  });

  test("a reply's quotation is not read as the command", async () => {
    expect(
      await room.say(BOB, "> <@ann:hs> hello\n> there\n\n!circle status", {
        "m.relates_to": { "m.in_reply_to": { event_id: "$x" } },
      }),
    ).toMatch(/No meeting/);
  });

  test("without end are answered once, and heard again after a minute; nobody else waits", async () => {
    for (let i = 0; i < 60; i++) await room.say(BOB, "!circle status");
    expect(await room.say(BOB, "!circle status")).toBe(
      "That was too many commands at once. I will listen to you again in a minute.",
    );
    expect(await room.say(BOB, "!circle status")).toBeUndefined();
    expect(await room.say(ANN, "!circle status")).toMatch(/No meeting/);
    room.at += 60_000;
    expect(await room.say(BOB, "!circle status")).toMatch(/No meeting/);
  });

  test("typed two minutes ago are no longer meant", async () => {
    await begun();
    const at = room.at - 130_000;
    expect(
      await room.happens("m.room.message", ANN, { msgtype: "m.text", body: "!circle pass" }, { origin_server_ts: at }),
    ).toEqual([]);
    expect(turnOf(meeting())?.speaker).toBe(ANN);
  });

  test("two people typing at once move the word once", async () => {
    await begun();
    room.at += 3_000;
    expect(await room.say(ANN, "!circle pass")).toBe("✅");
    expect(await room.say(ANN, "!circle pass")).toMatch(/moved on/);
    expect(turnOf(meeting())?.speaker).toBe(BOB);
  });
});

describe("a scenario that is brought", () => {
  const reply = (event_id: string) => ({ "m.relates_to": { "m.in_reply_to": { event_id } } });
  const file = (url: string, size?: number) => ({
    type: "m.room.message",
    content: { msgtype: "m.file", body: "a.yaml", url, info: { size } },
  });

  test("in nothing, in a picture, in a file that is gone or too large", async () => {
    expect(await room.say(ANN, "!circle scenario import")).toMatch(/I see no scenario/);
    room.events.set("$picture", {
      type: "m.room.message",
      content: { msgtype: "m.image", body: "x", url: "mxc://hs/a" },
    });
    expect(await room.say(ANN, "!circle scenario import", reply("$picture"))).toMatch(/I see no scenario/);
    room.events.set("$gone", file("mxc://hs/gone"));
    expect(await room.say(ANN, "!circle scenario import", reply("$gone"))).toMatch(/could not be fetched/);
    room.events.set("$large", file("mxc://hs/large", 300_000));
    expect(await room.say(ANN, "!circle scenario import", reply("$large"))).toMatch(/larger than 256 kB/);
    room.files.set("mxc://hs/liar", "too-large");
    room.events.set("$liar", file("mxc://hs/liar", 10));
    expect(await room.say(ANN, "!circle scenario import", reply("$liar"))).toMatch(/larger than 256 kB/);
  });

  test("and bad is told by its keys, and leaves everything as it was", async () => {
    room.files.set("mxc://hs/bad", Buffer.from("speed: 1"));
    room.events.set("$bad", file("mxc://hs/bad", 8));
    expect(await room.say(ANN, "!circle scenario import", reply("$bad"))).toBe(
      "There is 1 thing to fix in this scenario; nothing was changed.\n• speed: this key is not known. Remove it, or check its spelling.",
    );
    expect(await room.say(BOB, "!circle scenario import", reply("$bad"))).toMatch(/Only the keeper/);
  });

  test("by hand into the room's state is taken if it fits, and named if it does not", async () => {
    await room.happens(
      "org.mindminder.scenario",
      ANN,
      { scenario: { id: "tea", title: "Tea", circles: [{ theme: "Which?" }] } },
      { state_key: "tea" },
    );
    await room.happens("org.mindminder.scenario", ANN, { scenario: { title: "x" } }, { state_key: "broken" });
    await room.happens(
      "org.mindminder.scenario",
      ANN,
      { scenario: { id: "other", title: "Tea", circles: [{ theme: "Which?" }] } },
      { state_key: "misnamed" },
    );
    room.state.push({
      type: "org.mindminder.scenario",
      state_key: "tea",
      sender: ANN,
      content: { scenario: { id: "tea", title: "Tea", circles: [{ theme: "Which?" }] } },
    });
    room.state.push({
      type: "org.mindminder.scenario",
      state_key: "broken",
      sender: ANN,
      content: { scenario: { title: "x" } },
    });
    const list = await room.say(BOB, "!circle scenario");
    expect(list).toMatch(
      /• council: Council\n• tea: Tea \(this room’s own\)\n• broken: cannot be used: id this key is missing/,
    );
    expect(await room.say(BOB, "!circle scenario show tea")).toBe("Tea\n• statements, 2:00 each: Which?");
    expect(await room.say(ANN, "!circle scenario use broken")).toMatch(/There is no scenario “broken”/);
  });
});

describe("reactions on the circle's message", () => {
  const press = (who: string, key: string, to = "$circle", more: object = {}) =>
    room.happens("m.reaction", who, { "m.relates_to": { rel_type: "m.annotation", event_id: to, key } }, more);

  test("in all shades and with or without the mark for colour", async () => {
    await begun();
    await press(BOB, "✋🏿");
    expect(hands()).toEqual([[BOB, "reply"]]);
    await press(ANN, "⏸");
    expect(pausedSince(meeting())).not.toBeNull();
    await press(ANN, "⏸️");
    expect(pausedSince(meeting())).toBeNull();
    await press(ANN, "➡");
    expect(turnOf(meeting())?.speaker).toBe(BOB);
    await press(BOB, "⏭️");
    expect(circleOf(meeting())?.kept.map(({ who }) => who) ?? []).toEqual([]);
    expect(turnOf(meeting())).toMatchObject({ speaker: BOB, kept: true });
  });

  test("are nobody's command elsewhere: another message, another sign, the bot's own, an old one", async () => {
    await begun();
    await press(ANN, "➡️", "$other");
    await press(ANN, "🎉");
    await press(BOT, "➡️");
    await press(ANN, "➡️", "$circle", { origin_server_ts: room.at - 130_000 });
    expect(turnOf(meeting())?.speaker).toBe(ANN);
  });

  test("a refusal is said once in the thread, to nobody in particular", async () => {
    await begun();
    room.at += 3_000;
    const [said, ...more] = await press(BOB, "➡️");
    expect(more).toEqual([]);
    expect(said).toMatchObject({
      thread: "circle:0",
      content: { msgtype: "m.notice", "m.mentions": {}, body: "Bob (➡️): Ann has the word." },
    });
    expect(await press(BOB, "➡️")).toEqual([]);
  });

  test("taken back by their owner undo what they did; cleared away by a moderator they undo nothing", async () => {
    await begun();
    await press(BOB, "✋");
    const reaction = room.last;
    await room.happens("m.room.redaction", ANN, { redacts: reaction });
    expect(hands()).toEqual([[BOB, "reply"]]);
    await room.happens("m.room.redaction", BOB, { redacts: reaction });
    expect(hands()).toEqual([]);
    await press(ANN, "⏸️");
    const pause = room.last;
    await room.happens("m.room.redaction", ANN, {}, { redacts: pause });
    expect(pausedSince(meeting())).toBeNull();
  });
});

describe("a sign that is taken back", () => {
  const pressed = async (who: string, key: string) => {
    await room.happens("m.reaction", who, { "m.relates_to": { rel_type: "m.annotation", event_id: "$circle", key } });
    return room.last;
  };
  const takenBack = (who: string, redacts: string, more: object = {}) =>
    room.happens("m.room.redaction", who, { redacts }, more);

  test("undoes nothing of a later meeting", async () => {
    await begun();
    const [pause, hand] = [await pressed(ANN, "⏸️"), await pressed(BOB, "✋")];
    await room.say(ANN, "!circle end");
    room.at += 60_000;
    await begun();
    await room.say(ANN, "!circle pause");
    await room.say(BOB, "!circle hand");
    await takenBack(ANN, pause);
    await takenBack(BOB, hand);
    expect(pausedSince(meeting())).not.toBeNull();
    expect(hands()).toEqual([[BOB, "reply"]]);
  });

  test("undoes nothing that was done anew, or in another way", async () => {
    await begun();
    const [pause, hand] = [await pressed(ANN, "⏸️"), await pressed(BOB, "✋")];
    room.at += 1_000;
    await room.say(ANN, "!circle resume");
    await room.say(BOB, "!circle down");
    room.at += 1_000;
    await room.say(ANN, "!circle pause");
    await room.say(BOB, "!circle hand");
    const before = [pausedSince(meeting()), hands()];
    await takenBack(ANN, pause);
    await takenBack(BOB, hand);
    expect([pausedSince(meeting()), hands()]).toEqual(before);
    const inVain = await pressed(BOB, "✋");
    await takenBack(BOB, inVain);
    expect(hands()).toEqual(before[1]);
  });

  test("undoes nothing where the service hears of it too late", async () => {
    await begun();
    const hand = await pressed(BOB, "✋");
    await takenBack(BOB, hand, { origin_server_ts: room.at - 130_000 });
    expect(hands()).toEqual([[BOB, "reply"]]);
  });
});

describe("what is typed", () => {
  const comments = () =>
    room.meetings
      .of(ROOM)
      ?.record.comments.filter(({ removed }) => !removed)
      .map(({ name, text }) => [name, text]);

  test("beyond what anybody writes stays in the room alone; its writer is told once, and others still write", async () => {
    await begun();
    for (let i = 0; i < 14; i++) await room.say(BOB, "x".repeat(2_000));
    for (const text of ["blue", "green"]) await room.say(BOB, text);
    expect(comments()).toHaveLength(16);
    const full = "Bob, the record takes no more of your comments in this circle. They stay here in the room.";
    expect(await room.say(BOB, "y".repeat(2_000))).toBe(full);
    expect(await room.say(BOB, "z".repeat(2_000))).toBeUndefined();
    // A longer text in the place of a shorter one is no way round it.
    await room.say(BOB, "* long", {
      "m.relates_to": { rel_type: "m.replace", event_id: "$19" },
      "m.new_content": { body: "z".repeat(2_000), msgtype: "m.text" },
    });
    expect(comments()).toHaveLength(16);
    expect(comments()?.at(-1)).toEqual(["Bob", "green"]);
    await room.say(ANN, "and blue");
    expect(comments()?.at(-1)).toEqual(["Ann", "and blue"]);
  });

  test("no more than a few hundred of one person in a circle", async () => {
    await begun();
    for (let i = 0; i < 301; i++) await room.say(BOB, "yes");
    expect(comments()).toHaveLength(300);
  });

  test("is a comment while a circle runs: by people, and none of the bot's business otherwise", async () => {
    await room.say(BOB, "before");
    await begun();
    expect(await room.say(BOB, "  green, please ")).toBeUndefined();
    await room.happens("m.room.message", BOB, { msgtype: "m.notice", body: "a program's word" });
    await room.happens("m.room.message", BOT, { msgtype: "m.text", body: "the bot's word" });
    await room.happens("m.room.message", BOB, { msgtype: "m.image", body: "a.png", url: "mxc://hs/a" });
    await room.say(ANN, "x".repeat(3_000));
    expect(comments()).toEqual([
      ["Bob", "green, please"],
      ["Ann", `${"x".repeat(1_999)}…`],
    ]);
    await room.say(ANN, "!circle end");
    await room.say(BOB, "afterwards");
    expect(comments()).toHaveLength(2);
  });

  test("is changed by whoever wrote it, and by nobody else", async () => {
    await begun();
    await room.say(BOB, "grene");
    const id = room.last;
    const edit = (who: string, body: string) =>
      room.happens("m.room.message", who, {
        msgtype: "m.text",
        body: `* ${body}`,
        "m.new_content": { msgtype: "m.text", body },
        "m.relates_to": { rel_type: "m.replace", event_id: id },
      });
    await edit(ANN, "black");
    expect(comments()).toEqual([["Bob", "grene"]]);
    await edit(BOB, "green");
    expect(comments()).toEqual([["Bob", "green"]]);
    await room.happens("m.room.redaction", ANN, { redacts: id });
    expect(comments()).toEqual([]);
  });
});

test("what a message brought about is not done again where the disk is full a moment later", async () => {
  const db = openDatabase(":memory:");
  room = new TestRoom({ db });
  await begun();
  await room.circleStands();
  let writes = 0;
  db.function("written", () => {
    writes += 1;
    // The first one is kept together with all that the message brings about.
    if (writes === 2) throw new Database.SqliteError("no space", "SQLITE_FULL");
    return 0;
  });
  db.exec("CREATE TEMP TRIGGER disk BEFORE UPDATE ON inbox BEGIN SELECT written(); END");
  await room.say(BOB, "green, please");
  expect(writes).toBeGreaterThan(2);
  expect(room.meetings.of(ROOM)?.record.comments.filter(() => true)).toHaveLength(1);
  await room.happens("m.room.redaction", BOB, { redacts: room.last });
  expect(JSON.stringify(saidIn(db))).not.toContain("green, please");
});

test("an event over which its reader stumbles holds up nobody", async () => {
  const event = {
    event_id: eventId("$trap"),
    room_id: ROOM,
    type: "m.reaction",
    sender: "@ann:hs",
    origin_server_ts: 1_772_452_800_000,
    content: { "m.relates_to": { event_id: { length: { toString: 1 } } } },
  };
  await room.receive([event]);
  expect(await room.say("@ann:hs", "!circle status")).toMatch(/No meeting/);
});

describe("help", () => {
  test("is short, and stands in a thread on the question, where nobody else has to read it", async () => {
    const [asked] = await room.happens("m.room.message", BOB, { msgtype: "m.text", body: "!circle help" });
    expect(asked?.content["m.relates_to"]).toMatchObject({
      rel_type: "m.thread",
      event_id: room.last,
      "m.in_reply_to": { event_id: room.last },
    });
    const lines = String(asked?.content["body"]).split("\n");
    expect(lines.flatMap((line) => /^• !circle (\w+)/.exec(line)?.[1] ?? [])).toEqual([
      "join",
      "start",
      "pass",
      "end",
      "link",
    ]);
    expect(lines.at(-1)).toBe("“!circle help all” lists everything.");
  });

  test("with everything in it goes to the person alone while a meeting runs, and says what the signs do", async () => {
    expect(await room.say(BOB, "!circle help all")).toMatch(/!circle vocabulary[^]*Task: ✅ confirm/);
    expect(room.direct).toEqual([]);
    await begun();
    expect(await room.say(BOB, "!круг помощь всё")).toBe("I have sent you the whole list in a private message.");
    const [to, , , content] = room.direct.at(-1) as [string, string, string, { body: string }];
    expect([to, content.body]).toEqual(["!direct", expect.stringMatching(/!circle vocabulary[^]*Task: ✅ confirm/)]);
    expect(await room.say(BOB, "!circle help me")).toMatch(/!circle help \[all\]/);
  });
});

test("without the power the greeting holds the one line that gives it", async () => {
  room.state.splice(
    room.state.findIndex(({ type }) => type === "m.room.power_levels"),
    1,
  );
  const [greeting] = await room.happens("m.room.member", ANN, { membership: "join" }, { state_key: BOT });
  expect(greeting?.content["body"]).toContain(`/op ${BOT}`);
  // A client that draws ids as people must leave what is to be typed alone.
  expect(greeting?.content["formatted_body"]).toContain(`<code>/op ${BOT}</code>`);
});

test("a link goes to the person alone, and its code is nowhere in the room", async () => {
  expect(await room.say(BOB, "!circle link")).toMatch(/sent you a private message/);
  const [direct] = room.direct as [string, string, string, { body: string; "m.mentions": object }][];
  expect(direct?.[0]).toBe("!direct");
  expect(direct?.[3].body).toMatch(
    /https:\/\/mm\.example\.org\/widget\/#code=[\w-]{32}&roomId=%21room&userId=%40bob%3Ahs/,
  );
  expect(JSON.stringify(room.sent)).not.toMatch(/code=/);
});

describe("what stands in the record is corrected", () => {
  const madeBy = { plugin: "tasks", version: "1", method: "rules", model: null, prompt: null, at: 1 } as const;

  /** Bob spoke, and a task came of it; both stand in the room. */
  async function spoken() {
    await begun();
    room.at += 1_000;
    await room.say(ANN, "!circle pass");
    const { id } = meeting()!;
    room.meetings.note(id, {
      type: "utterance-heard",
      utterance: {
        id: "2.1",
        turn: 2,
        circle: 0,
        speaker: BOB,
        startedAt: 1,
        endedAt: 2,
        language: "en",
        text: "I water the roofs.",
        segments: [{ kind: "speech", text: "I water the roofs." }],
        engine: { id: "e", model: "m" },
      },
    });
    room.meetings.note(id, {
      type: "minutes-made",
      entry: {
        about: { kind: "meeting" },
        madeBy,
        result: {
          form: "tasks",
          tasks: [{ id: "t1", title: "Water the roofs", owner: BOB, due: null, from: ["2.1"], status: "suggested" }],
        },
      },
    });
    room.stands("turn:2", "$turn");
    room.stands("task:t1", "$task");
  }
  const reply = (event_id: string, more: object = {}) => ({
    "m.relates_to": { "m.in_reply_to": { event_id }, ...more },
  });
  const record = () => room.meetings.of(ROOM)!.record;
  const task = () => record().minutes.flatMap(({ result }) => (result.form === "tasks" ? result.tasks : []))[0];

  test("by a reply of the speaker, in both languages, and not by a message that merely stands in the thread", async () => {
    await spoken();
    expect(await room.say(BOB, "!circle correct roofs => roses", reply("$turn"))).toBe("✅");
    expect(record().utterances.at(0)?.text).toBe("I water the roses.");
    expect(
      await room.say(
        BOB,
        "!круг исправить roses → rows",
        reply("$turn", { rel_type: "m.thread", event_id: "$circle", is_falling_back: true }),
      ),
    ).toMatch(/as a reply to the message/);
    expect(
      await room.say(
        BOB,
        "!круг исправить roses → rows",
        reply("$turn", { rel_type: "m.thread", event_id: "$circle", is_falling_back: false }),
      ),
    ).toBe("✅");
    expect(record().corrections.map(({ door, name }) => [door, name])).toEqual([
      ["chat", "Bob"],
      ["chat", "Bob"],
    ]);
    expect(await room.say(BOB, "!circle correct cows => rows", reply("$turn"))).toBe(
      "That message does not contain “cows”.",
    );
    expect(await room.say(BOB, "!circle correct rows => rows", reply("$turn"))).toBe("It already says that.");
    expect(await room.say(BOB, "!circle correct")).toMatch(/Usage: “!circle correct what was heard => what was said”/);
  });

  const eve = () =>
    void room.state.push({
      type: "m.room.member",
      state_key: "@eve:hs",
      sender: personId("@eve:hs"),
      content: { membership: "join", displayname: "Eve" },
    });
  const pressed = async (who: string, key: string, on = "$task") => {
    await room.happens("m.reaction", who, { "m.relates_to": { rel_type: "m.annotation", event_id: on, key } });
    return room.last;
  };
  const takenBack = (who: string, reaction: string) => room.happens("m.room.redaction", who, { redacts: reaction });

  test("a ✅ makes a task of a suggestion, another's ✅ finishes it; each taken back is undone, the last first", async () => {
    await spoken();
    const first = await pressed(BOB, "✅️");
    expect(task()?.status).toBe("open");
    const second = await pressed(ANN, "✅");
    expect(task()?.status).toBe("done");
    await takenBack(BOB, first);
    expect(task()?.status).toBe("done");
    await takenBack(ANN, second);
    expect(task()?.status).toBe("open");
  });

  test("whoever confirmed a task takes the ✅ back, which undoes it, and presses it anew, which finishes it", async () => {
    await spoken();
    const first = await pressed(BOB, "✅");
    await takenBack(BOB, first);
    expect(task()?.status).toBe("suggested");
    const anew = await pressed(BOB, "✅");
    expect(task()?.status).toBe("done");
    await takenBack(BOB, anew);
    expect(task()?.status).toBe("open");
  });

  test("☑ finishes a mere suggestion at once, ❌ dismisses it; of two signs of one person only the one taken back is undone", async () => {
    await spoken();
    const confirmed = await pressed(BOB, "✅");
    await pressed(BOB, "☑");
    expect(task()?.status).toBe("done");
    await takenBack(BOB, confirmed);
    expect(task()?.status).toBe("done");
    await pressed(BOB, "❌");
    expect(task()?.status).toBe("dropped");
  });

  test("the bot's own signs are nobody's word", async () => {
    await spoken();
    await pressed(BOT, "✅");
    await pressed(BOT, "❌");
    expect(task()?.status).toBe("suggested");
  });

  test("a sign that was pressed before the service knew which correction it made is still undone", async () => {
    await spoken();
    const reaction = await pressed(BOB, "✅");
    room.reactions.forget(eventId(reaction));
    room.reactions.keep(
      eventId(reaction),
      { room: ROOM, sender: BOB, control: `✅ ${meeting()!.id} task:t1` },
      room.at,
    );
    await takenBack(BOB, reaction);
    expect(task()?.status).toBe("suggested");
  });

  test("a question that seems open is confirmed to be so by ✅, and answered by a second one", async () => {
    await spoken();
    room.meetings.note(meeting()!.id, {
      type: "minutes-made",
      entry: {
        about: { kind: "meeting" },
        madeBy: { ...madeBy, plugin: "questions" },
        result: {
          form: "questions",
          questions: [
            { id: "q1", text: "Which roofs?", from: ["2.1"], confirmedBy: null, status: "suggested", answeredIn: [] },
          ],
        },
      },
    });
    room.stands("question:q1", "$question");
    const question = () =>
      record().minutes.flatMap(({ result }) => (result.form === "questions" ? result.questions : []))[0]?.status;
    await pressed(BOB, "✅", "$question");
    expect(question()).toBe("open");
    await pressed(ANN, "✅", "$question");
    expect(question()).toBe("answered");
  });

  test("a decision that was only found is confirmed by ✅ and dropped by ❌; taking a reaction back undoes it, unless somebody changed it since", async () => {
    await spoken();
    const found = {
      id: "d1",
      text: "Roofs are watered",
      from: ["2.1"],
      confirmedBy: null,
      status: "suggested",
    } as const;
    room.meetings.note(meeting()!.id, {
      type: "minutes-made",
      entry: {
        about: { kind: "meeting" },
        madeBy: { ...madeBy, plugin: "decisions" },
        result: { form: "decisions", decisions: [{ ...found, from: ["2.1"] }] },
      },
    });
    room.stands("decision:d1", "$decision");
    const decision = () =>
      record().minutes.flatMap(({ result }) => (result.form === "decisions" ? result.decisions : []))[0];
    const press = async (key: string) => (
      await room.happens("m.reaction", BOB, {
        "m.relates_to": { rel_type: "m.annotation", event_id: "$decision", key },
      }),
      room.last
    );
    const confirmed = await press("✅");
    expect(decision()).toMatchObject({ status: "confirmed", confirmedBy: BOB });
    await room.happens("m.room.redaction", BOB, { redacts: confirmed });
    expect(decision()).toMatchObject({ status: "suggested", confirmedBy: null });
    const dropped = await press("❌");
    expect(decision()?.status).toBe("dropped");
    expect(await room.say(ANN, "!circle correct Roofs => Roses", reply("$decision"))).toBe("✅");
    await room.happens("m.room.redaction", BOB, { redacts: dropped });
    expect(decision()).toMatchObject({ text: "Roses are watered", status: "dropped" });
  });

  test("somebody else's task is not theirs to finish, and they are told why", async () => {
    await spoken();
    eve();
    const told = await room.happens("m.reaction", "@eve:hs", {
      "m.relates_to": { rel_type: "m.annotation", event_id: "$task", key: "✅" },
    });
    expect(task()?.status).toBe("suggested");
    expect(told.at(-1)?.content["body"]).toMatch(/\(✅\): Only the speaker/);
  });

  test("the minutes are made anew when the keeper asks, and who is not keeper is told so", async () => {
    await spoken();
    expect(await room.say(BOB, "!circle redo")).toMatch(/Only the keeper/);
    expect(await room.say(ANN, "!circle redo the lot")).toMatch(/Usage: /);
    expect(await room.say(ANN, "!circle redo summary")).toMatch(/no minutes to regenerate yet/);
    expect(await room.say(ANN, "!circle redo tasks")).toMatch(/Regenerating/);
    expect(record().remaking.size).toBe(1);
  });
});

test("how summaries are written is chosen by those who keep the room, shown to all, and taken back", async () => {
  const room = new TestRoom();
  expect(await room.say(BOB, "!circle summary")).toMatch(/^Summaries here: as usual\./);
  expect(await room.say(BOB, "!circle summary short")).toMatch(/Only the keeper/);
  expect(await room.say(ANN, "!circle summary short")).toMatch(/From the next summary on: short\./);
  expect(await room.say(ANN, "!круг итоги шаблон Что удалось | Что <b>нет</b>\nПланы")).toMatch(
    /: Что удалось \| Что bнет\/b \| Планы\.[^]*language model/,
  );
  expect(await room.say(BOB, "!circle summary")).toContain("Что удалось | Что bнет/b | Планы");
  expect(await room.say(ANN, "!circle summary template | |")).toBe("Write up to 8 headings, with | between them.");
  expect(await room.say(ANN, `!circle summary template ${"x".repeat(81)}`)).toBe(
    "A heading can have at most 80 characters.",
  );
  expect(await room.say(ANN, "!circle summary template")).toMatch(/Usage: /);
  expect(await room.say(ANN, "!circle summary poem")).toMatch(/Usage: /);
  expect(await room.say(ANN, "!circle summary usual")).toMatch(/as usual/);
  expect(await room.say(BOB, "!circle summary")).toMatch(/^Summaries here: as usual\./);
});
