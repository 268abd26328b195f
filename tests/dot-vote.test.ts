import { runningCircle } from "../appservice/circle/meeting.ts";
import { describe, expect, test } from "vitest";
import markdown from "../appservice/export/record/markdown.ts";
import { translateTo } from "../appservice/language/translate.ts";
import { courseOf } from "../appservice/circle/course.ts";
import { replay } from "../appservice/circle/evolve.ts";
import { eventWithout } from "../appservice/circle/words-taken-back.ts";
import { council, id, Play } from "../tests/support/circle/play.ts";
import { snapshotOf } from "../appservice/circle/snapshot.ts";

const circles = [
  { kind: "silent-writing" as const, theme: "What first?", circleSeconds: 60 },
  { kind: "dot-vote" as const, theme: "Which?", circleSeconds: 90 },
];

/** Ann, bob and eve have written, and read; now the word goes round to put texts together. */
function grouping(): Play {
  const play = new Play().gather("ann", "bob", "eve").start("ann", council({ betweenSeconds: 0, circles }));
  play.write("ann", "buy tea").write("bob", "mend the roof").write("eve", "more tea");
  for (const name of ["ann", "bob", "eve"]) play.by(name, "pass");
  return play;
}

function voting(): Play {
  const play = grouping().ask("ann", { type: "group-texts", texts: [3, 1], name: "Tea" });
  for (const name of ["ann", "bob", "eve"]) play.by(name, "pass");
  return play;
}

const shown = (play: Play) => snapshotOf(play.state, play.at).circles[1]?.vote;
const give = (play: Play, name: string, ...on: number[]) => play.ask(name, { type: "give-dots", on });
const counts = (play: Play) => shown(play)?.map(({ texts, dots }) => [texts[0]?.number, dots]);

describe("putting texts together", () => {
  test("each text stands by itself until whoever has the word puts some together under a name", () => {
    const play = grouping();
    expect(runningCircle(play.state)?.stage).toBe("grouping");
    expect(shown(play)?.map(({ texts }) => texts.map(({ text }) => text))).toEqual([
      ["buy tea"],
      ["mend the roof"],
      ["more tea"],
    ]);
    play.ask("ann", { type: "group-texts", texts: [3, 1], name: " Tea " });
    expect(play.refusal).toBeNull();
    expect(shown(play)).toMatchObject([
      { name: "Tea", texts: [{ number: 1 }, { number: 3 }], dots: null },
      { name: "", texts: [{ number: 2 }] },
    ]);
  });

  test("a text moves from group to group, and out of it again", () => {
    const play = grouping().ask("ann", { type: "group-texts", texts: [1, 3], name: "Tea" });
    play.ask("ann", { type: "group-texts", texts: [3], name: "" });
    expect(shown(play)?.map(({ name, texts }) => [name, texts.length])).toEqual([
      ["Tea", 1],
      ["", 1],
      ["", 1],
    ]);
  });

  test("nobody else may, nor by numbers that there are not", () => {
    expect(grouping().ask("bob", { type: "group-texts", texts: [1, 2], name: "" }).refusal).toBe("not-your-turn");
    expect(grouping().ask("ann", { type: "group-texts", texts: [1, 4], name: "" }).refusal).toBe("no-such-text");
    expect(give(grouping(), "ann", 1).refusal).toBe("not-voting");
  });

  test("the keeper goes on to the dots before all have had the word", () => {
    const play = grouping().by("ann", "next-circle");
    expect(runningCircle(play.state)?.stage).toBe("voting");
    expect(play.word).toBeNull();
  });

  test("where nothing was written, the word just goes round", () => {
    const play = new Play().gather("ann", "bob").start("ann", council({ circles: circles.slice(1) }));
    expect(runningCircle(play.state)?.stage).toBe("round");
    play.by("ann", "pass").by("bob", "pass");
    expect(play.state.phase).toBe("ended");
  });
});

