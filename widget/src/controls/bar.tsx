import { useTranslation } from "react-i18next";
import { HandButton } from "../circle/hand-button.tsx";
import { rightsOf } from "../meeting/rights.ts";
import { useCallState, useMeetingState, useSitting } from "../sitting/sitting.ts";
import { Button, Lamp, RoundButton } from "./button.tsx";
import { KeeperMenu } from "./keeper-menu.tsx";
import { WordButtons } from "./word-buttons.tsx";

type Props = {
  /** Something is laid over the ring that asks first. */
  asking: boolean;
  onJoin: () => void;
  onStart: () => void;
  recordShown: boolean;
  onRecord: () => void;
};

/** The row of controls at the foot: the word first, the call's devices beside it, the rest at the edge. */
export function Bar({ asking, onJoin, onStart, recordShown, onRecord }: Props) {
  const { t } = useTranslation();
  const { me, session, leave } = useSitting();
  const { meeting } = useMeetingState();
  const { status } = useCallState();
  const { takesPart, mayStart, maySkipSelf } = rightsOf(meeting, me);
  const inCall = status === "in" || status === "reconnecting" || status === "lost";
  const joined = inCall || (!session.callAvailable && takesPart);
  return (
    <div className="bar" role="group" aria-label={t("act.label")}>
      <div className="bar-word">
        <WordButtons />
        {!joined && !asking && <Button kind={maySkipSelf ? "plain" : "word"} icon="circle" big data-testid="join" onClick={onJoin}>{t("act.join")}</Button>}
        {joined && mayStart && !asking && <Button kind="word" icon="resume" big data-testid="start" onClick={onStart}>{t("act.start")}</Button>}
      </div>
      <div className="bar-devices">
        {inCall && <MicrophoneButton />}
        {inCall && <CameraButton />}
        <RoundButton icon="record" kind="panel" label={recordShown ? t("act.hideRecord") : t("act.showRecord")} pressed={recordShown} data-testid="toggle-record" onClick={onRecord} />
        <HandButton />
        <KeeperMenu />
        {joined && <RoundButton icon="leave" label={t("act.leave")} kind="grave" data-testid="leave" onClick={() => void leave()} />}
      </div>
    </div>
  );
}

/** On the open floor a switch; in a circle a lamp that shows what the server did. */
function MicrophoneButton() {
  const { t } = useTranslation();
  const { me, call } = useSitting();
  const { meeting } = useMeetingState();
  const { microphone } = useCallState();
  const open = microphone === "open";
  const icon = open ? "microphone" : "microphoneOff";
  if (!rightsOf(meeting, me).floorOpen || microphone === "none") {
    const label = t(`act.microphoneByServer.${microphone}`);
    return <Lamp icon={icon} label={label} open={open} data-testid="microphone" data-microphone={microphone} />;
  }
  const label = open ? t("act.microphoneOpen") : t("act.microphoneMuted");
  return <RoundButton icon={icon} label={label} pressed={open} data-testid="microphone" data-microphone={microphone} onClick={() => void call.setMicrophone(!open)} />;
}

function CameraButton() {
  const { t } = useTranslation();
  const { call } = useSitting();
  const { camera } = useCallState();
  const on = camera === "on";
  return (
    <RoundButton icon={on ? "camera" : "cameraOff"} label={on ? t("act.cameraOn") : t("act.cameraOff")} pressed={on} disabled={camera === "starting"} data-testid="camera" onClick={() => void call.setCamera(!on)} />
  );
}
