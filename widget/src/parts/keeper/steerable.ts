import { stageWords } from "@mindminder/protocol/circle-stages.ts";
import type { CircleSnapshot, MeetingSnapshot, PersonSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import type { Me } from "../../model/meeting/rights.ts";
import type { ParticipantId } from "@mindminder/protocol/identity.ts";

/** The circle whose theme the keeper may change: the running one, else the next. */
export function steeredCircle({ circles, phase }: MeetingSnapshot): CircleSnapshot | null {
  if (phase !== "circle" && phase !== "between") return null;
  return circles.find(({ status }) => status === (phase === "circle" ? "running" : "waiting")) ?? null;
}

/** People whose order may still change: those who wait in the running circle, or would sit in the next. */
export function toArrange({
  phase,
  ring,
  done,
  returns,
  turn,
  people,
  order = [],
  stage,
}: MeetingSnapshot): ParticipantId[] {
  if (phase === "ended" || (stage !== null && !stageWords(stage).seats)) return [];
  if (phase === "circle")
    return ring.filter(
      (id) => !done.includes(id) && !returns.includes(id) && (turn?.speaker !== id || turn.hand !== null),
    );
  const present = people.filter(({ presence }) => presence === "call" || presence === "room").map(({ id }) => id);
  return [...order.filter((id) => present.includes(id)), ...present.filter((id) => !order.includes(id))];
}

/** People who have spoken in this circle and have no other turn to come. */
export function mayHaveAnother({ phase, stage, done, returns, turn, people }: MeetingSnapshot): PersonSnapshot[] {
  if (phase !== "circle" || stage === null || stageWords(stage).word !== "ring") return [];
  return people.filter(
    ({ id, presence }) => presence !== "left" && done.includes(id) && !returns.includes(id) && turn?.speaker !== id,
  );
}

export function mayBeTakenOut({ people }: MeetingSnapshot, me: Me): PersonSnapshot[] {
  return people.filter(({ id, presence }) => presence !== "left" && id !== me.id);
}
