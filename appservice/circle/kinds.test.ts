import { describe, expect, test } from "vitest";
import { formatGuestId, formatTelegramId, type ParticipantId } from "../protocol/identity.ts";
import { madeActor } from "../../tests/support/protocol/made-actor.ts";
import { floorOf, turnOf, handsOf, circleOf, runningCircle } from "./meeting.ts";
import { council, id, nameOf, Play } from "../../tests/support/circle/play.ts";
import { snapshotOf } from "./snapshot.ts";
import { evennessPercent, unevenness } from "./talk-time.ts";

const gathered = (...names: string[]) => new Play().gather(...(names.length > 0 ? names : ["ann", "bob", "eve"]));
const hands = (play: Play) => handsOf(play.state).map(({ who }) => nameOf(who));
const ring = (play: Play) => circleOf(play.state)?.ring.map(nameOf);
const passAll = (play: Play) => {
  while (play.state.phase === "circle" && play.word) play.by(play.word, "pass");
  return play;
};

describe("order", () => {
  test("reversed, and as listed by name or id with the others after", () => {
    expect(ring(gathered().start("ann", council({ order: "reversed" })))).toEqual(["eve", "bob", "ann"]);
    expect(ring(gathered().start("ann", council({ order: { listed: ["EVE", "@bob:hs"] } })))).toEqual([
      "eve",
      "bob",
      "ann",
    ]);
  });

  test("drawn by lot: the same journal draws the same, another circle draws anew", () => {
    const names = ["a", "b", "c", "d", "e", "f", "g"];
    const play = gathered(...names).start("a", council({ order: "drawn", betweenSeconds: 0 }));
    const first = ring(play);
    expect(first?.toSorted()).toEqual(names);
    expect(ring(gathered(...names).start("a", council({ order: "drawn" })))).toEqual(first);
    expect(ring(passAll1(play))).not.toEqual(first);
  });

  function passAll1(play: Play): Play {
    for (let i = 0; i < 7 && play.word; i++) play.by(play.word, "pass");
    return play;
  }

  test("quietest first looks at the time used so far", () => {
    const play = gathered().start(
      "ann",
      council({ circles: [{ theme: "1" }, { theme: "2", order: "quietest-first" }] }),
    );
    play.wait(30).by("ann", "pass").wait(10).by("bob", "pass").wait(20).by("eve", "pass").wait(10);
    expect(ring(play)).toEqual(["bob", "eve", "ann"]);
  });

  test("only the keeper speaks where the scenario says so, and late comers are not seated there", () => {
    const play = gathered().start(
      "bob",
      council({ circles: [{ theme: "present", speakers: "keeper" }, { theme: "2" }] }),
    );
    expect(ring(play)).toEqual(["bob"]);
    play.join("zoe").connect("zoe");
    expect(ring(play)).toEqual(["bob"]);
    expect(ring(play.by("bob", "pass").wait(10))).toEqual(["ann", "bob", "eve", "zoe"]);
  });
});

