import { type Assembly, phaseOf, type RunningAssembly } from "../assembly/assembly.ts";
import { factsOf, heldRings, partsWith } from "../assembly/held-rings.ts";
import { snapshotOf } from "../circle/snapshot.ts";
import { AssemblyErasing, type AssemblyMessages } from "../journal/assembly-erasing.ts";
import type { PostKey } from "../journal/post-key.ts";
import { ofMeeting } from "../journal/scope.ts";
import { translateTo } from "../language/translate.ts";
import type { RingResult, SaidAt } from "../protocol/assembly-record.ts";
import type { ParticipantId, RoomId } from "../protocol/identity.ts";
import { ringResult } from "../record/ring-result.ts";
import { speakersIn } from "../record/ring-speakers.ts";
import { recordOf } from "../record/view.ts";
import { assemblyLines } from "../room/messages/assembly-message.ts";
import { givenMessage, outcomeLinesOf } from "../room/messages/assembly-outcome.ts";
import { notice } from "../room/messages/message.ts";
import { givenTo, restsOfAssembly } from "../room/rests-of-assembly.ts";
import { putInRoom, type SayDeps } from "../room/say-in-room.ts";
import type { Timer } from "../time/source.ts";
import { clearTimer, nextTurn, startTimer } from "../time/time.ts";
import { createAssemblyWork } from "./assembly-work.ts";
import type { Ground } from "./ground.ts";
import type { Results } from "./results.ts";
import type { Rooms } from "./rooms.ts";
import type { Truth } from "./truth.ts";

/** Results of a hundred rings come within moments of each other; the message is edited once for all of them. */
const QUIET_MS = 3_000;
/** Assembly over for longer than this is as it will be, unless something in it is corrected. */
const FRESH_MS = 86_400_000;

type Deps = Pick<Ground, "now" | "log"> &
  Pick<Truth, "stores" | "meetings" | "assemblies"> &
  Pick<Rooms, "tellAssembly"> & {
    readonly poster: SayDeps["poster"];
    readonly elsewhere: Pick<Results["elsewhere"], "run">;
  };

export type AssemblyOutcome = ReturnType<typeof createAssemblyOutcome>;

/**
 * Puts into the one message of an assembly that is over what came out of it, as the rings' minutes are made and
 * corrected.
 */
export function createAssemblyOutcome(deps: Deps) {
  const { now, log, meetings, assemblies, elsewhere } = deps;
  const work = createAssemblyWork(elsewhere);
  const timers = new Map<RoomId, Timer>();
  let stopped = false;

  const ask = (room: RoomId) => {
    if (stopped || timers.has(room)) return;
    timers.set(
      room,
      startTimer(() => {
        timers.delete(room);
        tellNewest(room).catch((error: unknown) =>
          log.error({ room, err: error }, "what came out of an assembly could not be told; it stands in its threads"),
        );
      }, QUIET_MS),
    );
  };
  /** Returns the keys of the messages that tell of it as it is now. */
  const tell = async (assembly: Assembly): Promise<PostKey[]> => {
    const { roomId: room } = assembly;
    const facts = factsOf(assembly);
    if (assembly.phase === "running") return isTold(assembly) ? tellGiven(assembly, deps) : [];
    if (assembly.phase !== "ended" || !facts) return [];
    const { results, speakers } = await resultsOf(assembly, deps);
    const record = await work.rollUp(room, facts, partsWith(assembly, results));
    if (stopped) return [];
    const t = translateTo(assembly.language);
    const key = { kind: "assembly", assembly: assembly.id } as const;
    const outcome = outcomeLinesOf(record, t, (at) => linkTo(room, at, deps));
    const rests = restsOfAssembly(assembly, [...givenTo(assembly), ...speakers]);
    const { outbox } = deps.stores;
    putInRoom(
      room,
      key,
      notice([...assemblyLines(assembly, t), ...outcome]),
      { outbox, poster: deps.poster },
      { rests },
    );
    return [key];
  };

  const tellNewest = async (room: RoomId) => {
    const assembly = assemblies.of(room);
    if (assembly) await tell(assembly);
  };

  /** Has the messages of an assembly say nothing of words that were erased; those that are not made anew go. */
  const renew = async (assembly: Assembly): Promise<void> => {
    const { outbox } = deps.stores;
    outbox.standing.learn(assembly.id, assembly.erased);
    const own = { kind: "assembly", assembly: assembly.id } as const;
    if (assembly.phase === "running") deps.tellAssembly(assembly);
    const wanted = [own, ...(await tell(assembly))];
    // Done by the next start: an erasure must not be taken for done.
    if (stopped) throw new Error("the service ends before an assembly's messages are written anew");
    outbox.reviewAssembly(assembly.id, assembly.roomId, wanted);
    deps.poster.wake(assembly.roomId);
  };
  const takeAwayOf: AssemblyMessages["takeAwayOf"] = (room, id, erased) => {
    const { outbox } = deps.stores;
    outbox.standing.learn(id, erased);
    outbox.reviewAssembly(id, room, []);
    deps.poster.wake(room);
  };
  const takeAwayAll: AssemblyMessages["takeAwayAll"] = (room, id) => {
    deps.stores.outbox.takeAwayAssembly(id, room);
    deps.poster.wake(room);
  };

  assemblies.listen((assembly) => isTold(assembly) && ask(assembly.roomId));
  meetings.listen(({ ring, meeting: { roomId } }, happened) => {
    const assembly = ring === undefined ? null : assemblies.of(roomId);
    if (assembly && isTold(assembly) && happened.some(({ kind }) => kind === "record")) ask(roomId);
  });
  return {
    assemblyErasing: new AssemblyErasing({
      assemblies,
      journal: deps.stores.assemblyJournal,
      messages: { renew, takeAwayOf, takeAwayAll },
    }),
    /** Tells of those that were over not long before a start. */
    start() {
      for (const assembly of assemblies.all())
        if (assembly.phase === "ended" && now() - assembly.endedAt < FRESH_MS) ask(assembly.roomId);
    },
    stop() {
      stopped = true;
      for (const timer of timers.values()) clearTimer(timer);
    },
  };
}

