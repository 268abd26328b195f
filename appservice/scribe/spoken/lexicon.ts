import { z } from "zod";
import { anyOrderOf } from "./any-order.ts";
import { BadPhrase, type PhraseParts, sequencesOf } from "./phrase.ts";

const MOST_WAYS = 2_000;

const phrase = z
  .string()
  .min(1)
  .max(600)
  .describe(
    "a phrase, in which [a|b] may be there, (a|b) must be, <name> is one of the parts, {name} and its like stand for something said, and a colon asks for a pause",
  );
const phrases = (what: string) => z.array(phrase).max(200).default([]).describe(what);
const word = z.string().min(1).max(60);
const words = (what: string) => z.array(word).max(400).default([]).describe(what);

const Command = z.strictObject({
  clear: phrases(
    "phrases that mean nothing else: heard as a clause at either end, and where no comma parts them from what was said before",
  ),
  clause: phrases("phrases heard as a clause of their own at either end of what is said"),
  closing: phrases("phrases heard as a clause at the end; at the beginning only as a sentence of their own"),
  alone: phrases("phrases heard only as a sentence of their own"),
  anyOrder: z
    .array(z.string().min(1).max(1_500))
    .max(120)
    .default([])
    .describe(
      "groups of words parted by +, of each of which one word is said, in any order and with no others but those of “between”; [a|b] may be left out; heard as a clause of its own",
    ),
});

export const COMMAND_NAMES = [
  "pass",
  "give-word",
  "skip",
  "extend",
  "pause",
  "resume",
  "raise-hand",
  "ask-question",
  "point-of-order",
  "task",
  "decision",
] as const;
export type SpokenCommandName = (typeof COMMAND_NAMES)[number];

const ABOUT: Readonly<Record<SpokenCommandName, string>> = {
  pass: "the speaker has finished",
  "give-word":
    "the speaker has finished, and names who comes next: {name}, or {name:dative}, {name:genitive}, {name:nominative}; {someone} is a name that nobody in the ring bears",
  skip: "the speaker wants their turn at the end of the circle",
  extend: "the speaker wants more time: {number} and {unit}",
  pause: "the clock is to stand still",
  resume: "the clock is to go on",
  "raise-hand": "the speaker wants the word again when the floor is open",
  "ask-question": "the same, to ask a question",
  "point-of-order": "the same, to say something of how the meeting goes on",
  task: "what follows is a task: {text}, and {name} for whom",
  decision: "what follows was decided: {text}",
};

/** Spoken commands of one language: one file, one language. */
const Unchecked = z.strictObject({
  language: z
    .string()
    .regex(/^[a-z]{2,3}$/)
    .describe("the language's code (ISO 639), such as ru"),
  commands: z
    .strictObject(
      Object.fromEntries(COMMAND_NAMES.map((name) => [name, Command.prefault({}).describe(ABOUT[name])])) as Record<
        SpokenCommandName,
        z.ZodPrefault<typeof Command>
      >,
    )
    .describe(
      "the phrases; [a|b] may be there, (a|b) must be, a colon asks for a pause, a question mark at the end lets the phrase be a question, too",
    ),
  parts: z
    .record(z.string().regex(/^[a-z]+$/), z.string().min(1).max(2_000))
    .default({})
    .describe("pieces of phrases that stand in many of them; <name> in a phrase, or in another part, stands for one"),
  address: words("names by which the facilitator is addressed, before a command or after it, such as “facilitator”"),
  spokenOf: words("words right after the facilitator's name that speak of it instead, such as “can give”"),
  hesitations: words("sounds between words, such as “um”, as if they had not been made"),
  answers: words("words that end a turn, except right after a question, which they answer, such as “done”"),
  between: words("words that may stand anywhere in a command said in any order, such as “please”"),
  leads: words("words that may lead up to a command and belong to it, such as “well” or “and now”"),
  joins: words("words that join a command to what was said before it without a comma, such as “and”"),
  thanks: words("words that may follow a command and belong to it, such as “thank you”"),
  courtesies: words("words that are no part of a task or decision where a pause parts them from it, such as “please”"),
  tags: words("words that may follow a command after a pause, to ask whether it suits, such as “okay?”"),
  takeBack: words("words that take back the command before them, such as “no, wait”"),
  goesOn: words("words after a command and a comma that show it to be part of a longer sentence, such as “which”"),
  reporting: words("words that show a command next to them to be quoted or spoken about, such as “said”"),
  conditions: words(
    "words with which a clause begins that makes the command after it depend on something, such as “when”",
  ),
  harmless: words("phrases that begin like a condition and are none, such as “if you ask me”"),
  spoils: words(
    "words that keep a command from being meant when they stand before it in its clause, such as “usually”",
  ),
  binds: words("words that bind what follows to themselves, so that no command begins after one, such as “that”"),
  negations: words("words that turn a phrase into its opposite when they stand within it"),
  clings: words(
    "words with which no pause or its end begins where no comma parts it, such as “on” in “put it on pause”",
  ),
  unlike: words("words that sound like those of a phrase and are others, such as “gave”, which is no “give” misheard"),
  therefore: words("words that draw a conclusion: what follows is said by the speaker, even after “said”"),
  notNames: words("words that are no name where one is expected; * stands for any beginning"),
  notText: words("words after “task,” or “decision,” that show it to be spoken about; * stands for any beginning"),
  taskBegins: words(
    "how a task begins where only a comma parts it from a phrase under closing, such as “task”; * stands for any beginning; left out: anyhow",
  ),
  workBegins: words(
    "how a task begins where nothing parts it from the words before, in the place of {work}, such as “write”; * stands for any beginning",
  ),
  ownedBy: words("words after a task that come before the name of whoever does it, such as “owner”"),
  numbers: z.record(word, z.number().positive().max(100)).default({}).describe("numbers of units of time"),
  units: z.record(word, z.number().int().positive().max(600)).default({}).describe("units of time, in seconds"),
});

export const Lexicon = Unchecked.superRefine(({ commands, parts }, context) => {
  for (const name of COMMAND_NAMES) {
    for (const [grade, phrases] of Object.entries(commands[name])) {
      for (const [at, text] of phrases.entries()) {
        const message = grade === "anyOrder" ? wrongInAnyOrder(text, parts) : wrongIn(text, parts);
        if (message) context.addIssue({ code: "custom", message, path: ["commands", name, grade, at] });
      }
    }
  }
});
export type Lexicon = z.infer<typeof Lexicon>;

function wrongInAnyOrder(text: string, parts: PhraseParts): string | null {
  return whyBad(() => {
    anyOrderOf(text, parts);
    return null;
  });
}

function wrongIn(text: string, parts: PhraseParts): string | null {
  return whyBad(() => {
    const ways = sequencesOf(text.replace(/\?$/, ""), parts).length;
    return ways > 0 && ways <= MOST_WAYS
      ? null
      : `“${text}” can be said in ${ways} ways; there must be 1 to ${MOST_WAYS}`;
  });
}

function whyBad(read: () => string | null): string | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof BadPhrase)) throw error;
    return error.message;
  }
}
