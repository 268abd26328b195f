import { createHash } from "node:crypto";
import { z } from "zod";
import { shortened } from "../../language/shortened.ts";
import { type Translate, dateIn } from "../../language/translate.ts";
import { type Language, MeetingId, ParticipantId } from "../../protocol/identity.ts";
import type { Comment, MinutesEntry, Task, Utterance } from "../../protocol/meeting-record.ts";
import type { Searchable } from "../../protocol/searchable.ts";

/** Task as it should stand in a task manager. It is kept in the database, so its text is checked when it is read. */
export const OutsideTask = z.object({
  meeting: MeetingId,
  task: z.string(),
  title: z.string(),
  owner: z.object({ id: ParticipantId, name: z.string() }).nullable(),
  due: z.string().nullable(),
  /** `dropped`: somebody said that it is no task. */
  status: z.enum(["open", "done", "dropped"]),
  /** Words that it rests on, with their speakers and meeting: for people, in the meeting's language. */
  description: z.string(),
  meetingTitle: z.string(),
  /** Instant at which the meeting began. */
  at: z.number(),
});
export type OutsideTask = z.infer<typeof OutsideTask>;

const MOST_QUOTED = 2_000;

/** Source of tasks: a meeting as it is held here, or as it is shown to people. */
type Source = {
  readonly meeting: {
    readonly id: MeetingId;
    readonly title: string;
    readonly at: number;
    readonly language: Language;
    readonly people: readonly { readonly id: ParticipantId; readonly name: string }[];
  };
  readonly record: {
    readonly minutes: readonly MinutesEntry[];
    readonly utterances: Searchable<Utterance>;
    readonly comments: Searchable<Comment>;
  };
};

/**
 * Lists all tasks of a meeting that should stand outside: those that people confirmed; mere suggestions only where they
 * are asked for.
 */
export function outsideTasks(
  { meeting, record }: Source,
  { suggestions, t }: { suggestions: boolean; t: Translate },
): OutsideTask[] {
  return record.minutes
    .flatMap(({ result }) => (result.form === "tasks" ? result.tasks : []))
    .flatMap((task): OutsideTask[] => {
      if (task.status === "suggested" && !suggestions) return [];
      const name = task.owner && (meeting.people.find(({ id }) => id === task.owner)?.name ?? task.owner);
      return [
        {
          meeting: meeting.id,
          task: task.id,
          title: task.title,
          due: task.due,
          owner: task.owner && name ? { id: task.owner, name } : null,
          status: task.status === "suggested" ? "open" : task.status,
          description: descriptionOf(task, { meeting, record }, t),
          meetingTitle: meeting.title,
          at: meeting.at,
        },
      ];
    });
}

/** Describes a task and names its owner in words, for an owner need not have an account outside. */
function descriptionOf(task: Task, { meeting, record }: Source, t: Translate): string {
  const nameOf = (id: ParticipantId) => meeting.people.find((person) => person.id === id)?.name ?? id;
  const said = [
    ...record.utterances
      .filter(({ id }) => task.from.includes(id))
      .map(({ speaker, text, segments }) => ({
        name: nameOf(speaker),
        text: text || segments.map((each) => each.text).join(" "),
      })),
    ...record.comments
      .filter(({ id, text }) => task.from.includes(id) && text !== "")
      .map(({ name, text }) => ({ name, text })),
  ];
  const quotes = said.map(({ name, text }) => `${name}: ${text}`).join("\n");
  const day = dateIn(meeting.language, new Date(meeting.at).toISOString().slice(0, 10));
  const owner = task.owner ? [t("tasks.assigned", { owner: nameOf(task.owner) })] : [];
  const lines = [...owner, shortened(quotes, MOST_QUOTED), t("tasks.said-in", { meeting: meeting.title, date: day })];
  return lines.filter((line) => line !== "").join("\n\n");
}

/**
 * Mark of a task, the same for all time and for no other task: from it targets make the names by which they know their
 * item again.
 */
export function markOf({ meeting, task }: Pick<OutsideTask, "meeting" | "task">): string {
  return `mindminder-${createHash("sha256").update(`${meeting}\n${task}`).digest("hex").slice(0, 32)}`;
}

/**
 * Hash of the facts, which tells whether the item outside has to change. The status is compared apart: people outside
 * may have changed that.
 */
export function hashOf({ status: _, ...facts }: OutsideTask): string {
  return createHash("sha256").update(JSON.stringify(facts)).digest("base64url").slice(0, 24);
}
