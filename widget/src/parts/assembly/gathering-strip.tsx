import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { GatheringAssembly } from "@mindminder/protocol/assembly-gathering.ts";
import type { AssemblyCommandRequest } from "@mindminder/protocol/assembly-map.ts";
import { Button } from "../../look/button.tsx";
import { useMeeting } from "../../sitting/meeting.ts";

const GatheringDialog = lazy(async () => ({ default: (await import("./gathering-dialog.tsx")).GatheringDialog }));

type Props = { gathering: GatheringAssembly; ask: (command: AssemblyCommandRequest) => Promise<boolean> };

/** While an assembly gathers: how many are there, the way in, and the way to wishes and to its beginning. */
export function GatheringStrip({ gathering, ask }: Props) {
  const { t } = useTranslation("assembly");
  const { me } = useMeeting();
  const [open, setOpen] = useState(false);
  const takesPart = gathering.people.some(({ id }) => id === me.id);
  return (
    <section className="assembly-strip" aria-label={t("strip")} data-testid="assembly-strip">
      <span className="assembly-title">{t("gathers", { count: gathering.people.length })}</span>
      {!takesPart && (
        <Button data-testid="join-assembly" onClick={() => void ask({ type: "join" })}>
          {t("takePart")}
        </Button>
      )}
      <Button data-testid="open-gathering" onClick={() => setOpen(true)}>
        {t(gathering.mayStart ? "peopleAndStart" : "peopleAndWishes")}
      </Button>
      {open && (
        <Suspense fallback={null}>
          <GatheringDialog gathering={gathering} ask={ask} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </section>
  );
}
