import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Icon, type IconName } from "../look/icons.tsx";
import "./screens.css";

export type ScreenName =
  | "opening" | "outsideClient" | "identityRefused" | "notMember" | "serviceAway" | "callAway" | "unsupportedBrowser" | "broken" | "linkUnknown" | "linkUsed";

const SIGN: Record<ScreenName, IconName> = {
  opening: "circle", outsideClient: "circle", identityRefused: "keeper", notMember: "leave",
  serviceAway: "away", callAway: "away", unsupportedBrowser: "warning", broken: "warning", linkUnknown: "away", linkUsed: "away",
};

/** One way of not being in the circle, with its name and what to do about it. */
export function Screen({ name, children }: { name: ScreenName; children?: ReactNode }) {
  const { t } = useTranslation();
  const waiting = name === "opening";
  return (
    <section className="screen" data-screen={name} role={waiting ? "status" : "alert"}>
      <span className="screen-sign" data-turning={waiting}><Icon name={SIGN[name]} size={44} /></span>
      <h1>{t(`screen.${name}.title`)}</h1>
      <p>{t(`screen.${name}.hint`)}</p>
      {children && <div className="row">{children}</div>}
    </section>
  );
}
