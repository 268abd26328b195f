import { escapeHtml } from "../language/escape-html.ts";
import { type OwnData, type OwnDataOf, type OwnMeeting, soundFile } from "./contents.ts";

/** Results that were made of somebody's words. */
type Made = Pick<OwnMeeting, "summaries" | "tasks" | "decisions" | "questions">;

/** The archive as a page that any browser shows, without anything from elsewhere. */
export function ownDataPage({ who, room, language, t, at }: OwnDataOf, data: OwnData): string {
  const when = (moment: number) =>
    `${new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" }).format(moment)} UTC`;
  const purposes = data.purposes.map(
    ({ at: answered, purpose, given }) =>
      `${when(answered)}: ${t(`own-data.purpose.${purpose}`)} – ${t(given ? "own-data.yes" : "own-data.no")}`,
  );
  const accesses = data.accesses.map(({ at: seen, who: by, what, times }) => [
    when(seen),
    by ?? t("own-data.admin"),
    t(`own-data.access.${what}`),
    String(times),
  ]);
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><title>${escapeHtml(t("own-data.title"))}</title></head><body>
<h1>${escapeHtml(t("own-data.title"))}</h1>
<p>${escapeHtml(`${who}, ${room}, ${when(at)}. ${t("own-data.files")}`)}</p>
<h2>${escapeHtml(t("own-data.purposes"))}</h2>
${list(purposes, t("own-data.none"))}
${data.meetings.map((meeting) => meetingPart(meeting)).join("\n")}
<h2>${escapeHtml(t("own-data.accesses"))}</h2>
<table>${accesses.map((row) => `<tr>${row.map((cell) => `<td>${escapeHtml(cell)}</td>`).join("")}</tr>`).join("\n")}</table>
</body></html>
`;

  function meetingPart({ id, title, startedAt, said, typed, given, sound, ...made }: OwnMeeting): string {
    const heading = [title, startedAt === null ? "" : when(startedAt)].filter((each) => each !== "").join(", ");
    const spoken = said.map(
      (each) =>
        `<li>${escapeHtml(`${when(each.startedAt)}: ${each.text}`)}${sound.includes(each.id) ? ` <audio controls preload="none" src="${escapeHtml(soundFile(id, each.id))}"></audio>` : ""}</li>`,
    );
    return `<h2>${escapeHtml(heading)}</h2>
<h3>${escapeHtml(t("own-data.said"))}</h3>
${spoken.length > 0 ? `<ul>${spoken.join("\n")}</ul>` : list([], t("own-data.none"))}
<h3>${escapeHtml(t("own-data.typed"))}</h3>
${list(
  typed.map((comment) => `${when(comment.at)}: ${comment.text}`),
  t("own-data.none"),
)}
<h3>${escapeHtml(t("own-data.given"))}</h3>
${list(given, t("own-data.none"))}
<h3>${escapeHtml(t("own-data.made"))}</h3>
${list(wordsMade(made), t("own-data.none"))}`;
  }
}

function wordsMade({ summaries, tasks, decisions, questions }: Made): string[] {
  return [...[...summaries, ...decisions, ...questions].map(({ text }) => text), ...tasks.map(({ title }) => title)];
}

function list(lines: readonly string[], none: string): string {
  if (lines.length === 0) return `<p>${escapeHtml(none)}</p>`;
  return `<ul>${lines.map((line) => `<li>${escapeHtml(line)}</li>`).join("\n")}</ul>`;
}
