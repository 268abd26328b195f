import { byTurns } from "../journal/parts-of-work.ts";
import type { ParticipantId, RoomId } from "../protocol/identity.ts";
import { HomeserverAway } from "./homeserver-answer.ts";
import type { StateEvent } from "./homeserver-events.ts";
import { isAway, isForGood } from "./homeserver-failure.ts";
import { SCENARIO_STATE } from "../protocol/namespace.ts";
import { powerLevelsIn } from "./power-levels.ts";
import type { RoomEvent } from "./room-event.ts";
import { factsFrom, type FactsOfRoom, keepScenario, localpart, memberOf, serverOf } from "./facts-from-state.ts";
import type { StateOfHomeserver } from "./ports.ts";
import { monotonic, sleep } from "../time/time.ts";

/** FactsOfRoom are read anew after this long, in case the homeserver failed to tell us of a change. */
const FRESH_FOR_MS = 5 * 60_000;
const AGAIN_AFTER_MS = 10_000;
/** Milliseconds that somebody waits for facts to be read anew, while there are older ones and while there are none. */
const PATIENCE_MS = { known: 500, unknown: 1_500 };
const MODERATOR = 50;

type Reading = { readonly since: number; readonly done: Promise<FactsOfRoom> };
/** `again`: being read, by one request for all who ask meanwhile. */
type Place = { known: FactsOfRoom | null; again: Reading | null };

/**
 * People of a room and their rights there, by the room's own state: read once, then kept true by the events the
 * homeserver sends.
 */
export class RoomFacts {
  readonly #homeserver: StateOfHomeserver;
  readonly #now: () => number;
  readonly #rooms = new Map<RoomId, Place>();

  /** Hears of each state that was read. */
  readonly #onRead: (room: RoomId, state: readonly StateEvent[]) => void;

  constructor(
    homeserver: StateOfHomeserver,
    now: () => number,
    onRead: (room: RoomId, state: readonly StateEvent[]) => void = () => {},
  ) {
    this.#homeserver = homeserver;
    this.#now = now;
    this.#onRead = onRead;
  }

