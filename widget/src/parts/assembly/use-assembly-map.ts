import { useCallback, useEffect, useState } from "react";
import type { AssemblyMap, SeatRequest } from "@mindminder/protocol/assembly-map.ts";
import { noticeOf } from "../../model/meeting/send-command.ts";
import { useMeeting, useMeetingSnapshot } from "../../sitting/meeting.ts";

/** While somebody looks at the map; turns last a minute or so. */
const LOOKED_AT_MS = 5_000;
const FOLDED_MS = 20_000;

type State = { readonly map: AssemblyMap | null; readonly sit: (seat: SeatRequest) => Promise<void> };

/** The assembly's map, asked for again and again, and at once when one's own meeting is another. */
export function useAssemblyMap(lookedAt: boolean): State {
  const { assembly, notices } = useMeeting();
  const own = useMeetingSnapshot();
  const [map, setMap] = useState<AssemblyMap | null>(null);
  const ownState = `${own?.id} ${own?.phase}`;
  useEffect(() => {
    let over = false;
    // What was known stays on the screen while there is no answer.
    const look = () =>
      assembly.map().then(
        (newest) => void (over || setMap(newest)),
        () => undefined,
      );
    void look();
    const timer = setInterval(() => void look(), lookedAt ? LOOKED_AT_MS : FOLDED_MS);
    return () => {
      over = true;
      clearInterval(timer);
    };
  }, [assembly, lookedAt, ownState]);
  const sit = useCallback(
    (seat: SeatRequest) => assembly.sit(seat).then(setMap, (failure: unknown) => notices.show(noticeOf(failure))),
    [assembly, notices],
  );
  return { map, sit };
}
