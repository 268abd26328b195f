import { describe, expect, test } from "vitest";
import type { Shown } from "../protocol/agreement.ts";
import { council, id, Play } from "../../tests/support/circle/play.ts";
import { madeActor } from "../../tests/support/protocol/made-actor.ts";
import { meetingId, roomId } from "../../tests/support/protocol/ids.ts";
import { answerOf, mayBeWritten, mayWriteInto, unwritten } from "./agreement.ts";
import { snapshotOf } from "./snapshot.ts";

const SPEECH: Shown = { wording: 1, items: [{ what: "speech", outside: null }] };
const MORE: Shown = { wording: 1, items: [...SPEECH.items, { what: "comments" }] };

const nothing = { accepted: true, events: [] };
const types = (play: Play) => (play.last.accepted ? play.last.events.map(({ type }) => type) : []);

/** People come together, and are asked. */
function asked(...names: string[]): Play {
  const play = new Play();
  play.send({
    type: "gather",
    id: meetingId("mtest00001"),
    roomId: roomId("!room"),
    language: "en",
    asks: SPEECH,
    at: play.at,
  });
  for (const name of names) play.join(name).connect(name);
  return play;
}

const ask = (play: Play, asks: Shown) => play.send({ type: "ask-agreement", asks, at: play.at });
const agree = (play: Play, name: string, agreed = true, shown = SPEECH) =>
  play.ask(name, { type: "agree", agreed, shown });
const seek = (play: Play, name: string) =>
  play.ask(name, { type: "seek-agreement", name: name.toUpperCase(), message: `$${name}` });
const soughtOf = (play: Play) => play.state.agreement?.sought.map(({ who }) => who);

describe("who sits down", () => {
  test("is asked in the room, once, and is not written down before they have answered", () => {
    const play = asked("ann");
    expect(soughtOf(play)).toEqual([id("ann")]);
    expect(mayBeWritten(play.state, id("ann"))).toBe(false);
    expect(play.state.agreement?.sought[0]).toEqual({ who: id("ann"), name: "ann", message: null });
    play.by("ann", "leave").join("ann");
    expect(types(play)).toEqual(["person-joined"]);
  });

  test("is asked by themselves, whoever was asked before, and not once they have answered without being asked", () => {
    const play = asked("ann", "bob");
    expect(soughtOf(play)).toEqual([id("ann"), id("bob")]);
    expect(asked().state.agreement).toMatchObject({ asks: SPEECH, answers: [], sought: [], before: [] });
    const said = asked().ask("bob", { type: "join", name: "Bob", agreement: { agreed: true, shown: SPEECH } });
    expect(types(said.by("bob", "leave").join("bob"))).toEqual(["person-joined"]);
  });

  test("brings their answer along, and is not asked then", () => {
    const join = (agreed: boolean, shown = SPEECH) =>
      asked().ask("bob", { type: "join", name: "Bob", agreement: { agreed, shown } });
    expect(answerOf(join(true).state, id("bob"))).toBe(true);
    expect(soughtOf(join(true))).toEqual([]);
    expect(answerOf(join(false).state, id("bob"))).toBe(false);
    const other = join(true, { wording: 2, items: [] });
    expect(other.refusal).toBe("shown-changed");
    expect(other.state.people).toEqual([]);
  });

  test("by a typed word is asked below that message", () => {
    const play = asked().ask("bob", { type: "join", name: "Bob", message: "$typed" });
    expect(play.state.agreement?.sought).toEqual([{ who: id("bob"), name: "Bob", message: "$typed" }]);
  });

  test("and has answered before, is not asked again", () => {
    const play = agree(asked("ann"), "ann", false).by("ann", "leave").join("ann");
    expect(types(play)).toEqual(["person-joined"]);
    expect(answerOf(play.state, id("ann"))).toBe(false);
  });

  test("is not asked where nobody is", () => {
    const play = new Play().gather("ann");
    expect(play.state.agreement).toBeNull();
    expect(agree(play, "ann").last).toEqual(nothing);
    expect(seek(play, "ann").last).toEqual(nothing);
    expect(answerOf(play.state, id("ann"))).toBeNull();
    expect(mayBeWritten(play.state, id("ann"))).toBe(true);
    expect(snapshotOf(play.state, play.at)).not.toHaveProperty("asks");
  });
});

