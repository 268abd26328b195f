import { memberOf } from "../assembly/assembly.ts";
import { factsOf, heldRings, partsWith } from "../assembly/held-rings.ts";
import { spanOf } from "../circle/meeting.ts";
import type { Assemblies } from "../journal/assemblies.ts";
import type { Meetings } from "../journal/meetings.ts";
import type { AssemblyFormat } from "../protocol/assembly-formats.ts";
import type { AssemblyFacts, AssemblyPart, AssemblyRecord, RingMaterial } from "../protocol/assembly-record.ts";
import { isGuest, type RoomId } from "../protocol/identity.ts";
import type { ASSEMBLY_ROUTES } from "../protocol/routes/assembly.ts";
import { ringResult } from "../record/ring-result.ts";
import { nextTurn } from "../time/time.ts";
import { ApiFailure } from "./api-failure.ts";
import { type Handlers, MadeJson } from "./bind.ts";
import { maySee, type NotingDeps, shownTo, type Visitor } from "./visitor.ts";

export type AssemblyRecordDeps = NotingDeps & {
  readonly assemblies: Pick<Assemblies, "of">;
  readonly meetings: Pick<Meetings, "readByAndBy">;
  /** Work on a whole assembly, done apart from the thread that answers. */
  readonly assemblyWork: {
    readonly rollUp: (room: RoomId, facts: AssemblyFacts, parts: readonly AssemblyPart[]) => Promise<AssemblyRecord>;
    readonly file: (
      room: RoomId,
      format: AssemblyFormat,
      record: AssemblyRecord,
      rings: readonly RingMaterial[],
    ) => Promise<Uint8Array>;
  };
};

type Whole = { readonly record: AssemblyRecord; readonly rings: readonly RingMaterial[] };

/** Handlers for what came out of the assembly that runs in a room, or of its last. */
export function assemblyRecordHandlers(
  deps: AssemblyRecordDeps,
): Pick<Handlers<typeof ASSEMBLY_ROUTES>, "assemblyRecord" | "assemblyFile"> {
  return {
    assemblyRecord: async ({ asking }) => ({ record: (await wholeFor(asking, "read", deps))?.record ?? null }),
    assemblyFile: async ({ asking, params: { format } }) => {
      const whole = await wholeFor(asking, "export", deps);
      if (!whole) throw new ApiFailure("NO_SUCH_MEETING");
      return new MadeJson(await deps.assemblyWork.file(asking.room, format, whole.record, whole.rings));
    },
  };
}

/** The whole as this person may see it: each ring as they may see its meeting, read bit by bit. */
async function wholeFor(asking: Visitor, what: "read" | "export", deps: AssemblyRecordDeps): Promise<Whole | null> {
  const { assemblies, meetings, assemblyWork } = deps;
  const { actor, room } = asking;
  const assembly = assemblies.of(room);
  const facts = assembly && factsOf(assembly);
  if (!assembly || !facts || (isGuest(actor.id) && !memberOf(assembly, actor.id))) return null;
  const rings: RingMaterial[] = [];
  for (const { meeting: id, ...ring } of heldRings(assembly)) {
    const live = await meetings.readByAndBy(room, id);
    if (!live || !maySee(asking, spanOf(live.meeting))) continue;
    const { meeting, record } = shownTo(asking, live, what, deps);
    rings.push({ ...ring, meeting, record });
    // One ring after another: all of a hundred at once would hold everybody up.
    await nextTurn();
  }
  const parts = partsWith(assembly, rings.map(ringResult));
  return { record: await assemblyWork.rollUp(room, facts, parts), rings };
}