  /** Tells whether a person is in the room; of a room the bot may not look into, nobody is known to be. */
  async isJoined(room: RoomId, who: ParticipantId): Promise<boolean> {
    try {
      return (await this.#of(room)).members.get(who)?.membership === "join";
    } catch (error) {
      if (isForGood(error)) return false;
      throw error;
    }
  }

  /** A room without the bot cannot be read, and nobody is in it as far as we know. */
  hasBot(room: RoomId): Promise<boolean> {
    return this.isJoined(room, this.#homeserver.botId);
  }

  /** Tells whether somebody of that homeserver is in the room. */
  async hasPeopleOf(room: RoomId, serverName: string): Promise<boolean> {
    try {
      const { members } = await this.#of(room);
      return [...members].some(([id, { membership }]) => membership === "join" && serverOf(id) === serverName);
    } catch (error) {
      if (isForGood(error)) return false;
      throw error;
    }
  }

  /** Display name in the room, cut to a length that fits a ring; two people of one name are told apart by their ids. */
  async nameOf(room: RoomId, who: ParticipantId): Promise<string> {
    const { members } = await this.#of(room);
    const name = members.get(who)?.name ?? localpart(who);
    const twins = [...members].filter(
      ([id, member]) => id !== who && member.membership === "join" && member.name === name,
    );
    return twins.length > 0 ? `${name} (${who})` : name;
  }

  /** Display names of all who are in the room, the bot apart. */
  async memberNames(room: RoomId): Promise<string[]> {
    const { members } = await this.#of(room);
    return [...members].flatMap(([id, { membership, name }]) =>
      membership === "join" && id !== this.#homeserver.botId ? [name ?? localpart(id)] : [],
    );
  }

  /** Address (`mxc:`) where the homeserver keeps somebody's picture. */
  async avatarOf(room: RoomId, who: ParticipantId): Promise<string | null> {
    return (await this.#of(room)).members.get(who)?.avatar ?? null;
  }

  async peopleIn(room: RoomId): Promise<ParticipantId[]> {
    const { members } = await this.#of(room);
    return [...members]
      .filter(([, { membership }]) => membership === "join" || membership === "invite")
      .map(([id]) => id);
  }

  async isModerator(room: RoomId, who: ParticipantId): Promise<boolean> {
    return (await this.#powerOf(room, who)) >= MODERATOR;
  }

  async maySetState(room: RoomId, who: ParticipantId, type: string): Promise<boolean> {
    const { power } = await this.#of(room);
    return (await this.#powerOf(room, who)) >= (power.events.get(type) ?? power.stateDefault);
  }

  async maySend(room: RoomId, who: ParticipantId, type: string): Promise<boolean> {
    const { power } = await this.#of(room);
    return (await this.#powerOf(room, who)) >= (power.events.get(type) ?? power.eventsDefault);
  }

  async isEncrypted(room: RoomId): Promise<boolean> {
    return (await this.#of(room)).encrypted;
  }

  /** Room that goes on in place of this one after an upgrade; null: none. */
  async replacedBy(room: RoomId): Promise<RoomId | null> {
    return (await this.#of(room)).replacedBy;
  }

  /**
   * The room that went on in this one; null also where that room does not say so itself, for a room's creator may claim
   * any.
   */
  async replaces(room: RoomId): Promise<RoomId | null> {
    const before = (await this.#of(room)).replaces;
    if (before === null) return null;
    try {
      return (await this.replacedBy(before)) === room ? before : null;
    } catch (error) {
      if (isForGood(error)) return null;
      throw error;
    }
  }

  /** Rooms in which other rooms are listed, and nobody talks (MSC1772). */
  async isSpace(room: RoomId): Promise<boolean> {
    return (await this.#of(room)).space;
  }

  /**
   * Rooms that the bot made for talking to one person alone: all that it made, but for those in place of encrypted
   * ones.
   */
  async isForOne(room: RoomId): Promise<boolean> {
    const { creator, opened } = await this.#of(room);
    return creator === this.#homeserver.botId && !opened;
  }

  async creatorOf(room: RoomId): Promise<ParticipantId | null> {
    return (await this.#of(room)).creator;
  }

  /** Name of the room; its id where nobody has named it. */
  async titleOf(room: RoomId): Promise<string> {
    return (await this.#of(room)).name ?? room;
  }

  async scenariosOf(room: RoomId): Promise<ReadonlyMap<string, unknown>> {
    return (await this.#of(room)).scenarios;
  }

  /** Changes the facts known, and those that are being read: an answer that is under way may be from before. */
  learn(event: RoomEvent): void {
    this.#change(event.room_id, (facts) => {
      if (event.type === "m.room.member") facts.members.set(event.state_key, memberOf(event.state_key, event.content));
      if (event.type === "m.room.power_levels") facts.power = powerLevelsIn(event.content);
      if (event.type === "m.room.encryption") facts.encrypted = true;
      if (event.type === "m.room.tombstone") facts.replacedBy = event.content.replacement_room;
      if (event.type === SCENARIO_STATE) keepScenario(facts.scenarios, event.state_key, event.content);
    });
  }

  /** Known at once, not only when the homeserver tells us of what we did ourselves. */
  learnScenario(room: RoomId, id: string, content: unknown): void {
    this.#change(room, ({ scenarios }) => keepScenario(scenarios, id, content));
  }

  #change(room: RoomId, change: (facts: FactsOfRoom) => void): void {
    const place = this.#rooms.get(room);
    if (place?.known) change(place.known);
    place?.again?.done.then(change, () => {}); // who waits for it is told
  }

  forget(room: RoomId): void {
    this.#rooms.delete(room);
  }

  async #powerOf(room: RoomId, who: ParticipantId): Promise<number> {
    const { creators, power } = await this.#of(room);
    return creators.has(who) ? Number.POSITIVE_INFINITY : (power.users.get(who) ?? power.usersDefault);
  }

  async #of(room: RoomId): Promise<FactsOfRoom> {
    const place = this.#rooms.get(room) ?? { known: null, again: null };
    this.#rooms.set(room, place);
    const { known } = place;
    if (known && this.#now() - known.readAt < FRESH_FOR_MS) return known;
    place.again ??= this.#readAgain(room, place);
    return sooner(place.again, known);
  }

  #readAgain(room: RoomId, place: Place): Reading {
    const done = this.#read(room, place.known);
    done.then(
      (facts) => {
        place.known = facts;
        place.again = null;
      },
      () => {
        place.again = null;
        if (this.#rooms.get(room) === place) this.#rooms.delete(room);
      },
    );
    return { since: monotonic(), done };
  }

  /**
   * Reads the room's state. While the homeserver is away nothing changes in its rooms: the facts known last still hold.
   */
  async #read(room: RoomId, known: FactsOfRoom | null): Promise<FactsOfRoom> {
    try {
      const state = await this.#homeserver.state(room);
      this.#onRead(room, state);
      return await byTurns(factsFrom(state, this.#now()));
    } catch (error) {
      if (!isAway(error)) throw error;
      if (!known) throw new HomeserverAway("the homeserver cannot say who is in the room", { cause: error });
      return { ...known, readAt: this.#now() - FRESH_FOR_MS + AGAIN_AFTER_MS };
    }
  }
}

/** A homeserver that hangs is waited for a moment by whoever asks first, and by nobody for as long as it hangs on. */
async function sooner({ since, done }: Reading, known: FactsOfRoom | null): Promise<FactsOfRoom> {
  const left = (known ? PATIENCE_MS.known : PATIENCE_MS.unknown) - (monotonic() - since);
  const patience = new AbortController();
  const late =
    left <= 0 ? Promise.resolve(null) : sleep(left, { signal: patience.signal, ref: false }).then(() => null);
  try {
    const facts = (await Promise.race([done, late])) ?? known;
    if (facts) return facts;
    throw new HomeserverAway("the homeserver has not said in time who is in the room");
  } finally {
    patience.abort();
  }
}
