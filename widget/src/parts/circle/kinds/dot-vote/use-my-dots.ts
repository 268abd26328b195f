import { useEffect, useState } from "react";
import type { CircleSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { useMeeting } from "../../../../sitting/meeting.ts";
import { useWish } from "../../../../sitting/use-wish.ts";

const AGAIN_AFTER_MS = 4_000;

type MyDots = {
  /** Groups on which my dots lie, a number for each dot; null until the service's answer is known. */
  readonly on: readonly number[] | null;
  readonly busy: boolean;
  readonly put: (on: readonly number[]) => Promise<void>;
};

/** My dots, as the service has them; nobody else sees them. */
export function useMyDots({ index }: CircleSnapshot): MyDots {
  const { mine } = useMeeting();
  const { busy, wish } = useWish();
  const [on, setOn] = useState<readonly number[] | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let again: ReturnType<typeof setTimeout> | undefined;
    let current = true;
    mine().then(
      ({ dots }) => {
        if (current) setOn(dots?.circle === index ? dots.on : []);
      },
      () => {
        if (current) again = setTimeout(() => setAttempt(attempt + 1), AGAIN_AFTER_MS);
      },
    );
    return () => {
      current = false;
      clearTimeout(again);
    };
  }, [mine, index, attempt]);

  async function put(next: readonly number[]): Promise<void> {
    if (await wish({ type: "give-dots", on: [...next] })) setOn(next);
  }
  return { on, busy, put };
}
