import { useTranslation } from "react-i18next";
import { clockTime } from "../../language/duration.ts";
import { Icon } from "../../look/icons.tsx";
import { CountdownArc } from "./countdown-arc.tsx";
import type { Countdown } from "../../model/meeting/countdown.ts";

/** The time that everybody sees the same. */
export function Clock({ countdown, large = false }: { countdown: Countdown; large?: boolean }) {
  const { t } = useTranslation();
  return (
    <span
      className={large ? "clock-large" : "clock"}
      role="timer"
      data-testid="countdown"
      data-mark={countdown.mark}
      data-of={countdown.of}
      aria-label={t("ring.timeLeft")}
    >
      {countdown.of === "standing" && !large && <Icon name="pause" size={14} />}
      {clockTime(countdown.leftMs)}
    </span>
  );
}

/** A clock as large as a face: in one's own turn, and while all do something at once. */
export function Dial({ countdown, size }: { countdown: Countdown | null; size: number }) {
  return (
    <div
      className="stage-face dial"
      style={{ width: size, height: size, "--dial": `${size}px` }}
      data-mark={countdown?.mark ?? "none"}
    >
      <CountdownArc countdown={countdown} size={size} />
      {countdown && <Clock countdown={countdown} large />}
    </div>
  );
}
