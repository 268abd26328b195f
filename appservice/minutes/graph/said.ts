import { createHash } from "node:crypto";
import type { ParticipantId } from "../../protocol/identity.ts";
import type { KnownBy } from "../../protocol/meeting-graph.ts";
import type { GroundedSentence, MeetingRecord, Utterance } from "../../protocol/meeting-record.ts";
import type { MeetingSnapshot } from "../../protocol/meeting-snapshot.ts";
import { participantHighlights } from "../highlights/highlights.ts";
import { sentencesOf } from "../text/sentences.ts";
import { type Move, movesOf } from "../talk/moves.ts";
import { contentStems, overlap } from "../text/words.ts";
import { answersQuestion, type SpeechAct, speechAct } from "./speech-act.ts";

/** Statement that is worth a node of its own. */
export type SaidThing = {
  readonly id: string;
  readonly kind: SpeechAct | "statement";
  readonly text: string;
  readonly speaker: ParticipantId;
  readonly circle: number;
  readonly from: readonly string[];
  /** Place among all that was said. */
  readonly position: number;
  readonly knownBy: KnownBy;
  /** Words and place of the sentence that it answers, supports or objects to, where it follows on that. */
  readonly key: string;
  readonly to: string | null;
};

type Candidate = Omit<SaidThing, "id">;

/**
 * Limits of nodes, for not every sentence is one: of each kind for each person in each circle, and for each circle in
 * all.
 */
const MOST = { proposal: 2, question: 2, agreement: 2, objection: 2, statement: 2 } as const;
const MOST_IN_CIRCLE = 12;
/** Number of people from which on one statement of each must do. */
const MANY_PEOPLE = 6;
/** Likeness from which on a sentence and a result say the same. */
const SAME = 0.7;

/** Chooses the statements. `results`: decisions and tasks made of them, which are not to stand there twice. */
export function saidIn(
  meeting: MeetingSnapshot,
  record: MeetingRecord,
  results: readonly { readonly text: string; readonly from: readonly string[] }[],
): SaidThing[] {
  const spoken = record.utterances.filter(({ circle }) => circle < meeting.circles.length);
  return [...Map.groupBy(spoken, ({ circle }) => circle).values()].flatMap((utterances) =>
    ofCircle(meeting, record, utterances, results),
  );
}

function ofCircle(
  meeting: MeetingSnapshot,
  record: MeetingRecord,
  utterances: readonly Utterance[],
  results: Parameters<typeof saidIn>[2],
): SaidThing[] {
  const places = new Map(record.utterances.map(({ id }, place) => [id, place]));
  const position = (from: readonly string[]) => places.get(from[0] ?? "") ?? 0;
  const acts = actsIn(utterances, meeting, position);
  const speakers = new Set(utterances.map(({ speaker }) => speaker));
  const each = speakers.size >= MANY_PEOPLE ? 1 : MOST.statement;
  const fresh = (text: string, from: readonly string[]) =>
    !results.some((result) => sharesUtterance(result.from, from) && alike(result.text, text));
  const statements = [...Map.groupBy(utterances, ({ speaker }) => speaker).values()].map((own) =>
    statementsOf(own, meeting, record, each + MOST.proposal, position)
      .filter(
        ({ text, from }) =>
          fresh(text, from) && !acts.some((act) => act.speaker === own[0]?.speaker && alike(act.text, text)),
      )
      .slice(0, each),
  );
  // The first statement of everybody goes before anybody's second.
  const inTurn = [0, 1].flatMap((round) => statements.flatMap((own) => own.slice(round, round + 1)));
  const first = inTurn.slice(0, speakers.size);
  const targets = new Set(acts.map(({ to }) => to));
  // Agreement and objection may be tied to somebody by name.
  const [tied, loose] = [acts.filter(isTied), acts.filter((act) => !isTied(act))];
  const others = [...first, ...loose.filter(({ text, from }) => fresh(text, from)), ...inTurn.slice(speakers.size)];
  // Relations are all kept, however long the circle; the rest fills up what is left.
  const most = Math.max(MOST_IN_CIRCLE, speakers.size + 3);
  const chosen = [...tied, ...others.slice(0, Math.max(most - tied.length, Math.min(first.length, speakers.size)))];
  return chosen.sort((one, other) => one.position - other.position).map((each) => ({ ...each, id: idOf(each) }));

  function isTied({ kind, key, to }: Candidate): boolean {
    return to !== null || targets.has(key) || kind === "agreement" || kind === "objection";
  }
}

