import type { KindView } from "../kind-view.ts";
import { FloorPanel } from "./floor-panel.tsx";

export const openFloor: KindView = {
  Panel: FloorPanel,
  stages: {
    floor: {
      title: (t) => t("circle.hands.floorTitle"),
      icon: "hand",
      onward: (t) => t("circle.keeper.closeFloor"),
    },
  },
  announce: (t, { meeting }) => (meeting.stage === "floor" && !meeting.turn ? t("circle.say.floor") : ""),
  time: (t, _, { whole }) => whole && t("circle.scenario.floor", { time: whole }),
};
