import { useEffect, useState } from "react";
import type { ScenariosResponse } from "@mindminder/protocol/http-api.ts";
import { useMeeting } from "../../sitting/meeting.ts";

export type OfferedScenarios =
  | { readonly state: "loading" | "failed" }
  | ({ readonly state: "there" } & ScenariosResponse);

/** Scenarios that this room can start; asked for when somebody is about to start one. */
export function useScenarios(): OfferedScenarios {
  const { scenarios } = useMeeting();
  const [known, setKnown] = useState<OfferedScenarios>({ state: "loading" });
  useEffect(() => {
    let current = true;
    scenarios().then(
      (answer) => {
        if (current) setKnown({ state: "there", ...answer });
      },
      () => {
        if (current) setKnown({ state: "failed" });
      },
    );
    return () => {
      current = false;
    };
  }, [scenarios]);
  return known;
}