function actsIn(
  utterances: readonly Utterance[],
  { people }: MeetingSnapshot,
  position: (from: readonly string[]) => number,
): Candidate[] {
  const moves = movesOf(sentencesOf(utterances), people);
  const spokenOf = new Set(moves.flatMap(({ to }) => (to === null ? [] : [to])));
  const acts = moves.flatMap((move): Candidate[] => {
    const { text, speaker, circle, from } = move;
    const target = move.to === null ? undefined : moves[move.to];
    const kind =
      (target && RELATING[move.act ?? ""]) ?? (spokenOf.has(move.position) ? ownKind(move) : plainKind(text));
    const to = target && RELATING[move.act ?? ""] !== undefined ? keyOf(target) : null;
    return kind === null
      ? []
      : [{ kind, text, speaker, circle, from, position: position(from), knownBy: "rules", key: keyOf(move), to }];
  });
  const tied = new Set(acts.flatMap(({ to }) => to ?? []));
  const isTied = ({ key, to }: Candidate) => to !== null || tied.has(key);
  const ofKind = Map.groupBy(
    acts.filter((act) => !isTied(act)),
    ({ speaker, kind }) => `${kind} ${speaker}`,
  );
  return [
    ...acts.filter(isTied),
    ...[...ofKind.values()].flatMap((own) => own.slice(0, MOST[own[0]?.kind ?? "statement"])),
  ];
}

/** Kinds of the moves that speak of another. */
const RELATING: Readonly<Record<string, SaidThing["kind"]>> = {
  agreement: "agreement",
  objection: "objection",
  answer: "statement",
};

function ownKind({ act }: Move): SaidThing["kind"] {
  return act === "proposal" || act === "question" ? act : "statement";
}

function plainKind(text: string): SaidThing["kind"] | null {
  return speechAct(text) ?? (answersQuestion(text) ? "statement" : null);
}

function keyOf({ from, text }: Pick<Candidate, "from" | "text">): string {
  return `${from.join()} ${text}`;
}

/**
 * Takes the sentences that a language model or a person wrote of somebody's words; otherwise sentences chosen from
 * these.
 */
function statementsOf(
  own: readonly Utterance[],
  meeting: MeetingSnapshot,
  { minutes }: MeetingRecord,
  count: number,
  position: (from: readonly string[]) => number,
): Candidate[] {
  const [first] = own;
  if (!first) return [];
  const { speaker, circle } = first;
  const summary = minutes.findLast(
    ({ about, result }) =>
      result.form === "summary" &&
      about.kind === "participant" &&
      about.circle === circle &&
      about.participant === speaker,
  );
  const written =
    summary?.result.form === "summary" &&
    (summary.madeBy.method === "llm" || isRewritten(summary.result.sentences, own))
      ? summary.result.sentences
      : null;
  const knownBy = written === null ? "highlights" : summary?.madeBy.method === "llm" ? "llm" : "people";
  const sentences = written ?? participantHighlights({ utterances: own, people: meeting.people, meeting }, count);
  return sentences.map(({ text, from }) => ({
    kind: "statement",
    text,
    speaker,
    circle,
    from,
    position: position(from),
    knownBy,
    key: keyOf({ from, text }),
    to: null,
  }));
}

/** Tells whether people put highlights right: highlights are word for word as said, so others were rewritten. */
function isRewritten(sentences: readonly GroundedSentence[], own: readonly Utterance[]): boolean {
  const said = new Set(sentencesOf(own).map(({ text }) => text));
  return sentences.some(({ text }) => !said.has(text));
}

export function alike(one: string, other: string): boolean {
  return overlap(new Set(contentStems(one)), new Set(contentStems(other))) >= SAME;
}

export function sharesUtterance(one: readonly string[], other: readonly string[]): boolean {
  return one.some((id) => other.includes(id));
}

function idOf({ kind, text, from }: Candidate): string {
  return `${kind}:${from.join(",")}:${createHash("sha256").update(text).digest("base64url").slice(0, 8)}`;
}
