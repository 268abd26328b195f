import { words } from "../../text/words.ts";

/** Words of which one says what the other denies, without a "not". */
const PAIRS: readonly (readonly [RegExp, RegExp])[] = [
  [/^(?:open|opens|opened)$/u, /^(?:close|closes|closed|shut)$/u],
  [/^(?:full)$/u, /^(?:empty)$/u],
  [/^(?:cheap|cheaper)$/u, /^(?:expensive|dear|dearer)$/u],
  [/^(?:more)$/u, /^(?:less|fewer)$/u],
  [/^(?:before|earlier)$/u, /^(?:after|later)$/u],
  [/^(?:start|starts|begin|begins)$/u, /^(?:end|ends|stop|stops)$/u],
  [/^(?:открыт\p{L}{0,3}|откро\p{L}{1,3})$/u, /^(?:закрыт\p{L}{0,3}|закро\p{L}{1,3})$/u],
  [/^(?:включ\p{L}{1,6})$/u, /^(?:выключ\p{L}{1,6}|отключ\p{L}{1,6})$/u],
  [/^(?:дешев\p{L}{1,4})$/u, /^(?:дорог(?:о|ой|ая|ое|ие)|дороже)$/u],
  [/^(?:больше)$/u, /^(?:меньше)$/u],
  [/^(?:до|раньше)$/u, /^(?:после|позже)$/u],
  [/^(?:можно)$/u, /^(?:нельзя)$/u],
  [/^(?:полн(?:ый|ая|ое|ые))$/u, /^(?:пуст(?:ой|ая|ое|ые))$/u],
  [/^(?:начин\p{L}{2,6}|начн\p{L}{1,4}|начал\p{L}{1,2})$/u, /^(?:закончи\p{L}{1,3}|заканчива\p{L}{2,4})$/u],
];
/** Of a machine, a lamp, the heating: other "on"s and "off"s mean much else. */
const SWITCHED =
  /\b(?:is|are|was|were|be|been|stays?|stayed|turned|switched) (on|off)(?: all\b| until\b| after\b| at\b| in\b|[.,;!?]|$)/giu;

/** Tells whether a claim uses one word of a pair where the lines know the other alone: open, and closed. */
export function saysOpposite(claim: string, spoken: string): boolean {
  const turned = (text: string) => new Set([...text.matchAll(SWITCHED)].map(([, side = ""]) => side.toLowerCase()));
  const wanted = turned(claim);
  if (wanted.size > 0) {
    const there = turned(spoken);
    if (there.size > 0 && wanted.isDisjointFrom(there)) return true;
  }
  const claimed = words(claim);
  const isIn = (side: RegExp, list: readonly string[]) => list.some((word) => side.test(word));
  // Speech is long: it is looked at only for the pairs that the claim speaks of.
  const spokenOf = PAIRS.filter(([one, other]) => isIn(one, claimed) !== isIn(other, claimed));
  if (spokenOf.length === 0) return false;
  const said = words(spoken);
  return spokenOf.some(([one, other]) => {
    const [mine, theirs] = isIn(one, claimed) ? [one, other] : [other, one];
    return isIn(theirs, said) && !isIn(mine, said);
  });
}
