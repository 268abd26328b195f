import type { Admissions } from "../../admission/admission.ts";
import type { AssemblyRuling } from "../../assembly/ruling.ts";
import type { AssemblyScenario } from "../../assembly/scenario.ts";
import type { PersonCommand } from "../../circle/command.ts";
import { whyNotMuteAll } from "../../circle/steering.ts";
import type { Assemblies } from "../../journal/assemblies.ts";
import type { Meetings } from "../../journal/meetings.ts";
import { translateTo } from "../../language/translate.ts";
import type { CirclePlace } from "../../protocol/place.ts";
import type { Actor } from "../../protocol/actor.ts";
import type { Refusal } from "../../protocol/refusal.ts";
import type { Language, ParticipantId, RoomId } from "../../protocol/identity.ts";
import type { Purposes } from "../../purposes/purposes.ts";
import type { KnownRooms } from "../../store/known-rooms.ts";
import { correctRepliedTo, type CorrectRepliedToDeps, readRepliedTo } from "../correct-replied-to.ts";
import type { RoomEventOf } from "../room-event.ts";
import type { RoomFacts } from "../room-facts.ts";
import { refusedInReplaced } from "../room-replaced.ts";
import type { RoomScenarios } from "../room-scenarios.ts";
import type { CommandContext, RoomTasks } from "./context.ts";
import { COMMANDS } from "./registry.ts";

export type CommandContextDeps = CorrectRepliedToDeps &
  ChoicesDeps & {
    readonly admissions: Pick<Admissions, "here">;
    readonly facts: Pick<RoomFacts, "replacedBy">;
    readonly meetings: Pick<Meetings, "of" | "placeFor" | "send" | "redo" | "readByAndBy">;
    readonly scenarios: Pick<RoomScenarios, "of">;
    readonly assemblies: Pick<Assemblies, "of" | "open" | "send">;
    readonly assemblyScenarios: ReadonlyMap<string, AssemblyScenario>;
    readonly purposes: Pick<Purposes, "shownTo" | "answer">;
    readonly eraseWords: (room: RoomId, who: ParticipantId) => void;
    readonly tasksOf: (room: RoomId) => RoomTasks;
    /** Ends all that is open in a person's name. */
    readonly signOut: (who: ParticipantId) => void;
    /** Closes all microphones of the room's call once. */
    readonly muteAll: (place: CirclePlace) => void;
    readonly languageOf: (room: RoomId) => Language;
    readonly now: () => number;
    /** Chance, for lots. */
    readonly seed: () => number;
  };

/**
 * Gathers what a command typed in this event may know and do. `rest`: the text behind its name; `message`: the one in
 * which the command stands, which is another where the event is an edit.
 */
export async function contextFor(
  event: RoomEventOf<"m.room.message">,
  { rest, message }: { readonly rest: string; readonly message: string },
  deps: CommandContextDeps,
): Promise<CommandContext> {
  const { room_id: room, sender: by } = event;
  const actor = await deps.admissions.here(room, by, "chat");
  const typed = { room, actor, rest, event: event.event_id, message };
  await readRepliedTo(event, deps);
  const correct = (words: string) => correctRepliedTo(event, words, { actor, at: deps.now() }, deps);
  return contextOf(typed, correct, deps);
}

/** A command that somebody typed, wherever that was. `event`: as such; `message`: that in which it stands. */
export type TypedBy = {
  readonly room: RoomId;
  readonly actor: Actor;
  readonly rest: string;
  readonly event: string;
  readonly message: string;
};

export type ContextDeps = Omit<CommandContextDeps, "admissions" | keyof CorrectRepliedToDeps> & {
  readonly meetings: Pick<Meetings, "of" | "placeFor" | "send" | "redo">;
};

/** The same for a command that was typed elsewhere than in the room. */
export async function contextOf(
  { room, actor, rest, event, message }: TypedBy,
  correct: CommandContext["correctRepliedTo"],
  deps: ContextDeps,
): Promise<CommandContext> {
  const { facts, meetings, scenarios, languageOf, now, seed } = deps;
  const [choice, replacedBy] = await Promise.all([scenarios.of(room), facts.replacedBy(room)]);
  const language = languageOf(room);
  /** Found anew each time: whoever asks may be moved meanwhile. */
  const place = () => meetings.placeFor(room, actor.id);
  return {
    actor,
    language,
    t: translateTo(language),
    now: now(),
    seed: seed(),
    live: meetings.of(place()),
    scenarios: choice,
    commands: COMMANDS,
    rest,
    message: event,
    nameOf: (id) => meetings.of(place())?.meeting.people.find((person) => person.id === id)?.name ?? id,
    ask: (what) => {
      const closed = refusedInReplaced(what.type, meetings.of(place())?.meeting ?? null, replacedBy);
      if (closed) return closed;
      const person = { actor, at: now(), expectedVersion: null, message };
      const decision = meetings.send(place(), { ...what, ...person } as PersonCommand);
      return decision.accepted ? null : decision.refusal;
    },
    assembly: {
      now: () => deps.assemblies.of(room),
      open: () => refusalIn(deps.assemblies.open(room, language)),
      ask: (what) => refusalIn(deps.assemblies.send(room, { ...what, actor, at: now() })),
      scenarios: deps.assemblyScenarios,
    },
    signOut: () => deps.signOut(actor.id),
    muteAll: () => {
      const refusal = whyNotMuteAll(meetings.of(place())?.meeting ?? null, actor);
      if (!refusal) deps.muteAll(place());
      return refusal;
    },
    redoMinutes: (forms) => {
      const live = meetings.of(place());
      if (!live) return { code: "nothing-to-remake", detail: {} };
      const decision = meetings.redo(live, forms, { actor, at: now() });
      return decision.accepted ? null : decision.refusal;
    },
    correctRepliedTo: correct,
    myPurposes: () => deps.purposes.shownTo(room, actor.id, language),
    answerPurpose: (answer) => {
      const ruling = deps.purposes.answer(room, { ...answer, actor, at: now() });
      return ruling.accepted ? null : ruling.refusal;
    },
    eraseOwnWords: () => deps.eraseWords(room, actor.id),
    tasks: deps.tasksOf(room),
    ...choicesOf(room, deps),
  };
}

function refusalIn(ruling: AssemblyRuling): Refusal | null {
  return ruling.accepted ? null : ruling.refusal;
}

type ChoicesDeps = {
  readonly knownRooms: Pick<
    KnownRooms,
    | "chooseLanguage"
    | "chooseScenario"
    | "chooseSummaryTemplate"
    | "chooseVocabulary"
    | "chooseSpeechLanguage"
    | "summaryTemplateOf"
    | "vocabularyOf"
  >;
};

/** Choices that the room remembers. */
function choicesOf(room: RoomId, { knownRooms }: ChoicesDeps) {
  return {
    chooseLanguage: (chosen) => knownRooms.chooseLanguage(room, chosen),
    chooseScenario: (id) => knownRooms.chooseScenario(room, id),
    chooseSummaryTemplate: (template) => knownRooms.chooseSummaryTemplate(room, template),
    chooseVocabulary: (words) => knownRooms.chooseVocabulary(room, words),
    chooseSpeechLanguage: (chosen) => knownRooms.chooseSpeechLanguage(room, chosen),
    summaryTemplate: knownRooms.summaryTemplateOf(room),
    vocabulary: knownRooms.vocabularyOf(room),
  } satisfies Partial<CommandContext>;
}
