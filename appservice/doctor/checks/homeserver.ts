import { z } from "zod";
import { botIdOf } from "../../configuration/registration.ts";
import { notReached, UNKNOWN_TOKEN } from "../../room/refused-by-homeserver.ts";
import { type Finding, inOrder, notLookedAt, problem, reasonOf, warning } from "../finding.ts";
import { ask } from "../ask.ts";
import type { DoctorLook, Patient } from "../look.ts";

const MatrixError = z.object({ errcode: z.string(), error: z.string().optional() });

export const homeserver: DoctorLook = {
  title: "Homeserver",
  async look(patient) {
    const { url } = patient.config.homeserver;
    const answer = await ask(`${url}/_matrix/client/versions`).catch((error: unknown) => reasonOf(error));
    if (typeof answer === "string" || !answer.ok) {
      const why = typeof answer === "string" ? answer : `status ${answer.status}`;
      return [
        problem(
          `The homeserver does not answer at ${url} (${why}).`,
          "Start it, or mend homeserver.url: its client API, without a path.",
        ),
      ];
    }
    const token = await tokenFindings(patient);
    const known = token.every(({ state }) => state !== "problem");
    return [inOrder(`The homeserver answers at ${url}.`), ...token, ...(known ? [await pingFinding(patient)] : [])];
  },
};

async function tokenFindings({ config, registration }: Patient): Promise<Finding[]> {
  const { url, serverName } = config.homeserver;
  const bot = botIdOf(registration, serverName);
  const sender = await whoAmI(url, registration.as_token);
  if (sender.status === 401) {
    return [problem(UNKNOWN_TOKEN.problem, UNKNOWN_TOKEN.remedy)];
  }
  // The sender may have no account of its own; the homeserver names it all the same, with the name that it goes by.
  if (sender.userId !== null && !sender.userId.endsWith(`:${serverName}`)) {
    const server = sender.userId.slice(sender.userId.indexOf(":"));
    return [
      problem(
        `The homeserver takes the bot for @${registration.bot}${server}, not ${bot}.`,
        "Set homeserver.serverName to what stands behind the colon of its people's ids.",
      ),
    ];
  }
  const known = await whoAmI(url, registration.as_token, bot);
  if (known.userId === bot) return [inOrder(`The homeserver knows the bot as ${bot}.`)];
  // Before its first start the bot has no account yet.
  if (known.errcode === "M_FORBIDDEN")
    return [
      warning(
        `${bot} has no account yet, or serverName is not the homeserver's.`,
        "The first start makes the account; check homeserver.serverName.",
      ),
    ];
  return [
    problem(`The homeserver did not say who the bot is (status ${known.status}).`, "Look into the homeserver's log."),
  ];
}

/**
 * The user that the homeserver takes the holder of the token for (Client-Server API, "whoami"); `as`: a user of its
 * namespace to act as.
 */
async function whoAmI(url: string, token: string, as?: string) {
  const query = as === undefined ? "" : `?user_id=${encodeURIComponent(as)}`;
  const answer = await ask(`${url}/_matrix/client/v3/account/whoami${query}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const body: unknown = await answer.json().catch(() => null);
  const me = z.object({ user_id: z.string() }).safeParse(body);
  return { status: answer.status, userId: answer.ok && me.success ? me.data.user_id : null, errcode: errcodeOf(body) };
}

/** Asks the homeserver to reach us, by the address in the registration (Matrix v1.7, appservice ping). */
async function pingFinding({ config, registration, own }: Patient): Promise<Finding> {
  if (own.kind === "port-taken")
    return notLookedAt("Whether the homeserver reaches this service cannot be seen while its port is taken.");
  const address = `${config.homeserver.url}/_matrix/client/v1/appservice/${encodeURIComponent(registration.id)}/ping`;
  const answer = await ask(address, {
    method: "POST",
    headers: { authorization: `Bearer ${registration.as_token}`, "content-type": "application/json" },
    body: "{}",
  }).catch((error: unknown) => reasonOf(error));
  if (typeof answer === "string")
    return problem(
      `The homeserver did not answer when asked to reach this service (${answer}).`,
      "Look into the homeserver's log.",
    );
  const body: unknown = await answer.json().catch(() => null);
  if (answer.ok)
    return inOrder(
      `The homeserver reaches this service at ${registration.url ?? "no address"} in ${z.object({ duration_ms: z.number() }).catch({ duration_ms: 0 }).parse(body).duration_ms} ms.`,
    );
  const known = notReached(errcodeOf(body), registration.url);
  if (known) return problem(known.problem, known.remedy);
  switch (errcodeOf(body)) {
    case "M_UNRECOGNIZED":
      return warning(
        "This homeserver is too old to be asked whether it reaches us.",
        "Matrix v1.7 brings the ping; Synapse has it since 1.79.",
      );
    default:
      return problem(
        `The homeserver refused to reach this service (${errcodeOf(body) || answer.status}).`,
        "Check that the registration's id is the one the homeserver was given.",
      );
  }
}

function errcodeOf(body: unknown): string {
  const parsed = MatrixError.safeParse(body);
  return parsed.success ? parsed.data.errcode : "";
}
