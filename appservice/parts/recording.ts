import type { Calls } from "../call/calls.ts";
import { livekitConnection } from "../call/options.ts";
import { isRunning } from "../circle/meeting.ts";
import { openDataset, recordingPlace } from "../dataset/open-dataset.ts";
import type { DatasetTarget } from "../dataset/target.ts";
import { placeOf } from "../journal/live-meeting.ts";
import { translateTo } from "../language/translate.ts";
import type { RoomId } from "../protocol/identity.ts";
import { roomAt } from "../protocol/place.ts";
import { type Egress, egressOf } from "../recording/egress.ts";
import { type RecordableCall, Recorder } from "../recording/recorder.ts";
import { notice } from "../room/messages/message.ts";
import { Recordings } from "../store/recordings.ts";
import { soon } from "../time/time.ts";
import { upkeep } from "../upkeep.ts";
import type { Encryption } from "./encryption.ts";
import type { Ground } from "./ground.ts";
import type { Rooms } from "./rooms.ts";
import type { Truth } from "./truth.ts";

/** Egress may have ended by itself, or have been away. */
const LOOKS_EVERY_MS = 15_000;

type RecordingDeps = Pick<Ground, "loaded" | "log" | "now" | "news"> &
  Pick<Truth, "stores" | "meetings" | "purposes" | "languageOf"> &
  Pick<Rooms, "homeserver"> & {
    readonly calls: Pick<Calls, "nameOf" | "connected" | "listening">;
    readonly encryption: Pick<Encryption, "mediaKeys"> | null;
    /** Left out: that of the LiveKit server. */
    readonly egress?: Egress;
  };

/** Recording of calls by LiveKit's Egress; nothing where the configuration does not ask for it. */
export function createRecording({ loaded, log, now, news, stores, meetings, purposes, calls, ...deps }: RecordingDeps) {
  const { config, folder } = loaded;
  const options = config.recording;
  if (!options) return { start() {}, async stop() {} };
  const { target: name, picture, of, egressFolder } = options;
  const ours = recordingPlace(name, config.dataset, folder);
  const place = ours.kind === "folder" && egressFolder !== undefined ? { ...ours, folder: egressFolder } : ours;
  const recordings = new Recordings(stores.db, config.speech.keepAudioDays);
  const stopping = new AbortController();
  let opened: Promise<DatasetTarget> | null = null;
  const target = () =>
    (opened ??= openDataset(name, config.dataset, { folder, purpose: null }).then((it) => it.target));
  const recorder = new Recorder({
    egress: deps.egress ?? egressOf(livekitConnection(config.livekit, folder), { place, picture }),
    place,
    of,
    ending: picture ? "mp4" : "ogg",
    recordings,
    remove: async (files) => (await target()).remove(files, stopping.signal),
    tell: async (room, recorded, nth) => {
      const text = translateTo(deps.languageOf(room))(recorded ? "recording.begins" : "recording.ends");
      await deps.homeserver.send(room, "m.room.message", `mm-recording-${nth}`, notice([text]));
    },
    now,
    log,
  });
  const isEncrypted = (room: RoomId) => (deps.encryption?.mediaKeys.keysOf(room) ?? []).length > 0;
  const callsNow = (): RecordableCall[] =>
    meetings.all().flatMap((live): RecordableCall[] => {
      const at = placeOf(live);
      const [room, { meeting }] = [roomAt(at), live];
      // Egress has no key of an encrypted call: what it wrote would be noise.
      if (!isRunning(meeting) || !meetings.isNewest(live) || isEncrypted(room)) return [];
      const listening = calls.listening(at)?.people.map(({ id }) => id) ?? [];
      const people = [...new Set([...calls.connected(at), ...listening])].map((id) => ({
        id,
        allows: purposes.allows(room, id, "sound"),
      }));
      return [{ call: calls.nameOf(at), room, meeting: meeting.id, people }];
    });
  let asked = false;
  const look = () => {
    if (asked || stopping.signal.aborted) return;
    asked = true;
    soon(() => {
      asked = false;
      if (!stopping.signal.aborted) recorder.want(callsNow());
    });
  };
  meetings.listen(look);
  purposes.listen((room, { who, purpose, given }) => {
    if (purpose === "sound" && !given) recordings.takeBack(room, who);
    look();
  });
  news.on("presence", look);
  news.on("call-moved", look);
  news.on("encrypted", look);
  let running: ReturnType<typeof upkeep> | null = null;
  return {
    start() {
      look();
      running = upkeep(
        LOOKS_EVERY_MS,
        async () => look(),
        () => {},
      );
    },
    async stop() {
      stopping.abort();
      recorder.stop();
      await running?.stop();
      (await opened?.catch(() => null))?.close?.();
    },
  };
}
