import { ringPlaces } from "../../language/ring-places.ts";
import { dateIn, type Translate } from "../../language/translate.ts";
import type { AssemblyRecord, Joined, JoinedTask, RingResult, SaidAt } from "../../protocol/assembly-record.ts";
import { type Line, notice, type RoomContent, type Span } from "./message.ts";

/**
 * Most letters of all lines: an edit holds the text four times, a Russian letter takes two bytes, and an event holds
 * 65,536 bytes (Client-Server API, "Size limits").
 */
const MOST_LETTERS = 4_500;
/** Letters that a link stands for. */
const LINK_LETTERS = 60;

/** Most sentences that a ring sends along, so that all rings have room. */
const MOST_GIVEN = 3;

/** Address of the message in which the words stand; null where they are in none. */
export type LinkTo = (at: SaidAt) => string | null;

/** Outcome of an assembly, as its one message has it: each sentence leads to the words that it rests on. */
export function outcomeLinesOf(record: AssemblyRecord, t: Translate, linkTo: LinkTo): Line[] {
  const places = (item: Joined) => ringPlaces(item.rings, record.parts, t);
  const item = (joined: Joined): Line => ({ lead: places(joined), item: withLink(joined.text, joined, linkTo) });
  const task = (each: JoinedTask): Line => {
    const due = each.due === null ? "" : t("export.due", { date: dateIn(record.language, each.due) });
    const facts = [each.owner, due].filter(Boolean).join(", ");
    return { lead: places(each), item: withLink(facts === "" ? each.text : `${each.text} (${facts})`, each, linkTo) };
  };
  const sections: readonly [string, readonly Line[]][] = [
    [t("assembly.came-out"), record.summary.map(item)],
    [t("export.decisions"), record.decisions.map(item)],
    [t("export.tasks"), record.tasks.map(task)],
    [t("export.questions"), record.questions.map(item)],
  ];
  return withinBounds(sections, t);
}

/** Summaries that the rings send with their delegates; null while there is none. */
export function givenMessage(rings: readonly RingResult[], t: Translate, linkTo: LinkTo): RoomContent | null {
  const lines = rings.flatMap(({ ring, delegate, given, summary }): Line[] => {
    const group = t("assembly.of-group", { numbers: ring });
    const name = delegate === null ? group : t("assembly.for-group", { name: delegate, number: ring });
    const lead = given ? name : t("assembly.draft", { name });
    return summary.slice(0, MOST_GIVEN).map(({ text, from }) => ({ lead, item: withLink(text, { from }, linkTo) }));
  });
  return lines.length === 0 ? null : notice(withinBounds([[t("assembly.given"), lines]], t));
}

function withLink(text: string, { from }: Pick<Joined, "from">, linkTo: LinkTo): Span[] {
  const links = from.flatMap((at) => linkTo(at) ?? []);
  // One link a ring is enough to read on; the document has all of them.
  return [text, ...[...new Set(links)].slice(0, 3).flatMap((href): Span[] => [" ", { link: "↗", href }])];
}

/** As many lines of each section as fit, the first of them first, and how many more there are. */
function withinBounds(sections: readonly (readonly [string, readonly Line[]])[], t: Translate): Line[] {
  const filled = sections.filter(([, lines]) => lines.length > 0);
  const share = MOST_LETTERS / Math.max(1, filled.length);
  return filled.flatMap(([heading, lines]) => {
    let letters = 0;
    const shown = lines.filter((line) => (letters += lettersOf(line)) <= share);
    const left = lines.length - shown.length;
    return [{ heading }, ...shown, ...(left > 0 ? [{ small: t("assembly.more", { count: left }) }] : [])];
  });
}

function lettersOf(line: Line): number {
  if (typeof line !== "object" || !("item" in line)) return 0;
  const spans: readonly Span[] = typeof line.item === "string" ? [line.item] : line.item;
  return spans.reduce((sum, span) => sum + (typeof span === "string" ? span.length : LINK_LETTERS), 30);
}
