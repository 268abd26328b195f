import { ToggleInput } from "@vector-im/compound-web";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { Language } from "@mindminder/protocol/identity.ts";
import { speakerCanBeChosen, type Processing } from "../../model/call/call-state.ts";
import { useDeviceList } from "../../sitting/use-device-list.ts";
import { AccountSetting } from "../account/account-setting.tsx";
import { AgreementSetting } from "../agreement/agreement-setting.tsx";
import { DeviceSelect } from "../controls/device-select.tsx";
import { LANGUAGE_NAMES } from "../../language/language-names.ts";
import { Dialog } from "../../look/dialog.tsx";
import { preferences } from "../../model/preferences/preferences.ts";
import { usePreferences } from "../../sitting/use-preferences.ts";
import { SignsSetting } from "../signs/signs-setting.tsx";
import { PurposesSetting } from "../purposes/purposes-setting.tsx";
import { useCall } from "../../sitting/call.ts";

/** A person's own settings: devices, their sound, what they hear of the meeting, their language. */
export function SettingsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog title={t("settings.title")} name="settings" onClose={onClose}>
      <LanguageChoice />
      <TranslationChoice />
      <section>
        <h3>{t("settings.meeting")}</h3>
        <Toggle of="captions" label={t("settings.captions")} hint={t("settings.captionsHint")} />
        <Toggle of="captionsAloud" label={t("settings.captionsAloud")} hint={t("settings.captionsAloudHint")} />
        <Toggle of="sounds" label={t("settings.sounds")} hint={t("settings.soundsHint")} />
        <SignsSetting />
        <Toggle of="pushToTalk" label={t("settings.pushToTalk")} hint={t("settings.pushToTalkHint")} />
      </section>
      <AgreementSetting />
      <PurposesSetting />
      <AccountSetting />
      <Devices />
      <section>
        <h3>{t("settings.sound")}</h3>
        <ProcessingToggle of="noiseSuppression" />
        <ProcessingToggle of="echoCancellation" />
        <ProcessingToggle of="autoGainControl" />
      </section>
    </Dialog>
  );
}

function LanguageChoice() {
  const { t } = useTranslation();
  const { language } = usePreferences();
  return (
    <LanguageSelect
      label={t("settings.language")}
      none={t("settings.asInClient")}
      value={language}
      testId="language"
      choose={(chosen) => preferences.set({ language: chosen })}
    />
  );
}

function TranslationChoice() {
  const { t } = useTranslation();
  const { translateTo } = usePreferences();
  return (
    <LanguageSelect
      label={t("settings.translateTo")}
      none={t("sound.no")}
      hint={t("settings.translateHint")}
      value={translateTo}
      testId="translate-to"
      choose={(chosen) => preferences.set({ translateTo: chosen })}
    />
  );
}

type LanguageSelectProps = {
  label: string;
  /** Says what holds where no language is chosen. */
  none: string;
  hint?: string;
  value: Language | null;
  testId: string;
  choose: (language: Language | null) => void;
};

function LanguageSelect({ label, none, hint, value, testId, choose }: LanguageSelectProps) {
  const field = useId();
  return (
    <section>
      <div className="setting-choice">
        <label htmlFor={field}>{label}</label>
        <select
          id={field}
          className="field"
          value={value ?? ""}
          data-testid={testId}
          aria-describedby={hint && `${field}-hint`}
          onChange={(event) => choose(Language.safeParse(event.target.value).data ?? null)}
        >
          <option value="">{none}</option>
          {Language.options.map((code) => (
            <option key={code} value={code} lang={code}>
              {LANGUAGE_NAMES[code]}
            </option>
          ))}
        </select>
      </div>
      {hint && (
        <p className="quiet small" id={`${field}-hint`}>
          {hint}
        </p>
      )}
    </section>
  );
}

function Devices() {
  const { t } = useTranslation();
  const { call } = useCall();
  const { microphone, camera, speaker } = usePreferences();
  const { microphones, cameras, speakers } = useDeviceList();
  return (
    <section>
      <h3>{t("settings.devices")}</h3>
      <DeviceSelect
        label={t("check.microphone")}
        usual={t("check.defaultDevice")}
        devices={microphones}
        value={microphone}
        onChange={(id) => {
          preferences.set({ microphone: id });
          void call.choose({ microphone: { deviceId: id } });
        }}
      />
      <DeviceSelect
        label={t("check.camera")}
        usual={t("check.defaultCamera")}
        devices={cameras}
        value={camera}
        onChange={(id) => {
          preferences.set({ camera: id });
          void call.choose({ microphone: null, camera: { deviceId: id } });
        }}
      />
      {speakerCanBeChosen() && (
        <DeviceSelect
          label={t("check.speaker")}
          usual={t("check.defaultSpeaker")}
          devices={speakers}
          value={speaker}
          onChange={(id) => {
            preferences.set({ speaker: id });
            void call.choose({ microphone: null, speaker: id });
          }}
        />
      )}
    </section>
  );
}

type Switch = "captions" | "captionsAloud" | "sounds" | "pushToTalk" | keyof Processing;

function Toggle({
  of,
  label,
  hint,
  onChange,
}: {
  of: Switch;
  label: string;
  hint?: string;
  onChange?: (on: boolean) => void;
}) {
  const on = usePreferences()[of];
  return (
    <label className="setting">
      <span>
        {label}
        {hint && <small>{hint}</small>}
      </span>
      <ToggleInput
        checked={on}
        data-testid={`set-${of}`}
        onChange={(event) => {
          preferences.set({ [of]: event.target.checked });
          onChange?.(event.target.checked);
        }}
      />
    </label>
  );
}

/** The browser's own means; a change is heard at once. */
function ProcessingToggle({ of }: { of: keyof Processing }) {
  const { t } = useTranslation();
  const { call } = useCall();
  const { noiseSuppression, echoCancellation, autoGainControl, microphone } = usePreferences();
  const processing = { noiseSuppression, echoCancellation, autoGainControl };
  return (
    <Toggle
      of={of}
      label={t(`settings.${of}`)}
      onChange={(on) =>
        void call.choose({ microphone: { deviceId: microphone, processing: { ...processing, [of]: on } } })
      }
    />
  );
}
