import type { Calls } from "../call/calls.ts";
import { livekitConnection } from "../call/options.ts";
import { isRunning } from "../circle/meeting.ts";
import { openDataset, recordingPlace } from "../dataset/open-dataset.ts";
import type { DatasetTarget } from "../dataset/target.ts";
import { placeOf } from "../journal/live-meeting.ts";
import { translateTo } from "../language/translate.ts";
import type { RoomId } from "../protocol/identity.ts";
import { NOT_RECORDED } from "../protocol/recorded-call.ts";
import { roomAt } from "../protocol/place.ts";
import { type Egress, egressOf } from "../recording/egress.ts";
import type { RecordingOptions } from "../recording/options.ts";
import { type RecordableCall, Recorder } from "../recording/recorder.ts";
import { RecordingRemoval } from "../recording/removal.ts";
import { notice } from "../room/messages/message.ts";
import { soon } from "../time/time.ts";
import { upkeep } from "../upkeep.ts";
import type { Encryption } from "./encryption.ts";
import type { Ground } from "./ground.ts";
import type { Rooms } from "./rooms.ts";
import type { Truth } from "./truth.ts";

/** Egress may have ended by itself, or have been away. */
const LOOKS_EVERY_MS = 15_000;
/** Until then LiveKit may not have said yet who is in a call. */
const PEOPLE_KNOWN_AFTER_MS = 20_000;

type RecordingDeps = Pick<Ground, "loaded" | "log" | "now" | "news"> &
  Pick<Truth, "stores" | "meetings" | "purposes" | "languageOf"> &
  Pick<Rooms, "homeserver"> & {
    readonly calls: Pick<Calls, "nameOf" | "connected" | "listening" | "recorded">;
    readonly encryption: Pick<Encryption, "mediaKeys"> | null;
    /** Left out: that of the LiveKit server. */
    readonly egress?: Egress;
  };

/** Recording of calls by LiveKit's Egress; without that section of the configuration, files from before are seen to. */
export function createRecording(deps: RecordingDeps) {
  const { loaded, stores, purposes, log } = deps;
  const { recordings } = stores;
  const options = loaded.config.recording;
  if (options) recordings.lieIn(options.target);
  const sets = openSets(deps);
  const removal = new RecordingRemoval({ ...deps, recordings, remove: sets.remove });
  purposes.listen((room, { who, purpose, given }) => {
    if (purpose === "sound" && !given) recordings.takeBack(room, who);
  });
  const recorder = options ? recorderOf(options, removal, deps) : null;
  let running: ReturnType<typeof upkeep> | null = null;
  return {
    start() {
      tellLeft(deps);
      const look = async () => (recorder ? recorder.look() : removal.run(null));
      const onFailed = (error: unknown) =>
        log.warn({ err: error }, "files of recordings could not be looked through; it is tried again");
      void look().catch(onFailed);
      running = upkeep(LOOKS_EVERY_MS, look, onFailed);
    },
    async stop() {
      recorder?.stop();
      sets.stop();
      await running?.stop();
      await sets.close();
    },
  };
}

/** Says of which recordings files are left that nothing takes away. */
function tellLeft({ loaded: { config }, stores, log }: RecordingDeps): void {
  for (const { target, files } of stores.recordings.targets())
    if (target === null || !config.dataset.targets[target])
      log.warn(
        { target, files },
        "files of recordings are left beside a set that dataset.targets does not name: name it, or delete them",
      );
}

/** Sets beside which recordings lie, each opened when it is first needed. */
function openSets({ loaded: { config, folder } }: Pick<RecordingDeps, "loaded">) {
  const stopping = new AbortController();
  const opened = new Map<string, Promise<DatasetTarget>>();
  const open = (name: string) => {
    const known = opened.get(name);
    if (known) return known;
    const target = openDataset(name, config.dataset, { folder, purpose: null }).then((it) => it.target);
    opened.set(name, target);
    target.catch(() => opened.delete(name));
    return target;
  };
  return {
    remove: async (name: string, files: readonly string[]) => (await open(name)).remove(files, stopping.signal),
    stop: () => stopping.abort(),
    async close() {
      for (const target of opened.values()) (await target.catch(() => null))?.close?.();
    },
  };
}

function recorderOf(
  { target, picture, of, egressFolder }: RecordingOptions,
  removal: RecordingRemoval,
  { loaded: { config, folder }, log, now, news, stores, meetings, purposes, calls, ...deps }: RecordingDeps,
) {
  const ours = recordingPlace(target, config.dataset, folder);
  const place = ours.kind === "folder" && egressFolder !== undefined ? { ...ours, folder: egressFolder } : ours;
  const recorder = new Recorder({
    egress: deps.egress ?? egressOf(livekitConnection(config.livekit, folder), { place, picture }),
    place,
    target,
    shard: config.service.shard?.name ?? null,
    of,
    ending: picture ? "mp4" : "ogg",
    recordings: stores.recordings,
    removal,
    allowing: (room) => purposes.allowing(room, "sound"),
    roomOf: (meeting) => stores.journal.roomOf(meeting),
    tell: async (room, recorded, nth) => {
      const text = translateTo(deps.languageOf(room))(recorded ? "recording.begins" : "recording.ends");
      await deps.homeserver.send(room, "m.room.message", `mm-recording-${nth}`, notice([text]));
    },
    show: (recorded) => {
      for (const { place: at } of live()) calls.recorded(at, recorded.get(calls.nameOf(at)) ?? NOT_RECORDED);
    },
    now,
    log,
  });
  const live = () => meetings.all().map((each) => ({ place: placeOf(each) }));
  const begun = now();
  const isEncrypted = (room: RoomId) => (deps.encryption?.mediaKeys.keysOf(room) ?? []).length > 0;
  const callsNow = (): RecordableCall[] =>
    meetings.all().flatMap((live): RecordableCall[] => {
      const at = placeOf(live);
      const [room, { meeting }] = [roomAt(at), live];
      // Egress has no key of an encrypted call: what it wrote would be noise.
      if (!isRunning(meeting) || !meetings.isNewest(live) || isEncrypted(room)) return [];
      const listening = calls.listening(at)?.people.map(({ id }) => id) ?? [];
      const people = [...new Set([...calls.connected(at), ...listening])];
      const isKnown = people.length > 0 || now() > begun + PEOPLE_KNOWN_AFTER_MS;
      return [{ call: calls.nameOf(at), room, meeting: meeting.id, people: isKnown ? people : null }];
    });
  let [asked, stopped] = [false, false];
  const look = () => {
    if (asked || stopped) return;
    asked = true;
    soon(() => {
      asked = false;
      if (!stopped) recorder.want(callsNow());
    });
  };
  meetings.listen(look);
  purposes.listen(look);
  news.on("presence", look);
  news.on("call-moved", look);
  news.on("encrypted", look);
  return {
    look,
    stop() {
      stopped = true;
      recorder.stop();
    },
  };
}
