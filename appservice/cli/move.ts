import { dirname, resolve } from "node:path";
import { z } from "zod";
import { Registration } from "../configuration/registration.ts";
import { readYaml } from "../configuration/yaml-file.ts";
import { AdminError } from "../protocol/mindminder-error.ts";
import { ApiError } from "../protocol/http-api.ts";
import { MOVES } from "../route/router-door.ts";
import { RouterConfig } from "./route.ts";

export type MoveOptions = { readonly config: string };

const Moved = z.object({ from: z.string(), to: z.string(), refusedMs: z.number() });

/** Thrown where a room stays where it was. */
class NotMoved extends AdminError {
  constructor(room: string, why: string, options?: ErrorOptions) {
    super("ROOM_NOT_MOVED", `${room}: is not moved. ${why}`, options);
  }
}

/** Has the router of this machine move a room to another shard. */
export async function move(room: string, shard: string, options: MoveOptions): Promise<void> {
  const file = resolve(options.config);
  const { registration, bind, port } = readYaml(file, RouterConfig);
  const { hs_token: token } = readYaml(resolve(dirname(file), registration), Registration);
  const host = ["0.0.0.0", "::"].includes(bind) ? "127.0.0.1" : bind;
  const url = new URL(
    `${MOVES}/${encodeURIComponent(room)}`,
    `http://${host.includes(":") ? `[${host}]` : host}:${port}`,
  );
  const answer = await fetch(url, {
    method: "PUT",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ shard }),
  }).catch((cause: unknown) => {
    throw new NotMoved(room, `The router does not answer at ${url.host}: start it, or name its configuration.`, {
      cause,
    });
  });
  const said: unknown = await answer.json();
  if (!answer.ok)
    throw new NotMoved(room, ApiError.safeParse(said).data?.error ?? `The router answered ${answer.status}.`);
  const { from, to, refusedMs } = Moved.parse(said);
  console.log(`${room}: moved from ${from} to ${to}. Its people were refused for ${(refusedMs / 1_000).toFixed(1)} s.`);
}
