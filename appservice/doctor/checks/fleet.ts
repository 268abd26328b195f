import { AdminError } from "../../protocol/mindminder-error.ts";
import { FLEET_PROTOCOL, fleetKeys } from "../../scribe/fleet/cards.ts";
import type { FleetOptions } from "../../scribe/fleet/options.ts";
import { connectRedis, sealOf } from "../../scribe/fleet/redis.ts";
import { redisFindings } from "../../scribe/fleet/redis-fitness.ts";
import { refusal } from "../../scribe/fleet/refusal.ts";
import { readCards } from "../../scribe/fleet/roster.ts";
import type { ScribeOptions } from "../../scribe/options.ts";
import { sleep } from "../../time/time.ts";
import { type Finding, inOrder, notLookedAt, problem, reasonOf, warning } from "../finding.ts";
import type { DoctorLook } from "../look.ts";

const ANSWERS_WITHIN_MS = 5_000;

export const fleet = {
  title: "Speech workers",
  async look({ config: { speech } }: { readonly config: { readonly speech: ScribeOptions } }): Promise<Finding[]> {
    if (!speech.fleet) return [notLookedAt("No fleet is named: the service decodes speech by itself.")];
    return looked(speech.fleet, speech.fleet.decodeHere);
  },
} satisfies DoctorLook;

async function looked(options: FleetOptions, decodesHere: boolean): Promise<Finding[]> {
  const redis = await connectRedis(options);
  let said = "no answer";
  redis.on("error", (error) => {
    said = reasonOf(error);
  });
  try {
    const looking = seen(options, redis, decodesHere);
    const silent = sleep(ANSWERS_WITHIN_MS, { ref: false }).then(() => null);
    const found = await Promise.race([looking, silent]);
    const worse = decodesHere ? warning : problem;
    return (
      found ?? [
        worse(`Redis cannot be reached at ${options.redis} (${said}).`, "Start it, or mend speech.fleet.redis."),
      ]
    );
  } catch (error) {
    if (error instanceof AdminError) throw error;
    return [problem(`Redis refuses us (${reasonOf(error)}).`, "Look at speech.fleet.passwordFile.")];
  } finally {
    redis.disconnect();
  }
}

async function seen(
  options: FleetOptions,
  redis: Awaited<ReturnType<typeof connectRedis>>,
  decodesHere: boolean,
): Promise<Finding[]> {
  const seal = sealOf(options);
  const findings = redisFindings(await redis.info()).map(({ what, remedy }) => problem(what, remedy));
  const refused = await refusal(redis, seal, FLEET_PROTOCOL);
  const { workers } = await readCards(redis, fleetKeys(seal.fingerprint));
  const fitting = workers.filter(({ protocol }) => protocol === FLEET_PROTOCOL);
  const worse = decodesHere ? warning : problem;
  return [
    ...(findings.length > 0 ? findings : [inOrder("Redis can carry a fleet.")]),
    ...(refused === null ? [] : [problem(refused, "Two installations with keys of their own need a Redis each.")]),
    fitting.length > 0
      ? inOrder(
          `${fitting.length} workers take speech: ${[...new Set(fitting.map(({ engine }) => engine.model))].join(", ")}.`,
        )
      : worse("No worker is there.", "Start “mindminder worker” with the same speech.fleet on a machine with a model."),
  ];
}
