import { escapeHtml } from "../../language/escape-html.ts";
import { clockTime, dateIn } from "../../language/translate.ts";
import { titleBesideDate } from "../../language/without-day.ts";
import type { Task } from "../../protocol/meeting-record.ts";
import { decisionsOf, tasksOf } from "../../protocol/record-contents.ts";
import {
  beginningOf,
  circlesOf,
  type Exported,
  type ExportedCircle,
  itemLine,
  nameIn,
  offsetIn,
  openQuestions,
  provenanceOf,
  summariesOfPeople,
  summaryOfMeeting,
  titleOf,
} from "../exported-meeting.ts";
import type { RecordFormat } from "../file-format.ts";

/** One file that needs nothing else: to read offline, to send on, and to print (to PDF, too). */
export default {
  about: "The same to read in a browser, to send on and to print; one file that needs nothing else",
  extension: "html",
  mediaType: "text/html",
  write(exported) {
    const { meeting, record, language, t } = exported;
    const title = escapeHtml(titleOf(exported));
    return `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${STYLE}</style>
<main>
<h1>${title}</h1>
<p class="facts">${escapeHtml(`${beginningOf(exported)} · ${meeting.people.map(({ name }) => name).join(", ")}`)}</p>
${list(
  t("export.decisions"),
  decisionsOf(record).map((decision) => itemOf(decision, exported)),
)}
${list(
  t("export.tasks"),
  tasksOf(record).map((task) => taskItem(task, exported)),
  "tasks",
)}
${list(
  t("export.questions"),
  openQuestions(exported).map((question) => itemOf(question, exported)),
)}
${list(t("export.summary"), summaryOfMeeting(exported).map(escapeHtml))}
${list(
  t("export.people"),
  summariesOfPeople(exported).map(
    ({ name, sentences }) => `<b>${escapeHtml(name)}</b>: ${escapeHtml(sentences.join(" "))}`,
  ),
)}
${circlesOf(exported)
  .map((circle) => circleSection(circle, exported))
  .join("\n")}
<p class="facts">${escapeHtml(provenanceOf(exported))}</p>
</main>
</html>
`;
  },
} satisfies RecordFormat;

function itemOf(item: Parameters<typeof itemLine>[0], exported: Exported): string {
  const { text, facts } = itemLine(item, exported);
  return `${escapeHtml(text)} <span class="facts">${escapeHtml(facts)}</span>`;
}

function taskItem(task: Task, exported: Exported): string {
  const { owner, due, status } = task;
  const { t, language } = exported;
  const facts = [
    owner && nameIn(exported, owner),
    due && t("export.due", { date: dateIn(language, due) }),
    status === "suggested" && t("export.suggested"),
  ];
  return `${status === "done" ? "☑" : "☐"} ${escapeHtml(titleBesideDate(task))} <span class="facts">${escapeHtml(facts.filter(Boolean).join(" · "))}</span>`;
}

function circleSection(
  { index, theme, summary, points, texts, turns, comments }: ExportedCircle,
  exported: Exported,
): string {
  const { t } = exported;
  const said = [
    ...texts.map(({ name, text }) => ({ at: 0, html: entry(name, "", text) })),
    ...turns.map(({ speaker, startedAt, words }) => ({
      at: startedAt,
      html: entry(nameIn(exported, speaker), clockTime(offsetIn(exported, startedAt)), words),
    })),
    ...comments.map(({ name, at, text }) => ({ at, html: entry(name, t("export.comment"), text, "comment") })),
  ].sort((one, other) => one.at - other.at);
  return `<section>
<h2>${escapeHtml(t("export.circle", { n: index + 1, theme }))}</h2>
${list("", summary.map(escapeHtml))}
${list("", points.map(escapeHtml))}
${said.map((each) => each.html).join("\n")}
</section>`;
}

function entry(name: string, note: string, text: string, kind = "said"): string {
  return `<div class="${kind}"><p><b>${escapeHtml(name)}</b> <span class="facts">${escapeHtml(note)}</span></p><p dir="auto">${escapeHtml(text)}</p></div>`;
}

function list(heading: string, items: readonly string[], kind = ""): string {
  if (items.length === 0) return "";
  return `${heading && `<h2>${escapeHtml(heading)}</h2>`}<ul class="${kind}">${items.map((item) => `<li dir="auto">${item}</li>`).join("")}</ul>`;
}

export const STYLE = `
:root { color-scheme: light dark; }
body { margin: 0; font: 16px/1.5 Inter, system-ui, sans-serif; }
main { max-width: 44rem; margin: 0 auto; padding: 2rem 1.2rem 4rem; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 .3rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .6rem; }
.facts { opacity: .7; font-size: .9em; } ul { padding-left: 1.2rem; } ul.tasks { list-style: none; padding: 0; }
li { margin: .25rem 0; } .said, .comment { margin: .9rem 0; } .said p, .comment p { margin: 0; overflow-wrap: anywhere; }
.comment { border-left: 3px solid; padding-left: .8rem; opacity: .8; }
@media print { main { padding: 0; max-width: none; } section { break-inside: auto; } .said { break-inside: avoid; } h2 { break-after: avoid; } }
`;
