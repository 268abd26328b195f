import type { Countdown } from "./countdown.ts";

const R = 48;
const ROUND = 2 * Math.PI * R;

/** The ring round the speaker that runs out; its colour is the mark, in words it is said by the stage. */
export function CountdownArc({ countdown, size }: { countdown: Countdown | null; size: number }) {
  const fraction = countdown?.fraction ?? 0;
  return (
    <svg className="arc" viewBox="0 0 100 100" width={size} height={size} data-mark={countdown?.mark ?? "none"} data-of={countdown?.of ?? "none"} aria-hidden="true">
      <circle className="arc-track" cx="50" cy="50" r={R} />
      <circle className="arc-left" cx="50" cy="50" r={R} strokeDasharray={ROUND} style={{ strokeDashoffset: ROUND * (fraction - 1) }} transform="rotate(-90 50 50)" />
    </svg>
  );
}
