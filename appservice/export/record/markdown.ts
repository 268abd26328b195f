import { clockTime, dateIn } from "../../language/translate.ts";
import { titleBesideDate } from "../../language/without-day.ts";
import { decisionsOf, tasksOf } from "../../protocol/record-contents.ts";
import {
  beginningOf,
  circlesOf,
  type Exported,
  itemLine,
  nameIn,
  offsetIn,
  openQuestions,
  provenanceOf,
  summariesOfPeople,
  summaryOfMeeting,
  titleOf,
} from "../exported-meeting.ts";
import { plain } from "../escape-commonmark.ts";
import type { RecordFormat } from "../file-format.ts";

/** Record for reading, and for programs that keep notes. Text of people is escaped, so that it stays text. */
export default {
  about: "To read and to keep among notes: decisions, tasks, open questions, summaries, and what was said",
  extension: "md",
  mediaType: "text/markdown",
  write(exported) {
    const { meeting, record, t } = exported;
    return [
      `# ${plain(titleOf(exported))}`,
      "",
      plain(`${beginningOf(exported)} · ${meeting.people.map(({ name }) => name).join(", ")}`),
      "",
      ...section(
        t("export.decisions"),
        decisionsOf(record).map((decision) => itemOf(decision, exported)),
      ),
      ...section(
        t("export.tasks"),
        tasksOf(record).map((task) => {
          const { owner, due, status } = task;
          const facts = [
            owner && nameIn(exported, owner),
            due && t("export.due", { date: dateIn(exported.language, due) }),
            status === "suggested" && t("export.suggested"),
          ];
          const known = facts
            .filter((fact) => typeof fact === "string")
            .map(plain)
            .join(", ");
          return `- [${status === "done" ? "x" : " "}] ${plain(titleBesideDate(task))}${known && ` (${known})`}`;
        }),
      ),
      ...section(
        t("export.questions"),
        openQuestions(exported).map((question) => itemOf(question, exported)),
      ),
      ...section(
        t("export.summary"),
        summaryOfMeeting(exported).map((text) => `- ${plain(text)}`),
      ),
      ...section(
        t("export.people"),
        summariesOfPeople(exported).map(({ name, sentences }) => `- **${plain(name)}**: ${plain(sentences.join(" "))}`),
      ),
      ...circlesOf(exported).flatMap((circle) => circleLines(circle, exported)),
      ...bullets([provenanceOf(exported)].filter(Boolean).map((text) => `*${plain(text)}*`)),
    ].join("\n");
  },
} satisfies RecordFormat;

function itemOf(item: Parameters<typeof itemLine>[0], exported: Exported): string {
  const { text, facts } = itemLine(item, exported);
  return `- ${plain(text)} (${plain(facts)})`;
}

function circleLines(
  { index, theme, summary, points, texts, turns, comments }: ReturnType<typeof circlesOf>[number],
  exported: Exported,
): string[] {
  const { t } = exported;
  return [
    `## ${plain(t("export.circle", { n: index + 1, theme }))}`,
    "",
    ...bullets(summary.map((text) => `- ${plain(text)}`)),
    ...bullets(points.map((point) => `- ${plain(point)}`)),
    ...texts.flatMap(({ name, text }) => [`**${plain(name)}**: ${plain(text)}`, ""]),
    ...turns.flatMap(({ speaker, startedAt, words }) => [
      `**${plain(nameIn(exported, speaker))}** (${clockTime(offsetIn(exported, startedAt))}): ${plain(words)}`,
      "",
    ]),
    ...bullets(comments.map(({ name, text }) => `- *${plain(t("export.comment"))}* ${plain(name)}: ${plain(text)}`)),
  ];
}

function section(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`## ${heading}`, "", ...lines, ""];
}

function bullets(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [...lines, ""];
}
