import { createHash } from "node:crypto";
import type { ParticipantId } from "../../protocol/identity.ts";
import type { KnownBy } from "../../protocol/meeting-graph.ts";
import type { GroundedSentence, MeetingRecord, Utterance } from "../../protocol/meeting-record.ts";
import type { MeetingSnapshot } from "../../protocol/meeting-snapshot.ts";
import { participantHighlights } from "../highlights/highlights.ts";
import { sentencesOf } from "../text/sentences.ts";
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
  const acts = actsIn(utterances, position);
  const speakers = new Set(utterances.map(({ speaker }) => speaker));
  const most = speakers.size >= MANY_PEOPLE ? 1 : MOST.statement;
  const fresh = (text: string, from: readonly string[]) =>
    !results.some((result) => sharesUtterance(result.from, from) && alike(result.text, text));
  const statements = [...Map.groupBy(utterances, ({ speaker }) => speaker).values()].map((own) =>
    statementsOf(own, meeting, record, most + MOST.proposal, position)
      .filter(
        ({ text, from }) =>
          fresh(text, from) && !acts.some((act) => act.speaker === own[0]?.speaker && alike(act.text, text)),
      )
      .slice(0, most),
  );
  // The first statement of everybody goes before anybody's second.
  const inTurn = [0, 1].flatMap((round) => statements.flatMap((own) => own.slice(round, round + 1)));
  const first = inTurn.slice(0, speakers.size);
  const chosen = [
    ...first,
    ...acts.filter(({ text, from }) => fresh(text, from)),
    ...inTurn.slice(speakers.size),
  ].slice(0, Math.max(MOST_IN_CIRCLE, speakers.size + 3));
  return chosen.sort((one, other) => one.position - other.position).map((each) => ({ ...each, id: idOf(each) }));
}

function actsIn(utterances: readonly Utterance[], position: (from: readonly string[]) => number): Candidate[] {
  const acts = sentencesOf(utterances).flatMap(({ text, speaker, circle, from }): Candidate[] => {
    const kind = speechAct(text) ?? (answersQuestion(text) ? "statement" : null);
    return kind === null ? [] : [{ kind, text, speaker, circle, from, position: position(from), knownBy: "rules" }];
  });
  const ofKind = Map.groupBy(acts, ({ speaker, kind }) => `${kind} ${speaker}`);
  return [...ofKind.values()].flatMap((own) => own.slice(0, MOST[own[0]?.kind ?? "statement"]));
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