describe("time", () => {
  test("a circle's time is shared evenly by those who have not spoken", () => {
    const play = gathered().start("ann", council({ circles: [{ theme: "1", circleSeconds: 60 }] }));
    expect(turnOf(play.state)?.limitMs).toBe(20_000);
    play.wait(10).by("ann", "pass");
    expect(turnOf(play.state)?.limitMs).toBe(25_000);
  });

  test("where the time is only shown, nobody is cut off", () => {
    const play = gathered()
      .start("ann", council({ timeout: "wait" }))
      .wait(600);
    expect(play.word).toBe("ann");
    expect(snapshotOf(play.state, play.at).turn).toMatchObject({ endsAt: expect.any(Number), graceEndsAt: null });
    expect(turnOf(play.state)?.marks).toEqual(["80-percent", "last-10-seconds", "limit"]);
  });

  test("the ring extends when more than half of the listeners ask, each once", () => {
    const play = gathered("ann", "bob", "eve", "dan")
      .start("ann", council({ extension: "ring" }))
      .by("ann", "pass")
      .wait(40);
    expect(play.extend("eve", 30_000).extend("eve", 30_000).refusal).toBe("already-asked");
    expect(turnOf(play.state)?.limitMs).toBe(60_000);
    expect(turnOf(play.extend("dan", 30_000).state)?.limitMs).toBe(90_000);
    expect(
      gathered()
        .start("ann", council({ extension: "nobody" }))
        .extend("ann", 30_000).refusal,
    ).toBe("nobody-may-extend");
  });

  test("a guest and somebody of Telegram, who are counted among the listeners, decide with them", () => {
    const play = gathered("ann", "bob");
    const others = [formatGuestId(new Uint8Array(16).fill(7)), formatTelegramId(42)];
    const from = (who: ParticipantId) => ({ actor: madeActor(who), at: play.at, expectedVersion: null }) as const;
    for (const who of others) {
      play.send({ type: "join", name: who, ...from(who) }).send({ type: "connected", who, at: play.at });
    }
    play
      .start("ann", council({ extension: "ring" }))
      .by("ann", "pass")
      .wait(40);
    expect(play.word).toBe("bob");
    const votes = () => snapshotOf(play.state, play.at).turn?.extension;
    expect(votes()).toEqual({ asked: [], needed: 2 });
    const [guest, ofTelegram] = others as [ParticipantId, ParticipantId];
    play.send({ type: "extend", byMs: 30_000, ...from(guest) });
    expect(votes()).toEqual({ asked: [guest], needed: 2 });
    play.send({ type: "extend", byMs: 30_000, ...from(ofTelegram) });
    expect(turnOf(play.state)?.limitMs).toBe(90_000);
  });

  test("the speaker may ask for more time: all see it, and it is no vote", () => {
    const play = gathered("ann", "bob", "eve")
      .start("ann", council({ extension: "ring" }))
      .by("ann", "pass");
    expect(turnOf(play.extend("bob", 30_000).state)?.limitMs).toBe(60_000);
    expect(snapshotOf(play.state, play.at).turn).toMatchObject({
      wantsMore: true,
      extension: { asked: [], needed: 2 },
    });
    expect(play.extend("bob", 30_000).refusal).toBe("already-asked");
    const kept = gathered().start("ann").by("ann", "pass").extend("bob", 30_000);
    expect(snapshotOf(kept.state, kept.at).turn).toMatchObject({ wantsMore: true, limitMs: 60_000 });
    expect(snapshotOf(kept.extend("ann", 30_000).state, kept.at).turn).not.toHaveProperty("wantsMore");
    expect(turnOf(kept.state)?.limitMs).toBe(90_000);
  });

  test("how evenly time was shared", () => {
    expect(unevenness([10, 10, 10])).toBeCloseTo(0);
    expect(unevenness([0, 0, 30])).toBeCloseTo(2 / 3);
    expect(unevenness([0, 0])).toBeNull();
    expect([[10, 10], [0, 30], [0, 0, 30], [10, 20, 30], [5]].map(evennessPercent)).toEqual([100, 0, 0, 67, null]);
    const play = gathered().start("ann").wait(30).by("ann", "pass");
    expect(snapshotOf(play.state, play.at).unevenness).toBe(67);
  });
});

describe("who may skip", () => {
  test("anyone, or the keeper alone, as the scenario says", () => {
    expect(
      gathered()
        .start("ann", council({ skip: "anyone" }))
        .by("bob", "skip").word,
    ).toBe("bob");
    expect(
      gathered()
        .start("bob", council({ skip: "keeper" }))
        .by("ann", "skip").refusal,
    ).toBe("keeper-alone-skips");
    expect(gathered().start("ann").wait(3).by("bob", "skip").refusal).toBe("not-your-turn");
  });
});

describe("the keeper", () => {
  test("hands the role over, and whoever has it steers", () => {
    const play = gathered().start("ann").handOver("ann", "eve");
    expect(play.by("ann", "pause").refusal).toBe("not-keeper");
    expect(play.by("eve", "pause").refusal).toBeNull();
    expect(play.handOver("eve", "nobody").refusal).toBe("no-such-person");
  });

  test("who leaves for good leaves the role to the next", () => {
    const play = gathered().start("ann").by("ann", "leave");
    expect(play.state.keeper).toBe(id("bob"));
  });
});

