import {
  type Assembly,
  cameFrom,
  inRing,
  type Member,
  memberOf,
  phaseOf,
  type Ring,
  type RunningAssembly,
  standing,
} from "../assembly/assembly.ts";
import { isRunning, type Meeting, turnOf } from "../circle/meeting.ts";
import type { Quote } from "../circle/quotes.ts";
import { translateTo } from "../language/translate.ts";
import { insider } from "../protocol/actor.ts";
import type { RingPlace } from "../protocol/place.ts";
import { mayBeKeeper } from "../protocol/rights.ts";
import type { RoomId } from "../protocol/identity.ts";
import type { UnitOfWork } from "../store/unit-of-work.ts";
import { soon } from "../time/time.ts";
import { answersSoFar, broughtAlong } from "./answers-so-far.ts";
import type { Assemblies } from "./assemblies.ts";
import type { LiveMeeting } from "./live-meeting.ts";
import type { Meetings } from "./meetings.ts";

type RingMeetingsDeps = {
  readonly assemblies: Pick<Assemblies, "of" | "all" | "send" | "inTheSameUnit">;
  readonly meetings: Pick<Meetings, "of" | "all" | "send" | "gatherRing" | "placesIn" | "listen" | "isKept">;
  readonly unit: Pick<UnitOfWork, "run">;
  readonly now: () => number;
  readonly seed: () => number;
  /** Hears why something could not be written; true where that is seen to, and `start` will be called. */
  readonly onNotKept?: (error: unknown) => boolean;
};

/**
 * Most commands to meetings at once: at the beginning of a phase a hundred people sit down, and nobody's word shall
 * wait for that.
 */
const MOST_AT_ONCE = 16;
/** Rounds after which a comparison that finds no rest is given up until something happens again. */
const MOST_ROUNDS = 50;

/**
 * Meetings of the rings, as the assembly has them: each is gathered, filled, begun and ended by comparing what should
 * be with what is. The same after a restart: what was not done is done then.
 */
export class RingMeetings {
  readonly #deps: RingMeetingsDeps;
  #comparing = false;
  #again = false;
  #left = MOST_AT_ONCE;
  readonly #goOn = new Set<RoomId>();
  #stopped = false;

  constructor(deps: RingMeetingsDeps) {
    this.#deps = deps;
    deps.assemblies.inTheSameUnit((assembly) => this.#compare(assembly));
    deps.meetings.listen((live, happened) => {
      if (live.ring === undefined) return;
      for (const { event } of happened) {
        if (event.type === "person-left") this.#hasLeft(live, event.who);
        // The last turn of a circle ends it, and nothing in the meeting tells of that turn any more.
        if (event.type === "turn-ended" && event.keepsMs === null) this.#hasSpoken(live, event.speaker);
      }
      const assembly = deps.assemblies.of(live.meeting.roomId);
      if (assembly) this.#ifKept(() => this.#compare(assembly));
    });
  }

  stop(): void {
    this.#stopped = true;
  }

  /** Compares all, after a start, and once what could not be written can be. */
  start(): void {
    for (const assembly of this.#deps.assemblies.all()) this.#compare(assembly);
    this.#endLost();
  }

  /** Ends meetings of rings whose assembly cannot be read: nobody sits in them, and nothing else would end them. */
  #endLost(): void {
    const { assemblies, meetings } = this.#deps;
    const rings = meetings.all().flatMap(({ ring, meeting }) => (ring === undefined ? [] : [{ ring, meeting }]));
    const lost = rings.filter(({ meeting }) => assemblies.of(meeting.roomId) === null);
    // All at once: there is no assembly that could wait for them.
    this.#left = lost.length;
    for (const { ring, meeting } of lost) this.#end({ room: meeting.roomId, ring }, meeting);
  }

  /** Compares that of one room, which came from another service. */
  comeIn(room: RoomId): void {
    const assembly = this.#deps.assemblies.of(room);
    if (assembly) this.#compare(assembly);
  }

  /** Takes out of the assembly who left their ring; people who were moved sit elsewhere by then. */
  #hasLeft({ meeting, ring }: LiveMeeting, who: Member["id"]): void {
    const { id, roomId } = meeting;
    const { assemblies, now } = this.#deps;
    const assembly = assemblies.of(roomId);
    if (assembly?.phase !== "running") return;
    // Of one that never begins all are taken out, and they sit where the assembly has them; with the last it is over.
    if (!isRunning(meeting) && !assembly.rings.some((each) => each.meeting === id)) return;
    // It may be gathered for the next part, in which they sit again by the time at which this is heard.
    if (meeting.people.some((person) => person.id === who && person.presence !== "left")) return;
    const member = memberOf(assembly, who);
    if (!member || member.ring !== ring || !member.seated) return;
    // From the empty chair one goes back to those who listen.
    if (member.onChair) {
      const actor = insider(who, member.name, "service");
      assemblies.send(roomId, { type: "leave-chair", actor, at: now() });
    } else assemblies.send(roomId, { type: "removed", who, at: now() });
  }

