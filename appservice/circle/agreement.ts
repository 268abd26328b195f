import { covers, type Shown } from "../protocol/agreement.ts";
import type { ParticipantId } from "../protocol/identity.ts";
import type { Command, Steady } from "./command.ts";
import { accept, type Ruling, refuse } from "./ruling.ts";
import type { CircleEvent } from "./event.ts";
import { type Meeting, personOf, present } from "./meeting.ts";

type Of<T extends Command["type"]> = Extract<Steady, { type: T }>;
type EventOf<T extends CircleEvent["type"]> = Extract<CircleEvent, { type: T }>;

export type AgreementAnswer = {
  readonly who: ParticipantId;
  readonly agreed: boolean;
  readonly shown: Shown;
  readonly at: number;
};
/** Person who is asked in the room. `message`: because they typed this there. */
export type Sought = { readonly who: ParticipantId; readonly name: string; readonly message: string | null };

/**
 * Agreement to words being written down: the items that each is shown, and the answer of each. `before`: people who sat
 * there already when the service began to ask; it goes on for them as it was until they say otherwise.
 */
export type Agreement = {
  readonly asks: Shown;
  readonly answers: readonly AgreementAnswer[];
  readonly sought: readonly Sought[];
  readonly before: readonly ParticipantId[];
};

/**
 * Answer of somebody on whether their words may be written down; null: they have given none yet, or to something else
 * than is asked now.
 */
export function answerOf({ agreement }: Pick<Meeting, "agreement">, who: ParticipantId): boolean | null {
  if (!agreement) return null;
  const answer = agreement.answers.find((each) => each.who === who);
  if (!answer) return agreement.before.includes(who) ? true : null;
  return answer.agreed && !covers(answer.shown, agreement.asks) ? null : answer.agreed;
}

/**
 * Tells whether this person's words may be written down. In meetings from before people were asked, everybody's are.
 */
export function mayBeWritten(meeting: Pick<Meeting, "agreement">, who: ParticipantId): boolean {
  return meeting.agreement === null || answerOf(meeting, who) === true;
}

/**
 * Tells whether somebody may put words of theirs into the record by hand. People who did not take part in a meeting
 * that is over were not asked, and may.
 */
export function mayWriteInto(meeting: Meeting, who: ParticipantId): boolean {
  const stranger = meeting.phase === "ended" && answerOf(meeting, who) === null && personOf(meeting, who) === undefined;
  return stranger || mayBeWritten(meeting, who);
}

/** People who sit in the circle and are heard without being written down. */
export function unwritten(meeting: Meeting): ParticipantId[] {
  return meeting.people
    .filter(({ id, presence }) => presence !== "left" && !mayBeWritten(meeting, id))
    .map(({ id }) => id);
}

/**
 * Begins to ask. No record breaks off because the service is a newer one now: in a meeting that began before, those who
 * sit there have agreed in their browsers.
 */
export function ask(meeting: Meeting, { asks, at }: Of<"ask-agreement">): Ruling {
  const { agreement } = meeting;
  const same = agreement !== null && covers(agreement.asks, asks) && covers(asks, agreement.asks);
  if (meeting.phase === "ended" || same) return accept();
  const before = agreement === null && meeting.phase !== "gathering" ? present(meeting) : [];
  const asked: EventOf<"agreement-asked"> = { type: "agreement-asked", asks, at, ...(before.length > 0 && { before }) };
  const after = agreementAsked(meeting, asked);
  // People who sit there already have nothing before them that asks.
  const unanswered = present(meeting).filter((who) => answerOf(after, who) === null);
  return accept(asked, ...unanswered.map((who) => soughtOf(who, personOf(meeting, who)?.name ?? who, at)));
}

export function soughtOf(
  who: ParticipantId,
  name: string,
  at: number,
  message: string | null = null,
): EventOf<"agreement-sought"> {
  return { type: "agreement-sought", who, name, message, at };
}

/**
 * Ruling on a person's agreement as they sit down: the answer that they brought with them, or the question in the room.
 */
export function onJoining(meeting: Meeting, { by, name, agreement: said, message, at }: Of<"join">): Ruling {
  if (!meeting.agreement) return accept();
  if (said) return answer(meeting, { type: "agree", ...said, by, at });
  const known = answerOf(meeting, by) !== null || meeting.agreement.sought.some(({ who }) => who === by);
  return known ? accept() : accept(soughtOf(by, name, at, message));
}

export function answer(
  meeting: Meeting,
  { by, agreed, shown, at }: Pick<Of<"agree">, "type" | "by" | "agreed" | "shown" | "at">,
): Ruling {
  const { agreement } = meeting;
  if (!agreement) return accept();
  if (agreed && !covers(shown, agreement.asks)) return refuse("shown-changed");
  const known = agreement.answers.find(({ who }) => who === by);
  const same = known?.agreed === agreed && (!agreed || covers(known.shown, agreement.asks));
  return same ? accept() : accept({ type: "agreement-answered", who: by, agreed, shown, at });
}

export function seek(meeting: Meeting, { by, name, message, at }: Of<"seek-agreement">): Ruling {
  const { agreement } = meeting;
  if (!agreement || answerOf(meeting, by) !== null || agreement.sought.some(({ who }) => who === by)) return accept();
  return accept({ type: "agreement-sought", who: by, name, message, at });
}

export function agreementAsked(meeting: Meeting, { asks, before: satThere }: EventOf<"agreement-asked">): Meeting {
  const { answers = [], sought = [], before = [], asks: asked = asks } = meeting.agreement ?? {};
  return markTurn({
    ...meeting,
    agreement: { asks, answers, sought, before: satThere ?? (covers(asked, asks) ? before : []) },
  });
}

export function agreementAnswered(
  meeting: Meeting,
  { who, agreed, shown, at }: EventOf<"agreement-answered">,
): Meeting {
  const { agreement } = meeting;
  if (!agreement) return meeting;
  const answers = [...agreement.answers.filter((each) => each.who !== who), { who, agreed, shown, at }];
  return markTurn({ ...meeting, agreement: { ...agreement, answers } });
}

export function agreementSought(meeting: Meeting, { who, name, message }: EventOf<"agreement-sought">): Meeting {
  const { agreement } = meeting;
  return agreement
    ? {
        ...meeting,
        agreement: {
          ...agreement,
          sought: [...agreement.sought.filter((each) => each.who !== who), { who, name, message }],
        },
      }
    : meeting;
}

/** A turn of which anything was spoken unwritten is known by that. */
export function markTurn(meeting: Meeting): Meeting {
  const { turn } = meeting;
  if (turn?.status !== "speaking" || turn.unwritten || mayBeWritten(meeting, turn.speaker)) return meeting;
  return { ...meeting, turn: { ...turn, unwritten: true } };
}
