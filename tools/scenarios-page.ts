import { z } from "zod";
import { KIND_WORDS } from "../appservice/circle/kinds/words.ts";
import { Scenario } from "../appservice/circle/scenario.ts";
import { OWN_SCENARIOS } from "../appservice/configuration/config.ts";
import { readScenarios } from "../appservice/configuration/scenarios.ts";
import { SCENARIO_STATE } from "../appservice/protocol/namespace.ts";

type Schema = z.core.JSONSchema.JSONSchema;

/** `docs/scenarios.md`: the language of scenarios from its schema, and what each ready one consists of. */
export function scenariosPage(): string {
  const schema = z.toJSONSchema(Scenario, { io: "input" }) as Schema;
  const circle = asSchema(asSchema(schema.properties?.["circles"]).items as Schema);
  return `# Scenarios

Made from the code (\`npm run generate\`). A scenario says how a meeting goes: which circles follow one another, what
each is about, how long a turn is, who may do what. It is a YAML file. Those in \`config/scenarios/\` come along; a
configuration may name another folder under \`scenarios\`; and a room may have its own, which stand before those of the
same id.

## A room's own scenario

Upload a YAML file to the room and answer it with \`!circle scenario import\`, or write the YAML into a block of code
(between lines of \`\`\`) below that command. The keeper and the room's moderators may. It is checked like every other:
whatever is wrong is said at once, with the key and what to write there. At most 256 kB are read, and 48 kB kept, in the
room's state (\`${SCENARIO_STATE}\`).

| command | does |
|---|---|
| \`!circle scenario list\` | names all that can be used here |
| \`!circle scenario show NAME\` | its circles, with their times |
| \`!circle scenario use NAME\` | \`!circle start\` takes this one from now on |
| \`!circle scenario import\` | takes in what was uploaded or written |
| \`!circle scenario remove NAME\` | takes one of the room's own away |

\`\`\`yaml
${EXAMPLE}\`\`\`

A text is one for everybody, or one for each language: \`{ en: Tea, ru: Чай }\`. \`{topic}\` in it is replaced by what was
written when the meeting was started. An unknown key is refused, so that a slip of the pen is seen.

## Keys of a scenario

${tableOf(schema, ["circles"])}

## Keys of a circle

Each of \`circles\` has these; what is left out counts as the scenario has it.

${tableOf(circle, [])}

What the kinds change: ${kindsSentence()}. The others differ in what they are called.

## Those that come along

${[...readScenarios(OWN_SCENARIOS).values()].map(sectionOf).join("\n\n")}
`;
}

function kindsSentence(): string {
  return Object.values(KIND_WORDS)
    .flatMap((words) => ("page" in words ? [words.page] : []))
    .join("; ");
}

const EXAMPLE = `id: tea-council
title: { en: Tea council, ru: Чайный совет }
turnSeconds: 90
accept: by-next
circles:
  - theme: { en: "What do you drink, and why?", ru: "Что вы пьёте и почему?" }
  - id: proposal
    kind: open-floor
    circleSeconds: 300
    theme: { en: "What do we buy: {topic}?", ru: "Что мы покупаем: {topic}?" }
  - kind: consent
    theme: { en: "Is it good enough for now?", ru: "Достаточно ли это хорошо на сейчас?" }
    repeat: { until: nobody-objects, from: proposal, atMost: 2 }
`;

function tableOf({ properties = {}, required = [] }: Schema, elsewhere: readonly string[]): string {
  const rows = Object.entries(properties).map(([key, each]) => {
    const value = asSchema(each);
    const fallback =
      value.default === undefined
        ? required.includes(key)
          ? "**needed**"
          : ""
        : `\`${JSON.stringify(value.default).replaceAll('"', "")}\``;
    const inner = value.type === "object" && !elsewhere.includes(key) ? innerKeys(value) : "";
    return `| \`${key}\` | ${cell(`${value.description ?? ""}${inner}`)} | ${fallback} |`;
  });
  return `| key | what it is | left out |\n|---|---|---|\n${rows.join("\n")}`;
}

function innerKeys({ properties = {} }: Schema): string {
  return `: ${Object.entries(properties)
    .map(([key, each]) => {
      const value = asSchema(each);
      return `\`${key}\`${value.const === undefined ? "" : `: ${String(value.const)}`}${value.description ? ` (${value.description})` : ""}`;
    })
    .join(", ")}`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}

function asSchema(value: Schema | boolean | undefined): Schema {
  return typeof value === "object" ? value : {};
}

function sectionOf(scenario: Scenario): string {
  const { id, title, about, circles, hands } = scenario;
  const shared = [
    `${scenario.turnSeconds} s a turn`,
    `order ${orderIn(scenario.order)}`,
    `more time by the ${scenario.extension}`.replace("the nobody", "nobody"),
  ];
  if (hands !== "raised-first") shared.push("the quietest hand first");
  const lines = circles.map((circle, i) => {
    const own = [
      circle.speakers === "keeper" && "the keeper alone",
      circle.turnSeconds !== undefined && `${circle.turnSeconds} s a turn`,
      circle.circleSeconds !== undefined && `${circle.circleSeconds} s in all`,
      circle.order !== undefined && `order ${orderIn(circle.order)}`,
      circle.repeat && `back to “${circle.repeat.from}” while somebody objects, at most ${circle.repeat.atMost} times`,
    ].filter(Boolean);
    const name = circle.id ? `“${circle.id}”, ` : "";
    return `${i + 1}. ${name}*${circle.kind}*${own.length > 0 ? ` (${own.join("; ")})` : ""}: ${bothOf(circle.theme)}`;
  });
  return `### \`${id}\`: ${bothOf(title)}\n\n${about ? `${bothOf(about)}\n\n` : ""}${shared.join("; ")}.\n\n${lines.join("\n")}`;
}

function orderIn(order: Scenario["order"]): string {
  return typeof order === "string" ? order : order.listed.join(", ");
}

function bothOf(text: Scenario["title"]): string {
  return typeof text === "string" ? text : `${text.en} / ${text.ru}`;
}
