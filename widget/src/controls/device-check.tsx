import { useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../look/icons.tsx";
import { Screen } from "../screens/screen.tsx";
import { useSitting } from "../sitting/sitting.ts";
import { Button } from "./button.tsx";
import { hasConsented, keepConsent } from "./consent.ts";
import { useMicrophoneCheck } from "./microphone-check.ts";

type Progress = "choosing" | "joining" | "failed";

/** Before joining: does the microphone hear you, which one is it, and may the facilitator open it in your turn. */
export function DeviceCheck({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const { me, call, join } = useSitting();
  const [device, setDevice] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  const [agreed, setAgreed] = useState(() => hasConsented(me.id));
  const [progress, setProgress] = useState<Progress>("choosing");
  const check = useMicrophoneCheck(device, attempt);
  const title = useId();
  const card = useRef<HTMLElement>(null);
  useEffect(() => call.prepare(), [call]);
  // Whoever goes by keyboard goes on here.
  useEffect(() => card.current?.focus(), []);

  const enter = async (microphone: boolean) => {
    if (microphone) keepConsent(me.id, agreed);
    setProgress("joining");
    if (await join({ microphone: microphone ? { deviceId: device } : null })) onDone();
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
      {check.state === "refused"
        ? <Refused onAgain={() => setAttempt(attempt + 1)} />
        : <MicrophoneChoice check={check} device={device} onDevice={setDevice} />}
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

function MicrophoneChoice({ check, device, onDevice }: { check: ReturnType<typeof useMicrophoneCheck>; device: string | null; onDevice: (id: string | null) => void }) {
  const { t } = useTranslation();
  const field = useId();
  const [heard, setHeard] = useState(false);
  useEffect(() => {
    if (check.level > 0.35) setHeard(true);
  }, [check.level]);
  const percent = Math.round(check.level * 100);
  return (
    <div className="microphone-choice">
      <label htmlFor={field}>{t("check.microphone")}</label>
      <select id={field} className="field" value={device ?? ""} onChange={(event) => { setHeard(false); onDevice(event.target.value || null); }}>
        <option value="">{t("check.defaultDevice")}</option>
        {check.devices.filter(({ id }) => id !== "default").map(({ id, label }, index) => <option key={id} value={id}>{label || `${t("check.microphone")} ${index + 1}`}</option>)}
      </select>
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

function Consent({ agreed, onAgreed }: { agreed: boolean; onAgreed: (agreed: boolean) => void }) {
  const { t } = useTranslation();
  const { me } = useSitting();
  const [known, setKnown] = useState(() => hasConsented(me.id));
  if (known) {
    return (
      <p className="consent consent-given">
        <Icon name="check" size={18} />
        <span>
          {t("check.consentGiven")}{" "}
          <button type="button" className="link" onClick={() => { keepConsent(me.id, false); setKnown(false); onAgreed(false); }}>{t("check.withdraw")}</button>
        </span>
      </p>
    );
  }
  return (
    <label className="consent">
      <input type="checkbox" checked={agreed} onChange={(event) => onAgreed(event.target.checked)} data-testid="consent" />
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
