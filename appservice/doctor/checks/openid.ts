import { z } from "zod";
import { type Finding, inOrder, problem, reasonOf } from "../finding.ts";
import { ask } from "../ask.ts";
import type { DoctorLook } from "../look.ts";

/** A token that no homeserver gave out: one that listens refuses it in Matrix's own words. */
const NOBODYS = "mindminder-doctor";

export const openid: DoctorLook = {
  title: "Who people are (OpenID)",
  look: ({ config }) =>
    Promise.all(
      [[config.homeserver.serverName, config.homeserver.url] as const, ...Object.entries(config.homeserver.openid)].map(
        ([name, url]) => listenerAt(name, url),
      ),
    ),
};

async function listenerAt(serverName: string, base: string): Promise<Finding> {
  const url = new URL("/_matrix/federation/v1/openid/userinfo", base);
  url.searchParams.set("access_token", NOBODYS);
  const answer = await ask(url).catch((error: unknown) => reasonOf(error));
  if (typeof answer === "string")
    return problem(`${serverName} does not answer at ${base} (${answer}).`, "Mend its address under homeserver.");
  const body = z.object({ errcode: z.string() }).safeParse(await answer.json().catch(() => null));
  if (answer.status === 401 && body.success) return inOrder(`${serverName} says who its people are.`);
  return problem(
    `${serverName} does not say who its people are at ${base} (status ${answer.status}): nobody can open the widget.`,
    "Add “openid” (or “federation”) to the resources of that listener in Synapse's configuration, or name the right address under homeserver.openid.",
  );
}
