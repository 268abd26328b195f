import { createServer } from "node:http";
import { rm, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { registrationFor } from "../../../appservice/configuration/registration.ts";
import { startSynapse } from "../stack/synapse.ts";
import {
  type Arrived,
  bodyOf,
  closed,
  type HomeserverInQuestion,
  type JsonAnswer,
  listening,
  noting,
} from "./homeserver-in-question.ts";

/** Synapse with an appservice behind it that takes all that comes. */
export async function realHomeserver(): Promise<HomeserverInQuestion> {
  const dir = await mkdtemp(join(tmpdir(), "mindminder-contract-"));
  const arrived: Arrived[] = [];
  const appservice = createServer(async (request, response) => {
    const { events = [] } = JSON.parse((await bodyOf(request)).toString("utf8") || "{}") as { events?: Arrived[] };
    arrived.push(...events);
    response.end("{}");
  });
  const registration = {
    ...registrationFor({ url: await listening(appservice), id: "mindminder", bot: "mindminder" }),
    rate_limited: true,
  };
  const synapse = await startSynapse({ dir, registration });
  const noted = await noting(async ({ method, path, headers, body }) => {
    const { host: _, connection: __, "content-length": ___, ...passed } = headers;
    const answer = await fetch(synapse.url + path, {
      method,
      headers: passed,
      ...(body.length > 0 && { body: new Uint8Array(body) }),
    });
    return {
      status: answer.status,
      body: Buffer.from(await answer.arrayBuffer()),
      headers: { "content-type": answer.headers.get("content-type") ?? "" },
    };
  });
  const asking = async (token: string, method: string, path: string, body?: unknown): Promise<JsonAnswer> => {
    const answer = await fetch(synapse.url + path, {
      method,
      headers: { Authorization: `Bearer ${token}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  return {
    serverName: synapse.serverName,
    asToken: registration.as_token,
    noted,
    arrived,
    async person(name) {
      const { userId, accessToken } = await synapse.registerUser(name.toLowerCase(), { displayName: name });
      return {
        id: userId,
        ask: (method, path, body) => asking(accessToken, method, `/_matrix/client/v3${path}`, body),
      };
    },
    async limit() {
      const admin = await synapse.registerUser("admin", { admin: true });
      const bot = encodeURIComponent(`@mindminder:${synapse.serverName}`);
      await asking(admin.accessToken, "POST", `/_synapse/admin/v1/users/${bot}/override_ratelimit`, {
        messages_per_second: 1,
        burst_count: 1,
      });
    },
    async close() {
      await noted.close();
      await synapse.stop();
      await closed(appservice);
      await rm(dir, { recursive: true, force: true });
    },
  };
}
