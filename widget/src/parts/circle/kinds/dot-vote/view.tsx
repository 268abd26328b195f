import { lazy, Suspense } from "react";
import { nameOf } from "../../../../model/meeting/seats.ts";
import type { KindView } from "../kind-view.ts";
import { VoteFacts } from "./vote-facts.tsx";
import { VotingPanel } from "./voting-panel.tsx";
import "./dot-vote.css";

const GroupingPanel = lazy(async () => ({ default: (await import("./grouping-panel.tsx")).GroupingPanel }));

export const dotVote: KindView = {
  Panel: ({ meeting, circle }) => {
    if (meeting.stage === "voting") return <VotingPanel meeting={meeting} circle={circle} />;
    return meeting.stage === "grouping" ? (
      <Suspense fallback={null}>
        <GroupingPanel meeting={meeting} circle={circle} />
      </Suspense>
    ) : null;
  },
  stages: {
    grouping: {
      title: (t) => t("circle.dots.groupTitle"),
      icon: "circle",
      onward: (t) => t("circle.dots.toVote"),
    },
    voting: {
      title: (t) => t("circle.dots.voteTitle"),
      icon: "circle",
      onward: (t) => t("circle.dots.closeVote"),
    },
  },
  announce: (t, { meeting }, me) => {
    if (meeting.stage === "voting") return t("circle.dots.sayVote");
    const { turn, stage } = meeting;
    if (stage !== "grouping" || turn?.status !== "speaking") return "";
    return turn.speaker === me
      ? t("circle.dots.sayGroup")
      : t("circle.dots.leadOther", { name: nameOf(meeting, turn.speaker) });
  },
  sign: (t, { meeting: { stage, wrote } }, who) =>
    stage === "voting" && wrote.includes(who) ? { name: "voted", icon: "check", words: t("circle.dots.given") } : null,
  time: (t, _, { each, whole }) => t("circle.dots.time", { time: whole ?? each, each }),
  Facts: VoteFacts,
  hasFacts: ({ vote = [] }) => vote.length > 0,
};
