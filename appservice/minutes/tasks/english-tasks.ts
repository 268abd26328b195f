import type { ParticipantId } from "../../protocol/identity.ts";
import { anyOf, opensWith } from "../text/phrases.ts";
import { contentStems, normalise } from "../text/words.ts";
import type { NameAt } from "../../language/names/names.ts";
import { apart, type SpokenTask } from "./spoken-task.ts";

/** Verbs that promise no work: states, manners of speaking, the going round of the floor itself. */
const NEVER = new Set(
  `be have not never always probably maybe perhaps possibly likely hopefully say mention repeat admit pass wait see think need miss know
   listen agree disagree remember forget like love want hope feel understand come stay let hear believe guess bet live survive die enjoy
   sleep watch stick vote stop hand happen become seem mean suppose assume learn continue leave end mute unmute only still rather gladly also`.split(
    /\s+/,
  ),
);
/** Verbs of work only when a day is named: "I'll start on Monday", not "I'll start". */
const WITH_DATE = new Set(
  "start begin keep tell show explain get go give talk speak finish share add join try support answer turn move take".split(
    " ",
  ),
);
/** Turns of phrase that look like work. */
const PHRASE = opensWith(
  "do (?:my|his|her|their) best|do what i can|be brief|speak up|sit|lose|fall|fail|run out|drop off|log off",
  "take (?:(?:the |my )?(?:word|floor|turn|break|note)|a|part|it from)|give (?:the|my) (?:word|floor|opinion)",
  "make (?:it short|this short|this quick|sure i)|put it|call it|keep (?:it|this|my)|skip (?:my|this)|turn (?:it|to|on|off)",
  "go (?:first|next|last|ahead)|start (?:with|by)|finish (?:here|now|with)|add (?:that|one|just|something)",
  "share my (?:screen|thoughts|view|feelings)|tell you|show you|explain (?:why|how|what)|ask (?:you|a question)",
);
const MANNER =
  "(?:(?:also|then|now|definitely|certainly|personally|of course|try to|make sure to|go ahead and|first|just|quickly|finally|gladly)[ ,]+)*";

/** Ways of promising, each up to where the verb begins; then those that count only with a date. */
const MINE = compiled(
  "i(?:'ll| will| shall|'m going to| am going to|'m gonna| promise to| commit to)|my (?:next step|task|action item|job) is to",
);
const MINE_DATED = compiled("i (?:can|need to|have to|must|plan to|intend to)|i'm (?:planning|supposed) to|let me");
const theirs = (named: string) =>
  compiled(
    [
      `(?:${named})(?:'ll| will(?! you\\b)| shall| is going to| agreed to| promised to| has agreed to)`,
      `(?:${named}),? please,?|please,? (?:${named}),?`,
      `(?:i ask|i'm asking|we ask|let's ask|i'd like|i would like|i want) (?:${named}) to|let's have (?:${named})`,
    ].join("|"),
  );
const theirsDated = (named: string) => compiled(`(?:${named}) (?:should|must|has to|needs to|can)`);

function compiled(pattern: string): RegExp {
  return new RegExp(`\\b(?:${pattern})\\s*${MANNER}(?=[a-z])`, "g");
}

