import { patience } from "../retry/patience.ts";
import { apartMs } from "./clock-apart.ts";
import type { LiveKitConnection } from "./options.ts";
import type { Reached } from "./reach.ts";
import { lookToken } from "./tokens.ts";
import { wallClock } from "../time/time.ts";

/** Longer than any answer may take that is still of use to somebody who speaks. */
const ANSWER_WITHIN_MS = 1_500;
const REFUSALS: readonly number[] = [401, 403];

/**
 * Asks LiveKit for something that costs it nothing (the list of no rooms), with a token as short-lived as those that
 * people get. Each question has a connection of its own choice, so that one that hangs does not hang the next.
 */
export function askLiveKit({ internalUrl, ...keys }: LiveKitConnection): () => Promise<Reached> {
  const url = new URL(
    "twirp/livekit.RoomService/ListRooms",
    internalUrl.endsWith("/") ? internalUrl : `${internalUrl}/`,
  );
  return async () => {
    const waiting = patience(ANSWER_WITHIN_MS);
    try {
      const headers = { "Content-Type": "application/json", Authorization: `Bearer ${await lookToken(keys)}` };
      const askedAt = wallClock();
      const answer = await fetch(url, {
        method: "POST",
        headers,
        body: '{"names":["-"]}',
        redirect: "manual",
        signal: waiting.signal,
      });
      const answeredAt = wallClock();
      // Reads the body to its end; otherwise the connection cannot be used again.
      await answer.arrayBuffer();
      if (answer.status === 200) return { away: null };
      const error = new Error(`LiveKit answers with status ${answer.status}`);
      if (!REFUSALS.includes(answer.status)) return { away: { why: "silent" }, error };
      const date = Date.parse(answer.headers.get("date") ?? "");
      return {
        away: {
          why: "refuses",
          status: answer.status,
          apartMs: Number.isNaN(date) ? null : apartMs(date, askedAt, answeredAt),
        },
        error,
      };
    } catch (cause) {
      return {
        away: { why: "silent" },
        error: new Error(`LiveKit gives no answer within ${ANSWER_WITHIN_MS / 1_000} s`, { cause }),
      };
    } finally {
      waiting.end();
    }
  };
}
