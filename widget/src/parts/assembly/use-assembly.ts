import { useCallback, useEffect, useState } from "react";
import type { GatheringAssembly } from "@mindminder/protocol/assembly-gathering.ts";
import type {
  AssemblyCommandRequest,
  AssemblyMap,
  AssemblyMapResponse,
  SeatRequest,
} from "@mindminder/protocol/assembly-map.ts";
import { noticeOf } from "../../model/meeting/send-command.ts";
import { useMeeting, useMeetingSnapshot } from "../../sitting/meeting.ts";

/** While somebody looks at the map; turns last a minute or so. */
const LOOKED_AT_MS = 5_000;
const FOLDED_MS = 10_000;

type State = {
  /** Undefined: not known yet; null: none runs any more. */
  readonly map: AssemblyMap | null | undefined;
  /** One that has not begun; null where there is none. */
  readonly gathering: GatheringAssembly | null;
  /** True where it was done; where it was not, people are told. */
  readonly sit: (seat: SeatRequest) => Promise<boolean>;
  readonly ask: (command: AssemblyCommandRequest) => Promise<boolean>;
};

/**
 * The assembly's map, asked for again and again, and at once when one's own meeting is another; the one that gathers;
 * and what can be asked of it.
 */
export function useAssembly(lookedAt: boolean): State {
  const { assembly, notices, store } = useMeeting();
  const own = useMeetingSnapshot();
  const [known, setKnown] = useState<AssemblyMapResponse>();
  const map = known?.assembly;
  const runs = Boolean(map);
  useEffect(() => {
    store.set({ inAssembly: runs });
    return () => store.set({ inAssembly: false });
  }, [store, runs]);
  // A group stands still when the keeper speaks to all, and goes on after it.
  const ownState = `${own?.id} ${own?.phase} ${own?.paused}`;
  useEffect(() => {
    let over = false;
    // What was known stays on the screen while there is no answer.
    const look = () =>
      assembly()
        .then((client) => client.assembly())
        .then(
          (newest) => void (over || setKnown(newest)),
          () => undefined,
        );
    void look();
    const timer = setInterval(() => void look(), lookedAt ? LOOKED_AT_MS : FOLDED_MS);
    return () => {
      over = true;
      clearInterval(timer);
    };
  }, [assembly, lookedAt, ownState]);
  const said = useCallback(
    (answer: Promise<AssemblyMapResponse>) =>
      answer.then(
        (newest) => {
          setKnown(newest);
          return true;
        },
        (failure: unknown) => {
          notices.show(noticeOf(failure));
          return false;
        },
      ),
    [notices],
  );
  const sit = useCallback(
    (seat: SeatRequest) => said(assembly().then((client) => client.assemblySeat(seat))),
    [assembly, said],
  );
  const ask = useCallback(
    (command: AssemblyCommandRequest) => said(assembly().then((client) => client.assemblyCommand(command))),
    [assembly, said],
  );
  return { map, gathering: known?.gathering ?? null, sit, ask };
}