export function englishTasks(sentence: string, names: readonly NameAt[], speaker: ParticipantId): SpokenTask[] {
  const said = normalise(sentence);
  if (/\?["”')]*$/.test(said) || isConditional(said)) return [];
  const named = names.map((name) => said.slice(name.start, name.end)).join("|");
  const me = () => speaker;
  const who = (at: number) => doer(said, at, names);
  const tasks = [...found(said, MINE, me, speaker, false), ...found(said, MINE_DATED, me, speaker, true)];
  if (named !== "")
    tasks.push(
      ...found(said, theirs(named), who, speaker, false),
      ...found(said, theirsDated(named), who, speaker, true),
    );
  return apart([...tasks, ...takenOn(said, named, who, speaker)]).flatMap((task) => twofold(task, said));
}

type Owner = (at: number) => ParticipantId | null;

function found(said: string, pattern: RegExp, owner: Owner, speaker: ParticipantId, needsDate: boolean): SpokenTask[] {
  return [...said.matchAll(pattern)].flatMap((match): SpokenTask[] => {
    const start = match.index;
    const titleFrom = start + match[0].length;
    const rest = said.slice(titleFrom);
    const verb = /^[a-z']+/.exec(rest)?.[0] ?? "";
    const isWorking = /^be \w+ing\b(?<!being|going)/.test(rest); // "I'll be sending the slides"
    const isTalk = /^(?:talk|speak) (?:to|with) /.test(rest);
    if (
      (NEVER.has(verb) && !isWorking) ||
      PHRASE.test(rest) ||
      isReported(clauseBefore(said, start), owner(start) !== speaker)
    )
      return [];
    return [
      {
        start,
        end: titleFrom + lengthOf(rest),
        owner: owner(start),
        titleFrom,
        needsDate: needsDate || (WITH_DATE.has(verb) && !isTalk && !hasObject(verb, rest)),
      },
    ];
  });
}

const LIFTED = new Set("turn move get give finish share".split(" "));

/**
 * Tells whether what is done to makes it work without a day: "I'll turn them into a help page", not "I'll turn around".
 */
function hasObject(verb: string, rest: string): boolean {
  return LIFTED.has(verb) && contentStems(rest.slice(verb.length, lengthOf(rest))).length > 1;
}

/** Tells whether words begin with a verb of work. */
export function isWorkInEnglish(rest: string): boolean {
  const verb = /^[a-z']+/.exec(rest)?.[0] ?? "";
  return verb !== "" && !NEVER.has(verb) && !PHRASE.test(rest) && !NO_VERB.test(rest);
}

const NO_VERB =
  /^(?:you|i|we|he|she|it|they|that|this|the|a|an|my|your|what|who|how|hear|see|go on|go ahead|be|do (?:that|it|this)|help)\b/;

/** Finds the one who does it. "Kim and Sue will": two people share it, so it is nobody's alone. */
function doer(said: string, at: number, names: readonly NameAt[]): ParticipantId | null {
  if (names.some((name) => said.slice(name.end, at) === " and ")) return null;
  return names.find((name) => name.start >= at)?.person ?? null;
}

const DATE =
  /\b(?:(?:by|on|until|before|this|next) (?:the |next |this )?(?:\w+day|end of|\d|week)|tomorrow|today|tonight)\b/;

/**
 * Parts a task in two: "I'll finish the tests by Wednesday and send Tom the list tomorrow" has two dates, two pieces of
 * work.
 */
function twofold(task: SpokenTask, said: string): SpokenTask[] {
  const text = said.slice(task.titleFrom, task.end);
  const joint = [...text.matchAll(/,? and (?:then )?(?=[a-z])/g)].find(
    (and) => DATE.test(text.slice(0, and.index)) && DATE.test(text.slice(and.index)),
  );
  if (!joint) return [task];
  const middle = task.titleFrom + joint.index;
  const second = middle + joint[0].length;
  return [
    { ...task, end: middle },
    { ...task, start: second, titleFrom: second },
  ];
}

/**
 * Finds tasks taken on: "I'm taking care of the invitations", "Tom takes over the newsletter"; the title keeps the verb
 * as it is.
 */
function takenOn(said: string, named: string, who: Owner, speaker: ParticipantId): SpokenTask[] {
  const pattern = new RegExp(
    `\\b(?:(i(?:'m| am) taking|i take)|(?:${named || "(?!)"}) (?:takes|is taking)) (?:on|over|care of|responsibility for)\\b`,
    "g",
  );
  return [...said.matchAll(pattern)].map((match) => {
    const end = match.index + lengthOf(said.slice(match.index));
    return {
      start: match.index,
      end,
      owner: match[1] ? speaker : who(match.index),
      titleFrom: match.index,
      needsDate: false,
    };
  });
}

/**
 * Tells whether a sentence is conditional: a condition anywhere makes it so, unless "if" only means "whether" or is a
 * courtesy.
 */
function isConditional(said: string): boolean {
  return CONDITION.test(said.replace(WHETHER, "").replace(COURTESY, ""));
}

const CONDITION = anyOf(
  "if|unless|in case|as long as|provided|suppose|imagine|otherwise",
  "whenever|every time|usually|normally|sometimes|some ?day|one day|eventually",
);
const WHETHER = /\b(?:check|ask|see|find out|verify|clarify|test|look|decide)(?: \w+){0,2} (?:if|whether)\b/g;
const COURTESY =
  /\bif (?:you (?:like|want|don't mind|agree)|that's (?:ok|okay|fine|all right)|needed|necessary|possible|i may)\b/g;

function clauseBefore(said: string, at: number): string {
  return (
    said
      .slice(0, at)
      .split(/[,;:]|\b(?:and|but|so)\b/)
      .at(-1) ?? ""
  );
}

/**
 * Tells whether words are about a wish, another's words, a time or a place: no promise. A forecast about others is none
 * either.
 */
function isReported(before: string, ofOthers: boolean): boolean {
  if (DOUBT.test(before) || LEADS_IN.test(before)) return true;
  if (/\bthat\s*$/.test(before) && !/\b(?:promise|agreed?|decided|sure)(?: \w+)? that\s*$/.test(before)) return true;
  return ofOthers && /\bi (?:think|guess|believe|bet|expect|suppose)\b/.test(before);
}

const DOUBT = anyOf(
  "maybe|perhaps|probably|possibly|might|hopefully|hope|wish|afraid|doubt|not sure|wonder|don't think|would|could",
);
const LEADS_IN = new RegExp(
  `\\b(?:${[
    "said|says|thought|told|asked|asks|whether|what|how|where|why|who|which",
    "until|before|when|once|as soon as|while|after|because|thing|things|way|time|day|everything|all",
  ].join("|")})(?: \\w+)?\\s*$`,
);

/** Length up to where something else is said. */
function lengthOf(rest: string): number {
  return NEXT_THOUGHT.exec(rest)?.index ?? rest.length;
}

const NEXT_THOUGHT = new RegExp(
  [
    "(?:,|(?<!\\s))\\s+(?:but|because|since|although|though|while|otherwise|so|whereas)\\b",
    "(?:,|(?<!\\s))\\s+and (?:i|we|he|she|they|it|then|that|this|there|you|maybe)\\b|,\\s+(?:which|and)\\b",
    "[;—–]|(?<!\\s)\\s+-\\s|(?<![.!…])[.!…]+[\"”')]*$",
  ].join("|"),
);
