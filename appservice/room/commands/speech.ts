import { z } from "zod";
import { meaningOf } from "../../language/command-words.ts";
import { SpeechLanguage } from "../../protocol/identity.ts";
import { command } from "./command.ts";
import { allowed, type Uses } from "./context.ts";
import { refused, say } from "./outcome.ts";

/** Most words of a room: more would fill the prompt of an engine, and its mind with things nobody says. */
export const MOST_WORDS = 100;
const LONGEST_WORD = 40;
const ACTS = ["list", "add", "remove"] as const;

/** Words behind the act: parted by commas if there are any, so that one may be of several words. */
const Args = z.array(z.string()).transform((words, context): { act: (typeof ACTS)[number]; named: string[] } => {
  const act =
    ACTS.find((each) => meaningOf(words[0] ?? "list", [`word.vocabulary.${each}`])) ??
    (words.length === 0 ? "list" : undefined);
  const rest = words.slice(1).join(" ");
  const named = rest
    .split(rest.includes(",") ? "," : " ")
    .map((word) => word.trim())
    .filter(Boolean);
  const good = named.every((word) => word.length <= LONGEST_WORD && /^[\p{L}\p{N}][\p{L}\p{N}\s'’.+#-]*$/u.test(word));
  if (act && good && (act === "list") === (named.length === 0)) return { act, named };
  context.addIssue("nothing to do with words");
  return z.NEVER;
});

export const vocabulary = command({
  name: "vocabulary",
  group: "room",
  args: Args,
  run: ({ act, named }, context: Uses<"t" | "vocabulary" | "chooseVocabulary" | "actor" | "live">) => {
    const { t, vocabulary: known, chooseVocabulary } = context;
    if (act === "list")
      return say(known.length === 0 ? t("vocabulary.none") : t("vocabulary.list", { words: known.join(", ") }));
    if (!allowed("set-up-room", context)) return refused("not-keeper");
    const others = known.filter((word) => !named.some((one) => same(one, word)));
    const words = act === "remove" ? others : [...others, ...named];
    if (words.length > MOST_WORDS) return say(t("vocabulary.full", { most: MOST_WORDS }));
    chooseVocabulary(words);
    return say(words.length === 0 ? t("vocabulary.none") : t("vocabulary.list", { words: words.join(", ") }));
  },
});

export const speech = command({
  name: "speech",
  group: "room",
  args: z.tuple([z.string()]).transform(([typed], context): SpeechLanguage => {
    const found = SpeechLanguage.options.find((each) =>
      meaningOf(typed, [each === "auto" ? "word.speech.auto" : `word.language.${each}`]),
    );
    if (found) return found;
    context.addIssue("no language that is recognised");
    return z.NEVER;
  }),
  run: (chosen, context: Uses<"t" | "chooseSpeechLanguage" | "actor" | "live">) => {
    const { chooseSpeechLanguage, t } = context;
    if (!allowed("choose-language", context)) return refused("not-moderator");
    chooseSpeechLanguage(chosen);
    return say(t(`speech.${chosen}`));
  },
});

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
