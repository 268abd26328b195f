import { useTranslation } from "react-i18next";
import type { AssemblyMap, RingOnMap } from "@mindminder/protocol/assembly-map.ts";
import { clockTime } from "../../language/duration.ts";
import { plainName } from "../../model/meeting/seats.ts";
import { useServerTime } from "../../sitting/meeting.ts";

/** More names than these are a number. */
const MOST_NAMES = 3;

/** A group that gathers: for whom it waits, and when it begins without them. */
export function WaitingFor({ map: { phase }, ring: { status, people } }: { map: AssemblyMap; ring: RingOnMap }) {
  const { t } = useTranslation("assembly");
  const now = useServerTime(500);
  if (status !== "waiting") return null;
  const absent = people.filter(({ here }) => !here).map(({ name }) => plainName(name));
  const left = Math.max(0, phase.beginsBy - now);
  const names = absent.length > MOST_NAMES ? t("people", { count: absent.length }) : absent.join(", ");
  return (
    <p className="waiting-for" data-testid="waiting-for">
      <bdi>{absent.length === 0 ? t("allHere") : t("waitsFor", { names })}</bdi>{" "}
      <span className="quiet">· {t("beginsIn", { time: clockTime(left) })}</span>
    </p>
  );
}
