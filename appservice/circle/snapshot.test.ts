import { describe, expect, test } from "vitest";
import { council, id, Play } from "../../tests/support/circle/play.ts";
import { courseKey, courseOf, MeetingCourse } from "./course.ts";
import { snapshotOf } from "./snapshot.ts";

type Change = NonNullable<Parameters<typeof council>[0]>;
const trio = (change: Change = {}) => new Play().gather("ann", "bob", "eve").start("ann", council(change)).wait(3);
const seen = (play: Play) => snapshotOf(play.state, play.at);

function passAll(play: Play): Play {
  while (play.state.phase === "circle") play.wait(3).by("mod", "pass");
  return play;
}

describe("everybody sees", () => {
  test("of people who gather that they do, and nothing of what is to come", () => {
    expect(seen(new Play().gather("ann"))).toEqual({
      format: 1,
      id: "mtest00001",
      roomId: "!room",
      version: 3,
      at: 1_000_000,
      phase: "gathering",
      paused: false,
      scenario: { id: "", title: "" },
      topic: "",
      language: "en",
      keeper: null,
      people: [{ id: id("ann"), name: "ann", presence: "call", spokenMs: 0 }],
      circles: [],
      circle: null,
      stage: null,
      stageEndsAt: null,
      wrote: [],
      ring: [],
      done: [],
      returns: [],
      turn: null,
      next: null,
      hands: [],
      unevenness: null,
      rules: { extension: "keeper", skip: "self" },
      nextCircleAt: null,
      startedAt: null,
      endedAt: null,
    });
  });

  test("of a meeting that runs who has the word, who is next, how long, and by which rules", () => {
    const circles = [
      { theme: "one", skip: "anyone" as const, extension: "ring" as const, plugins: ["tasks"] },
      { theme: { en: "two", ru: "два" }, speakers: "keeper" as const, turnSeconds: 30 },
    ];
    const play = trio({ title: { en: "Council", ru: "Совет" }, circles })
      .by("ann", "pass")
      .wait(5);
    expect(seen(play)).toMatchObject({
      phase: "circle",
      scenario: { id: "council", title: "Council", titles: { en: "Council", ru: "Совет" } },
      keeper: id("ann"),
      circle: 0,
      stage: "round",
      stageEndsAt: null,
      ring: [id("ann"), id("bob"), id("eve")],
      done: [id("ann")],
      next: id("eve"),
      turn: { id: 2, speaker: id("bob"), hand: null, status: "speaking", limitMs: 60_000, endsAt: play.at + 55_000 },
      rules: { extension: "ring", skip: "anyone" },
      startedAt: 1_000_000,
      endedAt: null,
      circles: [
        {
          index: 0,
          round: 1,
          status: "running",
          kind: "statement",
          theme: "one",
          secondsPerTurn: 60,
          plugins: ["tasks"],
        },
        {
          index: 1,
          round: 1,
          status: "waiting",
          theme: "two",
          themes: { en: "two", ru: "два" },
          secondsPerTurn: 30,
          speakers: "keeper",
        },
      ],
    });
    expect(seen(play)).not.toHaveProperty("stageBeganAt");
    expect(seen(play)).not.toHaveProperty("order");
    expect(seen(play).circles[0]).not.toHaveProperty("speakers");
    expect(seen(play).circles[0]).not.toHaveProperty("themes");
    expect(seen(play).circles[1]).not.toHaveProperty("plugins");
    expect(seen(trio()).scenario).not.toHaveProperty("titles");
  });

  test("the time of a stage that has one, from its beginning", () => {
    const play = trio({ circles: [{ theme: "ideas", kind: "silent-writing", circleSeconds: 60 }] });
    expect(seen(play)).toMatchObject({ stage: "writing", stageBeganAt: 1_000_000, stageEndsAt: 1_060_000, wrote: [] });
    expect(seen(play.write("bob", "tea")).wrote).toEqual([id("bob")]);
    expect(seen(play.by("ann", "next-circle")).wrote).toEqual([id("bob")]);
  });

  test("of a turn whether it is offered, runs or is held, and by how many listeners it would be longer", () => {
    expect(seen(trio({ accept: "by-next" })).turn).toMatchObject({ status: "offered", lapsesAt: 1_010_000 });
    expect(seen(trio().drop("ann")).turn).toMatchObject({ status: "held", lapsesAt: 1_018_000 });
    expect(seen(trio()).turn).toMatchObject({ extension: null });
    expect(seen(trio({ extension: "ring" })).turn?.extension).toEqual({ asked: [], needed: 2 });
    expect(seen(trio({ extension: "ring" }).drop("eve")).turn?.extension).toEqual({ asked: [], needed: 1 });
  });

  test("of the rest when the next circle begins and who opens it, and after the end when it was", () => {
    const rest = passAll(trio({ betweenSeconds: 60 }));
    expect(seen(rest)).toMatchObject({
      phase: "between",
      nextCircleAt: rest.at + 60_000,
      next: id("ann"),
      stage: null,
    });
    expect(seen(rest).circles.map(({ status }) => status)).toEqual(["done", "waiting"]);
    expect(seen(rest.raise("bob")).next).toBe(id("ann"));
    expect(seen(rest.raise("eve")).next).toBe(id("eve"));
    const over = rest.by("ann", "end");
    expect(seen(over)).toMatchObject({ phase: "ended", endedAt: over.at, next: null, circles: [{ status: "done" }] });
    expect(seen(trio()).nextCircleAt).toBeNull();
  });

  test("how uneven the time was, of all who spoke, but not of whoever left without a word", () => {
    const play = trio().wait(27).by("ann", "pass").by("bob", "leave");
    expect(seen(play).unevenness).toBe(50);
    expect(seen(play.by("ann", "leave")).unevenness).toBe(50);
    expect(seen(trio().by("ann", "pass")).unevenness).toBeNull();
  });

  test("that the scribe is away, while the meeting lasts", () => {
    const play = trio().ask("bob", { type: "send-scribe-away" });
    expect(seen(play).scribeAway).toEqual({ by: id("bob") });
    expect(seen(play.by("ann", "end"))).not.toHaveProperty("scribeAway");
  });

  test("circles that come again with the number of the round", () => {
    const circles = [
      { id: "present", theme: "proposal" },
      {
        theme: "consent?",
        kind: "consent" as const,
        repeat: { until: "nobody-objects" as const, from: "present", atMost: 2 },
      },
    ];
    const play = passAll(trio({ circles })).wait(10).position("bob", "object", "too dear");
    passAll(play);
    expect(seen(play).circles.map(({ index, round, status, theme }) => [index, round, status, theme])).toEqual([
      [0, 1, "done", "proposal"],
      [1, 1, "done", "consent?"],
      [2, 2, "waiting", "proposal"],
      [3, 2, "waiting", "consent?"],
    ]);
  });
});

