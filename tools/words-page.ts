import { CODE_WORDS } from "./code-words.ts";
import { WORDS, type Word } from "./words.ts";

/** `docs/words.md`: one word for one thing, in both languages. */
export function wordsPage(): string {
  const never = ({ never: words }: Word) => [...(words?.en ?? []), ...(words?.ru ?? [])].join(", ") || "—";
  const rows = WORDS.map(
    (word) => `| ${word.name.en} | ${word.name.ru} | ${word.means.en} | ${word.means.ru} | ${never(word)} |`,
  );
  const codeRows = CODE_WORDS.map(({ name, file, means }) => `| \`${name}\` | \`${file}\` | ${means} |`);
  return `# One word for one thing

What people meet has one name in each language, in the widget, in the bot's messages and in the user guide. A test (\`tools/words.test.ts\`)
looks for these names where both catalogues speak of them, and for the words that are not to be used anywhere. The kinds of circle have
the same names in both catalogues, too. This page is made from \`tools/words.ts\`: \`npm run generate\`.

| English | Russian | meaning | значение | not to be used |
|---|---|---|---|---|
${rows.join("\n")}

In Russian, a name is never put after a colon where a sentence is meant: «Говорит Борис», not «Слово у: Борис». Names are not declined in
the widget, so a sentence is built to need the nominative, or the name stands in brackets.

## In the code

Names of exported types are unique over the tree (a test). What a part needs is called its \`Deps\`. From \`tools/code-words.ts\`:

| word | at home in | means |
|---|---|---|
${codeRows.join("\n")}
`;
}
