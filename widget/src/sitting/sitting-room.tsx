import { useState } from "react";
import { CircleNotes } from "../circle/circle-notes.tsx";
import { CirclePanel } from "../circle/circle-panel.tsx";
import { Captions } from "../captions/captions.tsx";
import { Bar } from "../controls/bar.tsx";
import { DeviceCheck } from "../controls/device-check.tsx";
import { StartForm } from "../controls/start-form.tsx";
import { RecordPanel } from "../record/record-panel.tsx";
import { Ring } from "../ring/ring.tsx";
import { Banners, Notices } from "./banners.tsx";
import { useSitting } from "./sitting.ts";
import { ThemeBar } from "./theme-bar.tsx";
import "./sitting.css";

/** Room enough to show the record beside the ring from the start. */
const WIDE = "(min-width: 720px) and (min-height: 420px), (min-width: 960px)";

type Step = "sitting" | "joining" | "starting";

/** The whole widget once it is open: theme, ring, record, controls. */
export function SittingRoom() {
  const { session, join } = useSitting();
  const [step, setStep] = useState<Step>("sitting");
  const [recordShown, setRecordShown] = useState(() => window.matchMedia?.(WIDE).matches ?? true);
  const back = () => setStep("sitting");
  // Without a call there is no device to check.
  const onJoin = () => (session.callAvailable ? setStep("joining") : void join({ microphone: null }));
  return (
    <div className="sitting" data-record={recordShown} data-step={step}>
      <ThemeBar />
      <main className="floor">
        <Banners />
        <div className="floor-middle">
          <Ring />
          <CirclePanel />
        </div>
        <CircleNotes />
        <Captions />
        <Notices />
      </main>
      {step !== "sitting" && (
        <div className="over">{step === "joining" ? <DeviceCheck onDone={back} /> : <StartForm onDone={back} />}</div>
      )}
      {recordShown && <RecordPanel onClose={() => setRecordShown(false)} />}
      <Bar asking={step !== "sitting"} onJoin={onJoin} onStart={() => setStep("starting")} recordShown={recordShown} onRecord={() => setRecordShown(!recordShown)} />
    </div>
  );
}
