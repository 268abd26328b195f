import { join } from "node:path";
import { pino } from "pino";
import { evaluate, type MinutesEvaluation } from "../../appservice/minutes/evaluate/evaluation.ts";
import { readWrittenMeetings } from "../../appservice/minutes/evaluate/written-meeting.ts";
import { MinutesOptions } from "../../appservice/minutes/options.ts";
import type { Bench, Figure } from "./figures.ts";
import { unseenCommands } from "./spoken-commands.ts";

const GOALS: readonly (readonly [name: string, of: string, atLeast: number | null])[] = [
  ["tasks.f1", "tasks.f1", 72],
  ["tasks.usable", "tasks.usable", 60],
  ["tasks.title", "tasks.title", null],
  ["decisions.f1", "decisions.f1", 65],
  ["questions.precision", "questions.precision", 60],
  ["questions.recall", "questions.recall", null],
  ["relations.recall", "relations.recall", 75],
  ["relations.precision", "relations.precision", 85],
  ["claims.true", "claims.true", 85],
  ["rouge1", "summary.rouge1", null],
  ["rouge1.lead", "lead.rouge1", null],
  ["rouge1.random", "random.rouge1", null],
];

export const bench: Bench = {
  about: "what is understood without a language model, on meetings and sentences from which no rule was written",
  async run(say) {
    const folder = join(import.meta.dirname, "../minutes/test");
    const { meetings } = readWrittenMeetings(folder);
    const options = MinutesOptions.parse({ plugins: { tasks: { timeZone: "UTC" } } });
    const began = process.cpuUsage();
    const evaluation = await evaluate(meetings, { options, folder: ".", log: pino({ level: "warn" }) });
    const { user, system } = process.cpuUsage(began);
    const turns = meetings.reduce((sum, { record }) => sum + record.turns.length, 0);
    for (const [language, of] of Object.entries(evaluation.languages))
      for (const { name, value } of figuresIn(of)) say(`${language} ${name.padEnd(30)} ${value.toFixed(1)}`);
    return [
      ...figuresIn(evaluation.figures),
      { name: "minutes.turn_cpu", value: (user + system) / 1_000 / turns, unit: "ms", goal: 100 },
      ...unseenCommands(),
    ];
  },
};

function figuresIn(figures: MinutesEvaluation["figures"]): Figure[] {
  const shares = GOALS.flatMap(([name, of, atLeast]): Figure[] => {
    const figure = figures[of];
    return figure === undefined
      ? []
      : [{ name: `minutes.${name}`, value: figure.value * 100, unit: "%", ...(atLeast === null ? {} : { atLeast }) }];
  });
  const wrong = figures["claims.false"];
  if (wrong) shares.push({ name: "minutes.claims.false", value: wrong.value * 100, unit: "%", goal: 35 });
  const back = figures["growing.takenBack"];
  if (back) shares.push({ name: "minutes.growing.taken_back", value: back.value * 100, unit: "%", goal: 10 });
  const ratio = figures["lengthRatio"];
  return ratio ? [...shares, { name: "minutes.length_ratio", value: ratio.value, unit: "" }] : shares;
}
