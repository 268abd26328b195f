import { expect, test } from "vitest";
import { council, Play } from "../../tests/support/circle/play.ts";
import { personId } from "../../tests/support/protocol/ids.ts";
import { snapshotOf } from "../circle/snapshot.ts";
import { translatable } from "./translatable.ts";

const record = { utterances: [], comments: [], minutes: [] };
const ann = personId("@ann:hs");

test("what was written in silence may be translated once it is shown, and a caption while it stands there", () => {
  const play = new Play().gather("ann", "bob").start("ann", council());
  const meeting = snapshotOf(play.state, play.at);
  const [circle] = meeting.circles;
  const withText = { circles: [{ ...circle!, texts: [{ who: ann, text: "Больше скамеек." }] }] };
  const there = translatable({ meeting: withText, record }, ["Мы хотели бы"]);
  expect([...there].sort()).toEqual(["Больше скамеек.", "Мы хотели бы"].sort());
  expect(translatable({ meeting, record }, []).has("Переведи это письмо.")).toBe(false);
});
