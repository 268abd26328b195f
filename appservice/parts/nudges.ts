import { guardedPost } from "../homeservers/guarded-post.ts";
import { makeNudgeKey, nudgeSender } from "../nudges/send-nudge.ts";
import { nudgeWhoIsNext } from "../nudges/nudges.ts";
import type { Ground } from "./ground.ts";
import type { Truth } from "./truth.ts";

type NudgesPartDeps = Pick<Ground, "loaded" | "log" | "metrics"> & Pick<Truth, "stores" | "meetings" | "languageOf">;

/** Tells browsers that their person is next. Returns the public key for them; null where the admin wants no nudges. */
export function createNudges({ loaded, log, metrics, stores, meetings, languageOf }: NudgesPartDeps): string | null {
  const { push, service, homeserver } = loaded.config;
  if (!push.enabled) return null;
  const addresses = stores.nudgeAddresses;
  const key = addresses.key(makeNudgeKey);
  // Push services take addresses by TLS alone, and ask whom they may turn to.
  const subject = service.publicUrl.startsWith("https:") ? service.publicUrl : `https://${homeserver.serverName}`;
  nudgeWhoIsNext({
    meetings,
    addresses,
    unit: stores.journal.unit,
    send: nudgeSender({ key, subject, post: guardedPost(push.networks) }),
    languageOf,
    onOutcome: (outcome) => metrics.nudges.inc({ outcome }),
    log,
  });
  return key.publicKey;
}
