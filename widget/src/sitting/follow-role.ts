import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import type { Call } from "../model/call/call.ts";
import type { MeetingStore } from "../model/meeting/meeting-store.ts";
import type { NoticeStore } from "../model/meeting/notices.ts";
import { rightsOf, type Me } from "../model/meeting/rights.ts";

type Parts = { readonly store: MeetingStore; readonly call: Call; readonly me: Me; readonly notices: NoticeStore };

/** Tells people once that they became the keeper, stopped being it, or were taken out of the ring. */
export function followRole({ store, call, me, notices }: Parts): void {
  let before: MeetingSnapshot | null = store.get().meeting;
  store.subscribe(() => {
    const { meeting: now, inAssembly } = store.get();
    const was = before;
    before = now;
    if (!was || !now || was === now || was.id !== now.id || now.phase === "ended") return;
    // The person who starts a meeting knows that they keep it.
    const changed = was.keeper !== null && was.keeper !== now.keeper;
    if (changed && now.keeper === me.id) notices.show({ key: "youKeep" });
    if (changed && was.keeper === me.id) notices.show({ key: "keeperLeft" });
    // In an assembly people go from group to group, and nobody took them out of the one before.
    const out = !inAssembly && rightsOf(was, me).takesPart && !rightsOf(now, me).takesPart;
    if (out && call.get().status === "in") notices.show({ key: "takenOut" });
  });
}
