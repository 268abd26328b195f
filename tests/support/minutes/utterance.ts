import type { Utterance } from "../../../appservice/protocol/meeting-record.ts";
import { personId } from "../protocol/ids.ts";

/** For tests: an utterance of which only what matters is given. Said on Monday, 23 November 2026 at noon UTC. */
export function utterance(given: Partial<Utterance> & { text: string }): Utterance {
  const startedAt = given.startedAt ?? Date.parse("2026-11-23T12:00:00Z");
  return {
    id: "1.1",
    turn: 1,
    circle: 0,
    speaker: personId("@anna:x"),
    startedAt,
    endedAt: startedAt + 5_000,
    language: null,
    segments: [{ kind: "speech", text: given.text }],
    engine: { id: "test", model: "none" },
    ...given,
  };
}
