import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../look/button.tsx";
import { Dialog } from "../../look/dialog.tsx";
import { useMeeting, useServerTime } from "../../sitting/meeting.ts";
import { InGallery } from "./in-gallery.tsx";
import { GroupTools } from "./group-tools.tsx";
import { MapDialog } from "./map-dialog.tsx";
import { PhaseLine } from "./phase-line.tsx";
import { SpeaksFor } from "./speaks-for.tsx";
import { useAssembly } from "./use-assembly.ts";
import { WaitingFor } from "./waiting-for.tsx";
import "./assembly.css";

/** Words to all stand above the ring for so long. */
const TOLD_MS = 60_000;

const VoiceToAll = lazy(async () => ({ default: (await import("./voice-to-all.tsx")).VoiceToAll }));
const GatheringStrip = lazy(async () => ({ default: (await import("./gathering-strip.tsx")).GatheringStrip }));
type Opened = "map" | "outcome" | "draft";

const AssemblyOutcome = lazy(async () => ({
  default: (await import("./assembly-outcome.tsx")).AssemblyOutcome,
}));

const DoneWaits = lazy(async () => ({ default: (await import("./done-waits.tsx")).DoneWaits }));
const DraftDialog = lazy(async () => ({ default: (await import("./draft-dialog.tsx")).DraftDialog }));

/**
 * A line above one's own ring: how far the assembly is, the way to its map, and what came out of it, also once it is
 * over.
 */
export function AssemblyStrip() {
  const { t, ready } = useTranslation("assembly");
  const { me } = useMeeting();
  const [open, setOpen] = useState<Opened | null>(null);
  const { map, gathering, sit, ask } = useAssembly(open === "map");
  const now = useServerTime(5_000);
  if (map === undefined || !ready) return null;
  if (gathering)
    return (
      <Suspense fallback={null}>
        <GatheringStrip gathering={gathering} ask={ask} />
      </Suspense>
    );
  const mine = map?.rings.find(({ people }) => people.some(({ id }) => id === me.id));
  const visited = map?.rings.find(({ visitors }) => visitors.some(({ id }) => id === me.id));
  const close = () => setOpen(null);
  const told = map?.told && now - map.told.at < TOLD_MS ? map.told : null;
  return (
    <>
      <section className="assembly-strip" aria-label={t("strip")} data-testid="assembly-strip">
        {map && !mine && <InGallery ring={visited?.number ?? null} ask={ask} />}
        {map && mine && map.rings.length > 1 && (
          <span className="pill">{t(visited ? "listensIn" : "group", { n: (visited ?? mine).number })}</span>
        )}
        {map ? <PhaseLine map={map} /> : <span className="assembly-title">{t("over")}</span>}
        {map && mine && !visited && <WaitingFor map={map} ring={mine} />}
        {map && mine && <GroupTools map={map} mine={mine} visited={visited ?? null} ask={ask} />}
        {map?.phase.sends && mine && (
          <Button
            data-testid="open-draft"
            icon={mine.summary.given ? "check" : undefined}
            onClick={() => setOpen("draft")}
          >
            {t("ourSummary")}
          </Button>
        )}
        <Button data-testid="open-outcome" onClick={() => setOpen("outcome")}>
          {t("cameOut")}
        </Button>
        {map && (
          <Button data-testid="open-map" onClick={() => setOpen("map")}>
            {t(map.topics ? "kind.topics" : "map")}
          </Button>
        )}
      </section>
      {map?.voice && (
        <Suspense fallback={null}>
          <VoiceToAll voice={map.voice} ask={ask} />
        </Suspense>
      )}
      {told && (
        <p className="assembly-told" role="status" data-testid="told-to-all">
          <bdi>{t("told", { name: told.by, text: told.text })}</bdi>
        </p>
      )}
      {map?.phase.kind === "delegates" && <SpeaksFor map={map} onOpen={() => setOpen("outcome")} />}
      {map && map.rings.length > 1 && mine?.status === "done" && !visited && (
        <Suspense fallback={null}>
          <DoneWaits map={map} />
        </Suspense>
      )}
      {map && mine && open === "draft" && (
        <Suspense fallback={null}>
          <DraftDialog
            mine={mine}
            keeps={mine.keeper === me.id || map.keeper === me.id}
            onGive={() => void ask({ type: "give-along" })}
            onClose={close}
          />
        </Suspense>
      )}
      {map && open === "map" && <MapDialog map={map} sit={sit} ask={ask} onClose={close} />}
      {open === "outcome" && (
        <Dialog title={t("cameOut")} name="assembly-outcome" onClose={close}>
          <Suspense fallback={null}>
            <AssemblyOutcome map={map} />
          </Suspense>
        </Dialog>
      )}
    </>
  );
}
