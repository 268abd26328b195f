import type { MeetingRecord, MinutesEntry, MinutesResult } from "../../../appservice/protocol/meeting-record.ts";
import type { MeetingSnapshot } from "../../../appservice/protocol/meeting-snapshot.ts";

/** For tests: the minutes as a person would read them. */
export function printed(entries: readonly MinutesEntry[], meeting: MeetingSnapshot, record: MeetingRecord): string {
  const name = (id: string | null | undefined) => meeting.people.find((person) => person.id === id)?.name ?? "?";
  const speaker = (id: string | undefined) => name(record.utterances.find((utterance) => utterance.id === id)?.speaker);
  const linesOf = (result: MinutesResult): string[] => {
    switch (result.form) {
      case "summary":
        return result.sentences.map(({ text, from }) => `${speaker(from[0])}: ${text} [${from.join()}]`);
      case "tasks":
        return result.tasks.map(
          (task) =>
            `- ${task.title} · ${task.owner ? name(task.owner) : "nobody"} · ${task.due ?? "no date"} · ${task.status} [${task.from.join()}]`,
        );
      case "decisions":
        return result.decisions.map(
          ({ text, status, from }) => `- ${speaker(from[0])}: ${text} · ${status} [${from.join()}]`,
        );
      case "questions":
        return result.questions.map(
          ({ text, status, from, answeredIn }) =>
            `- ${speaker(from[0])}: ${text} · ${status} [${from.join()}]${answeredIn.length > 0 ? ` → [${answeredIn.join()}]` : ""}`,
        );
      case "graph":
        return result.same.map(({ nodes: [one, other] }) => `${one} = ${other}`);
      case "note":
        return [result.title, result.text];
    }
  };
  return entries
    .map(({ about, result, madeBy }) => {
      const subject = [
        "circle" in about ? `circle ${about.circle + 1}` : "meeting",
        ...("participant" in about ? [name(about.participant)] : []),
      ].join(", ");
      const head = `# ${madeBy.plugin}: ${subject} (${madeBy.method})`;
      return [head, ...linesOf(result)].join("\n");
    })
    .join("\n\n");
}
