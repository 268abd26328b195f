import { ToggleInput } from "@vector-im/compound-web";
import { useTranslation } from "react-i18next";
import { useMeeting } from "../../sitting/meeting.ts";
import { NudgeSetting } from "./nudge-setting.tsx";
import { preferences } from "../../model/preferences/preferences.ts";
import { usePreferences } from "../../sitting/use-preferences.ts";
import { askForNotifications, notificationsCanBeAsked } from "./notification.ts";

/**
 * Setting of the signs of one's turn, for people who look elsewhere. The browser's question comes with this switch,
 * never by itself.
 */
export function SignsSetting() {
  const { t } = useTranslation();
  const { signs, notifications } = usePreferences();
  const { nudges } = useMeeting();
  const wish = async (on: boolean) => preferences.set({ notifications: on && (await askForNotifications()) });
  return (
    <>
      <label className="setting">
        <span>
          {t("signs.setting")}
          <small>{t("signs.settingHint")}</small>
        </span>
        <ToggleInput
          checked={signs}
          data-testid="set-signs"
          onChange={(event) => preferences.set({ signs: event.target.checked })}
        />
      </label>
      {signs && notificationsCanBeAsked() && (
        <label className="setting">
          <span>
            {t("signs.notifications")}
            <small>{t("signs.notificationsHint")}</small>
          </span>
          <ToggleInput
            checked={notifications}
            data-testid="set-notifications"
            onChange={(event) => void wish(event.target.checked)}
          />
        </label>
      )}
      {signs && nudges && <NudgeSetting client={nudges} />}
    </>
  );
}
