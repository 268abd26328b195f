import { describe, expect, test } from "vitest";
import { formatGuestId, type ParticipantId } from "../protocol/identity.ts";
import { council, id, Play } from "../../tests/support/circle/play.ts";
import { madeActor } from "../../tests/support/protocol/made-actor.ts";
import { meetingId, roomId } from "../../tests/support/protocol/ids.ts";

const trio = () => new Play().gather("ann", "bob", "eve").start("ann").wait(3);
const from = (who: ParticipantId, expectedVersion: number | null = null) => ({
  actor: madeActor(who),
  at: 1_003_000,
  expectedVersion,
});

describe("a command", () => {
  test("finds no meeting where there is none, and gathers no second one", () => {
    const none = new Play();
    expect(none.send({ type: "pass", ...from(id("ann")) }).last).toEqual({
      accepted: false,
      refusal: { code: "no-meeting", detail: {} },
    });
    const again = { type: "gather", id: meetingId("mtest00002"), roomId: roomId("!r"), language: "en", at: 1 } as const;
    expect(trio().send(again).refusal).toBe("meeting-running");
  });

  test("of a guest concerns their own alone", () => {
    const guest = formatGuestId(new Uint8Array(16).fill(7));
    const play = trio().send({ type: "join", name: "Guest", ...from(guest) });
    expect(play.refusal).toBeNull();
    expect(play.send({ type: "pause", ...from(guest) }).refusal).toBe("not-for-guests");
    expect(play.send({ type: "raise-hand", hand: "reply", ...from(guest) }).refusal).toBeNull();
    expect(play.send({ type: "clock", at: 1_003_000 }).refusal).toBeNull();
  });

  test("of a kind is for a circle of the kind, also while none runs", () => {
    const gathering = new Play().gather("ann");
    expect(gathering.position("ann", "consent").refusal).toBe("not-consenting");
    expect(gathering.write("ann", "tea").refusal).toBe("not-writing");
    expect(gathering.ask("ann", { type: "give-dots", on: [1] }).refusal).toBe("not-voting");
  });
});

describe("somebody who had not seen yet what has just happened", () => {
  const seen = () => {
    const play = trio();
    const version = play.state.version;
    play.by("ann", "pass");
    return { play, version };
  };

  test("is refused whatever moves the meeting", () => {
    const { play, version } = seen();
    expect(play.by("bob", "pass", version).refusal).toBe("stale");
    expect(play.send({ type: "extend", byMs: 1, ...from(id("ann"), version) }).refusal).toBe("stale");
    expect(play.send({ type: "reorder", order: [], ...from(id("ann"), version) }).refusal).toBe("stale");
    expect(play.by("ann", "pause", version).refusal).toBe("stale");
  });

  test("is not refused what concerns themselves alone, or names what it means", () => {
    const { play, version } = seen();
    const ask = { ...from(id("eve"), version) };
    expect(play.send({ type: "raise-hand", hand: "reply", ...ask }).refusal).toBeNull();
    expect(play.send({ type: "lower-hand", ...ask }).refusal).toBeNull();
    expect(play.send({ type: "send-scribe-away", ...ask }).refusal).toBeNull();
    expect(play.send({ type: "ask-scribe-back", ...ask }).refusal).toBeNull();
    expect(play.send({ type: "leave", ...ask }).refusal).toBeNull();
    expect(play.send({ type: "join", name: "Eve", ...ask }).refusal).toBeNull();
    const keeper = { ...from(id("ann"), version) };
    expect(play.send({ type: "give-turn", to: id("ann"), ...keeper }).refusal).toBeNull();
    expect(play.send({ type: "set-theme", theme: "x", circle: null, ...keeper }).refusal).toBeNull();
    expect(play.send({ type: "take-out", who: id("eve"), ...keeper }).refusal).toBeNull();
    expect(play.send({ type: "hand-over", to: id("bob"), ...keeper }).refusal).toBeNull();
  });

  test("is not refused their own text in a circle of writing", () => {
    const play = new Play()
      .gather("ann", "bob")
      .start("ann", council({ circles: [{ theme: "x", kind: "silent-writing" }] }));
    const { version } = play.state;
    play.write("ann", "tea");
    expect(play.send({ type: "write", text: "cake", finished: true, ...from(id("bob"), version) }).refusal).toBeNull();
  });

  test("may start a meeting that more have joined meanwhile", () => {
    const play = new Play().gather("ann");
    const { version } = play.state;
    play.join("bob");
    expect(
      play.send({ type: "start", plan: council(), topic: "", seed: 1, ...from(id("ann"), version) }).refusal,
    ).toBeNull();
  });
});

describe("a word that was typed at the moment in which another moved", () => {
  test("neither passes nor skips another's word within two seconds, by whoever steers", () => {
    for (const move of ["pass", "skip"] as const) {
      expect(trio().by("ann", "pass").wait(1).by("mod", move).refusal).toBe("stale");
      expect(trio().by("ann", "pass").wait(2).by("mod", move).refusal).toBeNull();
    }
  });

  test("moves what else there is: one's own word, more time, a pause", () => {
    expect(trio().by("ann", "pass").by("bob", "pass").refusal).toBeNull();
    expect(trio().by("ann", "pass").by("bob", "skip").refusal).toBeNull();
    expect(trio().by("ann", "pass").extend("mod", 1_000).refusal).toBeNull();
    expect(trio().by("ann", "pass").by("mod", "pause").refusal).toBeNull();
  });

  test("by anybody else is refused for what it is", () => {
    expect(trio().by("ann", "pass").by("eve", "pass").refusal).toBe("not-your-turn");
  });
});
