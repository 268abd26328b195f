import type { MinutesResult } from "./meeting-record.ts";

/** Texts that a result of the minutes gives people to read. */
export function textsOf(result: MinutesResult): string[] {
  switch (result.form) {
    case "summary":
      return result.sentences.map(({ text }) => text);
    case "tasks":
      return result.tasks.map(({ title }) => title);
    case "decisions":
      return result.decisions.map(({ text }) => text);
    case "questions":
      return result.questions.map(({ text }) => text);
    case "note":
      return [result.text];
    case "graph":
      return [];
  }
}