describe("an answer", () => {
  test("counts once, and the last one counts", () => {
    const play = agree(asked("ann", "bob"), "ann");
    expect(agree(play, "ann").last).toEqual(nothing);
    agree(agree(play, "bob"), "ann", false);
    expect(play.state.agreement?.answers.map(({ who, agreed }) => [who, agreed])).toEqual([
      [id("bob"), true],
      [id("ann"), false],
    ]);
    expect(agree(play, "ann", false).last).toEqual(nothing);
    expect(snapshotOf(play.state, play.at).people.map(({ agreed }) => agreed)).toEqual([false, true]);
  });

  test("of yes is to what is asked now; a no is a no to anything", () => {
    const play = asked("ann");
    expect(agree(play, "ann", true, { wording: 1, items: [] }).refusal).toBe("shown-changed");
    expect(agree(play, "ann", false, { wording: 1, items: [] }).refusal).toBeNull();
    expect(agree(play, "ann", false, { wording: 1, items: [] }).last).toEqual(nothing);
    expect(answerOf(play.state, id("ann"))).toBe(false);
  });

  test("marks a turn that was spoken without it, also when it comes in the middle of the turn", () => {
    const play = asked("ann", "bob").start("ann").wait(3);
    expect(snapshotOf(play.state, play.at).people.map(({ agreed }) => agreed)).toEqual([undefined, undefined]);
    agree(play, "ann").wait(3).by("ann", "pass");
    expect(play.state.ended.at(-1)).toMatchObject({ unwritten: true });
    agree(play, "bob").wait(3).by("bob", "pass").wait(20);
    play.by("ann", "pass");
    expect(play.state.ended.map(({ unwritten }) => unwritten)).toEqual([true, true, undefined]);
    agree(play, "bob", false).wait(3).by("bob", "pass");
    expect(play.state.ended.at(-1)).toMatchObject({ unwritten: true });
  });

  test("of no while the word is only offered, or nobody has it, marks no turn", () => {
    const play = asked("ann", "bob").start("ann", council({ accept: "by-next" }));
    agree(agree(play, "ann", false), "ann")
      .by("ann", "accept")
      .wait(3)
      .by("ann", "pass");
    expect(play.state.ended.at(-1)).not.toHaveProperty("unwritten");
    const rest = asked("ann").start("ann").wait(3).by("ann", "pass");
    expect(rest.state.phase).toBe("between");
    expect(agree(rest, "ann").refusal).toBeNull();
  });

  test("taken back in the middle of a turn marks it; another's does not", () => {
    const play = agree(agree(asked("ann", "bob"), "ann"), "bob")
      .start("ann")
      .wait(3);
    agree(play, "bob", false).wait(3);
    agree(play, "bob").by("ann", "pass");
    expect(play.state.ended.at(-1)).not.toHaveProperty("unwritten");
    agree(play.wait(3), "bob", false);
    agree(play, "bob").by("bob", "pass");
    expect(play.state.ended.at(-1)).toMatchObject({ unwritten: true });
  });
});

describe("whoever types without having been asked", () => {
  test("is asked once, by name, below what they typed", () => {
    const play = seek(asked("ann"), "zoe");
    expect(play.state.agreement?.sought.at(-1)).toEqual({ who: id("zoe"), name: "ZOE", message: "$zoe" });
    expect(seek(play, "zoe").last).toEqual(nothing);
    expect(seek(play, "ann").last).toEqual(nothing);
    expect(seek(agree(asked(), "kim"), "kim").last).toEqual(nothing);
  });
});

