import { z } from "zod";
import { memberOf } from "../../assembly/assembly.ts";
import { chosenStart } from "../../assembly/chosen-start.ts";
import { personNamed } from "../../circle/person-named.ts";
import { meaningOf } from "../../language/command-words.ts";
import { type CompanyWish, WishedSize } from "../../protocol/assembly-gathering.ts";
import { Language, RingNumber } from "../../protocol/identity.ts";
import { assemblyLines } from "../messages/assembly-message.ts";
import { command } from "./command.ts";
import type { Uses } from "./context.ts";
import { type CommandOutcome, outcomeOf, refused, say } from "./outcome.ts";

const WORDS = [
  "word.assembly.open",
  "word.assembly.join",
  "word.assembly.leave",
  "word.assembly.start",
  "word.assembly.status",
  "word.assembly.move",
  "word.assembly.together",
  "word.assembly.apart",
  "word.assembly.either",
  "word.assembly.longer",
  "word.assembly.next",
  "word.assembly.ready",
  "word.assembly.delegate",
  "word.assembly.yes",
  "word.assembly.no",
  "word.assembly.chair",
  "word.assembly.give",
  "word.assembly.topic",
  "word.assembly.choose",
  "word.assembly.call",
  "word.assembly.out",
  "word.assembly.keeper",
  "word.assembly.end",
  "word.assembly.tell",
  "word.assembly.visit",
  "word.assembly.back",
] as const;

const MOST_LETTERS = 300;
const MORE_MS = 60_000;

type Context = Uses<"actor" | "assembly" | "language" | "scenarios" | "seed" | "t" | "live">;
type Behind = { readonly words: readonly string[]; readonly text: string };

/** Requests to the assembly of the room: a word of its own behind the command says which. */
export const assembly = command({
  name: "assembly",
  group: "steer",
  args: z.array(z.string()).refine((words) => words.join(" ").length <= MOST_LETTERS),
  run: ([word = "", ...words], context: Context) => {
    const meant = word === "" ? "word.assembly.status" : meaningOf(word, WORDS);
    return meant === null ? { outcome: "bad-argument" } : asked(meant, { words, text: words.join(" ") }, context);
  },
});

function asked(meant: (typeof WORDS)[number], behind: Behind, context: Context): CommandOutcome {
  const { ask, open } = context.assembly;
  switch (meant) {
    case "word.assembly.open":
      return outcomeOf(open());
    case "word.assembly.status":
      return status(context);
    case "word.assembly.join":
      return join(behind, context);
    case "word.assembly.start":
      return start(behind, context);
    case "word.assembly.leave":
      return outcomeOf(ask({ type: "leave" }));
    case "word.assembly.next":
      return outcomeOf(ask({ type: "go-on" }));
    case "word.assembly.ready":
      return outcomeOf(ask({ type: "ready" }));
    case "word.assembly.end":
      return outcomeOf(ask({ type: "end" }));
    case "word.assembly.call":
      return outcomeOf(ask({ type: "call-keeper" }));
    case "word.assembly.yes":
      return outcomeOf(ask({ type: "agree-delegate" }));
    case "word.assembly.no":
      return outcomeOf(ask({ type: "refuse-delegate" }));
    case "word.assembly.chair":
      return outcomeOf(ask({ type: "take-chair" }));
    case "word.assembly.give":
      return outcomeOf(ask({ type: "give-along" }));
    case "word.assembly.longer":
      return outcomeOf(ask({ type: "more-time", byMs: MORE_MS }));
    case "word.assembly.topic":
      return behind.text === ""
        ? { outcome: "bad-argument" }
        : outcomeOf(ask({ type: "propose-topic", text: behind.text }));
    case "word.assembly.tell":
      return behind.text === "" ? { outcome: "bad-argument" } : outcomeOf(ask({ type: "tell-all", text: behind.text }));
    case "word.assembly.visit":
      return numbered(behind.text, (to) => listen(to, context));
    case "word.assembly.back":
      return back(context);
    case "word.assembly.choose":
      return numbered(behind.text, (topic) => outcomeOf(ask({ type: "choose-topic", topic })));
    case "word.assembly.move":
      return move(behind, context);
    case "word.assembly.delegate":
      return named(behind.text, context, (who) => outcomeOf(ask({ type: "name-delegate", who })));
    case "word.assembly.out":
      return named(behind.text, context, (who) => outcomeOf(ask({ type: "take-out", who })), listeners(context));
    case "word.assembly.keeper":
      return named(behind.text, context, (to) => outcomeOf(ask({ type: "hand-over", to })));
    case "word.assembly.together":
      return wish("together", behind.text, context);
    case "word.assembly.apart":
      return wish("apart", behind.text, context);
    case "word.assembly.either":
      return wish("either", behind.text, context);
  }
}

