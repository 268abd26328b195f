import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { MatrixPerson } from "../support/stack/matrix-person.ts";
import { type Mindminder, type MindminderOptions, startMindminder } from "../support/stack/mindminder.ts";
import { roomWithBot } from "../support/stack/room-with-bot.ts";

let mindminder: Mindminder;
afterEach(() => mindminder.stop());

async function start(options: Omit<MindminderOptions, "dir" | "config"> = {}): Promise<MatrixPerson> {
  mindminder = await startMindminder({
    dir: await mkdtemp(join(tmpdir(), "mindminder-")),
    config: { speech: { engine: "off" } },
    ...options,
  });
  return MatrixPerson.register(mindminder.synapse, "ann", "Ann");
}

type Found = {
  readonly results: readonly {
    readonly user_id: string;
    readonly display_name: string;
    readonly avatar_url: string | null;
  }[];
};

test("the bot is found by its name, with its picture, by somebody who has never met it", async () => {
  const ann = await start();
  const search = () => ann.ask<Found>("POST", "/user_directory/search", { search_term: "mindm" });
  await expect
    .poll(async () => (await search()).results)
    .toEqual([
      {
        user_id: "@mindminder:localhost",
        display_name: "Mindminder",
        avatar_url: expect.stringMatching(/^mxc:/) as string,
      },
    ]);
  await ann.close();
});

test("a registration in which the bot is the sender, as they were once made, serves as before", async () => {
  const ann = await start({
    registered: ({ "org.mindminder.bot": _, ...made }) => ({
      ...made,
      sender_localpart: "mindminder",
      namespaces: { ...made.namespaces, users: [{ exclusive: true, regex: "@mindminder(_.*)?:.*" }] },
    }),
  });
  const room = await roomWithBot(mindminder, ann);
  expect(await ann.joinCircle(room)).toBe("✅");
  await ann.close();
});
