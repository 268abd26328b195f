import type { RemoteParticipant, RemoteTrackPublication, Room as RtcRoom, TrackPublication } from "@livekit/rtc-node";
import { ParticipantId } from "../protocol/identity.ts";
import { BackOff } from "../retry/back-off.ts";
import type { Track } from "./gate-rules.ts";
import type { CallPerson } from "./livekit-server.ts";
import { Room, RoomEvent, TrackKind, TrackSource } from "./rtc.ts";
import { TO_LISTEN } from "./tokens.ts";
import { clearTimer, startTimer } from "../time/time.ts";

/** Events that the watcher sees, as they happen. */
export type WatcherListener = {
  everybody(people: CallPerson[]): void;
  arrived(person: CallPerson): void;
  left(person: Pick<CallPerson, "id" | "sid">): void;
  published(id: ParticipantId, track: Track): void;
  unpublished(id: ParticipantId, track: string): void;
  muted(id: ParticipantId, track: string): void;
  unmuted(id: ParticipantId, track: string): void;
};

export type WatcherDeps = {
  /** Address with ws:// or wss://. */
  url: string;
  /** Called before each try to come in: the room has to exist, and the token be fresh. */
  admission(): Promise<string>;
  seen: WatcherListener;
  onWatching(): void;
  /** Called with the reason for the log; another try follows by itself. */
  onLost(reason: string): void;
};

const CONNECT_WITHIN_MS = 8_000;
/** Limit for leaving: the library waits for an answer, which never comes from a LiveKit that died. */
const LEAVE_WITHIN_MS = 2_000;

/**
 * Our hidden participant in one room. Nobody sees it and it hears nobody, but LiveKit tells it of every publication,
 * mute and unmute within milliseconds, which no webhook does. It comes back by itself whenever it is thrown out.
 */
export class Watcher {
  readonly #options: WatcherDeps;
  // Clients come back as soon as LiveKit does, and find no room until we have made it.
  readonly #backOff = new BackOff({ longestMs: 500 });
  #room: RtcRoom | null = null;
  #watching = false;
  #closed = false;

  constructor(options: WatcherDeps) {
    this.#options = options;
    void this.#enter();
  }

  get watching(): boolean {
    return this.#watching;
  }

  close(): Promise<void> {
    this.#closed = true;
    this.#watching = false;
    this.#backOff.cancel();
    return this.#leave();
  }

  async #enter(): Promise<void> {
    const room = new Room();
    this.#room = room;
    try {
      const token = await this.#options.admission();
      if (this.#room !== room) return;
      this.#follow(room);
      const coming = room.connect(this.#options.url, token, { autoSubscribe: false, dynacast: false });
      // An entry that succeeds after we gave it up would throw out its successor.
      void coming.then(
        () => {
          if (this.#room !== room) void letGo(room);
        },
        () => {},
      );
      await within(CONNECT_WITHIN_MS, coming);
    } catch (error) {
      this.#lost(room, describe(error));
      return;
    }
    if (this.#room !== room) return;
    this.#watching = true;
    this.#backOff.succeeded();
    this.#options.seen.everybody(
      [...room.remoteParticipants.values()].flatMap((participant) => person(participant) ?? []),
    );
    this.#options.onWatching();
  }

  #follow(room: RtcRoom): void {
    const { seen } = this.#options;
    const about =
      (tell: (id: ParticipantId, publication: TrackPublication) => void) =>
      (publication: TrackPublication, participant: { identity: string } | undefined) => {
        const id = ParticipantId.safeParse(participant?.identity);
        if (id.success) tell(id.data, publication);
      };
    room.on(RoomEvent.ParticipantConnected, (participant) => {
      const arrived = person(participant);
      if (arrived) seen.arrived(arrived);
    });
    room.on(RoomEvent.ParticipantDisconnected, (participant) => {
      const left = person(participant);
      if (left) seen.left(left);
    });
    room.on(
      RoomEvent.TrackPublished,
      about((id, publication) => seen.published(id, track(publication))),
    );
    room.on(
      RoomEvent.TrackUnpublished,
      about((id, publication) => seen.unpublished(id, publication.sid ?? "")),
    );
    room.on(
      RoomEvent.TrackMuted,
      about((id, publication) => seen.muted(id, publication.sid ?? "")),
    );
    room.on(
      RoomEvent.TrackUnmuted,
      about((id, publication) => seen.unmuted(id, publication.sid ?? "")),
    );
    // A new entry takes a tenth of a second and brings the whole picture; a resumed connection may have missed some of
    // it.
    room.on(RoomEvent.Reconnecting, () => this.#lost(room, "connection broken"));
    room.on(RoomEvent.Disconnected, () => this.#lost(room, "disconnected"));
  }

  #lost(room: RtcRoom, reason: string): void {
    if (this.#closed || this.#room !== room) return;
    this.#watching = false;
    void this.#leave();
    this.#options.onLost(reason);
    this.#backOff.retry(() => void this.#enter());
  }

  async #leave(): Promise<void> {
    const room = this.#room;
    this.#room = null;
    if (room) await letGo(room);
  }
}

/** Leaves a connection that we give up, with no care for its errors; nor is a LiveKit that is away waited for. */
async function letGo(room: RtcRoom): Promise<void> {
  room.removeAllListeners();
  await within(LEAVE_WITHIN_MS, room.disconnect()).catch(() => {});
}

function person(participant: RemoteParticipant): CallPerson | null {
  const id = ParticipantId.safeParse(participant.identity);
  if (!id.success) return null;
  const { sid = "", joinedAt, permission, metadata, name = "" } = participant.info;
  return {
    id: id.data,
    sid,
    joinedAt: Number(joinedAt ?? 0),
    mayPublish: permission?.canPublish ?? true,
    cameToListen: metadata === TO_LISTEN,
    mayHear: permission?.canSubscribe ?? true,
    name,
    tracks: [...participant.trackPublications.values()].map(track),
  };
}

function track(publication: RemoteTrackPublication | TrackPublication): Track {
  return {
    sid: publication.sid ?? "",
    kind: publication.kind === TrackKind.KIND_AUDIO ? "audio" : "video",
    source:
      publication.source === TrackSource.SOURCE_MICROPHONE
        ? "microphone"
        : publication.source === TrackSource.SOURCE_CAMERA
          ? "camera"
          : publication.source === TrackSource.SOURCE_SCREENSHARE
            ? "screen"
            : "other",
    open: publication.muted !== true,
  };
}

function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = startTimer(() => reject(new Error(`no answer within ${ms / 1000} s`)), ms);
    promise.then(resolve, reject).finally(() => clearTimer(timer));
  });
}

/** Removes the token from an error's text: rtc-node puts the address it tried into its errors. */
function describe(error: unknown): string {
  return String(error instanceof Error ? error.message : error).replace(/access_token=[^&\s"')]*/g, "access_token=…");
}
