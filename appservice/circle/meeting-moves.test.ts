import { describe, expect, test } from "vitest";
import { formatGuestId } from "../protocol/identity.ts";
import { madeActor } from "../../tests/support/protocol/made-actor.ts";
import { council, id, Play } from "../../tests/support/circle/play.ts";
import { circleOf, runningCircle, startOf } from "./meeting.ts";
import { planOf, Scenario } from "./scenario.ts";

type Change = NonNullable<Parameters<typeof council>[0]>;
const trio = (change: Change = {}) => new Play().gather("ann", "bob", "eve").start("ann", council(change)).wait(3);
const types = (play: Play) => (play.last.accepted ? play.last.events.map(({ type }) => type) : []);

function passAll(play: Play): Play {
  while (play.state.phase === "circle") play.wait(3).by("mod", "pass");
  return play;
}

describe("a meeting begins", () => {
  test("with whoever starts it as its keeper, in the language of its scenario", () => {
    const own = Scenario.parse({ id: "rat", title: "Rat", language: "ru", circles: [{ theme: "one" }] });
    const play = new Play().gather("ann", "bob").start("bob", planOf(own, "en", ""), "tea");
    expect(play.state).toMatchObject({ keeper: id("bob"), language: "ru" });
    expect(startOf(play.state)).toMatchObject({ topic: "tea", topicFrom: id("bob"), startedAt: play.at, seed: 7 });
    expect(startOf(new Play().gather("ann").start("ann").state)?.topicFrom).toBeNull();
  });

  test("with the message in which its topic was typed, so that the two can be taken back together", () => {
    const start = { type: "start", plan: council(), topic: "tea", seed: 1, message: "$typed" } as const;
    const play = new Play().gather("ann", "bob").ask("ann", start);
    expect(startOf(play.state)?.topicFrom).toBe("$typed");
    expect(
      new Play()
        .gather("ann")
        .start("ann")
        .journal.find(({ type }) => type === "meeting-started"),
    ).not.toHaveProperty("message");
  });

  test("not where nobody sits in the ring, and not a second time", () => {
    expect(new Play().gather("ann").by("ann", "leave").start("ann").refusal).toBe("nobody-joined");
    expect(new Play().gather("ann").drop("ann").start("ann").refusal).toBe("nobody-joined");
    expect(trio().by("ann", "end").start("ann").refusal).toBe("meeting-running");
  });
});

describe("the keeper goes on", () => {
  test("to the next circle from the rest, and not from the middle of a round", () => {
    expect(trio().by("ann", "next-circle").refusal).toBe("not-between");
    expect(new Play().gather("ann").by("mod", "next-circle").refusal).toBe("not-between");
    const play = passAll(trio());
    expect(play.by("bob", "next-circle").refusal).toBe("not-keeper");
    expect(circleOf(play.by("ann", "next-circle").state)).toMatchObject({ index: 1, step: 1 });
  });

  test("not in a pause", () => {
    expect(passAll(trio()).by("ann", "pause").by("ann", "next-circle").refusal).toBe("paused");
  });

  test("from writing to what was written", () => {
    const play = trio({ circles: [{ theme: "ideas", kind: "silent-writing" }] }).write("bob", "tea", false);
    expect(runningCircle(play.by("ann", "next-circle").state)?.stage).toBe("round");
    expect(types(play)[0]).toBe("texts-shown");
  });
});

describe("the end of a meeting", () => {
  test("comes from its keeper or a moderator, is known as theirs, and comes once", () => {
    expect(new Play().gather("ann").by("mod", "end").refusal).toBe("no-meeting");
    expect(trio().by("bob", "end").refusal).toBe("not-keeper");
    const play = trio().by("mod", "end");
    expect(play.journal.at(-1)).toMatchObject({ type: "meeting-ended", by: id("mod") });
    expect(play.by("mod", "end").refusal).toBe("no-meeting");
    expect(passAll(trio({ circles: [{ theme: "one" }] })).journal.at(-1)).toMatchObject({ by: null });
  });
});

describe("the keeper's part is handed over", () => {
  test("to somebody in the ring who may have it, and not after the end", () => {
    expect(trio().handOver("bob", "eve").refusal).toBe("not-keeper");
    expect(trio().handOver("ann", "zoe").refusal).toBe("no-such-person");
    expect(trio().by("eve", "leave").handOver("ann", "eve").refusal).toBe("no-such-person");
    expect(trio().by("ann", "end").handOver("ann", "eve").refusal).toBe("no-meeting");
    expect(trio().handOver("ann", "eve").state.keeper).toBe(id("eve"));
    expect(new Play().gather("ann", "bob").handOver("mod", "bob").state.keeper).toBe(id("bob"));
  });

  test("not to a guest", () => {
    const guest = formatGuestId(new Uint8Array(16).fill(3));
    const play = trio();
    play.send({ type: "join", name: "Guest", actor: madeActor(guest), at: play.at, expectedVersion: null });
    expect(play.ask("ann", { type: "hand-over", to: guest }).refusal).toBe("not-for-guests");
  });

  test("when the keeper goes, to the next who is there and may have it, or to nobody", () => {
    const guest = formatGuestId(new Uint8Array(16).fill(3));
    const play = new Play().gather("ann");
    play.send({ type: "join", name: "Guest", actor: madeActor(guest), at: play.at, expectedVersion: null });
    play.join("bob").start("ann");
    expect(play.by("ann", "leave").state.keeper).toBe(id("bob"));
    expect(play.by("bob", "leave").state.keeper).toBeNull();
  });
});
