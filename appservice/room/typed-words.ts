import { type MessageContent, wordsOf } from "./room-event.ts";

export type TypedContent = Pick<MessageContent, "msgtype" | "body" | "filename"> &
  Partial<Pick<MessageContent, "m.relates_to">>;

/** Types whose body is a file's name, unless there is a name beside it. */
const FILES: ReadonlySet<string> = new Set(["m.image", "m.file", "m.video", "m.audio"]);
/** Types whose body a program wrote, for clients that know the kind no better. */
const OF_PROGRAMS: ReadonlySet<string> = new Set(["m.notice", "m.server_notice", "m.location", "m.bad.encrypted"]);
const VERIFICATION = "m.key.verification.";

/**
 * Words that a person wrote in a message; empty where there are none. A kind that nobody knows is read as clients show
 * it: by its body (Client-Server API, "m.room.message msgtypes").
 */
export function typedWords(content: TypedContent): string {
  const { msgtype, body, filename } = content;
  if (OF_PROGRAMS.has(msgtype) || msgtype.startsWith(VERIFICATION)) return "";
  if (FILES.has(msgtype)) return filename === undefined || isName(body, filename) ? "" : body.trim();
  return wordsOf({ body, "m.relates_to": content["m.relates_to"] }).trim();
}

/**
 * Captions stand beside the name of the file (Matrix v1.10, "Media captions"); some clients leave the name's ending
 * out.
 */
function isName(body: string, filename: string): boolean {
  const [said, name] = [body, filename].map((text) => text.normalize("NFC").trim());
  return name === "" || said === name || said === name?.slice(0, Math.max(0, name.lastIndexOf(".")));
}
