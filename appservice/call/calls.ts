import type { RecordedCall } from "../protocol/recorded-call.ts";
import type { ListeningPeople } from "../protocol/listening.ts";
import { type CirclePlace, ByPlace, isPlaceOfAll, roomAt } from "../protocol/place.ts";
import type { ParticipantId, RoomId } from "../protocol/identity.ts";
import type { MediaKey } from "../protocol/media-key.ts";
import { EndedCalls } from "./ended-calls.ts";
import { CallUnavailable, WebhookRefused } from "./errors.ts";
import { followsTheFloor } from "./gate-rules.ts";
import { livekitAt } from "./livekit.ts";
import { personFrom } from "./livekit-server.ts";
import type { CallsDeps, WantedCall } from "./calls-options.ts";
import { type Away, Reach } from "./reach.ts";
import { RoomCall } from "./room-call.ts";
import { VoiceToAll } from "./voice-to-all.ts";

export type { CallsDeps, WantedCall };

export type CallAccess = {
  readonly url: string;
  readonly token: string;
  readonly encrypted?: true;
};

export type Calls = {
  /** Lets a person into the call of that place. Throws `CallUnavailable` when LiveKit does not answer. */
  participantToken(place: CirclePlace, id: ParticipantId, name: string): Promise<CallAccess>;
  /** Lets a person into the call in which all rings hear one person. Throws `CallUnavailable` as well. */
  voiceAccess(room: RoomId, person: { id: ParticipantId; name: string; speaks: boolean }): Promise<CallAccess>;
  endVoice(room: RoomId): void;
  /** Gives the scribe its token; `second` is the one for its second pair of ears, `keys` those of an encrypted call. */
  scribeToken(
    place: CirclePlace,
  ): Promise<Pick<CallAccess, "url" | "token"> & { readonly second: string; readonly keys?: MediaKey[] }>;
  /** Sets how the call should be from now on. Returns at once; whatever LiveKit does meanwhile, the call ends up so. */
  project(place: CirclePlace, wish: WantedCall): void;
  /** Has everybody come into the call anew, since its room is encrypted from now on. */
  encrypted(room: RoomId): Promise<void>;
  /** Tells everybody in the room's calls what is new of it: a key, or an assembly that gathers. */
  tellAnew(room: RoomId): void;
  /** Puts a person out of the room's calls and keeps them out until `participantToken` lets them in again. */
  remove(room: RoomId, participant: ParticipantId): Promise<void>;
  /** Has people leave this one call: they sit elsewhere now, and their pages come there by themselves. */
  sendOn(place: CirclePlace, people: readonly ParticipantId[]): Promise<void>;
  /** Closes every microphone and screen once; their owners may open them again, as the floor allows. */
  muteAll(place: CirclePlace): Promise<void>;
  /** Name by which LiveKit knows the call now. */
  nameOf(place: CirclePlace): string;
  connected(place: CirclePlace): ParticipantId[];
  /** People in the call without a seat in the circle. */
  listening(place: CirclePlace): ListeningPeople | undefined;
  /** Shows everybody in a call of whom it is recorded. */
  recorded(place: CirclePlace, recorded: RecordedCall): void;
  /** Takes the raw body as LiveKit posted it. Throws `WebhookRefused` when it is not LiveKit's. */
  receiveWebhook(body: string, authHeader: string | undefined): Promise<void>;
  /** Tells whether the call is as it was last wished, as far as we see. */
  settled(place: CirclePlace): boolean;
  /** Leaves the calls of a room to another service, as they are. */
  letGo(room: RoomId): Promise<void>;
  /** Reads the names of a room's calls, which another service had until now. */
  comeIn(room: RoomId): void;
  /** Reason why LiveKit does nothing for us, as last seen; null while it does. */
  away(): Away | null;
  close(): Promise<void>;
};

