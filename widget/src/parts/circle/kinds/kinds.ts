import type { CircleKind } from "@mindminder/protocol/circle-stages.ts";
import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { dotVote } from "./dot-vote/view.tsx";
import { consent } from "./consent/view.tsx";
import type { KindView, StageView } from "./kind-view.ts";
import { openFloor } from "./open-floor/view.tsx";
import { plain } from "./plain/view.ts";
import { silentWriting } from "./silent-writing/view.tsx";

/** The kinds of circle, each from its folder. */
const KINDS: Readonly<Record<CircleKind, KindView>> = {
  "check-in": plain,
  statement: plain,
  clarify: plain,
  reactions: plain,
  consent,
  "open-floor": openFloor,
  "silent-writing": silentWriting,
  "dot-vote": dotVote,
  tasks: plain,
  "check-out": plain,
};

export function viewOf(circle: { readonly kind: CircleKind }): KindView {
  return KINDS[circle.kind];
}

const STAGES: ReadonlyMap<string, StageView> = new Map(
  Object.values(KINDS).flatMap(({ stages }) => Object.entries(stages)),
);

/** The stage that the running circle is in, where it is one of its kind's own. */
export function stageViewOf({ phase, stage }: Pick<MeetingSnapshot, "phase" | "stage">): StageView | null {
  return phase === "circle" && stage !== null ? (STAGES.get(stage) ?? null) : null;
}
