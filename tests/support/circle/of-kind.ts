import { translateTo } from "../../../appservice/language/translate.ts";
import { circlesThatRan, runningCircle, startOf } from "../../../appservice/circle/meeting.ts";
import { snapshotOf } from "../../../appservice/circle/snapshot.ts";
import { KIND_COMMANDS, KINDS } from "../../../appservice/circle/kinds/kinds.ts";
import type { Saying, Typing } from "../../../appservice/circle/kinds/contract.ts";
import type { ParticipantId } from "../../../appservice/protocol/identity.ts";
import { council, id, nameOf, Play } from "./play.ts";

const t = translateTo("en");
export const saying: Saying = { t, nameOf };

type Circles = NonNullable<NonNullable<Parameters<typeof council>[0]>["circles"]>;

/** Ann, Bob and Eve in these circles, one at once after the other. */
export function trioIn(...circles: Circles): Play {
  return new Play()
    .gather("ann", "bob", "eve")
    .start("ann", council({ betweenSeconds: 0, circles }))
    .wait(3);
}

/** The circle of that index, as its kind is asked about it. */
export function ofKind(play: Play, index: number) {
  const ran = circlesThatRan(play.state)[index];
  const shown = snapshotOf(play.state, play.at).circles[index];
  const planned = ran && startOf(play.state)?.plan.circles[ran.step];
  if (!ran || !shown || !planned) throw new Error(`there is no circle ${index}`);
  const rules = KINDS[ran.kind];
  return {
    sources: rules.sources?.(ran.data),
    outcome: rules.outcome?.(ran.data, saying),
    lines: (over: boolean) => rules.lines?.(ran, over, saying),
    machine: (over: boolean) => rules.machine?.(ran, over),
    exported: rules.exported?.(shown, saying),
    shorten: (cut: (text: string) => string, most: number) => rules.shorten?.(shown, cut, most),
    decision: rules.decision?.(ran),
    mine(who: ParticipantId) {
      const running = runningCircle(play.state);
      return running && rules.mine?.(running, who);
    },
    how: () => rules.how?.("(ring)", planned, saying),
  };
}

/** Types a command of a kind as in the chat; tells what was asked of the meeting, and the answer. */
export function typed(text: string, play: Play, by = id("ann")) {
  const [name, ...words] = text.split(" ");
  const command = KIND_COMMANDS.find((each) => each.name === name);
  if (!command) throw new Error(`nobody knows ${name}`);
  const asked: object[] = [];
  const ask: Typing["ask"] = (what) => {
    asked.push(what);
    play.ask(nameOf(by), what);
    return play.last.accepted ? null : play.last.refusal;
  };
  const understood = command.args.safeParse(words);
  if (!understood.success) return "not understood";
  const answer = command.run(understood.data, { by, meeting: play.meeting, rest: words.join(" "), t, ask });
  return { asked, answer };
}
