import { z } from "zod";
import { wallClock } from "../../time/time.ts";
import { findHomeservers, type OtherHomeservers } from "../../homeservers/other-homeservers.ts";
import { type Finding, inOrder, problem, reasonOf } from "../finding.ts";
import { ask } from "../ask.ts";
import type { DoctorLook } from "../look.ts";

/** A token that no homeserver gave out: one that listens refuses it in Matrix's own words. */
const NOBODYS = "mindminder-doctor";

const PATH = `/_matrix/federation/v1/openid/userinfo?access_token=${NOBODYS}`;

export const openid: DoctorLook = {
  title: "Who people are (OpenID)",
  look: ({ config: { homeserver } }) => {
    const { openid, openidNetworks: networks, serverName, url } = homeserver;
    const others = findHomeservers({ networks, now: wallClock });
    return Promise.all([
      listenerAt(serverName, url),
      ...Object.entries(openid.addresses).map(([name, address]) => listenerAt(name, address)),
      ...(openid.asks === "any" ? [] : openid.asks).map((name) => found(name, others)),
    ]);
  },
};

/** Looks for a server by its name alone. */
async function found(serverName: string, others: OtherHomeservers): Promise<Finding> {
  const answer = await others.get(serverName, PATH).catch((error: unknown) => reasonOf(error));
  if (typeof answer !== "string" && answer.status === 401) return inOrder(`${serverName} says who its people are.`);
  const reason = typeof answer === "string" ? answer : `status ${answer.status}`;
  return problem(
    `${serverName} does not say who its people are (${reason}): they need personal links.`,
    "Mend its name under homeserver.openid; where it is in a network that is not public, name that under homeserver.openidNetworks.",
  );
}

async function listenerAt(serverName: string, base: string): Promise<Finding> {
  const answer = await ask(new URL(PATH, base)).catch((error: unknown) => reasonOf(error));
  if (typeof answer === "string")
    return problem(`${serverName} does not answer at ${base} (${answer}).`, "Mend its address under homeserver.");
  const body = z.object({ errcode: z.string() }).safeParse(await answer.json().catch(() => null));
  if (answer.status === 401 && body.success) return inOrder(`${serverName} says who its people are.`);
  return problem(
    `${serverName} does not say who its people are at ${base} (status ${answer.status}): nobody can open the widget.`,
    "Add “openid” (or “federation”) to the resources of that listener in Synapse's configuration, or name the right address under homeserver.openid.",
  );
}