  /** Has whoever sat on the empty chair give it back after their turn. */
  #hasSpoken({ meeting: { roomId }, ring }: LiveMeeting, who: Member["id"]): void {
    const { assemblies, now } = this.#deps;
    const assembly = assemblies.of(roomId);
    const member = assembly?.phase === "running" ? memberOf(assembly, who) : null;
    if (member?.onChair && member.ring === ring) assemblies.send(roomId, { type: "spoke-from-chair", who, at: now() });
  }

  /** Compares again after each round, which changes the assembly, until all is as it should be. */
  #compare({ roomId }: Assembly): void {
    // The rest of a portion comes with the next one.
    if (this.#goOn.has(roomId)) return;
    this.#again = true;
    if (this.#comparing) return;
    this.#comparing = true;
    this.#left = MOST_AT_ONCE;
    try {
      for (let round = 0; this.#again && round < MOST_ROUNDS; round++) {
        this.#again = false;
        const assembly = this.#deps.assemblies.of(roomId);
        if (assembly) this.#round(assembly);
      }
    } finally {
      this.#comparing = false;
    }
    if (this.#left <= 0) this.#goOnSoon(roomId);
  }

  /** Does the rest in portions, between which others have their turn. */
  #goOnSoon(roomId: RoomId): void {
    if (this.#goOn.has(roomId)) return;
    this.#goOn.add(roomId);
    soon(() => {
      this.#goOn.delete(roomId);
      const assembly = this.#deps.assemblies.of(roomId);
      if (assembly && !this.#stopped) this.#ifKept(() => this.#deps.unit.run(() => this.#compare(assembly)));
    });
  }

  #ifKept(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!this.#deps.onNotKept?.(error)) throw error;
    }
  }

  /**
   * Sends a command to a ring's meeting, unless enough was done for now. Of what is refused, or so already, nothing
   * counts: going on for its sake would ask for the same again and again.
   */
  #send(place: RingPlace, command: Parameters<Meetings["send"]>[1]): void {
    if (this.#left <= 0) return;
    const ruling = this.#deps.meetings.send(place, command);
    if (ruling.accepted && ruling.events.length > 0) this.#left--;
  }

  #round(assembly: Assembly): void {
    const { meetings } = this.#deps;
    const rings = assembly.phase === "running" ? standing(assembly) : [];
    for (const place of meetings.placesIn(assembly.roomId)) {
      if (typeof place === "string") continue;
      const live = meetings.of(place);
      const ring = rings.find(({ number }) => number === place.ring);
      if (!live || ring?.meeting === live.meeting.id) continue;
      if (live.meeting.phase === "gathering") this.#empty(place, live.meeting);
      else this.#end(place, live.meeting);
    }
    if (assembly.phase !== "running") return;
    for (const ring of rings) this.#ring(assembly, ring, { room: assembly.roomId, ring: ring.number });
  }

  #ring(assembly: RunningAssembly, ring: Ring, place: RingPlace): void {
    const { assemblies, meetings, now } = this.#deps;
    if (phaseOf(assembly).kind === "topics" || this.#left <= 0) return;
    const before = meetings.of(place)?.meeting;
    // One that was forgotten cannot be begun: the group would wait for it to the end of the part.
    if (ring.meeting === null || (before?.id !== ring.meeting && !meetings.isKept(ring.meeting))) {
      if (ring.status === "done") return;
      if (before) this.#end(place, before);
      const ended = meetings.of(place)?.meeting;
      // Gathered before that, a ring would leave a meeting behind that nobody ends; the next portion gathers it.
      if (ended && isRunning(ended)) return;
      this.#left--;
      const meeting = meetings.gatherRing(place);
      assemblies.send(place.room, { type: "ring-gathered", ring: ring.number, meeting, at: now() });
      return;
    }
    const meeting = before;
    if (!meeting || meeting.id !== ring.meeting) return;
    if (meeting.phase === "ended") {
      const spoken = meeting.people.map(({ id: who, spokenMs: ms }) => ({ who, ms }));
      if (ring.status !== "done")
        assemblies.send(place.room, { type: "ring-over", ring: ring.number, spoken, at: now() });
      return;
    }
    if (ring.status === "done") return this.#end(place, meeting);
    this.#seat(assembly, ring, place, meeting);
    const seated = meetings.of(place)?.meeting;
    if (seated?.phase === "gathering" && ring.status === "running") this.#begin(assembly, ring, place, seated);
    if (seated) this.#holdStill(assembly, place, seated);
    if (assembly.closesAt !== null && seated && !this.#finishesTurn(assembly, seated)) this.#end(place, seated);
  }

  /** Has everybody sit in the ring's meeting who should, and nobody else. */
  #seat(assembly: RunningAssembly, ring: Ring, place: RingPlace, meeting: Meeting): void {
    const { assemblies, meetings, now } = this.#deps;
    let answers: ReturnType<typeof answersSoFar> | null = null;
    const seated = inRing(assembly, ring.number).filter((member) => member.seated);
    for (const { id, presence } of meeting.people)
      if (presence !== "left" && !seated.some((member) => member.id === id))
        this.#send(place, { type: "removed", who: id, at: now() });
    const isDone = (who: Member["id"]) => meeting.phase === "circle" && meeting.circle.done.includes(who);
    for (const { id, name: own, onChair } of seated) {
      const name = nameAmongDelegates(assembly, id, own);
      if (onChair && isDone(id)) {
        assemblies.send(place.room, { type: "spoke-from-chair", who: id, at: now() });
        continue;
      }
      if (meeting.people.some((person) => person.id === id && person.presence !== "left")) continue;
      const actor = insider(id, name, "service");
      answers ??= answersSoFar(assembly, meetings.all());
      const agreement = broughtAlong(answers.get(id), meeting);
      const said = agreement && { agreement };
      this.#send(place, { type: "join", name, ...said, actor, at: now(), expectedVersion: null });
    }
  }

  #begin(assembly: RunningAssembly, ring: Ring, place: RingPlace, meeting: Meeting): void {
    const { now, seed } = this.#deps;
    const phase = phaseOf(assembly);
    if (phase.kind === "topics") return;
    const here = meeting.people.filter(({ presence }) => presence !== "left");
    const able = here.filter(({ id }) => mayBeKeeper(id));
    const first = able.find(({ id }) => id === ring.keeper) ?? able[0] ?? here[0];
    if (!first) return;
    const topic = ring.theme ?? (phase.themes ? phase.title : assembly.topic);
    const actor = insider(first.id, first.name, "service");
    const quotes = quotesFor(assembly, ring);
    const begun = { plan: phase.plan, topic, seed: seed(), quotes, actor, at: now(), expectedVersion: null };
    this.#send(place, { type: "start", ...begun });
  }

  /**
   * Has a ring stand still while the keeper speaks to all, and go on after it; one that stood still before that stays
   * so.
   */
  #holdStill({ voice, members }: RunningAssembly, place: RingPlace, meeting: Meeting): void {
    const speaker = members.find(({ id }) => id === voice?.by);
    if (!voice || !speaker || !isRunning(meeting)) return;
    const isHeld = meeting.pausedAt !== null && meeting.pausedAt >= voice.at && !meeting.waitsForCall;
    const asked = {
      actor: insider(speaker.id, speaker.name, "service"),
      at: this.#deps.now(),
      expectedVersion: null,
    };
    if (voice.endedAt === null && meeting.pausedAt === null) this.#send(place, { type: "pause", ...asked });
    if (voice.endedAt !== null && isHeld && meeting.pausedAt <= voice.endedAt)
      this.#send(place, { type: "resume", ...asked });
  }

  /** Somebody who spoke when the time ran out may finish, as long as the phase has its grace. */
  #finishesTurn({ closesAt, plan }: RunningAssembly, meeting: Meeting): boolean {
    const turn = turnOf(meeting);
    const ranOutAt = (closesAt ?? 0) - plan.graceMs;
    return turn?.status === "speaking" && turn.offeredAt <= ranOutAt;
  }

  /** Has everybody out of a meeting that will not begin any more: of a ring that is none, or is over. */
  #empty(place: RingPlace, { people }: Meeting): void {
    for (const { id: who, presence } of people)
      if (presence !== "left") this.#send(place, { type: "removed", who, at: this.#deps.now() });
  }

  #end(place: RingPlace, meeting: Meeting): void {
    const { now } = this.#deps;
    const [anybody] = meeting.people;
    if (!isRunning(meeting) || !anybody) return;
    const actor = insider(anybody.id, anybody.name, "service");
    this.#send(place, { type: "end", actor, at: now(), expectedVersion: null });
  }
}

/** Names those who speak for a ring, or from its empty chair, by it: on the page, in the thread and in the record. */
function nameAmongDelegates(assembly: RunningAssembly, who: Member["id"], name: string): string {
  const phase = phaseOf(assembly);
  const from = phase.kind === "delegates" && phase.who !== "lot" ? cameFrom(assembly, who) : null;
  return from ? translateTo(assembly.language)("assembly.for-group", { name, number: from.number }) : name;
}

/**
 * Words in the topic and the plan of a ring's meeting: those of the topic that its people chose, and the assembly's.
 */
function quotesFor({ topic, topics, startedBy }: RunningAssembly, ring: Ring): Quote[] {
  const chosen = topics.find(({ id }) => id === ring.topic);
  const all = [...(chosen ? [{ by: chosen.by, words: chosen.text }] : []), { by: startedBy, words: topic }];
  return all.filter(({ words }) => words !== "");
}
