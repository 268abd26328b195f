import { CheckboxInput } from "@vector-im/compound-web";
import { useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { speakerCanBeChosen, type Devices } from "../call/call-state.ts";
import { useDeviceList } from "../call/device-list.ts";
import { Icon } from "../look/icons.tsx";
import { preferences, usePreferences } from "../preferences/preferences.ts";
import { Screen } from "../screens/screen.tsx";
import { useSitting } from "../sitting/sitting.ts";
import { Button } from "./button.tsx";
import { CameraPreview } from "./camera-preview.tsx";
import { hasConsented, keepConsent } from "./consent.ts";
import { DeviceSelect } from "./device-select.tsx";
import { useMicrophoneCheck, type MicrophoneCheck } from "./microphone-check.ts";

type Progress = "choosing" | "joining" | "failed";

const NO_CAMERA = "none";

/** Before joining: does the microphone hear you, what else do you come with, and may the facilitator open it in your turn. */
export function DeviceCheck({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const { me, call, join } = useSitting();
  const { microphone, camera, speaker, noiseSuppression, echoCancellation, autoGainControl } = usePreferences();
  const [cameraOn, setCameraOn] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const [agreed, setAgreed] = useState(() => hasConsented(me.id));
  const [progress, setProgress] = useState<Progress>("choosing");
  const check = useMicrophoneCheck(microphone, attempt);
  const title = useId();
  const card = useRef<HTMLElement>(null);
  useEffect(() => call.prepare(), [call]);
  // Whoever goes by keyboard goes on here.
  useEffect(() => card.current?.focus(), []);

  const enter = async (withMicrophone: boolean) => {
    if (withMicrophone) keepConsent(me.id, agreed);
    setProgress("joining");
    const processing = { noiseSuppression, echoCancellation, autoGainControl };
    const devices: Devices = {
      microphone: withMicrophone ? { deviceId: microphone, processing } : null,
      camera: cameraOn ? { deviceId: camera } : null,
      speaker,
    };
    if (await join(devices)) onDone();
    else setProgress("failed");
  };

  if (progress === "failed") {
    return (
      <Screen name="callAway">
        <Button onClick={onDone}>{t("check.back")}</Button>
        <Button kind="word" onClick={() => setProgress("choosing")}>{t("screen.again")}</Button>
      </Screen>
    );
  }
  const joining = progress === "joining";
  return (
    <section ref={card} tabIndex={-1} className="card device-check" aria-labelledby={title} data-testid="device-check">
      <h2 id={title}>{t("check.title")}</h2>
      <p className="quiet">{t("check.lead")}</p>
      {check.state === "refused" ? <Refused onAgain={() => setAttempt(attempt + 1)} /> : <MicrophoneChoice check={check} device={microphone} />}
      <Pictures cameraOn={cameraOn} onCamera={setCameraOn} seen={check.state} />
      {check.state !== "refused" && <Consent agreed={agreed} onAgreed={setAgreed} />}
      <div className="row">
        <Button disabled={joining} onClick={onDone}>{t("check.back")}</Button>
        {check.state === "refused"
          ? <Button kind="word" disabled={joining} data-testid="join-listening" onClick={() => void enter(false)}>{t("check.listenOnly")}</Button>
          : (
            <Button kind="word" disabled={joining || !agreed || check.state !== "hearing"} data-testid="join-now" onClick={() => void enter(true)}>
              {joining ? t("check.joining") : t("check.join")}
            </Button>
          )}
      </div>
    </section>
  );
}

function MicrophoneChoice({ check, device }: { check: MicrophoneCheck; device: string | null }) {
  const { t } = useTranslation();
  const { microphones } = useDeviceList(check.state);
  const [heard, setHeard] = useState(false);
  useEffect(() => {
    if (check.level > 0.35) setHeard(true);
  }, [check.level]);
  const percent = Math.round(check.level * 100);
  return (
    <div className="microphone-choice">
      <DeviceSelect label={t("check.microphone")} usual={t("check.defaultDevice")} devices={microphones} value={device} onChange={(id) => { setHeard(false); preferences.set({ microphone: id }); }} />
      <div className="level">
        <Icon name="microphone" size={18} />
        <div className="level-bar" role="meter" aria-label={t("check.level")} aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent} data-testid="level">
          <i style={{ transform: `scaleX(${check.level})` }} />
        </div>
      </div>
      <p className="quiet small">{check.state === "asking" ? t("check.asking") : heard ? t("check.heard") : t("check.speakUp")}</p>
    </div>
  );
}

/** The camera stays off until somebody wants it; the loudspeaker is asked for where the browser lets a page choose. */
function Pictures({ cameraOn, onCamera, seen }: { cameraOn: boolean; onCamera: (on: boolean) => void; seen: unknown }) {
  const { t } = useTranslation();
  const { camera, speaker } = usePreferences();
  const { cameras, speakers } = useDeviceList(`${String(seen)}${cameraOn}`);
  const chooseCamera = (id: string | null) => {
    onCamera(id !== NO_CAMERA);
    if (id !== NO_CAMERA) preferences.set({ camera: id });
  };
  return (
    <>
      <div className="other-devices">
        {cameras.length > 0 && <DeviceSelect label={t("check.camera")} usual={t("check.defaultCamera")} off={{ label: t("check.cameraNone"), value: NO_CAMERA }} devices={cameras} value={cameraOn ? camera : NO_CAMERA} onChange={chooseCamera} data-testid="choose-camera" />}
        {speakerCanBeChosen() && speakers.length > 0 && <DeviceSelect label={t("check.speaker")} usual={t("check.defaultSpeaker")} devices={speakers} value={speaker} onChange={(id) => preferences.set({ speaker: id })} />}
      </div>
      {cameraOn && <CameraPreview deviceId={camera} />}
    </>
  );
}

function Consent({ agreed, onAgreed }: { agreed: boolean; onAgreed: (agreed: boolean) => void }) {
  const { t } = useTranslation();
  const { me } = useSitting();
  const [known, setKnown] = useState(() => hasConsented(me.id));
  if (known) {
    return (
      <p className="consent consent-given">
        <Icon name="check" size={20} />
        <span>
          {t("check.consentGiven")}{" "}
          <button type="button" className="link" onClick={() => { keepConsent(me.id, false); setKnown(false); onAgreed(false); }}>{t("check.withdraw")}</button>
        </span>
      </p>
    );
  }
  return (
    <label className="consent">
      <CheckboxInput checked={agreed} onChange={(event) => onAgreed(event.target.checked)} data-testid="consent" />
      <span>{t("check.consent")}</span>
    </label>
  );
}

function Refused({ onAgain }: { onAgain: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="refused" data-screen="microphoneRefused" role="alert">
      <Icon name="microphoneOff" size={22} />
      <div>
        <strong>{t("screen.microphoneRefused.title")}</strong>
        <p className="small">{t("screen.microphoneRefused.hint")}</p>
        <button type="button" className="link" onClick={onAgain}>{t("screen.again")}</button>
      </div>
    </div>
  );
}
