import type { z } from "zod";
import { spanOf } from "../circle/meeting.ts";
import type { RecordEvent } from "../record/event.ts";
import type { Ruling } from "../circle/ruling.ts";
import { decisionIn, questionIn, taskIn } from "../record/found-items.ts";
import type { Meetings } from "../journal/meetings.ts";
import type { Corrigible } from "../protocol/correction.ts";
import type { FileFormat, GraphFileFormat } from "../protocol/file-formats.ts";
import type { RecordFile, RecordResponse } from "../protocol/http-api.ts";
import type { Language, MeetingId, RoomId } from "../protocol/identity.ts";
import type { MeetingGraph } from "../protocol/meeting-graph.ts";
import type { MeetingRecord } from "../protocol/meeting-record.ts";
import type { MeetingSnapshot } from "../protocol/meeting-snapshot.ts";
import { translatable } from "./translatable.ts";
import type { TranslationResponse } from "../protocol/translation.ts";
import type { RECORD_ROUTES } from "../protocol/routes/record.ts";
import { refused, type RefusalText } from "./api-failure.ts";
import { type Handler, type Handlers, MadeJson } from "./bind.ts";
import {
  maySee,
  type NotingDeps,
  pastMeetings as pastMeetingsOf,
  readMeetingIn,
  type ShownMeeting,
  shownTo,
  type Visitor,
} from "./visitor.ts";

type RecordRoutes = typeof RECORD_ROUTES;

type ReadDeps = NotingDeps & { readonly meetings: Meetings };

/** Files and graphs are made apart from the thread that answers. */
type FileDeps = ReadDeps & {
  /** A `RecordFile` as JSON. */
  readonly recordFile: (format: FileFormat, of: ShownMeeting) => Promise<Uint8Array>;
};

type GraphDeps = ReadDeps & { readonly graphOf: (of: ShownMeeting) => Promise<MeetingGraph> };

type RoomGraphDeps = GraphDeps & {
  readonly roomGraph: (room: RoomId, graphs: readonly MeetingGraph[]) => Promise<MeetingGraph>;
};

type RoomGraphFileDeps = RoomGraphDeps & {
  readonly languageOf: (room: RoomId) => Language;
  readonly roomGraphFile: (format: GraphFileFormat, graph: MeetingGraph, language: Language) => RecordFile;
};

type TranslationFound = z.output<typeof TranslationResponse>;
type ReadonlyTranslation = Omit<TranslationFound, "texts"> & { readonly texts: readonly (string | null)[] };

type TranslateDeps = ReadDeps & {
  /** Captions that stand in the call now. */
  readonly captionsOf: (meeting: MeetingId) => readonly string[];
  readonly translate: (asked: {
    readonly meeting: MeetingSnapshot;
    readonly texts: readonly string[];
    readonly to: Language;
    readonly room: RoomId;
  }) => Promise<ReadonlyTranslation>;
};

type CorrectorDeps = ReadDeps & {
  readonly refusalText: RefusalText;
};

export type RecordDeps = FileDeps & RoomGraphFileDeps & TranslateDeps & CorrectorDeps;

/** Handlers for all that was said and made in a room's meetings: to read, to take along, to put right. */
export function recordHandlers(deps: RecordDeps): Handlers<RecordRoutes> {
  return {
    record: record(deps),
    pastMeetings: pastMeetings(deps),
    pastMeeting: pastMeeting(deps),
    recordFile: recordFile(deps),
    graph: graph(deps),
    roomGraph: async ({ asking }) => ({ graph: await graphOfRoom(asking, "read", deps) }),
    roomGraphFile: roomGraphFile(deps),
    correct: correct(deps),
    translate: translate(deps),
    redo: redo(deps),
  };
}

function record(deps: ReadDeps): Handler<RecordRoutes["record"]> {
  return ({ asking }) => {
    const live = deps.meetings.of(asking.place);
    if (!live || !maySee(asking, spanOf(live.meeting))) return { record: null };
    return { record: shownTo(asking, live, "read", deps).record };
  };
}

function pastMeetings({ meetings }: Pick<ReadDeps, "meetings">): Handler<RecordRoutes["pastMeetings"]> {
  return async ({ asking }) => {
    const { seen, hidden } = await pastMeetingsOf(asking, meetings);
    return {
      meetings: seen.map((each) => ({ ...each, people: [...each.people] })),
      ...(hidden ? { hidden } : {}),
    };
  };
}

