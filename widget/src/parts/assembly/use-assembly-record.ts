import { useEffect, useState } from "react";
import type { AssemblyMap } from "@mindminder/protocol/assembly-map.ts";
import type { AssemblyRecord } from "@mindminder/protocol/assembly-record.ts";
import { noticeOf } from "../../model/meeting/send-command.ts";
import { useMeeting } from "../../sitting/meeting.ts";

/** It is put together from the records of all groups: asked for when a group has done something, and seldom else. */
const GROWS_MS = 30_000;

/**
 * Result of the assembly so far, which grows while it runs. Undefined: it is not there yet; null: there is
 * nothing. `told`: that it cannot be had is said, since somebody asked for it.
 */
export function useAssemblyRecord(map: AssemblyMap | null, told = true): AssemblyRecord | null | undefined {
  const { assembly, notices } = useMeeting();
  const [record, setRecord] = useState<AssemblyRecord | null>();
  const steps = map?.rings.filter(({ status, summary }) => status === "done" || summary.given).length ?? 0;
  const moment = map ? `${map.phase.number} ${steps}` : "over";
  useEffect(() => {
    let over = false;
    const look = (tell: boolean) =>
      void assembly()
        .then((client) => client.assemblyRecord())
        .then(
          (answer) => void (over || setRecord(answer.record)),
          (failure: unknown) => void (tell && !over && notices.show(noticeOf(failure))),
        );
    look(told);
    const timer = moment === "over" ? undefined : setInterval(() => look(false), GROWS_MS);
    return () => {
      over = true;
      clearInterval(timer);
    };
  }, [assembly, notices, moment, told]);
  return record;
}
