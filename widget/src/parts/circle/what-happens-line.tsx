import { useTranslation } from "react-i18next";
import { nameOf } from "../../model/meeting/seats.ts";
import { useMeeting, useMeetingSnapshot, useServerTime } from "../../sitting/meeting.ts";
import { whatHappens } from "./what-happens.ts";

/**
 * Line with the next thing to come by itself, and its seconds. It ticks, so screen readers do not follow it; the
 * announcer says the changes.
 */
export function WhatHappensLine() {
  const { t } = useTranslation();
  const { me } = useMeeting();
  const meeting = useMeetingSnapshot();
  const now = useServerTime(500);
  const happens = meeting && whatHappens(meeting, me.id, now);
  if (!happens) return null;
  return (
    <p className="what-happens" role="note" data-testid="what-happens" data-what={happens.what}>
      {sentence()}
    </p>
  );

  function sentence(): string {
    if (!happens) return "";
    switch (happens.what) {
      case "offered":
      case "offeredHand":
      case "held":
        return t(`circle.what.${happens.what}`, { name: nameOf(meeting, happens.who), count: happens.count });
      case "timeShown":
        return t("circle.what.timeShown", { name: nameOf(meeting, happens.who) });
      case "offeredToMe":
      case "heldMe":
      case "graceMe":
      case "grace":
      case "next":
        return t(`circle.what.${happens.what}`, { count: happens.count });
      default:
        return t(`circle.what.${happens.what}`);
    }
  }
}