describe("the course of a meeting", () => {
  test("is that of people who have begun, with all that ran", () => {
    expect(courseOf(new Play().gather("ann").state)).toBeNull();
    expect(courseKey(new Play().gather("ann").state)).toBeNull();
    const play = passAll(trio().ask("ann", { type: "set-theme", theme: "tea", circle: null }).extend("ann", 10_000));
    const course = courseOf(play.state);
    expect(course).toMatchObject({
      format: 1,
      meeting: "mtest00001",
      seed: 7,
      nextStep: 1,
      turnsOffered: 3,
      circles: [{ index: 0, step: 0, round: 1, ring: [id("ann"), id("bob"), id("eve")], theme: "tea" }],
      turns: [{ speaker: id("ann"), moreTimeBy: [id("ann")] }, { speaker: id("bob") }, { speaker: id("eve") }],
    });
    expect(course?.turns[1]).not.toHaveProperty("moreTimeBy");
    expect(MeetingCourse.parse(course)).toEqual(course);
    expect(courseOf(trio().state)).toMatchObject({ nextStep: null, turnsOffered: 1 });
    expect(courseOf(trio().state)?.circles[0]).not.toHaveProperty("theme");
  });

  test("is another with each beginning and end of a circle, and not with each turn", () => {
    const play = trio();
    const first = courseKey(play.state);
    expect(courseKey(play.by("ann", "pass").state)).toBe(first);
    const keys = [
      first,
      courseKey(passAll(play).state),
      courseKey(play.wait(10).state),
      courseKey(play.by("ann", "end").state),
    ];
    expect(new Set(keys).size).toBe(4);
    const other = trio();
    other.meeting = { ...other.state, id: "mtest00002" as typeof other.state.id };
    expect(courseKey(other.state)).not.toBe(first);
  });
});
