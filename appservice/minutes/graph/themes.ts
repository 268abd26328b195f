import type { GraphNode } from "../../protocol/meeting-graph.ts";
import { contentStems, stem, words } from "../text/words.ts";

export type GraphTheme = { readonly stem: string; readonly word: string; readonly nodes: readonly string[] };

type Node = Pick<GraphNode, "id" | "text" | "people">;

const MOST_THEMES = 4;
const SHORTEST = 4;
/** Endings of verbs, adjectives and adverbs: themes are mostly named by a noun. */
const NO_NOUN =
  /(?:ть|[сзй]ти|ться|тся|ет|ут|ют|ит|ат|ят|ем|им|ешь|[аеиоуяш]ли|ал|ала|али|ил|ила|или|ели|но|ый|ий|ая|яя|ое|ее|ые|ие|ого|его|ому|ую|юю|ally|ing|ed|ly)$/u;
/** Words so common that to share them tells nothing. */
const COMMON = new Set(
  contentStems(
    "пожалуйста спасибо сделать делать день неделя месяц год время раз человек люди вопрос ответ проблема часть дело встреча круг слово среда понедельник вторник четверг пятница суббота воскресенье сегодня завтра первый второй третий больше меньше лучше хуже много мало снова сразу вместе нужно никто никого ничего " +
      "please thanks make made take week month year time people question answer problem part work meeting circle word monday tuesday wednesday thursday friday saturday sunday today tomorrow first second third better worse less many together again nobody everybody",
  ),
);

/**
 * Finds words that several people used, where nothing finer is configured: each theme is one word, named by the
 * shortest of its forms. The words of the circles' own themes tell nothing, since all in the circle is about those.
 */
export function themesIn(nodes: readonly Node[], known: readonly string[]): GraphTheme[] {
  const boring = new Set([...COMMON, ...known.flatMap(contentStems)]);
  const uses = new Map<string, { forms: Set<string>; nodes: Set<string>; people: Set<string> }>();
  for (const { id, text, people } of nodes) {
    for (const word of words(text)) {
      const key = stem(word);
      if (word.length < SHORTEST || boring.has(key) || !contentStems(word).includes(key)) continue;
      const use = uses.get(key) ?? { forms: new Set(), nodes: new Set(), people: new Set() };
      uses.set(key, use);
      use.forms.add(word);
      use.nodes.add(id);
      for (const person of people) use.people.add(person);
    }
  }
  const shared = [...uses]
    .filter(
      ([, { forms, nodes: of, people }]) =>
        people.size > 1 && of.size > 1 && ![...forms].some((form) => NO_NOUN.test(form)),
    )
    .map(([key, { forms, nodes: of, people }]) => ({
      stem: key,
      word: shortest(forms),
      nodes: [...of],
      weight: people.size * of.size,
    }))
    .sort((one, other) => other.weight - one.weight || one.stem.localeCompare(other.stem));
  const chosen: GraphTheme[] = [];
  for (const { weight: _, ...theme } of shared) {
    if (chosen.length < MOST_THEMES && !chosen.some(({ nodes: of }) => theme.nodes.every((id) => of.includes(id))))
      chosen.push(theme);
  }
  return chosen;
}

function shortest(forms: ReadonlySet<string>): string {
  return [...forms].sort((one, other) => one.length - other.length || one.localeCompare(other))[0] ?? "";
}
