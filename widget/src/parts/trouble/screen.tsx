import type { ReactNode } from "react";
import { BigIcon } from "@vector-im/compound-web";
import { useTranslation } from "react-i18next";
import { Icon, type IconName } from "../../look/icons.tsx";
import "./screens.css";

const SIGN = {
  opening: "circle",
  outsideClient: "circle",
  identityRefused: "person",
  notMember: "lock",
  otherHomeserver: "link",
  homeserverSilent: "away",
  botAbsent: "noPower",
  botWithoutPower: "noPower",
  encryptedRoom: "lock",
  serviceAway: "away",
  callAway: "away",
  unsupportedBrowser: "browser",
  broken: "warning",
  linkUnknown: "link",
  linkUsed: "link",
  telegramAgain: "link",
  telegramShut: "lock",
  guestLinkOver: "link",
  turnedAway: "lock",
  signedOut: "lock",
  otherTab: "elsewhere",
  reconnecting: "circle",
  callLost: "away",
} as const satisfies Record<string, IconName>;

export type ScreenName = keyof typeof SIGN;
export const SCREEN_NAMES = Object.keys(SIGN) as ScreenName[];

/** Something is under way, and no fault. */
const WAITING: readonly ScreenName[] = ["opening", "reconnecting"];

/** One way of not being in the circle, with its name and what to do about it. `words`: the service knows it better. */
export function Screen({ name, words, children }: { name: ScreenName; words?: string; children?: ReactNode }) {
  const { t } = useTranslation();
  const waiting = WAITING.includes(name);
  return (
    <section className="screen" data-screen={name} role={waiting ? "status" : "alert"}>
      <span className="screen-sign" data-turning={waiting}>
        <BigIcon>
          <Icon name={SIGN[name]} size={32} />
        </BigIcon>
      </span>
      <h1>{t(`screen.${name}.title`)}</h1>
      <p>{words || t(`screen.${name}.hint`)}</p>
      {children && <div className="row">{children}</div>}
    </section>
  );
}
