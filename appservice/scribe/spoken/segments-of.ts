import type { Segment } from "../../protocol/meeting-record.ts";
import { instantAt } from "../../protocol/instant-at.ts";
import type { SaidPlace } from "../../protocol/said-places.ts";
import type { SpokenCommand } from "../../protocol/spoken-command.ts";
import type { Compiled } from "./compiled.ts";
import { commandsAtEnd, commandsAtStart, type Edges, type FoundEdges } from "./edges.ts";
import type { MatchGround } from "./match.ts";
import { NamesHeard, type PersonHeard } from "./names-heard.ts";
import { type SaidWords, tokenise } from "./tokens.ts";
import { without } from "./without-words.ts";
import { withoutEnd } from "../../protocol/without-end.ts";

export type SegmentsHearing = {
  /**
   * Language as the engine found it; null where it does not say. Its lexicon is tried first, since engines mistake
   * languages.
   */
  readonly language: string | null;
  readonly people: readonly PersonHeard[];
  readonly lexicons: readonly Compiled[];
  /** Words of the same person before the pause. */
  readonly before?: string;
  /** Last words of whoever spoke before this turn, where these are the first in it. */
  readonly asked?: string;
  /** Time when the words were spoken; the times of the commands are reckoned from it. */
  readonly spoken?: {
    readonly startedAt: number;
    readonly endedAt: number;
    readonly places?: readonly SaidPlace[] | undefined;
  };
};

/**
 * Limit of words between two pauses, 16 seconds at most: five a second, which nobody says for so long. A recogniser that
 * stutters does; nothing is asked by it, and to look for commands in it would hold up the thread on which all else waits.
 */
const MOST_WORDS = 80;

/** Parts a text into speech and commands. Commands are heard only at its beginning and at its end. */
export function segmentsOf(
  text: string,
  { language, people, lexicons, before, asked, spoken }: SegmentsHearing,
): Segment[] {
  const said = tokenise(text);
  if (said.tokens.length > MOST_WORDS) return [{ kind: "speech", text }];
  const previous = before ? tokenise(before) : null;
  for (const lexicon of lexicons.toSorted(
    (one, other) => Number(other.language === language) - Number(one.language === language),
  )) {
    const words = without(said, lexicon.hesitations);
    const names = new NamesHeard(words, people, lexicon.isWord);
    const commands = commandsIn({
      ground: {
        said: words,
        lexicon,
        names,
        begun: new Map(),
        heard: new Map(),
        inAnyOrder: new Map(),
        possible: new Map(),
      },
      before: previous,
      asked: asked !== undefined && (tokenise(asked).gaps.at(-1)?.question ?? false),
      sought: new Map(),
    });
    if (commands.length > 0) return parted(words, commands, spoken);
  }
  return [{ kind: "speech", text }];
}

type Spoken = { readonly from: number; readonly to: number; readonly command: SpokenCommand };

function commandsIn(edges: Edges): Spoken[] {
  const atEnd = commandsAtEnd(edges);
  const atStart = commandsAtStart(edges, atEnd[0]?.from ?? edges.ground.said.tokens.length);
  return merged(
    [...atStart, ...atEnd].map((found) => ({
      from: found.from,
      to: found.to,
      command: askedBy(found, edges.ground),
    })),
  );
}

const SHORTEST_S = 5;
const LONGEST_S = 300;
const USUAL_S = 30;

function askedBy({ phrase: { command }, match: { captured } }: FoundEdges, ground: MatchGround): SpokenCommand {
  const { person = null, number = 1, seconds, text } = captured;
  const textSaid = () => (text ? bareText(ground, text.from, text.to) : "");
  switch (command) {
    case "give-word":
      return { type: "give-word", to: person };
    case "extend": {
      const asked = seconds === undefined ? USUAL_S : Math.round(number * seconds);
      return { type: "extend", seconds: Math.min(LONGEST_S, Math.max(SHORTEST_S, asked)) };
    }
    case "raise-hand":
      return { type: "raise-hand", hand: "reply" };
    case "ask-question":
      return { type: "raise-hand", hand: "clarify" };
    case "point-of-order":
      return { type: "raise-hand", hand: "point-of-order" };
    case "task":
      return { type: "task", text: textSaid(), owner: person };
    case "decision":
      return { type: "decision", text: textSaid() };
    default:
      return { type: command };
  }
}

/** Text of a task or decision without "please" before or after it. */
function bareText({ said: { text, tokens, gaps }, lexicon: { courtesies } }: MatchGround, from: number, to: number) {
  let [first, last] = [from, to];
  const before = courtesies.lengthAt(tokens, from);
  if (gaps[from + before]?.pause && from + before < to) first += before;
  const after = courtesies.lengthBefore(tokens, to, to - first);
  if (gaps[to - after]?.pause && to - after > first) last -= after;
  return text.slice(tokens[first]?.start, tokens[last - 1]?.end);
}

/** Commands that move the floor. "That's all, over to Tom" moves it once: the one that says most stands for both. */
const MOVES = ["pass", "give-word", "skip"];

function merged(commands: readonly Spoken[]): Spoken[] {
  const whole: Spoken[] = [];
  for (const next of commands) {
    const last = whole.at(-1);
    const [one, other] = [MOVES.indexOf(last?.command.type ?? ""), MOVES.indexOf(next.command.type)];
    // "My time is up, may I have a minute": who asks for more has not finished.
    if (last?.command.type === "pass" && next.command.type === "extend") whole.pop();
    // "That's all, let's go on": the circle goes on by the next speaker. "Two more minutes, and I'm done": after them.
    const [type, then] = [last?.command.type, next.command.type];
    if (last?.to === next.from && ((one >= 0 && then === "resume") || (type === "extend" && then === "pass"))) {
      whole[whole.length - 1] = { ...last, to: next.to };
      continue;
    }
    const same = last?.command.type === next.command.type && !("text" in next.command);
    if (last && last.to === next.from && (same || (one >= 0 && other >= 0))) {
      whole[whole.length - 1] = { from: last.from, to: next.to, command: one >= other ? last.command : next.command };
    } else whole.push(next);
  }
  return whole;
}

function parted(said: SaidWords, commands: readonly Spoken[], spoken: SegmentsHearing["spoken"]): Segment[] {
  const { text, tokens } = said;
  const startOf = (i: number) => tokens[i]?.fillersFrom ?? tokens[i]?.start ?? text.length;
  const segments: Segment[] = [];
  const speak = (from: number, to: number) => {
    const said = withoutEnd(text.slice(from, to), /[\s,;:—–-]/).trim();
    if (/[\p{L}\p{N}]/u.test(said)) segments.push({ kind: "speech", text: said });
  };
  let at = 0;
  for (const { from, to, command } of commands) {
    const [start, end] = [startOf(from), startOf(to)];
    speak(at, start);
    segments.push({
      kind: "command",
      text: withoutEnd(text.slice(start, end).trim(), /[,;:—–]/),
      ...timesOf(start, end, text, spoken),
      command,
    });
    at = end;
  }
  speak(at, text.length);
  return segments;
}

/** Reckons times from the place in the text: the engine tells when some of its words were spoken. */
function timesOf(
  start: number,
  end: number,
  text: string,
  spoken: SegmentsHearing["spoken"],
): Pick<Segment, "startedAt" | "endedAt"> {
  if (!spoken) return {};
  return { startedAt: instantAt({ text, ...spoken }, start), endedAt: instantAt({ text, ...spoken }, end) };
}
