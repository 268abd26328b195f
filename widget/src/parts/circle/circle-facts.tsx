import type { CircleSnapshot, MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { viewOf } from "./kinds/kinds.ts";

/** A running circle shows its answers and texts beside the ring; afterwards they belong to the record. */
export function hasFacts(circle: CircleSnapshot): boolean {
  return circle.status === "done" && (viewOf(circle).hasFacts?.(circle) ?? false);
}

/** Decisions and texts of a circle that is over. */
export function CircleFacts({ circle: index, meeting }: { circle: number; meeting: MeetingSnapshot | null }) {
  const circle = meeting?.circles[index];
  if (!meeting || !circle || !hasFacts(circle)) return null;
  const { Facts } = viewOf(circle);
  return (
    <div className="circle-facts" data-testid="circle-facts">
      {Facts && <Facts meeting={meeting} circle={circle} />}
    </div>
  );
}
