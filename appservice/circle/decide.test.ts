import { describe, expect, test } from "vitest";
import { floorOf, turnOf } from "./meeting.ts";
import { council, id, Play } from "../../tests/support/circle/play.ts";

const trio = () => new Play().gather("ann", "bob", "eve").start("ann");

describe("the word goes round", () => {
  test("in the order of joining, and each circle once", () => {
    const play = trio();
    expect(play.word).toBe("ann");
    expect(play.by("ann", "pass").word).toBe("bob");
    expect(play.by("bob", "pass").word).toBe("eve");
    play.by("eve", "pass");
    expect(play.state.phase).toBe("between");
    expect(play.wait(10).word).toBe("ann");
    for (const name of ["ann", "bob", "eve"]) play.by(name, "pass");
    expect(play.state.phase).toBe("ended");
  });

  test("only the speaker's microphone is open, and nobody's between circles", () => {
    const play = trio();
    expect(floorOf(play.state)).toEqual({ mode: "speaker", speaker: id("ann") });
    for (const name of ["ann", "bob", "eve"]) play.by(name, "pass");
    expect(floorOf(play.state)).toEqual({ mode: "closed" });
  });

  test("nobody passes another's word, but the keeper and a moderator may", () => {
    expect(trio().by("bob", "pass").refusal).toBe("not-your-turn");
    expect(trio().by("ann", "pass").wait(3).by("ann", "pass").word).toBe("eve");
    expect(trio().wait(3).by("mod", "pass").word).toBe("bob");
  });

  test("two people pressing at once move the word once", () => {
    const play = trio();
    const seen = play.state.version;
    expect(play.by("ann", "pass", seen).word).toBe("bob");
    expect(play.by("ann", "pass", seen).refusal).toBe("stale");
    expect(play.word).toBe("bob");
  });

  test("typed at once, too: a word that has just moved is not moved on by the keeper", () => {
    const play = new Play().gather("ann", "bob", "eve").start("eve").wait(3);
    expect(play.by("ann", "pass").word).toBe("bob");
    expect(play.by("eve", "pass").refusal).toBe("stale");
    expect(play.word).toBe("bob");
  });

  test("the word returns to whoever was skipped, at the end of the circle, and only once", () => {
    const play = trio().by("ann", "skip").by("bob", "pass").by("eve", "pass");
    expect(play.word).toBe("ann");
    play.by("ann", "skip");
    expect(play.state.phase).toBe("between");
  });

  test("a late joiner speaks at the end of the running circle", () => {
    const play = trio().join("zoe").connect("zoe").by("ann", "pass").by("bob", "pass").by("eve", "pass");
    expect(play.word).toBe("zoe");
  });

  test("who leaves with the word gives it on, and is not asked again when they come back", () => {
    const play = trio().by("ann", "leave");
    expect(play.word).toBe("bob");
    play.join("ann").connect("ann").by("bob", "pass").by("eve", "pass");
    expect(play.state.phase).toBe("between");
  });

  test("who is skipped, leaves and comes back takes up the turn that was kept, and speaks no longer by it", () => {
    const play = trio().wait(20).by("ann", "skip").by("ann", "leave").join("ann").connect("ann");
    play.by("bob", "pass").by("eve", "pass");
    expect([play.word, turnOf(play.state)?.limitMs]).toEqual(["ann", 40_000]);
    play.by("ann", "skip");
    expect(play.state.phase).toBe("between");
  });

  test("where the word is to be taken, the microphone opens on taking it; not taken in 10 s, a turn is kept", () => {
    const play = new Play().gather("ann", "bob").start("ann", council({ accept: "by-next" }));
    expect(floorOf(play.state)).toEqual({ mode: "closed" });
    expect(play.by("bob", "accept").refusal).toBe("not-your-turn");
    expect(floorOf(play.by("ann", "accept").state)).toEqual({ mode: "speaker", speaker: id("ann") });
    play.by("ann", "pass").wait(9);
    expect(play.word).toBe("bob");
    play.wait(1);
    expect(play.word).toBe("bob");
    expect(turnOf(play.state)?.kept).toBe(true);
    play.wait(10);
    expect(play.state.phase).toBe("between");
  });
});

