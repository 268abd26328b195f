import { type Finding, inOrder, notLookedAt, problem, reasonOf, warning } from "../finding.ts";
import { apartMs, TOKENS_FAIL_MS } from "../../call/clock-apart.ts";
import { livekitConnection } from "../../call/options.ts";
import { ask } from "../ask.ts";
import type { DoctorLook } from "../look.ts";
import { wallClock } from "../../time/time.ts";

/** The answer takes a moment. */
const UNSEEN_MS = 2_000;

export const clock: DoctorLook = {
  title: "Clock",
  look: ({ config, folder }) =>
    Promise.all([
      compared("the homeserver", `${config.homeserver.url}/_matrix/client/versions`),
      compared("LiveKit", livekitConnection(config.livekit, folder).internalUrl),
    ]),
};

async function compared(whose: string, url: string): Promise<Finding> {
  const before = wallClock();
  const answer = await ask(url).catch((error: unknown) => reasonOf(error));
  const date = typeof answer === "string" ? Number.NaN : Date.parse(answer.headers.get("date") ?? "");
  if (Number.isNaN(date)) return notLookedAt(`The clock of ${whose} could not be read.`);
  const apart = apartMs(date, before, wallClock());
  const said = `The clock of ${whose} is ${Math.round(apart / 1000)} s from ours.`;
  if (apart > TOKENS_FAIL_MS) return problem(said, "Set both by NTP: the call refuses tokens from another time.");
  if (apart > UNSEEN_MS) return warning(said, "Set both by NTP.");
  return inOrder(`The clock of ${whose} agrees with ours.`);
}
