import { useCallback, useEffect, useState } from "react";
import type { MyPurpose } from "@mindminder/protocol/purposes.ts";
import { useRecord } from "../../sitting/record.ts";

type MyPurposes = {
  /** Null until the service has said. */
  readonly purposes: readonly MyPurpose[] | null;
  readonly busy: boolean;
  readonly answer: (asked: MyPurpose, given: boolean) => void;
};

/** Own answers on what one's words and sound may be used for, as the service has them. */
export function usePurposes(): MyPurposes {
  const { purposes: client } = useRecord();
  const [purposes, setPurposes] = useState<readonly MyPurpose[] | null>(null);
  const [busy, setBusy] = useState(false);
  const show = useCallback(
    (asking: ReturnType<typeof client.myPurposes>) => asking.then((said) => setPurposes(said.purposes)),
    [],
  );
  useEffect(() => void show(client.myPurposes()).catch(() => undefined), [client, show]);
  const answer = ({ purpose, hash }: MyPurpose, given: boolean) => {
    setBusy(true);
    // A sentence that has changed meanwhile is shown anew, unanswered.
    void show(client.answerPurpose({ purpose, given, hash }))
      .catch(() => show(client.myPurposes()))
      .catch(() => undefined)
      .finally(() => setBusy(false));
  };
  return { purposes, busy, answer };
}