describe("time", () => {
  test("marks at 80 % and in the last 10 s, a grace of 5 s, then the word passes by itself", () => {
    const play = trio();
    expect(turnOf(play.wait(47).state)?.marks).toEqual([]);
    expect(turnOf(play.wait(1).state)?.marks).toEqual(["80-percent"]);
    expect(turnOf(play.wait(2).state)?.marks).toEqual(["80-percent", "last-10-seconds"]);
    expect(turnOf(play.wait(10).state)?.marks).toContain("limit");
    expect(play.wait(4).word).toBe("ann");
    expect(play.wait(1).word).toBe("bob");
    expect(play.state.ended.at(-1)).toMatchObject({ reason: "time-up", spentMs: 65_000 });
  });

  test("the keeper extends by half a minute, and the marks come again", () => {
    const play = trio().wait(55);
    expect(play.extend("bob", 30_000).refusal).toBe("not-keeper");
    expect(turnOf(play.extend("ann", 30_000).state)?.marks).toEqual([]);
    expect(play.wait(30).word).toBe("ann");
    expect(play.wait(10).word).toBe("bob");
  });

  test("a pause stops the clock and closes the microphone; going on gives both back", () => {
    const play = trio().wait(20).by("ann", "pause").wait(600);
    expect(floorOf(play.state)).toEqual({ mode: "closed" });
    expect(play.by("ann", "pause").refusal).toBe("already-paused");
    play.by("ann", "resume").wait(39);
    expect(play.word).toBe("ann");
    expect(play.wait(6).word).toBe("bob");
  });

  test("a word passed on in a pause starts with its whole time when the meeting goes on", () => {
    const play = trio().by("ann", "pause").wait(5).by("ann", "pass").wait(600);
    expect(play.word).toBe("bob");
    play.by("ann", "resume");
    expect(floorOf(play.state)).toEqual({ mode: "speaker", speaker: id("bob") });
    expect(turnOf(play.state)?.spentMs).toBe(0);
  });

  test("a clock set back takes the word from nobody, and no time becomes negative", () => {
    const play = trio().by("ann", "pass").wait(50);
    play.at -= 3_600_000;
    expect(play.send({ type: "clock", at: play.at }).word).toBe("bob");
    expect(play.by("bob", "pass").word).toBe("eve");
    expect(play.state.ended.at(-1)?.spentMs).toBeGreaterThanOrEqual(0);
    expect(play.journal.map(({ at }) => at)).toEqual(play.journal.map(({ at }) => at).sort());
  });

  test("a clock that leaps forward ends one turn, not the whole circle", () => {
    const play = trio().wait(3600);
    expect(play.word).toBe("bob");
    expect(turnOf(play.state)?.spentMs).toBe(0);
  });
});

describe("people come and go", () => {
  test("a speaker who drops out has 15 s to come back, with the clock standing", () => {
    const play = trio().wait(20).drop("ann").wait(14).connect("ann");
    expect(play.word).toBe("ann");
    expect(turnOf(play.state)?.spentMs).toBe(20_000);
    expect(floorOf(play.state)).toEqual({ mode: "speaker", speaker: id("ann") });
  });

  test("then the word passes, and what was left of the turn is kept for the end", () => {
    const play = trio().wait(20).drop("ann").wait(15);
    expect(play.word).toBe("bob");
    play.connect("ann").by("bob", "pass").by("eve", "pass");
    expect(play.word).toBe("ann");
    expect(turnOf(play.state)?.limitMs).toBe(40_000);
  });

  test("whoever is away when the word comes has 10 s to return to it", () => {
    const play = trio().drop("bob").by("ann", "pass");
    expect(play.word).toBe("bob");
    expect(floorOf(play.state)).toEqual({ mode: "closed" });
    expect(floorOf(play.connect("bob").state)).toEqual({ mode: "speaker", speaker: id("bob") });
  });

  test("the keeper dropping out ends nothing", () => {
    const play = trio().by("ann", "pass").drop("ann").wait(30);
    expect(play.word).toBe("bob");
  });

  test("who was thrown out of the room is out of the circle", () => {
    const play = trio().remove("ann");
    expect(play.word).toBe("bob");
    expect(play.join("ann").refusal).toBeNull();
  });

  test("when everybody has gone the meeting is over", () => {
    const play = trio().by("ann", "leave").by("bob", "leave").by("eve", "leave").wait(10);
    expect(play.state.phase).toBe("ended");
  });
});

describe("beginning and end", () => {
  test("a meeting without participants does not start", () => {
    expect(new Play().gather().start("ann").refusal).toBe("nobody-joined");
  });

  test("nor twice, nor is joined twice", () => {
    expect(trio().start("bob").refusal).toBe("meeting-running");
    expect(trio().join("bob").refusal).toBe("already-joined");
  });

  test("the keeper ends it in the middle, and the speaker's time counts", () => {
    const play = trio().wait(12).by("bob", "end");
    expect(play.refusal).toBe("not-keeper");
    play.by("ann", "end");
    expect([play.state.phase, turnOf(play.state)]).toEqual(["ended", null]);
    expect(play.state.ended.at(-1)).toMatchObject({ reason: "meeting-ended", spentMs: 12_000 });
    expect(floorOf(play.state)).toEqual({ mode: "open" });
  });
});
