import { useTranslation } from "react-i18next";
import { Icon } from "../../look/icons.tsx";
import { preferences } from "../../model/preferences/preferences.ts";
import { useDeviceList } from "../../sitting/use-device-list.ts";
import { DeviceSelect } from "./device-select.tsx";
import type { MicrophoneCheck } from "./microphone-check.ts";

type MicrophoneProps = {
  check: MicrophoneCheck;
  device: string | null;
  heard: boolean;
  onOther: () => void;
  folded: boolean;
  onUnfold: () => void;
};

/** Choice of the microphone, with a sign that it hears; once it does, only its name where there is little room. */
export function MicrophoneChoice({ check, device, heard, onOther, folded, onUnfold }: MicrophoneProps) {
  const { t } = useTranslation();
  const { microphones } = useDeviceList(check.state);
  const name = microphones.find(({ id }) => id === device)?.label ?? t("check.defaultDevice");
  const percent = Math.round(check.level * 100);
  return (
    <div className="microphone-choice">
      {folded ? (
        <button
          type="button"
          className="devices-folded"
          aria-expanded={false}
          data-testid="unfold-devices"
          onClick={onUnfold}
        >
          <span>{name}</span>
          <Icon name="unfold" size={20} />
        </button>
      ) : (
        <DeviceSelect
          label={t("check.microphone")}
          usual={t("check.defaultDevice")}
          devices={microphones}
          value={device}
          onChange={(id) => {
            onOther();
            preferences.set({ microphone: id });
          }}
        />
      )}
      <div className="level">
        <Icon name="microphone" size={18} />
        <div
          className="level-bar"
          role="meter"
          aria-label={t("check.level")}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={percent}
          data-testid="level"
        >
          <i style={{ transform: `scaleX(${check.level})` }} />
        </div>
      </div>
      <p className="quiet small">
        {check.state === "asking" ? t("check.asking") : heard ? t("check.heard") : t("check.speakUp")}
      </p>
    </div>
  );
}
