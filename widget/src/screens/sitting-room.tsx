import { lazy, startTransition, Suspense, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { AgreementQuestion } from "../parts/agreement/agreement-question.tsx";
import { askedOf } from "../parts/agreement/use-agreement.ts";
import { CircleNotes } from "../parts/circle/circle-notes.tsx";
import { CirclePanel } from "../parts/circle/circle-panel.tsx";
import { Captions } from "../parts/captions/captions.tsx";
import { Bar } from "../parts/controls/bar.tsx";
import { usesKeysItself } from "../parts/controls/keys.ts";
import { TwinsContext } from "../look/avatar.tsx";
import { PicturesContext } from "../look/pictures.ts";
import { useSize } from "../look/use-size.ts";
import { rightsOf } from "../model/meeting/rights.ts";
import { RecordPanel } from "../parts/record/record-panel.tsx";
import { Scribe } from "../parts/ring/scribe.tsx";
import { Listeners } from "../parts/ring/listeners.tsx";
import { Ring } from "../parts/ring/ring.tsx";
import { ShownScreen } from "../parts/ring/shown-screen.tsx";
import { sharedColours } from "../look/twins.ts";
import { TurnSigns } from "../parts/signs/use-turn-signs.ts";
import { Banners, Notices } from "./banners.tsx";
import { CallTrouble } from "../parts/trouble/call-trouble.tsx";
import { frameShape, RECORD_FROM_START } from "../look/frame-shape.ts";
import { useMeeting, useMeetingSnapshot } from "../sitting/meeting.ts";
import { useCall, useCallPart } from "../sitting/call.ts";
import { useShellBack } from "../sitting/use-shell.ts";
import { ThemeBar } from "./theme-bar.tsx";
import "./sitting.css";
import "./room.css";

const AfterPage = lazy(async () => ({ default: (await import("../parts/afterwards/after-page.tsx")).AfterPage }));
const SettingsDialog = lazy(async () => ({
  default: (await import("../parts/settings/settings-dialog.tsx")).SettingsDialog,
}));
const loadDeviceCheck = async () => ({ default: (await import("../parts/controls/device-check.tsx")).DeviceCheck });
const DeviceCheck = lazy(loadDeviceCheck);
const StartForm = lazy(async () => ({ default: (await import("../parts/controls/start-form.tsx")).StartForm }));
const HelpDialog = lazy(async () => ({ default: (await import("../parts/help/help-dialog.tsx")).HelpDialog }));

const AssemblyStrip = lazy(async () => ({
  default: (await import("../parts/assembly/assembly-strip.tsx")).AssemblyStrip,
}));

type Step = "sitting" | "joining" | "starting";
type DialogName = "settings" | "help";

/** The whole widget once it is open: theme, ring, controls, record. */
export function SittingRoom() {
  const { me, session, pictures, store } = useMeeting();
  const { join, call } = useCall();
  const meeting = useMeetingSnapshot();
  const assembled = useSyncExternalStore(store.subscribe, () => store.get().assembly);
  const status = useCallPart((state) => state.status);
  const takenOver = useCallPart((state) => state.takenOver);
  const [step, setStep] = useState<Step>("sitting");
  const [dialog, setDialog] = useState<DialogName | null>(null);
  const [frame, size] = useSize<HTMLDivElement>({ width: 1200, height: 760 });
  const shape = frameShape(size);
  const [recordShown, setRecordShown] = useRecordShown(shape.wide);
  const bar = useRef<HTMLElement>(null);
  useHelpKey(() => setDialog("help"));
  // Fetched once the ring stands, so that it is there when somebody joins.
  useEffect(() => void loadDeviceCheck().catch(() => undefined), []);
  const back = () => {
    setStep("sitting");
    // Whoever turned back before the call is heard by nobody.
    if (call.get().status === "out") call.held?.letGo();
    // Moves the focus to the controls: the element that had it is gone, and people at the keyboard go on here.
    bar.current?.focus();
  };
  // The press is answered first: the ring is laid out anew beside the record, or without it.
  const showRecord = (shown: boolean) => startTransition(() => setRecordShown(shown));
  useShellBack(
    step !== "sitting"
      ? back
      : dialog
        ? () => setDialog(null)
        : recordShown && !shape.wide
          ? () => showRecord(false)
          : null,
  );
  // Without a call there is no device to check.
  const onJoin = () =>
    session.callAvailable ? startTransition(() => setStep("joining")) : void join({ microphone: null });
  const trouble = status === "reconnecting" || status === "lost" || takenOver;
  const asked = askedOf(meeting, me.id);
  // People yet to join are asked when they do.
  const unanswered =
    step === "sitting" &&
    asked?.agreed === null &&
    rightsOf(meeting, me).takesPart &&
    (status === "in" || !session.callAvailable);
  const asking = step !== "sitting" || trouble || unanswered;
  const toggleRecord = () => showRecord(!recordShown);
  const people = meeting?.people;
  const twins = useMemo(
    () => sharedColours(people?.filter(({ presence }) => presence !== "left").map(({ id }) => id) ?? []),
    [people],
  );
  const mine = meeting?.turn?.speaker === me.id ? meeting.turn.status : undefined;
  return (
    <PicturesContext value={pictures}>
      <TwinsContext value={twins}>
        <div className="frame" ref={frame}>
          <div
            className="sitting"
            data-record={recordShown}
            data-step={step}
            data-asking={asking}
            data-mine={mine}
            data-phase={meeting?.phase ?? "none"}
          >
            <ThemeBar shape={shape} recordShown={recordShown} onRecord={toggleRecord} onDialog={setDialog} />
            <main className="floor">
              {assembled && (
                <Suspense>
                  <AssemblyStrip />
                </Suspense>
              )}
              <Banners />
              <ShownScreen />
              <div className="floor-middle">
                <Ring />
                <CirclePanel />
                <Suspense fallback={null}>
                  <AfterPage onLook={() => showRecord(true)} />
                </Suspense>
              </div>
              <div className="company">
                <Scribe />
                <Listeners />
              </div>
              <CircleNotes />
              <Captions />
              <Notices />
              <TurnSigns />
            </main>
            {asking && (
              <div className="over" data-over={trouble ? "trouble" : unanswered ? "agreement" : step}>
                {trouble ? (
                  <CallTrouble onWatch={() => call.set({ takenOver: false })} />
                ) : step === "joining" ? (
                  <Suspense>
                    <DeviceCheck folds={shape.low || shape.stacked} onDone={back} />
                  </Suspense>
                ) : step === "starting" ? (
                  <Suspense>
                    <StartForm onDone={back} />
                  </Suspense>
                ) : (
                  asked && <AgreementQuestion asked={asked} />
                )}
              </div>
            )}
            <Bar
              ref={bar}
              shape={shape}
              asking={asking}
              onJoin={onJoin}
              onStart={() => setStep("starting")}
              recordShown={recordShown}
              onRecord={toggleRecord}
              onDialog={setDialog}
            />
            {recordShown && <RecordPanel onClose={() => showRecord(false)} />}
            <Suspense>
              {dialog === "settings" && <SettingsDialog onClose={() => setDialog(null)} />}
              {dialog === "help" && <HelpDialog onClose={() => setDialog(null)} />}
            </Suspense>
          </div>
        </div>
      </TwinsContext>
    </PicturesContext>
  );
}

/** Shown from the start where there is room; a frame that becomes narrow gives the place back to the ring. */
function useRecordShown(wide: boolean) {
  const [shown, setShown] = useState(() => window.matchMedia?.(RECORD_FROM_START).matches ?? true);
  const before = useRef(wide);
  useEffect(() => {
    if (before.current && !wide) setShown(false);
    before.current = wide;
  }, [wide]);
  return [shown, setShown] as const;
}

function useHelpKey(open: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "?" && !usesKeysItself(event.target)) open();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  });
}