/** It is over, or its delegates talk: then there is something to tell. */
function isTold(assembly: Assembly): boolean {
  return assembly.phase === "ended" || (assembly.phase === "running" && phaseOf(assembly).kind === "delegates");
}

/** Summaries that the rings send with their delegates, as each ring corrected its own. */
async function tellGiven(assembly: RunningAssembly, deps: Deps): Promise<PostKey[]> {
  const before = assembly.plan.phases.findLastIndex(({ kind }, step) => kind === "rings" && step < assembly.step);
  const { results, speakers } = await resultsOf(assembly, deps, before + 1);
  const t = translateTo(assembly.language);
  const content = givenMessage(results, t, (at) => linkTo(assembly.roomId, at, deps));
  const key = { kind: "assembly-news", assembly: assembly.id, what: "given", at: assembly.beganAt } as const;
  if (!content) return [];
  const rests = restsOfAssembly(assembly, speakers);
  putInRoom(assembly.roomId, key, content, { outbox: deps.stores.outbox, poster: deps.poster }, { rests });
  return [key];
}

type RingResults = { readonly results: readonly RingResult[]; readonly speakers: readonly ParticipantId[] };

/** `only`: number of the part of which the results are wanted; left out: of all. */
async function resultsOf(
  assembly: Assembly,
  { meetings, now }: Pick<Deps, "meetings" | "now">,
  only?: number,
): Promise<RingResults> {
  const results: RingResult[] = [];
  const speakers: ParticipantId[] = [];
  for (const { meeting: id, ...ring } of heldRings(assembly)) {
    if (only !== undefined && ring.part !== only) continue;
    const live = await meetings.readByAndBy(assembly.roomId, id);
    if (live) {
      const record = recordOf(live.meeting, live.record, live.drafts);
      const result = ringResult({ ...ring, meeting: snapshotOf(live.meeting, now()), record });
      results.push(result);
      speakers.push(...speakersIn(result, record));
    }
    await nextTurn();
  }
  return { results, speakers };
}

/** Message of the ring's thread in which the turn stands. */
function linkTo(room: RoomId, { meeting, turn }: SaidAt, { stores }: Pick<Deps, "stores">): string | null {
  if (turn === null) return null;
  const event = stores.outbox.eventOf(ofMeeting(meeting), { kind: "turn", turn, part: 1 });
  return event === null ? null : `https://matrix.to/#/${encodeURIComponent(room)}/${encodeURIComponent(event)}`;
}
