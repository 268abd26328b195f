import type { ParticipantId } from "../protocol/identity.ts";
import { withMentions } from "../protocol/mentions.ts";
import { visible } from "../protocol/visible.ts";
import { withoutEnd } from "../protocol/without-end.ts";

type Named = { readonly id: ParticipantId; readonly name: string };

export type PersonFound<P extends Named> =
  | { readonly one: P }
  | { readonly several: readonly P[] }
  | { readonly nobody: true };

/**
 * Finds the person whom a typed name means: by the id, the whole name, or its beginning, whatever the case of the
 * letters. A name that was declined ("Борису" for "Борис") is understood as well, where nobody's name fits as it
 * stands.
 */
export function personNamed<P extends Named>(given: string, people: readonly P[]): PersonFound<P> {
  const typed = withoutColon(withMentions(visible(given), ({ id }) => id));
  const wanted = plain(typed);
  if (wanted === "") return { nobody: true };
  const ways: ((person: P) => boolean)[] = [
    ({ id }) => id.toLocaleLowerCase() === typed.trim().toLocaleLowerCase(),
    ({ name }) => plain(name) === wanted,
    ({ name }) => wordsBegin(name, wanted),
    ({ name }) => wordsBegin(name, undeclined(wanted)),
  ];
  for (const fits of ways) {
    const [one, ...others] = people.filter(fits);
    if (one) return others.length === 0 ? { one } : { several: [one, ...others] };
  }
  return { nobody: true };
}

/** The name begins so, or one of its further words does: people are called by their last names, too. */
function wordsBegin(name: string, wanted: string): boolean {
  if (wanted === "") return false;
  return (
    plain(name).startsWith(wanted) ||
    plain(name)
      .split(" ")
      .some((word) => word.startsWith(wanted))
  );
}

const LEAST_STEM = 3;

/** Russian endings of names in other cases, taken off: -у, -е, -ой, -ем … */
function undeclined(name: string): string {
  const stem = name.replace(/(?:ой|ей|ою|ею|ом|ем|ым|у|ю|е|и|ы|а|я)$/u, "");
  return stem === name || stem.length < LEAST_STEM ? "" : stem;
}

/** "@bob:hs:", as a mention at the head of a message is written. */
function withoutColon(typed: string): string {
  return withoutEnd(typed.trim(), /[:,]/);
}

function plain(name: string): string {
  const bare = visible(name)
    .trim()
    .replace(/^@(?:\[(.*)\]$)?/su, "$1");
  return withoutEnd(bare, /[:,.!]/)
    .replace(/\s+/g, " ")
    .toLowerCase()
    .replaceAll("ё", "е");
}
