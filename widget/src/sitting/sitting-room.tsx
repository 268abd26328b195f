import { lazy, Suspense, useEffect, useState } from "react";
import { CircleNotes } from "../circle/circle-notes.tsx";
import { CirclePanel } from "../circle/circle-panel.tsx";
import { Captions } from "../captions/captions.tsx";
import { AfterPage } from "../afterwards/after-page.tsx";
import { Bar } from "../controls/bar.tsx";
import { DeviceCheck } from "../controls/device-check.tsx";
import { usesKeysItself } from "../controls/keys.ts";
import { StartForm } from "../controls/start-form.tsx";
import { PicturesContext } from "../look/pictures.ts";
import { RecordPanel } from "../record/record-panel.tsx";
import { Ring } from "../ring/ring.tsx";
import { ShownScreen } from "../ring/shown-screen.tsx";
import { TurnSigns } from "../signs/use-turn-signs.ts";
import { Banners, Notices } from "./banners.tsx";
import { CallTrouble } from "./call-trouble.tsx";
import { useCallPart, useSitting } from "./sitting.ts";
import { ThemeBar } from "./theme-bar.tsx";
import "./sitting.css";

const SettingsDialog = lazy(async () => ({ default: (await import("../settings/settings-dialog.tsx")).SettingsDialog }));
const HelpDialog = lazy(async () => ({ default: (await import("../help/help-dialog.tsx")).HelpDialog }));

/** Room enough to show the record beside the ring from the start. */
const WIDE = "(min-width: 720px) and (min-height: 420px), (min-width: 960px)";

type Step = "sitting" | "joining" | "starting";

/** The whole widget once it is open: theme, ring, record, controls. */
export function SittingRoom() {
  const { session, join, call, pictures } = useSitting();
  const status = useCallPart((state) => state.status);
  const takenOver = useCallPart((state) => state.takenOver);
  const [step, setStep] = useState<Step>("sitting");
  const [recordShown, setRecordShown] = useState(() => window.matchMedia?.(WIDE).matches ?? true);
  const [dialog, setDialog] = useState<"settings" | "help" | null>(null);
  useHelpKey(() => setDialog("help"));
  const back = () => setStep("sitting");
  const closeDialog = () => setDialog(null);
  // Without a call there is no device to check.
  const onJoin = () => (session.callAvailable ? setStep("joining") : void join({ microphone: null }));
  const trouble = status === "reconnecting" || status === "lost" || takenOver;
  const asking = step !== "sitting" || trouble;
  return (
    <PicturesContext value={pictures}>
      <div className="sitting" data-record={recordShown} data-step={step}>
        <ThemeBar onSettings={() => setDialog("settings")} onHelp={() => setDialog("help")} />
        <main className="floor">
          <Banners />
          <ShownScreen />
          <div className="floor-middle">
            <Ring />
            <CirclePanel />
            <AfterPage onLook={() => setRecordShown(true)} />
          </div>
          <CircleNotes />
          <Captions />
          <Notices />
          <TurnSigns />
        </main>
        {asking && (
          <div className="over">
            {trouble ? <CallTrouble onWatch={() => call.set({ takenOver: false })} /> : step === "joining" ? <DeviceCheck onDone={back} /> : <StartForm onDone={back} />}
          </div>
        )}
        {recordShown && <RecordPanel onClose={() => setRecordShown(false)} />}
        <Bar asking={asking} onJoin={onJoin} onStart={() => setStep("starting")} recordShown={recordShown} onRecord={() => setRecordShown(!recordShown)} />
        <Suspense>
          {dialog === "settings" && <SettingsDialog onClose={closeDialog} />}
          {dialog === "help" && <HelpDialog onClose={closeDialog} />}
        </Suspense>
      </div>
    </PicturesContext>
  );
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
