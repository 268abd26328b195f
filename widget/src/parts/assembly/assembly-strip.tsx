import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AssemblyMap } from "@mindminder/protocol/assembly-map.ts";
import { languageNamed } from "../../language/i18n.ts";
import { clockTime } from "../../language/duration.ts";
import { Button } from "../../look/button.tsx";
import { Dialog } from "../../look/dialog.tsx";
import { useMeeting, useServerTime } from "../../sitting/meeting.ts";
import { RingMap } from "./ring-map.tsx";
import { useAssemblyMap } from "./use-assembly-map.ts";
import "./assembly.css";

/** A line above one's own ring while an assembly runs: how far the whole is, and the way to its map. */
export function AssemblyStrip() {
  const { t } = useTranslation();
  const { me } = useMeeting();
  const [open, setOpen] = useState(false);
  const { map, sit } = useAssemblyMap(open);
  if (!map) return null;
  const mine = map.rings.find(({ people }) => people.some(({ id }) => id === me.id));
  return (
    <section className="assembly-strip" aria-label={t("assembly.strip")} data-testid="assembly-strip">
      {mine && map.rings.length > 1 && <span className="pill">{t("assembly.group", { n: mine.number })}</span>}
      <PhaseLine map={map} />
      <Button data-testid="open-map" onClick={() => setOpen(true)}>
        {t("assembly.map")}
      </Button>
      {open && (
        <Dialog title={map.title} name="assembly-map" onClose={() => setOpen(false)}>
          <p className="assembly-phase">
            <PhaseLine map={map} />
          </p>
          <RingMap map={map} onSit={(seat) => void sit(seat)} />
        </Dialog>
      )}
    </section>
  );
}

/** The part that runs, and the time that all groups have for it. */
function PhaseLine({ map: { phase } }: { map: AssemblyMap }) {
  const { t, i18n } = useTranslation();
  const now = useServerTime(500);
  const { number, of, kind, titles, endsAt, closing } = phase;
  const title = titles?.[languageNamed(i18n.language)] ?? phase.title;
  return (
    <>
      <span className="assembly-part">{t("assembly.part", { n: number, m: of })}</span>
      <span className="assembly-title">
        {t(`assembly.kind.${kind}`)}
        {title !== "" && (
          <>
            : <bdi>{title}</bdi>
          </>
        )}
      </span>
      <span className="assembly-clock" role="timer" aria-label={t("ring.timeLeft")}>
        {closing ? t("assembly.ending") : clockTime(endsAt - now)}
      </span>
    </>
  );
}
