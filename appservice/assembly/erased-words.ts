import { NO_WORDS, planWithout, textWithout } from "../circle/quotes.ts";
import type { ParticipantId } from "../protocol/identity.ts";
import type { Assembly, AssemblyCourse } from "./assembly.ts";
import type { AssemblyEvent } from "./event.ts";
import type { AssemblyPlan } from "./scenario.ts";

type Themed = { readonly topic: number | null; readonly theme: string | null };

/** The assembly without the words of somebody: its topic, topics that they proposed, and what they told all rings. */
export function withoutWordsOf(assembly: Assembly, who: ParticipantId): Assembly {
  if (assembly.phase === "gathering") return assembly;
  const { plan, topic, topics, rings, held, told } = assembly;
  const theirs = (topics ?? []).filter(({ by }) => by === who);
  const clean = <T extends Themed>(ring: T): T => (isThemedBy(ring, theirs) ? { ...ring, theme: NO_WORDS } : ring);
  const change = {
    ...(assembly.startedBy === who &&
      plan &&
      topic !== undefined && { plan: wholePlanWithout(plan, topic), topic: "" }),
    ...(topics && { topics: topics.map((each) => (each.by === who ? { ...each, text: NO_WORDS } : each)) }),
    ...(rings && { rings: rings.map(clean) }),
    ...(held && { held: held.map(clean) }),
    ...(told?.by === who && { told: null }),
  } satisfies Partial<AssemblyCourse>;
  return { ...assembly, ...change };
}

/** Journals from before topics had numbers in them know a ring's theme by its words alone. */
function isThemedBy({ topic, theme }: Themed, theirs: AssemblyCourse["topics"]): boolean {
  return theirs.some(({ id, text }) => (topic === null ? text === theme : id === topic));
}

/** Event as the journal keeps it once its words were erased. Folded, it comes to the same. `topics`: those of `who`. */
export function assemblyEventWithout(
  event: AssemblyEvent,
  who: ParticipantId,
  topics: ReadonlySet<string>,
): AssemblyEvent {
  switch (event.type) {
    case "assembly-started":
      return event.by === who ? { ...event, topic: "", plan: wholePlanWithout(event.plan, event.topic) } : event;
    case "words-told":
    case "topic-proposed":
      return event.by === who ? { ...event, text: NO_WORDS } : event;
    case "phase-started": {
      const isTheirs = (theme: string | null) => theme !== null && topics.has(theme);
      const rings = event.rings.map((ring) => (isTheirs(ring.theme) ? { ...ring, theme: NO_WORDS } : ring));
      return { ...event, rings };
    }
    default:
      return event;
  }
}

/** Types of events in which there are words of people. */
export const WORDED = ["assembly-started", "words-told", "topic-proposed", "phase-started"] as const;

function wholePlanWithout(plan: AssemblyPlan, topic: string): AssemblyPlan {
  if (topic === "") return plan;
  const phases = plan.phases.map((phase): AssemblyPlan["phases"][number] => {
    const { title, themes } = phase;
    const named = {
      title: textWithout(title, topic),
      themes: themes && { en: textWithout(themes.en, topic), ru: textWithout(themes.ru, topic) },
    };
    return phase.kind === "topics"
      ? { ...phase, ...named }
      : { ...phase, ...named, plan: planWithout(phase.plan, topic) };
  });
  return { ...plan, phases };
}
