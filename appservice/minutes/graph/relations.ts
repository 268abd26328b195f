import { nameFinder } from "../../language/names/names.ts";
import type { ParticipantId } from "../../protocol/identity.ts";
import type { EdgeKind } from "../../protocol/meeting-graph.ts";
import { contentStems, overlap } from "../text/words.ts";
import type { SaidThing } from "./said.ts";
import { answersQuestion } from "./speech-act.ts";

type Named = { readonly id: ParticipantId; readonly name: string };
export type Relation = {
  readonly kind: Extract<EdgeKind, "supports" | "objects" | "answers">;
  readonly source: string;
  readonly target: string;
};

/**
 * Finds agreements, objections and answers between people: to what was proposed or asked just before, or by name. An
 * answer that says it is one may go without the name of the asker, if theirs was the only question in the circle.
 */
export function relationsIn(
  said: readonly SaidThing[],
  people: readonly Named[],
  nodeOf: (who: ParticipantId) => string,
): Relation[] {
  const namesIn = nameFinder(people);
  return said.flatMap((each): Relation[] => {
    const followed = each.to === null ? undefined : said.find(({ key }) => key === each.to);
    if (followed)
      return [
        {
          kind: each.kind === "agreement" ? "supports" : each.kind === "objection" ? "objects" : "answers",
          source: each.id,
          target: followed.id,
        },
      ];
    const named = [...new Set(namesIn(each.text).map(({ person }) => person))].filter(
      (person) => person !== null && person !== each.speaker,
    ) as ParticipantId[];
    const before = said.filter(
      ({ position, speaker, circle }) => position < each.position && speaker !== each.speaker && circle <= each.circle,
    );
    const towards = (kind: Relation["kind"]) =>
      named.map((who) => ({ kind, source: each.id, target: spokenOf(who, each, before)?.id ?? nodeOf(who) }));
    if (each.kind === "agreement") return towards("supports");
    if (each.kind === "objection") return towards("objects");
    const question = answersQuestion(each.text) ? questionFor(named, each, before) : null;
    return question ? [{ kind: "answers", source: each.id, target: question.id }] : [];
  });
}

/** Turns an agreement or an objection that names nobody into a mere statement. */
export function withoutLooseEnds(said: readonly SaidThing[], relations: readonly Relation[]): SaidThing[] {
  const tied = new Set(relations.map(({ source }) => source));
  return said.map((each) =>
    (each.kind === "agreement" || each.kind === "objection") && !tied.has(each.id)
      ? { ...each, kind: "statement" }
      : each,
  );
}

/**
 * Finds the statement that is spoken of among that person's earlier ones in this circle: the one that shares most words
 * with this; else their proposal. Null: the person is meant.
 */
function spokenOf(who: ParticipantId, { text, circle }: SaidThing, before: readonly SaidThing[]): SaidThing | null {
  const own = before.filter((each) => each.speaker === who && each.kind !== "question" && each.circle === circle);
  const stems = new Set(contentStems(text));
  const shared = (each: SaidThing) => overlap(new Set(contentStems(each.text)), stems);
  const nearest = own.reduce<SaidThing | null>(
    (best, each) => (shared(each) > (best ? shared(best) : 0) ? each : best),
    null,
  );
  return nearest ?? own.findLast(({ kind }) => kind === "proposal") ?? null;
}

function questionFor(
  named: readonly ParticipantId[],
  { circle }: SaidThing,
  before: readonly SaidThing[],
): SaidThing | null {
  const open = before.filter((each) => each.kind === "question" && each.circle === circle);
  if (named.length > 0) return open.findLast(({ speaker }) => named.includes(speaker)) ?? null;
  return open.length === 1 ? (open[0] ?? null) : null;
}
