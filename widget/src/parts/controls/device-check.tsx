import { useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ShownWords } from "../agreement/shown-words.tsx";
import { type AgreementAsked, useAsked } from "../agreement/use-agreement.ts";
import type { Devices } from "../../model/call/call-state.ts";
import { Icon } from "../../look/icons.tsx";
import { usePreferences } from "../../sitting/use-preferences.ts";
import { Screen } from "../trouble/screen.tsx";
import { useCall } from "../../sitting/call.ts";
import { useMeeting } from "../../sitting/meeting.ts";
import { useShellButton } from "../../sitting/use-shell.ts";
import { Button } from "../../look/button.tsx";
import { useMicrophoneCheck } from "./microphone-check.ts";
import { MicrophoneChoice } from "./microphone-choice.tsx";
import { Pictures } from "./pictures.tsx";
import "./check.css";

type Progress = "choosing" | "joining" | "failed";

/**
 * Check before joining: does the microphone hear you, which other devices do you use, and may your words be written
 * down.
 */
export function DeviceCheck({ folds = false, onDone }: { folds?: boolean; onDone: () => void }) {
  const { t } = useTranslation();
  const { call, join } = useCall();
  const { microphone, camera, speaker, noiseSuppression, echoCancellation, autoGainControl } = usePreferences();
  const [cameraOn, setCameraOn] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const asked = useAsked();
  const [changing, setChanging] = useState(false);
  const [progress, setProgress] = useState<Progress>("choosing");
  const check = useMicrophoneCheck(microphone, attempt, call.held);
  const [heard, setHeard] = useState(false);
  const [unfolded, setUnfolded] = useState(false);
  const title = useId();
  const card = useRef<HTMLElement>(null);
  const devices = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (check.level > 0.35) setHeard(true);
    // Keeps the choice unfolded while somebody is in it: it must not close under their hand.
    if (check.level > 0.35 && devices.current?.contains(document.activeElement)) setUnfolded(true);
  }, [check.level]);
  useEffect(() => call.prepare(), [call]);
  // Moves the focus here, so that people at the keyboard go on from here.
  useEffect(() => {
    card.current?.focus();
  }, []);

  const refused = check.state === "refused";
  const enter = async (agreed: boolean | null) => {
    setProgress("joining");
    const processing = { noiseSuppression, echoCancellation, autoGainControl };
    const devices: Devices = {
      microphone: refused ? null : { deviceId: microphone, processing },
      camera: cameraOn ? { deviceId: camera } : null,
      speaker,
    };
    if (await join(devices, asked && agreed !== null ? { agreed, shown: asked.shown } : undefined)) onDone();
    else setProgress("failed");
  };

  const joining = progress === "joining";
  const open = asked === undefined || (asked !== null && (asked.agreed === null || changing));
  const ready = !joining && asked !== undefined && (refused || check.state === "hearing");
  const mainWords = joining
    ? t("check.joining")
    : open
      ? t("agreement.write")
      : t(refused ? "check.listenOnly" : "check.join");
  const enterMain = () => void enter(open ? true : null);
  const inShell = useShellButton(
    progress === "failed" ? null : { text: mainWords, active: ready, busy: joining, rank: 1, press: enterMain },
  );
  if (progress === "failed") {
    return (
      <Screen name="callAway">
        <Button onClick={onDone}>{t("check.back")}</Button>
        <Button kind="word" onClick={() => setProgress("choosing")}>
          {t("screen.again")}
        </Button>
      </Screen>
    );
  }
  const folded = folds && heard && !unfolded && !cameraOn && !refused;
  return (
    <section ref={card} tabIndex={-1} className="card device-check" aria-labelledby={title} data-testid="device-check">
      <div className="check-body">
        <h2 id={title}>{t("check.title")}</h2>
        <p className="quiet check-lead">{t("check.lead")}</p>
        <div className="check-devices" ref={devices}>
          {refused ? (
            <Refused onAgain={() => setAttempt(attempt + 1)} />
          ) : (
            <MicrophoneChoice
              check={check}
              device={microphone}
              heard={heard}
              onOther={() => setHeard(false)}
              folded={folded}
              onUnfold={() => setUnfolded(true)}
            />
          )}
          {!folded && <Pictures cameraOn={cameraOn} onCamera={setCameraOn} seen={check.state} />}
        </div>
      </div>
      <div className="check-foot">
        <Question asked={asked} open={open} onChange={() => setChanging(true)} />
        <div className="row">
          <Button disabled={joining} onClick={onDone}>
            {t("check.back")}
          </Button>
          {open && (
            <Button disabled={!ready} data-testid="join-unwritten" onClick={() => void enter(false)}>
              {t("agreement.unwritten")}
            </Button>
          )}
          {!inShell && (
            <Button
              kind="word"
              disabled={!ready}
              data-testid={refused && !open ? "join-listening" : "join-now"}
              onClick={enterMain}
            >
              {mainWords}
            </Button>
          )}
        </div>
      </div>
    </section>
  );
}

/** Asks about one's words, unless one has answered in this meeting already. */
function Question({
  asked,
  open,
  onChange,
}: {
  asked: AgreementAsked | null | undefined;
  open: boolean;
  onChange: () => void;
}) {
  const { t } = useTranslation();
  if (asked === null) return null;
  if (!open) {
    return (
      <p className="consent consent-given" data-testid="consent">
        <Icon name={asked?.agreed ? "check" : "unwritten"} size={20} />
        <span>
          {t(asked?.agreed ? "agreement.given" : "agreement.refused")}{" "}
          <button type="button" className="link" onClick={onChange}>
            {t("agreement.change")}
          </button>
        </span>
      </p>
    );
  }
  return (
    <div className="consent" data-testid="consent">
      <h3>{t("agreement.title")}</h3>
      {asked ? <ShownWords shown={asked.shown} /> : <p className="quiet">{t("agreement.loading")}</p>}
    </div>
  );
}

function Refused({ onAgain }: { onAgain: () => void }) {
  const { t } = useTranslation();
  const { shell, browserLink } = useMeeting();
  const openInBrowser = async () => {
    const url = await browserLink?.().catch(() => null);
    if (url) shell?.shell.openInBrowser(url);
  };
  return (
    <div className="refused" data-screen="microphoneRefused" role="alert">
      <Icon name="microphoneOff" size={22} />
      <div>
        <strong>{t("screen.microphoneRefused.title")}</strong>
        <p className="small">{t(browserLink ? "screen.microphoneRefused.inApp" : "screen.microphoneRefused.hint")}</p>
        {browserLink && (
          <Button kind="word" icon="browser" data-testid="open-in-browser" onClick={() => void openInBrowser()}>
            {t("screen.microphoneRefused.inBrowser")}
          </Button>
        )}
        <button type="button" className="link" onClick={onAgain}>
          {t("screen.again")}
        </button>
      </div>
    </div>
  );
}