function pastMeeting(deps: ReadDeps): Handler<RecordRoutes["pastMeeting"]> {
  return async ({ asking, params }) => {
    const { meeting, record } = await shown(asking, params.meeting, "read", deps);
    return { meeting, record };
  };
}

function recordFile(deps: FileDeps): Handler<RecordRoutes["recordFile"]> {
  return async ({ asking, params }) => {
    return new MadeJson(await deps.recordFile(params.format, await shown(asking, params.meeting, "export", deps)));
  };
}

function graph(deps: GraphDeps): Handler<RecordRoutes["graph"]> {
  return async ({ asking, params }) => ({
    graph: await deps.graphOf(await shown(asking, params.meeting, "read", deps)),
  });
}

function roomGraphFile(deps: RoomGraphFileDeps): Handler<RecordRoutes["roomGraphFile"]> {
  return async ({ asking, params }) =>
    deps.roomGraphFile(params.format, await graphOfRoom(asking, "export", deps), deps.languageOf(asking.room));
}

function correct(deps: CorrectorDeps): Handler<RecordRoutes["correct"]> {
  return async ({ asking, body: { meeting, seen, change } }) => {
    const live = await readMeetingIn(asking, meeting, deps.meetings);
    const corrector = { actor: asking.actor, at: deps.now() };
    const { whole, record } = shownTo(asking, live, "read", deps);
    if (!whole && !isIn(record, change)) throw refused({ code: "nothing-to-correct", detail: {} }, asking.room, deps);
    return recordAfter(deps.meetings.correct(live, change, seen, corrector), asking, meeting, deps);
  };
}

function redo(deps: CorrectorDeps): Handler<RecordRoutes["redo"]> {
  return async ({ asking, body: { meeting } }) => {
    const live = await readMeetingIn(asking, meeting, deps.meetings);
    const decision = deps.meetings.redo(live, null, { actor: asking.actor, at: deps.now() });
    return recordAfter(decision, asking, meeting, deps);
  };
}

/** Translates texts that are shown to whoever asks, and no others. */
function translate(deps: TranslateDeps): Handler<RecordRoutes["translate"]> {
  return async ({ asking, body: { meeting: id, to, texts } }) => {
    const { meeting, record } = await shown(asking, id, "read", deps);
    const there = translatable({ meeting, record }, deps.captionsOf(id));
    const asked = texts.filter((text) => there.has(text));
    const { texts: found, ...of } = await deps.translate({ meeting, texts: asked, to, room: asking.room });
    const translated = new Map(asked.map((text, at) => [text, found[at] ?? null]));
    return { ...of, texts: texts.map((text) => translated.get(text) ?? null) };
  };
}

async function shown(
  asking: Visitor,
  meeting: MeetingId,
  what: "read" | "export",
  deps: ReadDeps,
): Promise<ShownMeeting> {
  return shownTo(asking, await readMeetingIn(asking, meeting, deps.meetings), what, deps);
}

/** The last of them, of a room that has met often. */
const MEETINGS_IN_GRAPH = 20;

/**
 * Makes the graph of a room from one meeting after another: reading and handing over one is little, twenty at once
 * would be much.
 */
async function graphOfRoom(asking: Visitor, what: "read" | "export", deps: RoomGraphDeps): Promise<MeetingGraph> {
  const { meetings, roomGraph, graphOf } = deps;
  const graphs: MeetingGraph[] = [];
  const { seen } = await pastMeetingsOf(asking, meetings);
  for (const { id } of seen.slice(0, MEETINGS_IN_GRAPH)) {
    const live = await meetings.readByAndBy(asking.room, id);
    if (live) graphs.push(await graphOf(shownTo(asking, live, what, deps)));
  }
  return roomGraph(asking.room, graphs);
}

async function recordAfter(
  decision: Ruling<RecordEvent>,
  asking: Visitor,
  meeting: MeetingId,
  deps: CorrectorDeps,
): Promise<RecordResponse> {
  if (!decision.accepted) throw refused(decision.refusal, asking.room, deps);
  return { record: shownTo(asking, await readMeetingIn(asking, meeting, deps.meetings), "read", deps).record };
}

function isIn({ utterances, minutes }: MeetingRecord, { of, id }: Corrigible): boolean {
  switch (of) {
    case "utterance":
      return utterances.some((each) => each.id === id);
    case "task":
      return taskIn(minutes, id) !== null;
    case "decision":
      return decisionIn(minutes, id) !== null;
    case "question":
      return questionIn(minutes, id) !== null;
    // A summary may rest on words from before somebody came, and so hold more than they are shown.
    case "summary":
      return false;
  }
}
