import { Elsewhere } from "../elsewhere/elsewhere.ts";
import type { Jobs } from "../elsewhere/jobs.ts";
import { exportTasks } from "../export/tasks/export-tasks.ts";
import { createMinutes } from "../minutes/minutes.ts";
import { Refreshing } from "../minutes/refreshing.ts";
import { type SetName, STANDARD_SET } from "../protocol/chosen-set.ts";
import { withoutSecrets } from "../protocol/without-secrets.ts";
import type { ServedSets } from "../experiments/served-sets.ts";
import type { MeetingId } from "../protocol/identity.ts";
import { GraphPictures } from "../room/graph-pictures.ts";
import { pictureMessage } from "../room/messages/picture-message.ts";
import type { Ground } from "./ground.ts";
import type { Rooms } from "./rooms.ts";
import type { Truth } from "./truth.ts";

/** Worker in which slow things are worked out. */
const WORKER = new URL("../elsewhere/worker.ts", import.meta.url);
/** Milliseconds after the last correction of a burst until results that rest on the corrected words are made anew. */
const QUIET_MS = 4_000;

type ResultsDeps = Ground &
  Pick<Truth, "stores" | "meetings" | "languageOf"> &
  Pick<Rooms, "homeserver" | "poster" | "sayOnce"> & { readonly sets: ServedSets | null };

export type Results = Awaited<ReturnType<typeof createResults>>;

/** Makes all results of what was said: minutes, graphs and their pictures, tasks outside. */
export async function createResults(deps: ResultsDeps) {
  const { loaded, outside, log, now, stores, meetings, languageOf, homeserver, poster, sayOnce, news, sets } = deps;
  const { config, folder, experiments } = loaded;
  const { knownRooms } = stores;
  const elsewhere = new Elsewhere<Jobs>({
    script: WORKER,
    hire: outside.hire,
    onGivenUp: ({ job, room, ms, error }) =>
      log.warn({ job, room, ms, err: error }, "work beside the main thread was given up; what it was for is as it was"),
  });
  const minutes = await createMinutes(config.minutes, {
    folder,
    loadPlugins: outside.loadPlugins,
    log,
    now,
    onMade: (meeting, entry, basis) => meetings.note(meeting, { type: "minutes-made", entry, basis }),
    ...(sets ? { sets: experiments.sets, setOf: (id: MeetingId) => setOf(id, meetings, sets) } : {}),
    templateOf: (room) => knownRooms.summaryTemplateOf(room),
    byRule:
      (room) =>
      (rule, ...given) =>
        elsewhere.run(rule, given as never, { room }) as Promise<never>,
    onGrowing: (meeting, growing) => meetings.grow(meeting, growing),
    onFailed: (meeting, plugin, about, error) =>
      meetings.note(meeting, { type: "minutes-failed", plugin, about, error: withoutSecrets(error.message) }),
  });
  const tasks = exportTasks(config.export, {
    folder,
    log,
    now,
    meetings,
    languageOf,
    knownRooms,
    sent: stores.exportedTasks,
    tell: sayOnce,
    onStands: (live) => news.emit("task-outside", live),
  });
  const graphPictures = new GraphPictures({
    homeserver,
    log,
    now,
    isOutdated: ({ meeting, takenBack }) => (meetings.bringBack(meeting)?.record.takenBack.length ?? 0) > takenBack,
    onDrawn: (meeting, drawn) => meetings.note(meeting, { type: "graph-drawn", drawn }),
    onEncrypted: ({ meeting, room }, picture) => {
      for (const woken of stores.outbox.want([pictureMessage(meeting, room, picture)])) poster.wake(woken);
    },
  });
  const refreshing = new Refreshing({
    quietMs: QUIET_MS,
    remake: (meeting, outdated) => meetings.refresh(meeting, outdated),
  });
  return { elsewhere, minutes, tasks, graphPictures, refreshing };
}

function setOf(id: MeetingId, meetings: Pick<Truth["meetings"], "bringBack">, sets: ServedSets): SetName {
  const live = meetings.bringBack(id);
  return live ? sets.of(live) : STANDARD_SET;
}
