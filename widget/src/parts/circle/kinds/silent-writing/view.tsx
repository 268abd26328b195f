import { useTranslation } from "react-i18next";
import type { KindProps, KindView } from "../kind-view.ts";
import { TextList, TextsPanel } from "./texts-panel.tsx";
import { WritingPanel } from "./writing-panel.tsx";

export const silentWriting: KindView = {
  Panel: ({ meeting, circle }) =>
    meeting.stage === "writing" ? (
      <WritingPanel meeting={meeting} circle={circle} />
    ) : (
      <TextsPanel meeting={meeting} circle={circle} />
    ),
  stages: {
    writing: {
      title: (t) => t("circle.writing.title"),
      icon: "circle",
      onward: (t) => t("circle.keeper.showTexts"),
    },
  },
  announce: (t, { meeting }) => (meeting.stage === "writing" ? t("circle.say.writing") : ""),
  announceLast: (t) => t("circle.say.texts"),
  sign: (t, { meeting: { stage, wrote } }, who) =>
    stage === "writing" && wrote.includes(who)
      ? { name: "wrote", icon: "check", words: t("circle.writing.hasFinished") }
      : null,
  time: (t, _, { each, whole }) => t("circle.scenario.write", { time: whole ?? each, each }),
  Facts: TextFacts,
  hasFacts: ({ texts }) => texts.length > 0,
};

/** Everybody's texts, to be opened. */
function TextFacts({ meeting, circle }: KindProps) {
  const { t } = useTranslation();
  return (
    <details>
      <summary>
        {t("circle.record.texts")} · {circle.texts.length}
      </summary>
      <TextList texts={circle.texts} meeting={meeting} />
    </details>
  );
}
