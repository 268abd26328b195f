import { useTranslation } from "react-i18next";
import { HandButton } from "../circle/hand-button.tsx";
import { rightsOf } from "../meeting/rights.ts";
import { useCallPart, useMeetingState, useSitting } from "../sitting/sitting.ts";
import { Button, Lamp, RoundButton } from "./button.tsx";
import { screenCanBeShown } from "../call/call-state.ts";
import { KeeperMenu } from "./keeper-menu.tsx";
import { usePushToTalk } from "./push-to-talk.ts";
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
  const status = useCallPart((state) => state.status);
  const { takesPart, mayStart, maySkipSelf } = rightsOf(meeting, me);
  const inCall = status === "in" || status === "reconnecting" || status === "lost";
  const joined = inCall || (!session.callAvailable && takesPart);
  return (
    <section className="bar" aria-label={t("act.label")}>
      <div className="bar-word">
        <WordButtons />
        {!joined && !asking && <Button kind={maySkipSelf ? "plain" : "word"} icon="circle" big data-testid="join" onClick={onJoin}>{t("act.join")}</Button>}
        {joined && mayStart && !asking && <Button kind="word" icon="resume" big data-testid="start" onClick={onStart}>{t("act.start")}</Button>}
      </div>
      <div className="bar-devices">
        {inCall && <MicrophoneButton />}
        {inCall && <CameraButton />}
        {inCall && <ScreenButton />}
        <RoundButton icon="record" kind="panel" label={recordShown ? t("act.hideRecord") : t("act.showRecord")} pressed={recordShown} data-testid="toggle-record" onClick={onRecord} />
        <HandButton />
        <KeeperMenu />
        {joined && <RoundButton icon="leave" label={t("act.leave")} kind="grave" data-testid="leave" onClick={() => void leave()} />}
      </div>
    </section>
  );
}

/** On the open floor and in one's own turn a switch, or to be held; else a lamp that shows what the server did. */
function MicrophoneButton() {
  const { t } = useTranslation();
  const { me, call } = useSitting();
  const { meeting } = useMeetingState();
  const microphone = useCallPart((state) => state.microphone);
  const talk = usePushToTalk();
  const { floorOpen, hasWord } = rightsOf(meeting, me);
  const open = microphone === "open";
  const icon = open ? "microphone" : "microphoneOff";
  if (talk) {
    return (
      <RoundButton
        icon={icon} kind="live" label={t("act.holdToTalk")} pressed={open} data-testid="microphone" data-microphone={microphone} aria-keyshortcuts="M"
        onPointerDown={talk.press} onPointerUp={talk.release} onPointerLeave={talk.release}
        onKeyDown={(event) => { if (event.code === "Space" && !event.repeat) talk.press(); }} onKeyUp={talk.release}
      />
    );
  }
  if (microphone === "none" || !(floorOpen || (hasWord && !meeting?.paused))) {
    const label = t(`act.microphoneByServer.${microphone}`);
    return <Lamp icon={icon} label={label} open={open} data-testid="microphone" data-microphone={microphone} />;
  }
  const label = open ? t("act.microphoneOpen") : t("act.microphoneMuted");
  return <RoundButton icon={icon} kind="live" label={label} pressed={open} data-testid="microphone" data-microphone={microphone} onClick={() => void call.setMicrophone(!open)} />;
}

/** Whoever has the word may show something, and on the open floor anybody; who shows it may always stop. */
function ScreenButton() {
  const { t } = useTranslation();
  const { me, call } = useSitting();
  const { meeting } = useMeetingState();
  const screen = useCallPart((state) => state.screen);
  const { floorOpen, hasWord } = rightsOf(meeting, me);
  const on = screen === "on";
  if (!on && (!screenCanBeShown() || !(floorOpen || (hasWord && !meeting?.paused)))) return null;
  return (
    <RoundButton icon="screen" label={on ? t("act.screenOn") : t("act.screenOff")} pressed={on} disabled={screen === "starting"} data-testid="screen" onClick={() => void call.setScreen(!on)} />
  );
}

function CameraButton() {
  const { t } = useTranslation();
  const { call } = useSitting();
  const camera = useCallPart((state) => state.camera);
  const on = camera === "on";
  return (
    <RoundButton icon={on ? "camera" : "cameraOff"} label={on ? t("act.cameraOn") : t("act.cameraOff")} pressed={on} disabled={camera === "starting"} data-testid="camera" onClick={() => void call.setCamera(!on)} />
  );
}
