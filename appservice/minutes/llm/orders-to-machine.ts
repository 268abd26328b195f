import { anyOf } from "../text/phrases.ts";
import { normalise } from "../text/words.ts";

/** Words with which people try to give orders to the model that reads what they said. */
const ORDER = anyOf(
  "(?:forget|ignore|disregard|override|drop) (?:\\p{L}{1,20} ){0,4}(?:instructions?|prompts?|rules above|everything above|guidelines)|system prompt|you are now (?:a|an|the) \\p{L}{1,20}|new instructions? for (?:you|the model|the machine)",
  "(?:забудь(?:те)?|игнорируй(?:те)?|отбрось(?:те)?|не учитывай(?:те)?|отмени(?:те)?) (?:\\p{L}{1,20} ){0,4}(?:инструкци\\p{L}{1,3}|указани\\p{L}{1,3}|промпт\\p{L}{0,2}|все,? что выше|правила выше)|системн\\p{L}{1,3} (?:промпт|запрос)\\p{L}{0,2}|новые инструкции для (?:тебя|модели|машины)",
);

/**
 * Words said, without orders to the machine: nothing that a model writes may rest on them. They are known by their own
 * words; what follows one in the same piece of speech is what was ordered.
 */
export function withoutOrders(said: string): string {
  const order = ORDER.exec(normalise(said));
  if (!order) return said;
  const before = said.slice(0, order.index);
  const stop = Math.max(...[". ", "! ", "? ", "… "].map((mark) => before.lastIndexOf(mark)));
  return stop < 0 ? "" : before.slice(0, stop + 1);
}
