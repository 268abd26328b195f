import { useTranslation } from "react-i18next";
import { Dialog } from "../../look/dialog.tsx";
import { Icon, type IconName } from "../../look/icons.tsx";

const KEYS = [
  ["space", "pass"],
  ["m", "talk"],
  ["tab", "tab"],
  ["escape", "escape"],
  ["question", "help"],
] as const;
const SIGNS = {
  next: "next",
  done: "check",
  returns: "back",
  away: "away",
  hand: "hand",
  weak: "weak",
  keeper: "shield",
} as const satisfies Record<string, IconName>;
const SIGN_NAMES = ["next", "done", "returns", "away", "hand", "weak", "keeper"] as const;

/** Explains the circle, the keys that run it, and the signs at the seats. */
export function HelpDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog title={t("help.title")} name="help" onClose={onClose}>
      <p>{t("help.lead")}</p>
      <section>
        <h3>{t("help.keys")}</h3>
        <dl className="keys">
          {KEYS.map(([key, does]) => (
            <div key={key} style={{ display: "contents" }}>
              <dt>
                <kbd>{t(`help.keyName.${key}`)}</kbd>
              </dt>
              <dd>{t(`help.key.${does}`)}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section>
        <h3>{t("help.signs")}</h3>
        <dl className="signs">
          {SIGN_NAMES.map((sign) => (
            <div key={sign} style={{ display: "contents" }}>
              <dt>
                <Icon name={SIGNS[sign]} size={16} />
              </dt>
              <dd>{t(`help.sign.${sign}`)}</dd>
            </div>
          ))}
        </dl>
      </section>
    </Dialog>
  );
}
