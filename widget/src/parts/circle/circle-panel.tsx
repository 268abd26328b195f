import { useMeetingSnapshot } from "../../sitting/meeting.ts";
import { ConsentPanel } from "./consent-panel.tsx";
import { FloorPanel } from "./floor-panel.tsx";
import { TextsPanel } from "./texts-panel.tsx";
import { WritingPanel } from "./writing-panel.tsx";
import "./circle.css";

/** The part of the page that belongs to the kind of the running circle; most circles need none beside the ring. */
export function CirclePanel() {
  const meeting = useMeetingSnapshot();
  const circle = meeting?.circles[meeting.circle ?? -1];
  if (!meeting || !circle) return null;
  if (meeting.phase !== "circle") return null;
  if (meeting.stage === "writing") return <WritingPanel meeting={meeting} circle={circle} />;
  if (meeting.stage === "floor") return <FloorPanel meeting={meeting} />;
  if (circle.kind === "consent") return <ConsentPanel meeting={meeting} circle={circle} />;
  if (circle.kind === "silent-writing") return <TextsPanel meeting={meeting} circle={circle} />;
  return null;
}