describe("other items are asked", () => {
  test("of everybody who is there and has not said yes to them, by name", () => {
    const play = ask(agree(agree(asked("ann", "bob"), "ann", true, MORE), "bob"), MORE);
    expect(play.journal.slice(-2)).toMatchObject([
      { type: "agreement-asked", asks: MORE },
      { type: "agreement-sought", who: id("bob"), name: "bob", message: null },
    ]);
    expect(play.journal.at(-2)).not.toHaveProperty("before");
    expect(soughtOf(play)).toEqual([id("ann"), id("bob")]);
    expect([answerOf(play.state, id("ann")), answerOf(play.state, id("bob"))]).toEqual([true, null]);
    expect(snapshotOf(play.state, play.at).asks).toEqual(MORE);
    expect(play.state.agreement?.before).toEqual([]);
    expect(answerOf(agree(play, "bob", true, MORE).state, id("bob"))).toBe(true);
  });

  test("and nothing happens where they are the same, fewer or more being others, or all is over", () => {
    expect(ask(asked("ann"), SPEECH).last).toEqual(nothing);
    expect(types(ask(asked(), MORE))).toEqual(["agreement-asked"]);
    expect(types(ask(ask(asked(), MORE), SPEECH))).toEqual(["agreement-asked"]);
    expect(ask(asked("ann").start("ann").by("ann", "end"), MORE).last).toEqual(nothing);
  });

  test("in a meeting from before anybody was asked: it goes on as it was for those who sit there", () => {
    const play = ask(new Play().gather("ann", "bob").drop("bob").start("ann"), SPEECH);
    expect(play.journal.at(-1)).toMatchObject({ type: "agreement-asked", before: [id("ann")] });
    expect(answerOf(play.state, id("ann"))).toBe(true);
    expect(answerOf(play.state, id("bob"))).toBeNull();
    expect(unwritten(play.state)).toEqual([id("bob")]);
    expect(answerOf(ask(play, { wording: 1, items: [] }).state, id("ann"))).toBe(true);
    expect(answerOf(ask(play, MORE).state, id("ann"))).toBeNull();
    expect(soughtOf(play)).toEqual([id("ann")]);
    expect(answerOf(agree(play, "ann", false).state, id("ann"))).toBe(false);
  });

  test("while people still gather: all of them are", () => {
    const play = ask(new Play().gather("ann"), SPEECH);
    expect(play.journal.find(({ type }) => type === "agreement-asked")).not.toHaveProperty("before");
    expect(soughtOf(play)).toEqual([id("ann")]);
  });

  test("marks the turn of whoever speaks and has not said yes to them", () => {
    const play = ask(agree(asked("ann", "bob"), "ann").start("ann").wait(3), MORE).by("ann", "pass");
    expect(play.state.ended.at(-1)).toMatchObject({ unwritten: true });
  });
});

describe("who is not written down", () => {
  test("is everybody in the ring without a yes, and nobody who left it", () => {
    const play = agree(asked("ann", "bob", "eve"), "ann").by("eve", "leave");
    expect(unwritten(play.state)).toEqual([id("bob")]);
  });

  test("may put nothing into the record by hand, but a stranger to it may once it is over", () => {
    const play = agree(asked("ann", "bob"), "ann").start("ann");
    const may = (name: string) => mayWriteInto(play.state, id(name));
    expect([may("ann"), may("bob"), may("zoe")]).toEqual([true, false, false]);
    agree(play, "kim", false).by("ann", "end");
    expect([may("ann"), may("bob"), may("zoe"), may("kim")]).toEqual([true, false, true, false]);
  });
});

test("an answer that comes by another door is of the same person", () => {
  const play = asked("ann");
  play.send({
    type: "agree",
    agreed: true,
    shown: SPEECH,
    actor: madeActor(id("ann"), { door: "chat" }),
    at: play.at,
    expectedVersion: null,
  });
  expect(answerOf(play.state, id("ann"))).toBe(true);
});
