import type { Countdown } from "../../model/meeting/countdown.ts";

const WIDTH = 6;

/** The ring round the speaker that runs out; its colour is the mark, in words it is said by the stage. */
export function CountdownArc({ countdown, size }: { countdown: Countdown | null; size: number }) {
  const fraction = countdown?.fraction ?? 0;
  const radius = (size - WIDTH) / 2;
  const round = 2 * Math.PI * radius;
  const circle = { cx: size / 2, cy: size / 2, r: radius, strokeWidth: WIDTH };
  return (
    <svg
      className="arc"
      viewBox={`0 0 ${size} ${size}`}
      width={size}
      height={size}
      data-mark={countdown?.mark ?? "none"}
      data-of={countdown?.of ?? "none"}
      aria-hidden="true"
    >
      <circle className="arc-track" {...circle} />
      <circle
        className="arc-left"
        {...circle}
        strokeDasharray={round}
        style={{ strokeDashoffset: round * (fraction - 1) }}
        transform={`rotate(-90 ${size / 2} ${size / 2})`}
      />
    </svg>
  );
}