function status({ assembly, t }: Context): CommandOutcome {
  const now = assembly.now();
  return say(...(now ? assemblyLines(now, t) : [t("refusal.no-assembly")]));
}

function join({ text }: Behind, { assembly, actor }: Context): CommandOutcome {
  const { name } = actor;
  if (text === "") return outcomeOf(assembly.ask({ type: "join", name }));
  const { data: language } = Language.safeParse(text.toLowerCase());
  return language ? outcomeOf(assembly.ask({ type: "join", name, language })) : { outcome: "bad-argument" };
}

/** A scenario, and behind it the sizes of its groups, may stand before the topic. */
function start({ words }: Behind, { assembly, language, scenarios, seed, live }: Context): CommandOutcome {
  const [first = "", ...others] = words;
  const scenario = assembly.scenarios.get(first.toLowerCase())?.id ?? null;
  const size = scenario === null ? null : sizeNamed(others[0] ?? "");
  const topic = (scenario === null ? words : size ? others.slice(1) : others).join(" ");
  const circleRuns = live?.meeting.phase === "circle" || live?.meeting.phase === "between";
  const around = { assemblies: assembly.scenarios, circles: scenarios.all, language, seed, circleRuns };
  const chosen = chosenStart({ scenario, topic, size }, around);
  return "code" in chosen ? refused(chosen.code, chosen.detail) : outcomeOf(assembly.ask(chosen));
}

/** Fewest and most people of a group, as in “4-6”; null: something else is meant. */
function sizeNamed(word: string): WishedSize | null {
  const [, least, most] = /^(\d{1,2})[-–](\d{1,2})$/.exec(word) ?? [];
  return WishedSize.safeParse({ least: Number(least), most: Number(most) }).data ?? null;
}

/** The keeper visits a ring; whoever takes no part sits in its gallery. */
function listen(to: number, { assembly, actor }: Context): CommandOutcome {
  const now = assembly.now();
  const takesPart = now !== null && memberOf(now, actor.id) !== null;
  return outcomeOf(assembly.ask(takesPart ? { type: "visit", to } : { type: "listen-in", name: actor.name, to }));
}

/** Back to one's own ring, after listening in another. */
function back({ assembly, actor }: Context): CommandOutcome {
  const now = assembly.now();
  const to = (now && memberOf(now, actor.id)?.ring) ?? null;
  return to === null ? refused("not-in-assembly") : outcomeOf(assembly.ask({ type: "visit", to }));
}

/** One's own move is asked for; somebody else's is done, by the keeper. */
function move({ words }: Behind, context: Context): CommandOutcome {
  const { ask } = context.assembly;
  const name = words.slice(0, -1).join(" ");
  return numbered(words.at(-1) ?? "", (to) =>
    name === ""
      ? outcomeOf(ask({ type: "ask-move", to }))
      : named(name, context, (who) => outcomeOf(ask({ type: "move", who, to }))),
  );
}

function wish(wanted: CompanyWish, text: string, context: Context): CommandOutcome {
  const people: Who[] = [];
  for (const name of text.split(",")) {
    const found = named(name.trim(), context, (who) => {
      people.push(who);
      return { outcome: "done" };
    });
    if (found.outcome !== "done") return found;
  }
  const { assembly, actor } = context;
  // One name means oneself with them.
  const all = people.length === 1 ? [actor.id, ...people] : people;
  return outcomeOf(assembly.ask({ type: "wish", wish: wanted, people: all }));
}

type Who = Context["actor"]["id"];

function numbered(text: string, goOn: (number: number) => CommandOutcome): CommandOutcome {
  const number = RingNumber.safeParse(Number(text));
  return text !== "" && number.success ? goOn(number.data) : { outcome: "bad-argument" };
}

function listeners({ assembly }: Context) {
  const now = assembly.now();
  return now?.phase === "running" ? now.gallery : [];
}

/** Goes on with whoever is named, if that is one person of the assembly, or of `others`. */
function named(
  name: string,
  { assembly, actor }: Context,
  goOn: (who: Who) => CommandOutcome,
  others: readonly { readonly id: Who; readonly name: string }[] = [],
): CommandOutcome {
  const now = assembly.now();
  if (!now) return refused("no-assembly");
  if (name === "") return memberOf(now, actor.id) ? goOn(actor.id) : refused("not-in-assembly");
  const found = personNamed(name, [...now.members.filter(({ gone }) => !gone), ...others]);
  if ("one" in found) return goOn(found.one.id);
  if ("several" in found)
    return refused("ambiguous-name", { choices: found.several.map((one) => one.name).join(", ") });
  return refused("no-such-person");
}
