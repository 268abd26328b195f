import { anyOf, opensWith } from "../text/phrases.ts";
import * as talk from "./phrases-of-talk.ts";

export type Tone = "agreement" | "objection";

/** Words of the longest reaction that is told by its tone alone, and of one that speaks of the matter in its words. */
const BY_TONE = 5;
const BY_WORDS = 12;

/** Denials that object to nothing. */
const NO_DENIAL = anyOf(
  "не (?:против|возража\\p{L}{1,4}|забыть|забудь\\p{L}{0,2}|только|знаю|помню|понял[аи]?|знал[аи]?|думал[аи]?|замечал[аи]?|хуже|проблема|вопрос|разница|я|мы|мо[йяеи]|наш\\p{L}{0,2})|(?:возражений|проблем|вопросов) (?:нет|не имею|не вижу)|ничего против|почему бы|хуже не",
  "no (?:problem|problems|objections?|worries|idea|question|doubt)|don't (?:mind|know|forget|remember)|didn't (?:know|realise|realize)|not (?:only|bad|at all|my|mine|me|our|ours|us)|why not|can't (?:wait|say)|nothing against",
);
const DENIES = anyOf(
  "не|нет|ни|никто|никогда|нельзя|некогда|незачем|вряд|бесполезно|бессмысленно|тяжело|тяжеловато|трудно|жалко|жаль|опасно|дорого|рискованно|глупо|накладно|неудобно|стыдно|скучно|странно|слишком|зря",
  "no|not|never|nobody|nothing|hardly|don't|doesn't|won't|wouldn't|can't|cannot|isn't|aren't|didn't|too|risky|pointless|useless|hard|unfair|waste|expensive|unlikely",
);
/** Denials with which a reaction begins. What the speaker did not do or know is no objection. */
const OPENS_DENYING = opensWith(
  "(?:это|там|тут|они|он|она|нам|вам|так|нас|туда) (?:\\p{L}{1,20} )?(?:не|нет|никто|никогда|нельзя)(?! \\p{L}{1,20}л[аи]?(?!\\p{L}))",
  "не (?!\\p{L}{1,20}л[аи]?(?!\\p{L}))\\p{L}{1,20}|нет|никто|никогда|нельзя|вряд ли|бесполезно|бессмысленно|тяжело|трудно|жалко|жаль|опасно|дорого|рискованно|накладно|неудобно|стыдно|слишком",
  "(?:they|he|she|that|this|you|we|that's|there's) (?:\\p{L}{1,20} )?(?:not|never|no|won't|wouldn't|don't|doesn't|can't|cannot)|no|not|never|nobody|too|risky|pointless|useless|unfair|expensive|hardly",
);
const OPENS_WELCOMING = opensWith(
  "(?:это |вот это )?да(?= ?$|,)|(?:это |вот это |\\p{L}{1,20} )?(?:самое то|дело|мечта|красота|прекрасно|разумн\\p{L}{1,3}|логичн\\p{L}{1,3}|отличн\\p{L}{1,3}|хорош\\p{L}{1,3}|дельн\\p{L}{1,3}|давно пора|полезно|пригодится|убедил[аи]?|уговорил[аи]?|справедливо|супер|класс)",
  "(?:\\p{L}{1,20} )?(?:дело|идея|мысль) (?:хорош|дельн|отличн|неплох)\\p{L}{1,3}",
  "(?:that's |it's |a |what a )?(?:lovely|brilliant|sensible|perfect|great|nice|good|fine|fair|ideal)(?: (?:idea|plan|thought|one|point))?|there you go|go for it|long overdue|persuaded|convinced|sold|yes",
);
const WELCOMES = anyOf(
  "хорош\\p{L}{1,3}|отличн\\p{L}{1,3}|супер|класс|здорово|разумн\\p{L}{1,3}|логично|удобно|удобнее|нравится|устраива\\p{L}{1,3}|подходит|годится|подойдет|самое то|прекрасно|правильно|поддержива\\p{L}{1,3}|полезно|пригодится|справедливо|нормально",
  "works|good|great|fine|lovely|sensible|perfect|happy|glad|helpful|useful|better|agree|ideal|brilliant",
);

/** "Правда, не помогло" says the same again. */
const AFFIRMS = opensWith("правда|и правда|точно|верно|вот именно|true|indeed|that's true|quite true");
const TURNS = anyOf("но|однако|but|though");

/**
 * Tells by its tone whether somebody welcomes or refuses what was proposed just before: only where they are brief, or
 * speak of it in its own words.
 */
export function reactionTo(said: string, speaksOfIt: boolean): Tone | null {
  const many = said.split(" ").length;
  if (many > (speaksOfIt ? BY_WORDS : BY_TONE)) return null;
  const plain = said.replace(NO_DENIAL, " ");
  if (speaksOfIt) {
    if (talk.begins([AFFIRMS], said) && !TURNS.test(said)) return "agreement";
    const denies = DENIES.test(plain);
    const welcomes = WELCOMES.test(plain) || NO_DENIAL.test(said);
    return denies === welcomes ? null : denies ? "objection" : "agreement";
  }
  if (talk.begins([OPENS_DENYING], plain)) return "objection";
  return talk.begins([OPENS_WELCOMING], plain) ? "agreement" : null;
}
