import type { MinutesEntry } from "../../protocol/meeting-record.ts";
import { CONTENT_KEY } from "../../protocol/namespace.ts";
import { notice, type RoomContent } from "./message.ts";

/** Note of a plugin in a form of its own: a title and a text. */
export function noteMessage(entry: MinutesEntry, note: { readonly title: string; readonly text: string }): RoomContent {
  return notice([{ heading: note.title }, note.text], { [CONTENT_KEY.note]: entry });
}
