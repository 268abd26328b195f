import { expect, test } from "vitest";
import { Play } from "../../tests/support/circle/play.ts";
import { personId } from "../../tests/support/protocol/ids.ts";
import { isListenedTo } from "./scribe-absence.ts";
import { snapshotOf } from "./snapshot.ts";

const [ANN, BOB] = [personId("@ann:hs"), personId("@bob:hs")];
const begun = () => new Play().gather("ann", "bob", "eve").start("ann");
const shown = ({ meeting, at }: Play) => snapshotOf(meeting!, at).scribeAway;

test("anybody sends the scribe away, everybody sees who did, and nothing that is said is written until it is back", () => {
  const play = begun();
  expect(shown(play)).toBeUndefined();
  play.wait(5).ask("bob", { type: "send-scribe-away" });
  expect(shown(play)).toEqual({ by: BOB });
  expect(isListenedTo(play.meeting!, ANN)).toBe(false);
  expect(play.ask("eve", { type: "send-scribe-away" }).refusal).toBe("scribe-away");
  play.wait(5).ask("ann", { type: "ask-scribe-back" });
  expect(shown(play)).toBeUndefined();
  expect(isListenedTo(play.meeting!, BOB)).toBe(true);
  expect(play.ask("ann", { type: "ask-scribe-back" }).refusal).toBe("scribe-here");
});

test("it is asked back by the keeper, or by whoever sent it away, and by nobody else", () => {
  const play = begun().ask("bob", { type: "send-scribe-away" });
  expect(play.ask("eve", { type: "ask-scribe-back" }).refusal).toBe("not-yours-to-ask-back");
  expect(play.ask("bob", { type: "ask-scribe-back" }).refusal).toBeNull();
  play.ask("bob", { type: "send-scribe-away" });
  expect(play.ask("ann", { type: "ask-scribe-back" }).refusal).toBeNull();
});

test("a turn in which it was away is known by that, also after it is back; the next one is written as ever", () => {
  const play = begun().wait(1);
  for (const name of ["ann", "bob", "eve"]) play.by(name, "accept");
  play.ask("eve", { type: "send-scribe-away" }).wait(1).ask("eve", { type: "ask-scribe-back" }).wait(1);
  play.by("ann", "pass").wait(20).by("ann", "pass");
  expect(play.meeting!.ended.map(({ withoutScribe }) => withoutScribe ?? false)).toEqual([true, false]);
});

test("while people gather it may be sent away as well, and is not there when they begin; after the meeting there is none", () => {
  const play = new Play().gather("ann", "bob").ask("bob", { type: "send-scribe-away" }).start("ann");
  expect(shown(play)).toBeDefined();
  play.by("ann", "end");
  expect(play.ask("bob", { type: "send-scribe-away" }).refusal).toBe("no-meeting");
});
