import { createRequire } from "node:module";
import { z } from "zod";
import type { GuardedPost } from "../homeservers/guarded-post.ts";
import type { NudgeAddress } from "../protocol/nudges.ts";
import type { NudgeKey } from "../store/nudge-addresses.ts";
import { timeLimit } from "../time/time.ts";

/** Words of a nudge: of who is in the circle, and of what is said there, it has none. */
export type NudgeText = { readonly title: string; readonly body: string };

/** `gone`: the push service knows the browser no more. */
export type NudgeOutcome = "sent" | "gone" | "failed";
export type SendNudge = (address: NudgeAddress, text: NudgeText) => Promise<NudgeOutcome>;

export type SendNudgeDeps = {
  readonly key: NudgeKey;
  /** Address of whoever runs this service, which a push service may turn to. */
  readonly subject: string;
  readonly post: GuardedPost;
};

const TIMEOUT_MS = 10_000;
/** Seconds for which a push service keeps it for a browser that is away: somebody else is next soon. */
const LASTS_SECONDS = 120;
/** Statuses by which a push service says that there is no such browser any more (RFC 8030, 7.3). */
const GONE = [404, 410];

/** The library is not made as a module of today's form. */
const webPush = createRequire(import.meta.url)("web-push") as typeof import("web-push");
const Body = z.instanceof(Uint8Array);

/** Makes a key pair for this service. */
export function makeNudgeKey(): NudgeKey {
  return webPush.generateVAPIDKeys();
}

/**
 * Sends nudges encrypted for the browser (RFC 8291): the push service sees that there is one, and for which browser.
 */
export function nudgeSender({ key, subject, post }: SendNudgeDeps): SendNudge {
  return async (address, text) => {
    const { headers, body } = webPush.generateRequestDetails(address, JSON.stringify(text), {
      vapidDetails: { subject, ...key },
      TTL: LASTS_SECONDS,
      urgency: "high",
      contentEncoding: "aes128gcm",
    });
    const letter = { headers: z.record(z.string(), z.coerce.string()).parse(headers), body: Body.parse(body) };
    const status = await post(new URL(address.endpoint), letter, timeLimit(TIMEOUT_MS));
    if (GONE.includes(status)) return "gone";
    return status >= 200 && status < 300 ? "sent" : "failed";
  };
}
