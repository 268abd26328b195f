import type { MeetingRecord } from "@mindminder/protocol/meeting-record.ts";
import { spokenByTurn } from "./by-turn.ts";
import { isFound } from "./found.tsx";

export type Where = "transcript" | "minutes" | "task" | "decision" | "question";
export type Hit = { readonly where: Where; readonly text: string };

/** Hits in the minutes: sentences, tasks, decisions and questions, each once. */
export function hitsInMinutes(record: MeetingRecord | null, query: string): Hit[] {
  // biome-ignore lint/suspicious/useIterableCallbackReturn: every form returns, as the types prove
  const all = (record?.minutes ?? []).flatMap(({ result }): Hit[] => {
    switch (result.form) {
      case "summary":
        return result.sentences.map(({ text }) => ({ where: "minutes", text }));
      case "tasks":
        return result.tasks.map(({ title }) => ({ where: "task", text: title }));
      case "decisions":
        return result.decisions.map(({ text }) => ({ where: "decision", text }));
      case "questions":
        return result.questions.map(({ text }) => ({ where: "question", text }));
      case "note":
        return [{ where: "minutes", text: result.text }];
      case "graph":
        return [];
    }
  });
  const found = all.filter(({ text }) => isFound(text, query));
  return found.filter(
    ({ where, text }, at) => found.findIndex((other) => other.where === where && other.text === text) === at,
  );
}

/** Hits in a whole meeting: first in its outcome, then in its speech. */
export function hitsIn(record: MeetingRecord, query: string): Hit[] {
  const results = hitsInMinutes(record, query);
  const said = spokenByTurn(record).flatMap(({ said: each }) =>
    each.map((one) => (one.what === "turn" ? one.turn.text : one.comment.text)),
  );
  const rank = ({ where }: Hit) => ["decision", "task", "question", "minutes"].indexOf(where);
  return [
    ...results.toSorted((one, other) => rank(one) - rank(other)),
    ...said.filter((text) => isFound(text, query)).map((text): Hit => ({ where: "transcript", text })),
  ];
}

const AROUND = 70;

/** The words around what was found, from whole word to whole word. */
export function excerpt(text: string, query: string): string {
  const at = text.toLocaleLowerCase().indexOf(query.toLocaleLowerCase());
  if (at < 0 || text.length <= 2 * AROUND + query.length) return text;
  const [from, to] = [Math.max(0, at - AROUND), Math.min(text.length, at + query.length + AROUND)];
  const start = from === 0 ? 0 : text.indexOf(" ", from) + 1;
  const end = to === text.length ? to : text.lastIndexOf(" ", to);
  return `${start > 0 ? "…" : ""}${text.slice(Math.min(start, at), Math.max(end, at + query.length))}${end < text.length ? "…" : ""}`;
}
