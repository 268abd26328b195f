import { useMeetingSnapshot } from "../../sitting/meeting.ts";
import { viewOf } from "./kinds/kinds.ts";
import "./circle.css";

/** The part of the page that belongs to the kind of the running circle; most circles need none beside the ring. */
export function CirclePanel() {
  const meeting = useMeetingSnapshot();
  const circle = meeting?.circles[meeting.circle ?? -1];
  if (!meeting || !circle || meeting.phase !== "circle") return null;
  const { Panel } = viewOf(circle);
  return Panel ? <Panel meeting={meeting} circle={circle} /> : null;
}
