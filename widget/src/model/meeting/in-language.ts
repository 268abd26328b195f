import type { Language } from "@mindminder/protocol/identity.ts";
import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";

/** The meeting with its title and themes in the reader's language, where the scenario has them in it. */
export function inLanguage(meeting: MeetingSnapshot, language: Language): MeetingSnapshot {
  const { scenario, circles } = meeting;
  return {
    ...meeting,
    scenario: { ...scenario, title: scenario.titles?.[language] ?? scenario.title },
    circles: circles.map((circle) => ({ ...circle, theme: circle.themes?.[language] ?? circle.theme })),
  };
}