describe("hands between circles", () => {
  const between = () => passAll(gathered("ann", "bob", "eve", "dan").start("ann", council({ hands: "raised-first" })));

  test("the first hand gets the word, and the rest begins anew once all are heard", () => {
    const play = between().raise("eve");
    expect(play.word).toBe("eve");
    expect(floorOf(play.state)).toEqual({ mode: "speaker", speaker: id("eve") });
    expect(play.wait(30).state.phase).toBe("between");
    play.by("eve", "pass");
    expect(play.wait(9).state.phase).toBe("between");
    expect(circleOf(play.wait(1).state)?.index).toBe(1);
  });

  test("a point of order comes before a question, a question before a reply; hands wait during a circle", () => {
    const play = gathered("ann", "bob", "eve", "dan").start("ann");
    play.raise("bob", "reply").raise("eve", "clarify").raise("dan", "point-of-order");
    expect(play.word).toBe("ann");
    passAll(play);
    expect(play.word).toBe("dan");
    expect(play.by("dan", "pass").word).toBe("eve");
    expect(play.by("eve", "pass").word).toBe("bob");
  });

  test("the quietest first, if the scenario says so", () => {
    const play = gathered().start("ann", council({ hands: "quietest-first" }));
    play.wait(30).by("ann", "pass").raise("ann").wait(5).by("bob", "pass").raise("bob").by("eve", "pass");
    expect(play.word).toBe("bob");
  });

  test("a hand goes down by itself after three seconds of speech, and can be put down before", () => {
    const play = between().raise("eve");
    expect(hands(play.wait(2))).toEqual(["eve"]);
    expect(hands(play.wait(1))).toEqual([]);
    expect(play.by("eve", "lower-hand").refusal).toBe("no-hand");
    expect(hands(play.raise("ann").by("ann", "lower-hand"))).toEqual([]);
  });

  test("the keeper may give the word to any hand that is up", () => {
    const play = between().raise("eve").raise("bob").raise("dan");
    expect(play.giveWord("ann", "dan").word).toBe("dan");
    expect(hands(play)).toEqual(["bob", "dan"]);
    expect(play.giveWord("ann", "eve").refusal).toBe("no-hand-there");
    expect(play.giveWord("bob", "bob").refusal).toBe("not-your-turn");
    expect(play.by("dan", "pass").word).toBe("bob");
  });

  test("raising twice is refused; who leaves takes their hand along", () => {
    const play = gathered().start("ann").raise("bob");
    expect(play.raise("bob").refusal).toBe("hand-up");
    expect(hands(play.by("bob", "leave"))).toEqual([]);
  });
});

describe("the open floor", () => {
  const floor = () =>
    gathered().start(
      "ann",
      council({ circles: [{ theme: "talk", kind: "open-floor", circleSeconds: 120 }, { theme: "2" }] }),
    );

  test("hands rule, nobody is called in turn, and it ends by time or by the keeper", () => {
    const play = floor();
    expect(play.word).toBeNull();
    expect(floorOf(play.state)).toEqual({ mode: "closed" });
    expect(play.raise("eve").word).toBe("eve");
    play.raise("bob").by("eve", "pass");
    expect(play.word).toBe("bob");
    play.by("bob", "pass").wait(120);
    expect(play.state.phase).toBe("between");
    expect(floor().by("bob", "next-circle").refusal).toBe("not-keeper");
    expect(floor().by("ann", "next-circle").state.phase).toBe("between");
  });
});

