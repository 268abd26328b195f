import { resolve } from "node:path";
import type { Logger } from "pino";
import type { SetName } from "../protocol/chosen-set.ts";
import type { Language, MeetingId, RoomId } from "../protocol/identity.ts";
import type { MeetingGraph } from "../protocol/meeting-graph.ts";
import type { SummaryTemplate } from "../protocol/summary-template.ts";
import type { About, Growing, MeetingRecord, MinutesEntry } from "../protocol/meeting-record.ts";
import type { MeetingSnapshot } from "../protocol/meeting-snapshot.ts";
import { due, type Failure } from "./due.ts";
import { type Embeddings, openEmbeddings } from "./embeddings/embeddings.ts";
import { roomGraph } from "./graph/room-graph.ts";
import { openSets, type SetsOfPlugins } from "./open-sets.ts";
import type { MinutesOptions } from "./options.ts";
import { type ChangedRecord, outdated } from "./outdated.ts";
import type { Plugin, Translated } from "./plugin.ts";
import { loadPlugins } from "./registry.ts";
import { type ByRule, onTheSpot } from "./rules.ts";
import type { PluginSet } from "./plugin-set.ts";
import { timeLimit } from "../time/time.ts";
import { createRunner } from "./runner.ts";

export type MinutesDeps = {
  /** Folder from which paths in the options count. */
  readonly folder: string;
  /** Left out: those of the folder. */
  readonly loadPlugins?: () => Promise<Plugin[]>;
  readonly log: Logger;
  readonly now: () => number;
  /** Called with each result; `basis`: number of changes of texts that it knew of. */
  readonly onMade: (meeting: MeetingId, entry: MinutesEntry, basis: number) => void;
  /** Sets of the experiments file, and the name of that which serves a meeting; left out: all are served alike. */
  readonly sets?: SetsOfPlugins;
  readonly setOf?: (meeting: MeetingId) => SetName;
  /** Template of a room's summaries; null: as the plugins write them. */
  readonly templateOf?: (room: RoomId) => SummaryTemplate | null;
  /** Called with a result that is being made and has come so far; nothing of it is to be kept. */
  readonly onGrowing?: (meeting: MeetingId, growing: Growing) => void;
  readonly onFailed: (meeting: MeetingId, plugin: string, about: About, error: Error) => void;
  /** Works out results by rule, for a room; left out: on the spot. */
  readonly byRule?: (room: RoomId) => ByRule;
};

export type Minutes = {
  readonly project: (
    meeting: MeetingSnapshot,
    record: MeetingRecord & Partial<ChangedRecord>,
    failures: readonly Failure[],
  ) => void;
  /** Lists results that rest on words which were corrected since. */
  readonly outdated: (meeting: MeetingSnapshot, record: ChangedRecord) => MinutesEntry[];
  /** Tells whether something about the ended meeting as a whole is still to come. */
  readonly pending: (meeting: MeetingSnapshot, record: MeetingRecord, failures: readonly Failure[]) => boolean;
  /** Resolves once nothing is due or waits for another try. */
  readonly idle: () => Promise<void>;
  /** Joins several meetings of a room, the newest first, into one graph. */
  readonly roomGraph: (room: RoomId, graphs: readonly MeetingGraph[]) => Promise<MeetingGraph>;
  /** Puts texts of a meeting into another language, for somebody who asks; nothing of it is kept. */
  readonly translate: (asked: {
    readonly meeting: MeetingSnapshot;
    readonly texts: readonly string[];
    readonly to: Language;
    readonly encrypted: boolean;
  }) => Promise<Translated>;
  readonly close: () => Promise<void>;
};

/**
 * Makes the minutes as the service sees them: it decides which plugins serve, with which model, and what is still due.
 */
export async function createMinutes(options: MinutesOptions, parts: MinutesDeps): Promise<Minutes> {
  const sets = openSets(options, await (parts.loadPlugins ?? loadPlugins)(), parts);
  const embeddings = embeddingsFrom(options, parts.folder);
  // Decides here, and nowhere else, which plugins serve a meeting.
  const pluginSet = ({ id, roomId }: MeetingSnapshot): PluginSet => {
    const name = parts.setOf?.(id);
    const { plugins, llmOf } = sets.of(name);
    return {
      ...(name ? { name } : {}),
      plugins,
      llmOf: (plugin) => llmOf(id, plugin),
      embeddings,
      template: parts.templateOf?.(roomId) ?? null,
    };
  };
  const pluginsOf = (meeting: MeetingSnapshot) => pluginSet(meeting).plugins.map(({ plugin }) => plugin);
  const { log, now, onMade, onFailed, onGrowing, byRule = () => onTheSpot } = parts;
  const runner = createRunner({
    pluginSet,
    onMade,
    onFailed,
    ...(onGrowing ? { onGrowing } : {}),
    byRule,
    log,
    now,
    timeLimitMs: options.timeLimitSeconds * 1000,
    tries: options.tries,
  });
  return {
    project: runner.project,
    outdated: (meeting, record) => outdated(record, pluginsOf(meeting)),
    pending: (meeting, record, failures) => {
      if (meeting.phase !== "ended") return false;
      const unheard = record.turns.some(({ heard }) => !heard);
      return unheard || due(meeting, record, pluginsOf(meeting), failures).length > 0;
    },
    idle: runner.idle,
    roomGraph: (room, graphs) =>
      roomGraph(graphs, byRule(room), embeddings, (error) =>
        log.warn({ room, err: error }, "no embeddings; statements of several meetings are joined by their words alone"),
      ),
    translate: ({ meeting, ...asked }) => {
      const { plugins, llmOf } = pluginSet(meeting);
      const found = plugins.find(({ plugin }) => plugin.translate !== undefined);
      const nothing: Translated = { texts: asked.texts.map(() => null), model: null, failed: "no-model" };
      const signal = timeLimit(options.timeLimitSeconds * 1000);
      return (
        found?.plugin.translate?.({ ...asked, llm: llmOf(found.plugin.id), options: found.options, signal }) ??
        Promise.resolve(nothing)
      );
    },
    close: runner.close,
  };
}

/** Opens the model of likeness that is configured, if any. */
export function embeddingsFrom({ embeddings }: MinutesOptions, folder: string): Embeddings | null {
  return (
    embeddings &&
    openEmbeddings({
      ...embeddings,
      apiKeyFile: embeddings.apiKeyFile === null ? null : resolve(folder, embeddings.apiKeyFile),
    })
  );
}
