import type { MeetingRecord, MinutesEntry } from "../../protocol/meeting-record.ts";
import type { MeetingSnapshot } from "../../protocol/meeting-snapshot.ts";

/** For tests: the minutes as a person would read them. */
export function printed(entries: readonly MinutesEntry[], meeting: MeetingSnapshot, record: MeetingRecord): string {
  const name = (id: string | null | undefined) => meeting.people.find((person) => person.id === id)?.name ?? "?";
  const speaker = (id: string | undefined) => name(record.utterances.find((utterance) => utterance.id === id)?.speaker);
  return entries
    .map(({ about, result, madeBy }) => {
      const subject = about.kind === "participant" ? `circle ${about.circle + 1}, ${name(about.participant)}` : about.kind === "circle" ? `circle ${about.circle + 1}` : "meeting";
      const head = `# ${madeBy.plugin}: ${subject} (${madeBy.method})`;
      const lines =
        result.form === "summary"
          ? result.sentences.map(({ text, from }) => `${speaker(from[0])}: ${text} [${from.join()}]`)
          : result.form === "tasks"
            ? result.tasks.map((task) => `- ${task.title} · ${task.owner ? name(task.owner) : "nobody"} · ${task.due ?? "no date"} · ${task.status} [${task.from.join()}]`)
            : [result.title, result.text];
      return [head, ...lines].join("\n");
    })
    .join("\n\n");
}
