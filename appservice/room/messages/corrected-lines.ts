import type { CorrectionMade } from "../../protocol/correction.ts";
import { CONTENT_KEY } from "../../protocol/namespace.ts";
import type { Wording } from "../record-posts.ts";
import type { Line, RoomContent } from "./message.ts";

/** Readers are told that people changed what a machine wrote, and who; the room keeps what stood there before. */
export function correctedLines(made: readonly CorrectionMade[], { t }: Wording): Line[] {
  const people = [...new Set(made.map(({ name }) => name))];
  return people.length > 0 ? [{ small: t("corrected.by", { people: people.join(", ") }) }] : [];
}

export function correctedData(made: readonly CorrectionMade[]): RoomContent {
  return made.length > 0 ? { [CONTENT_KEY.corrections]: made.map(({ of, id, by, at }) => ({ of, id, by, at })) } : {};
}
