import {
  type Assembly,
  inRing,
  nameIn,
  phaseOf,
  type Ring,
  type RunningAssembly,
  standing,
  staying,
} from "../../assembly/assembly.ts";
import type { Translate } from "../../language/translate.ts";

/** The assembly as the one message in the room has it: how far it is, and who sits where. */
export function assemblyLines(assembly: Assembly, t: Translate): string[] {
  if (assembly.phase === "gathering") {
    const people = staying(assembly).map(({ name }) => name);
    return people.length === 0
      ? [t("assembly.gathering-empty")]
      : [t("assembly.gathering", { number: people.length, people: people.join(", ") })];
  }
  if (assembly.phase === "ended") return [t("assembly.over"), ...delegateLines(assembly, t)];
  const phase = phaseOf(assembly);
  const place = { number: assembly.step + 1, of: assembly.plan.phases.length, title: phase.title };
  return [
    t("assembly.title", { title: assembly.plan.title, topic: assembly.topic || "—" }),
    t(`assembly.phase.${phase.kind}`, place),
    ...(phase.kind === "topics" ? topicLines(assembly, t) : ringLines(assembly, t)),
    ...(assembly.closesAt === null ? [] : [t("assembly.closing")]),
    ...assembly.asked.map(({ who, to }) => t("assembly.move-asked", { name: nameOf(assembly, who), number: to })),
  ];
}

function ringLines(assembly: RunningAssembly, t: Translate): string[] {
  const rings = standing(assembly);
  const [only] = rings;
  if (rings.length === 1 && only) return togetherLines(assembly, only, t);
  return rings.map((ring) => {
    const people = inRing(assembly, ring.number).map(({ name }) => name);
    const told = { number: ring.number, people: people.join(", "), state: t(`assembly.ring.${stateOf(ring)}`) };
    const delegate = ring.delegate === null ? "" : ` ${t("assembly.sends", { name: nameOf(assembly, ring.delegate) })}`;
    const gave = ring.summary.given ? ` ${t("assembly.gave")}` : "";
    return `${t("assembly.ring", told)}${delegate}${gave}`;
  });
}

/** All are in one ring: those who speak there are named, the others counted. */
function togetherLines(assembly: RunningAssembly, { number }: Ring, t: Translate): string[] {
  const people = inRing(assembly, number);
  const speak = people.filter(({ seated }) => seated).map(({ name }) => name);
  return [t("assembly.together", { people: speak.join(", "), number: people.length - speak.length })];
}

function topicLines({ topics, chosen }: RunningAssembly, t: Translate): string[] {
  if (topics.length === 0) return [t("assembly.no-topics")];
  return topics.map(({ id, text }) => {
    const people = [...chosen.values()].filter((topic) => topic === id).length;
    return t("assembly.topic", { number: id, text, people });
  });
}

function delegateLines(assembly: Assembly, t: Translate): string[] {
  const sent = assembly.phase === "gathering" ? [] : (assembly.past ?? []).flat();
  return sent.flatMap(({ number, delegate }) =>
    delegate === null ? [] : [t("assembly.sent", { number, name: nameOf(assembly, delegate) })],
  );
}

function stateOf({ status }: Ring): "waiting" | "running" | "done" {
  return status === "merged" ? "done" : status;
}

function nameOf(assembly: Assembly, who: string): string {
  return nameIn(assembly, who) ?? who;
}
