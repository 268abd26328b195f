import { changesWords } from "../../protocol/changes-words.ts";
import type { CorrectionMade } from "../../protocol/correction.ts";
import { CONTENT_KEY } from "../../protocol/namespace.ts";
import type { Wording } from "../wording.ts";
import type { Line, RoomContent } from "./message.ts";

/** Lines that tell readers who changed words of a machine; the room keeps the earlier words. */
export function correctedLines(made: readonly CorrectionMade[], wording: Wording): Line[] {
  return correctedFacts(made, wording).map((small) => ({ small }));
}

/**
 * The same as part of a line. People who only confirmed a thing, finished it or took it back have put other words in
 * nobody's place.
 */
export function correctedFacts(made: readonly CorrectionMade[], { t }: Wording): string[] {
  const people = [...new Set(made.filter(changesWords).map(({ name }) => name))];
  return people.length > 0 ? [t("corrected.by", { people: people.join(", "), count: people.length })] : [];
}

/** Sentence that a thing was taken back, and by whom. `otherwise`: it is gone by itself. */
export function droppedText(
  made: readonly CorrectionMade[],
  otherwise: "task.dropped" | "decision.dropped" | "question.dropped",
  t: Wording["t"],
): string {
  const last = made.findLast(
    (each) =>
      each.of !== "utterance" &&
      each.of !== "summary" &&
      each.after.status === "dropped" &&
      each.before.status !== "dropped",
  );
  return last ? t("item.dropped-by", { name: last.name }) : t(otherwise);
}

export function correctedData(made: readonly CorrectionMade[]): RoomContent {
  return made.length > 0 ? { [CONTENT_KEY.corrections]: made.map(({ of, id, by, at }) => ({ of, id, by, at })) } : {};
}
