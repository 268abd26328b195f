import { z } from "zod";
import type { Homeserver } from "./homeserver.ts";
import { type RoomEventOf, wordsOf } from "./room-event.ts";
import { withoutEnd } from "../protocol/without-end.ts";

/** Text that somebody brought for an import, or the reason why there is none. */
export type Brought = { readonly text: string } | { readonly lacking: "nothing" | "too-large" | "not-loaded" };

/** Most bytes that a scenario may hold. */
export const MOST_BYTES = 256 * 1024;

const Message = z.object({
  type: z.literal("m.room.message"),
  content: z.object({
    msgtype: z.string(),
    body: z.string(),
    url: z.string().optional(),
    file: z.looseObject({ url: z.string() }).optional(),
    info: z.object({ size: z.number().optional() }).optional(),
  }),
});

export type BroughtScenarioDeps = { readonly homeserver: Pick<Homeserver, "event" | "download" | "downloadEncrypted"> };

/** The scenario in a block of code below the command, or in the message or file that the command answers. */
export async function broughtScenario(
  event: RoomEventOf<"m.room.message">,
  { homeserver }: BroughtScenarioDeps,
): Promise<Brought> {
  const own = codeIn(wordsOf(event.content));
  if (own !== null) return { text: own };
  const answered = event.content["m.relates_to"]?.["m.in_reply_to"]?.event_id;
  return answered ? fromMessage(await homeserver.event(event.room_id, answered), homeserver) : { lacking: "nothing" };
}

async function fromMessage(event: unknown, homeserver: BroughtScenarioDeps["homeserver"]): Promise<Brought> {
  const parsed = Message.safeParse(event);
  if (!parsed.success) return { lacking: "nothing" };
  const { msgtype, body, url, file: encrypted, info } = parsed.data.content;
  if (msgtype === "m.text" || msgtype === "m.notice") return { text: codeIn(body) ?? body };
  if (msgtype !== "m.file") return { lacking: "nothing" };
  // A stated size that is too large spares the download; the file itself is measured all the same.
  if ((info?.size ?? 0) > MOST_BYTES) return { lacking: "too-large" };
  const file = encrypted
    ? await homeserver.downloadEncrypted(encrypted, MOST_BYTES)
    : url !== undefined && (await homeserver.download(url, MOST_BYTES));
  if (file === false) return { lacking: "nothing" };
  return typeof file === "string" ? { lacking: file } : { text: new TextDecoder().decode(file) };
}

/** Text between lines of ```, as clients leave it in the plain text of a message. */
function codeIn(body: string): string | null {
  const opening = /```[\w-]*[ \t]*\n/.exec(body);
  if (!opening) return null;
  const start = opening.index + opening[0].length;
  const end = body.indexOf("```", start);
  if (end < 0) return null;
  const code = withoutEnd(body.slice(start, end), /[ \t]/);
  return code.endsWith("\n") ? code.slice(0, -1) : code;
}