describe("consent", () => {
  const scenario = council({
    betweenSeconds: 0,
    circles: [
      { id: "present", theme: "the proposal", speakers: "keeper" },
      { theme: "consent?", kind: "consent", repeat: { until: "nobody-objects", from: "present", atMost: 1 } },
      { theme: "announce", speakers: "keeper" },
    ],
  });
  const asked = () => gathered().start("ann", scenario).by("ann", "pass");

  test("agreements and objections are data, and an objection needs its reason", () => {
    const play = asked().position("ann", "consent");
    expect(play.position("bob", "object").refusal).toBe("objection-needs-reason");
    play.position("bob", "object", "too dear").position("bob", "consent");
    expect(play.stances).toMatchObject([
      { who: id("ann"), position: "consent" },
      { who: id("bob"), position: "consent" },
    ]);
    expect(play.position("zoe", "consent").refusal).toBe("not-in-circle");
    expect(play.position("eve", "object", "x".repeat(501)).refusal).toBe("too-long");
    expect(gathered().start("ann").position("ann", "consent").refusal).toBe("not-consenting");
  });

  test("goes back while somebody objects, at most as often as the scenario says", () => {
    const round = (play: Play) => {
      play.position("bob", "object", "too dear");
      for (const name of ["ann", "bob", "eve"]) play.by(name, "pass");
      return play;
    };
    const play = round(asked());
    expect(circleOf(play.state)).toMatchObject({ index: 2, step: 0, round: 2 });
    round(play.by("ann", "pass"));
    expect(circleOf(play.state)).toMatchObject({ index: 4, step: 2, round: 1 });
    const { circles } = snapshotOf(play.state, play.at);
    expect(circles.map(({ theme, round, status }) => [theme, round, status])).toEqual([
      ["the proposal", 1, "done"],
      ["consent?", 1, "done"],
      ["the proposal", 2, "done"],
      ["consent?", 2, "done"],
      ["announce", 1, "running"],
    ]);
    expect(circles[1]?.stances).toEqual([{ who: id("bob"), position: "object", reason: "too dear" }]);
  });

  test("without objections it goes on", () => {
    const play = asked();
    for (const name of ["ann", "bob", "eve"]) play.position(name, "consent").by(name, "pass");
    expect(circleOf(play.state)).toMatchObject({ step: 2 });
  });
});

describe("writing in silence", () => {
  const writing = () => gathered().start("ann", council({ circles: [{ theme: "ideas", kind: "silent-writing" }] }));
  const texts = (play: Play) => snapshotOf(play.state, play.at).circles[0]?.texts;

  test("nobody is heard and nobody's text is seen until all have written; then the word goes round", () => {
    const play = writing().write("ann", "tea").write("bob", "more tea", false);
    expect(floorOf(play.state)).toEqual({ mode: "closed" });
    expect(texts(play)).toEqual([]);
    expect(snapshotOf(play.state, play.at).wrote).toEqual([id("ann")]);
    play.write("bob", "much more tea").write("eve", "cake");
    expect(texts(play)?.map(({ text }) => text)).toEqual(["tea", "much more tea", "cake"]);
    expect(play.word).toBe("ann");
    passAll(play);
    expect(play.state.phase).toBe("ended");
  });

  test("time shows what there is; empty drafts and other times are refused", () => {
    const play = writing().write("ann", "tea");
    expect(play.write("bob", "  ", false).refusal).toBe("nothing-written");
    expect(play.write("bob", "x".repeat(2_001)).refusal).toBe("too-long");
    expect(texts(play.wait(60))).toHaveLength(1);
    expect(play.write("bob", "late").refusal).toBe("not-writing");
  });

  test("who has nothing to write may finish all the same, and what was taken back is not shown", () => {
    const play = writing().write("ann", "tea", false).write("ann", "", false).write("bob", "cake").write("eve", "");
    expect(play.write("ann", "", false).refusal).toBe("nothing-written");
    expect(texts(play.write("ann", ""))?.map(({ text }) => text)).toEqual(["cake"]);
  });

  test("the writing may have a time of its own, apart from the turns that follow", () => {
    const play = gathered()
      .start("ann", council({ circles: [{ theme: "ideas", kind: "silent-writing", circleSeconds: 240 }] }))
      .write("ann", "tea");
    expect(runningCircle(play.wait(239).state)?.stage).toBe("writing");
    expect(turnOf(play.wait(1).state)?.limitMs).toBe(60_000);
  });

  test("a pause stops the writing time, too", () => {
    const play = writing().wait(30).by("ann", "pause").wait(300).by("ann", "resume").wait(29);
    expect(runningCircle(play.state)?.stage).toBe("writing");
    expect(runningCircle(play.wait(1).state)?.stage).toBe("round");
  });
});

describe("the word to somebody by name", () => {
  test("passes it to whoever is next, and refuses to change the order of the ring", () => {
    const play = gathered().start("ann");
    expect(play.giveWord("ann", "eve").refusal).toBe("not-next");
    expect(play.giveWord("ann", "bob").word).toBe("bob");
  });
});