export function createCalls(options: CallsDeps): Calls {
  const { livekit: connection, names, log } = options;
  const livekit = (options.reached ?? livekitAt)(connection);
  const { server, tokens } = livekit;
  const ended = new EndedCalls(server, log);
  // Ends calls whose name was given up just before the service died.
  for (const name of names.givenUp()) void ended.end(name);
  const voice = new VoiceToAll({ livekit, ended, options });
  const rooms = new ByPlace<RoomCall>();

  function call(place: CirclePlace): RoomCall {
    let found = rooms.get(place);
    if (!found) rooms.set(place, (found = new RoomCall(place, options, { livekit, ended, reach })));
    return found;
  }

  const reach = new Reach({
    ask: livekit.ask,
    log,
    isNeeded: () => rooms.values().some(({ hasGuard }) => hasGuard),
    onAway: () => {
      for (const each of rooms.values()) each.away();
    },
    onBack: () => {
      for (const each of rooms.values()) each.back();
    },
  });

  return {
    async participantToken(place, id, name) {
      const room = roomAt(place);
      await call(place)
        .open()
        .catch((cause: unknown) => {
          reach.look();
          throw new CallUnavailable("LiveKit did not open the room", { cause });
        });
      const encrypted = ((await options.keys?.begin(room)) ?? []).length > 0;
      for (;;) {
        const callName = names.of(place);
        // Notes the token before it is made: from now on the call moves when this person is put out.
        names.admit(place, id);
        const token = await tokens.person(callName, id, name, {
          hear: call(place).isShown(id),
          publish: options.hasVoice?.(place, id, call(place).connected.length) ?? true,
        });
        const mayBeIn = await options.mayBeIn(place, id).catch(() => true);
        // Starts again where the call has moved meanwhile: somebody was put out, maybe this very person.
        if (callName !== names.of(place)) continue;
        if (!mayBeIn) throw new CallUnavailable("they are not in the room any more");
        call(place).admit(id);
        return { url: connection.url, token, ...(encrypted && { encrypted }) };
      }
    },

    voiceAccess: (room, person) => voice.access(room, person),

    endVoice: (room) => voice.end(room),

    async scribeToken(place) {
      const call = names.of(place);
      const keys = (await options.keys?.begin(roomAt(place))) ?? [];
      const [token, second] = await Promise.all([tokens.scribe(call), tokens.secondEar(call)]);
      const url = connection.internalUrl.replace(/^http/, "ws");
      return { url, token, second, ...(keys.length > 0 && { keys }) };
    },

    nameOf: (place) => names.of(place),
    project: (place, wish) => call(place).project(wish),

    async encrypted(room) {
      const keys = await options.keys?.begin(room);
      if (keys?.length) voice.end(room);
      if (keys?.length) for (const each of rooms.inRoom(room)) each.encrypted();
    },

    tellAnew(room) {
      for (const each of rooms.inRoom(room)) each.tellAnew();
    },

    async remove(room, participant) {
      voice.remove(room, participant);
      call(room);
      await Promise.all(rooms.inRoom(room).map((each) => each.remove(participant)));
    },

    sendOn: (place, people) => call(place).sendOn(people),

    async muteAll(place) {
      const name = names.of(place);
      const people = await server.people(name);
      const open = people.flatMap(({ id, tracks }) =>
        tracks.filter((track) => track.open && followsTheFloor(track)).map(({ sid }) => ({ id, sid })),
      );
      await Promise.all(open.map(({ id, sid }) => server.setMuted(name, id, sid, true)));
    },

    listening: (place) => rooms.get(place)?.listening,

    recorded: (place, recorded) => rooms.get(place)?.recorded(recorded),

    connected: (place) => rooms.get(place)?.connected ?? [],

    async receiveWebhook(body, authHeader) {
      const event = await livekit.readWebhook(body, authHeader).catch((cause: unknown) => {
        throw new WebhookRefused("not signed by LiveKit with our key", { cause });
      });
      const name = event.room?.name ?? "";
      if (names.wasGivenUp(name) && (event.event === "room_started" || event.event === "participant_joined"))
        return void ended.end(name);
      const place = names.placeOf(name);
      if (place === null || isPlaceOfAll(place) || !(options.isOurs?.(roomAt(place)) ?? true)) return;
      if (event.event === "room_finished") return rooms.get(place)?.finished(Number(event.createdAt) * 1000);
      const person = event.participant && personFrom(event.participant);
      if (!person) return;
      if (event.event === "participant_joined") call(place).joinedByWebhook(person);
      if (event.event === "participant_left" || event.event === "participant_connection_aborted")
        call(place).left(person);
    },

    away: () => reach.away,

    settled: (place) => rooms.get(place)?.settled ?? true,

    async letGo(room) {
      const gone = rooms.inRoom(room);
      for (const place of rooms.placesIn(room)) rooms.delete(place);
      names.letGo(room);
      await Promise.all(gone.map((each) => each.close()));
    },

    comeIn: (room) => names.comeIn(room),

    async close() {
      reach.close();
      ended.close();
      await Promise.all(rooms.values().map((room) => room.close()));
      rooms.clear();
    },
  };
}
