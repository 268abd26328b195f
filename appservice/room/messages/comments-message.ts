import { type KeptComment, shownComment } from "../../record/kept-comment.ts";
import { CONTENT_KEY } from "../../protocol/namespace.ts";
import type { Wording } from "../wording.ts";
import { inParts } from "./in-parts.ts";
import { type Line, notice, type RoomContent } from "./message.ts";
import { partOf } from "./part-of.ts";

/** Letters that a comment takes besides its text: name, times, ids. */
const AROUND = 120;

/**
 * Comments that people typed while a circle ran, in the circle's thread. One that was taken back still counts when
 * they are divided into parts, so that no part is left standing with old words in it.
 */
export function commentsMessages(circle: number, comments: readonly KeptComment[], { t }: Wording): RoomContent[] {
  const parts = inParts(comments, ({ longest }) => longest + AROUND);
  return parts.map((part, index) => {
    const standing = part.filter(({ removed }) => !removed);
    const lines = standing.map(({ name, text }): Line => ({ lead: name, item: text }));
    const heading = `${t("comments.title")}${partOf(index, parts.length, t)}`;
    const data = { circle, comments: standing.map(shownComment) };
    return notice([{ heading }, ...(lines.length > 0 ? lines : [{ small: t("comments.none") }])], {
      [CONTENT_KEY.comments]: data,
    });
  });
}
