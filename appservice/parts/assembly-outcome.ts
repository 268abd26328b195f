import { type Assembly, phaseOf, type RunningAssembly } from "../assembly/assembly.ts";
import { factsOf, heldRings, partsWith } from "../assembly/held-rings.ts";
import { snapshotOf } from "../circle/snapshot.ts";
import { ofMeeting } from "../journal/scope.ts";
import { translateTo } from "../language/translate.ts";
import type { RingResult, SaidAt } from "../protocol/assembly-record.ts";
import type { RoomId } from "../protocol/identity.ts";
import { ringResult } from "../record/ring-result.ts";
import { recordOf } from "../record/view.ts";
import { assemblyLines } from "../room/messages/assembly-message.ts";
import { givenMessage, outcomeLinesOf } from "../room/messages/assembly-outcome.ts";
import { putInRoom, sayInRoom } from "../room/say-in-room.ts";
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
  Pick<Rooms, "poster"> &
  Pick<Results, "elsewhere">;

/** Puts into the one message of an assembly that is over what came out of it, as the rings' minutes are made and corrected. */
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
        tell(room).catch((error: unknown) =>
          log.error({ room, err: error }, "what came out of an assembly could not be told; it stands in its threads"),
        );
      }, QUIET_MS),
    );
  };
  const tell = async (room: RoomId) => {
    const assembly = assemblies.of(room);
    const facts = assembly && factsOf(assembly);
    if (assembly?.phase === "running") return tellGiven(assembly, deps);
    if (assembly?.phase !== "ended" || !facts) return;
    const parts = partsWith(assembly, await resultsOf(assembly, deps));
    const record = await work.rollUp(room, facts, parts);
    // Another may have been opened meanwhile, whose message this is not.
    if (stopped || assemblies.of(room)?.id !== assembly.id) return;
    const t = translateTo(assembly.language);
    const key = { kind: "assembly", assembly: assembly.id } as const;
    const outcome = outcomeLinesOf(record, t, (at) => linkTo(room, at, deps));
    const { outbox } = deps.stores;
    sayInRoom(room, key, [...assemblyLines(assembly, t), ...outcome], { outbox, poster: deps.poster });
  };

  assemblies.listen((assembly) => isTold(assembly) && ask(assembly.roomId));
  meetings.listen(({ ring, meeting: { roomId } }, happened) => {
    const assembly = ring === undefined ? null : assemblies.of(roomId);
    if (assembly && isTold(assembly) && happened.some(({ kind }) => kind === "record")) ask(roomId);
  });
  return {
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
async function tellGiven(assembly: RunningAssembly, deps: Deps): Promise<void> {
  const before = assembly.plan.phases.findLastIndex(({ kind }, step) => kind === "rings" && step < assembly.step);
  const rings = await resultsOf(assembly, deps, before + 1);
  const t = translateTo(assembly.language);
  const content = givenMessage(rings, t, (at) => linkTo(assembly.roomId, at, deps));
  const key = { kind: "assembly-news", assembly: assembly.id, what: "given", at: assembly.beganAt } as const;
  if (content) putInRoom(assembly.roomId, key, content, { outbox: deps.stores.outbox, poster: deps.poster });
}

/** `only`: number of the part of which the results are wanted; left out: of all. */
async function resultsOf(
  assembly: Assembly,
  { meetings, now }: Pick<Deps, "meetings" | "now">,
  only?: number,
): Promise<RingResult[]> {
  const results: RingResult[] = [];
  for (const { meeting: id, ...ring } of heldRings(assembly)) {
    if (only !== undefined && ring.part !== only) continue;
    const live = await meetings.readByAndBy(assembly.roomId, id);
    if (live) {
      const { meeting, record, drafts } = live;
      results.push(
        ringResult({ ...ring, meeting: snapshotOf(meeting, now()), record: recordOf(meeting, record, drafts) }),
      );
    }
    await nextTurn();
  }
  return results;
}

/** Message of the ring's thread in which the turn stands. */
function linkTo(room: RoomId, { meeting, turn }: SaidAt, { stores }: Pick<Deps, "stores">): string | null {
  if (turn === null) return null;
  const event = stores.outbox.eventOf(ofMeeting(meeting), { kind: "turn", turn, part: 1 });
  return event === null ? null : `https://matrix.to/#/${encodeURIComponent(room)}/${encodeURIComponent(event)}`;
}
