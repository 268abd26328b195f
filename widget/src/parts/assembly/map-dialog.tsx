import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import type { AssemblyCommandRequest, AssemblyMap, SeatRequest } from "@mindminder/protocol/assembly-map.ts";
import { languageNamed } from "../../language/i18n.ts";
import { Dialog } from "../../look/dialog.tsx";
import { useMeeting } from "../../sitting/meeting.ts";
import { KeeperTools } from "./keeper-tools.tsx";
import { PhaseLine } from "./phase-line.tsx";
import { RingMap } from "./ring-map.tsx";
import { WishesOfGroups } from "./wishes-of-groups.tsx";

const TopicsPanel = lazy(async () => ({ default: (await import("./topics-panel.tsx")).TopicsPanel }));

const PeopleTools = lazy(async () => ({ default: (await import("./people-tools.tsx")).PeopleTools }));

type Props = {
  map: AssemblyMap;
  sit: (seat: SeatRequest) => Promise<boolean>;
  ask: (command: AssemblyCommandRequest) => Promise<boolean>;
  onClose: () => void;
};

/** The whole assembly: how far it is, the keeper's tools, and the map of its groups. */
export function MapDialog({ map, sit, ask, onClose }: Props) {
  const { me } = useMeeting();
  const { i18n } = useTranslation("assembly");
  const title = map.titles?.[languageNamed(i18n.language)] ?? map.title;
  const { topic, keeper } = map;
  const onSit = (seat: SeatRequest) => void sit(seat);
  const onVisit = (to: number) => void ask({ type: "visit", to });
  return (
    <Dialog title={topic === "" ? title : `${title}: ${topic}`} name="assembly-map" onClose={onClose}>
      <p className="assembly-phase">
        <PhaseLine map={map} />
      </p>
      {map.topics ? (
        <Suspense fallback={null}>
          {keeper === me.id && <WishesOfGroups map={map} onSit={onSit} onVisit={onVisit} />}
          <TopicsPanel topics={map.topics} ask={ask} />
        </Suspense>
      ) : (
        <RingMap map={map} onSit={onSit} onVisit={onVisit} />
      )}
      {map.keeper === me.id && <KeeperTools ask={ask} />}
      <Suspense fallback={null}>
        <PeopleTools map={map} ask={ask} />
      </Suspense>
    </Dialog>
  );
}
