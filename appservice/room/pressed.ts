import type { MeetingId } from "../protocol/identity.ts";
import { type Control, controlOf } from "./controls.ts";
import { type MinutesMark, type MarkedKind, MARKED_KINDS, markOf } from "./marks.ts";

/** A task, a decision or a question of a meeting. */
export type MarkedItem = { readonly meeting: MeetingId; readonly of: MarkedKind; readonly id: string };

/** Remembers of a reaction what taking it back needs. */
export type Pressed =
  /**
   * `made`: the meeting in which it was pressed, and the moment since which what came of it stands there; null: nothing
   * did, or it was not kept at that time.
   */
  | {
      readonly kind: "control";
      readonly control: Control;
      readonly made: { readonly meeting: MeetingId; readonly since: number } | null;
    }
  | { readonly kind: "agreement"; readonly meeting: MeetingId; readonly mark: MinutesMark }
  /**
   * `made`: how many corrections the thing had had, this one among them; null: nothing came of it; "unknown": not kept
   * at that time.
   */
  | {
      readonly kind: "mark";
      readonly mark: MinutesMark;
      readonly item: MarkedItem;
      readonly made: number | null | "unknown";
    };

/** Gives the spelling under which the database has it. */
export function formatPressed(pressed: Pressed): string {
  switch (pressed.kind) {
    case "control": {
      const { control, made } = pressed;
      return made ? `${control} ${made.meeting} ${made.since}` : control;
    }
    case "agreement":
      return `agreement ${pressed.meeting} ${pressed.mark}`;
    case "mark": {
      const { mark, item, made } = pressed;
      const thing = `${mark} ${item.meeting} ${item.of}:${item.id}`;
      return made === "unknown" ? thing : `${thing} ${made ?? "-"}`;
    }
  }
}

/** Reads a spelling of `formatPressed`, or an older one that names a task by its id alone; null for anything else. */
export function parsePressed(text: string): Pressed | null {
  const [sign = "", meeting, since] = text.split(" ");
  const control = controlOf(sign);
  if (control) {
    const made = meeting === undefined ? null : { meeting: meeting as MeetingId, since: Number(since) };
    return { kind: "control", control, made };
  }
  const [first = "", second = "", third = "", made] = text.split(" ");
  if (first === "agreement") {
    const mark = markOf(third);
    return mark && { kind: "agreement", meeting: second as MeetingId, mark };
  }
  const mark = markOf(first);
  if (!mark || second === "" || third === "") return null;
  return { kind: "mark", mark, item: { meeting: second as MeetingId, ...parseThing(third) }, made: parseMade(made) };
}

function parseThing(text: string): Pick<MarkedItem, "of" | "id"> {
  const of = MARKED_KINDS.find((kind) => text.startsWith(`${kind}:`));
  return of ? { of, id: text.slice(of.length + 1) } : { of: "task", id: text };
}

function parseMade(text: string | undefined): number | null | "unknown" {
  if (text === undefined) return "unknown";
  return text === "-" ? null : Number(text);
}