describe("giving dots", () => {
  test("nobody sees how many lie where before the end; then the groups stand by their dots, ties as they were numbered", () => {
    const play = voting();
    give(play, "ann", 2, 2, 3);
    expect(counts(play)).toEqual([
      [1, null],
      [2, null],
    ]);
    expect(JSON.stringify(snapshotOf(play.state, play.at))).not.toContain('"on"');
    expect(snapshotOf(play.state, play.at).wrote).toEqual([id("ann")]);
    give(give(play, "bob", 1, 2, 2), "eve", 1, 2, 1);
    expect(play.state.phase).toBe("ended");
    expect(counts(play)).toEqual([
      [2, 5],
      [1, 4],
    ]);
  });

  test("as many lie on two: the lower number comes first", () => {
    const play = voting();
    give(give(play, "ann", 1, 2), "bob", 2, 1);
    play.wait(91);
    expect(counts(play)).toEqual([
      [1, 2],
      [2, 2],
    ]);
  });

  test("they may be taken back until the end, and are three at most", () => {
    const play = voting();
    give(give(play, "bob", 1, 1, 1), "bob", 2);
    expect(give(play, "bob", 1, 1, 1, 2).refusal).toBe("too-many-dots");
    expect(give(play, "bob", 9).refusal).toBe("no-such-text");
    expect(give(play, "zoe", 1).refusal).toBe("not-in-circle");
    play.by("ann", "next-circle");
    expect(counts(play)).toEqual([
      [2, 1],
      [1, 0],
    ]);
  });

  test("they end by time, which the keeper may add to, and a pause gives back", () => {
    const play = voting().wait(80).ask("ann", { type: "more-time", byMs: 30_000 });
    expect(runningCircle(play.wait(39).state)?.stage).toBe("voting");
    play.by("ann", "pause").wait(500);
    expect(runningCircle(play.by("ann", "resume").state)?.stage).toBe("voting");
    expect(play.wait(2).state.phase).toBe("ended");
  });

  test("a restart in the middle of it loses nothing", () => {
    const play = voting();
    give(play, "ann", 2, 2, 1);
    expect(replay(play.journal)).toEqual(play.state);
  });
});

describe("when the journal is lost", () => {
  const takenUp = (play: Play) =>
    replay([
      {
        type: "meeting-taken-up",
        at: play.at,
        snapshot: snapshotOf(play.state, play.at),
        course: courseOf(play.state),
      },
    ]);

  test("the groups are as the room shows them, and the dots are given anew", () => {
    const play = voting();
    give(play, "ann", 2, 2, 1);
    const table = new Play();
    table.meeting = takenUp(play);
    table.at = play.at;
    expect(shown(table)).toEqual(shown(play));
    give(give(give(table, "ann", 2, 2, 2), "bob", 2, 2, 2), "eve", 1, 1, 1);
    expect(counts(table)).toEqual([
      [2, 6],
      [1, 3],
    ]);
  });

  test("a result that was shown stays", () => {
    const play = voting();
    give(play, "ann", 2, 2, 1);
    play.by("ann", "next-circle");
    const again = takenUp(play);
    expect(snapshotOf(again, play.at).circles[1]?.vote).toEqual(shown(play));
  });
});

test("a name that was typed in chat is gone with its message, also from the journal", () => {
  const play = grouping().ask("ann", { type: "group-texts", texts: [1, 3], name: "Tea", message: "$m" });
  play.send({ type: "clock", at: play.at });
  const left = replay([
    ...play.journal.map((event) => eventWithout(event, "$m")),
    { type: "words-taken-back", at: play.at, by: id("ann"), message: "$m" },
  ]);
  expect(JSON.stringify(left)).not.toContain('"Tea"');
});

test("the result stands in what one takes along", () => {
  const play = voting();
  give(play, "ann", 2, 2, 1);
  play.by("ann", "next-circle");
  const meeting = snapshotOf(play.state, play.at);
  const record = {
    meeting: meeting.id,
    version: 0,
    turns: [],
    utterances: [],
    comments: [],
    minutes: [],
    corrections: [],
    remaking: [],
  };
  const text = markdown.write({
    meeting,
    record,
    language: "en",
    t: translateTo("en"),
    graph: () => ({ format: 1, meetings: [], nodes: [], edges: [] }),
  });
  expect(text).toContain("- 2 dots – mend the roof (bob)\n- 1 dot – Tea: buy tea (ann) · more tea (eve)");
});
