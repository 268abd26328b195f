import { setTimeout as wait } from "node:timers/promises";
import { RoomEvent, type Room as RtcRoom } from "@livekit/rtc-node";
import type { CallAccess } from "../../../appservice/call/calls.ts";
import { CAPTION_TOPIC } from "../../../appservice/protocol/captions.ts";
import { Caller } from "../call/caller.ts";
import { RawSignal } from "./raw-signal.ts";

/** Gains of a person from a call that they were put out of. */
export type Gained = {
  tries: number;
  cameIn: number;
  /** Newer tokens that LiveKit handed out. */
  tokens: number;
  /** Milliseconds of sound. */
  heardMs: number;
  words: string[];
  /** Ids and names of others, by whatever way. */
  names: string[];
  /** Metadata of the room, which tells of the meeting. */
  metadata: string[];
};

const LISTENS_MS = 400;

/**
 * Comes in again and again with the newest token that they have, by a client that hears and past any client, and keeps
 * whatever they are given. Until `until`, in `performance.now()`, and so many times at least.
 */
export async function comeBack(
  me: string,
  access: CallAccess,
  { until, tries }: { readonly until: number; readonly tries: number },
): Promise<Gained> {
  const gained: Gained = { tries: 0, cameIn: 0, tokens: 0, heardMs: 0, words: [], names: [], metadata: [] };
  let { token } = access;
  while (performance.now() < until || gained.tries < tries) {
    for (const way of [comeRaw, comeWithAClient]) {
      gained.tries += 1;
      const newer = await way(me, { url: access.url, token }, gained).catch(() => null);
      if (newer && newer !== token) gained.tokens += 1;
      token = newer ?? token;
    }
  }
  return gained;
}

/** Speaks LiveKit's protocol: sees in the first answer who is there, and what the room says. */
async function comeRaw(me: string, access: CallAccess, gained: Gained): Promise<string | null> {
  const line = await RawSignal.connect(access);
  gained.cameIn += 1;
  // Listens for that long.
  await Promise.race([line.closed, wait(LISTENS_MS / 2)]);
  line.close();
  let newest: string | null = null;
  for (const { message } of line.answers) {
    if (message.case === "refreshToken") newest = message.value;
    if (message.case === "join") {
      gained.names.push(...message.value.otherParticipants.map(({ identity }) => identity));
      if (message.value.room?.metadata) gained.metadata.push(message.value.room.metadata);
    }
    if (message.case === "update")
      gained.names.push(...message.value.participants.map(({ identity }) => identity).filter((id) => id !== me));
    if (message.case === "roomUpdate" && message.value.room?.metadata)
      gained.metadata.push(message.value.room.metadata);
  }
  return newest;
}

async function comeWithAClient(_me: string, access: CallAccess, gained: Gained): Promise<string | null> {
  const entering = Caller.join(access);
  // A client that is put out while it comes in tries for long: nobody waits for it.
  entering.then(
    (late) => void late.leave(),
    () => {},
  );
  // Gives up after that long.
  const caller = await Promise.race([entering, wait(3 * LISTENS_MS).then(() => null)]);
  if (!caller) return null;
  gained.cameIn += 1;
  const { room } = caller;
  const note = () => noteOf(room, gained);
  note();
  room.registerTextStreamHandler(
    CAPTION_TOPIC,
    (reader) =>
      void reader.readAll().then(
        (text) => gained.words.push(text),
        () => {},
      ),
  );
  for (const event of [
    RoomEvent.ParticipantConnected,
    RoomEvent.RoomMetadataChanged,
    RoomEvent.ParticipantNameChanged,
  ] as const)
    room.on(event, note);
  // Listens for that long.
  await Promise.race([new Promise((resolve) => room.on(RoomEvent.Disconnected, resolve)), wait(LISTENS_MS)]);
  note();
  gained.heardMs += [...room.remoteParticipants.keys()].reduce((sum, id) => sum + caller.ear(id).heardMs, 0);
  return room.token ?? null;
}

function noteOf(room: RtcRoom, gained: Gained): void {
  for (const { identity, name } of room.remoteParticipants.values())
    gained.names.push(identity, ...(name ? [name] : []));
  if (room.metadata) gained.metadata.push(room.metadata);
}
