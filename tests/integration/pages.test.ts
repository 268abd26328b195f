import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { blockIn, blocksOf } from "../support/page-blocks.ts";
import { freshKey, generateSynapse, SERVER_NAME, startPlainLiveKit } from "../support/stack/admins-servers.ts";
import { LONG } from "../support/stack/long.ts";
import { MatrixPerson } from "../support/stack/matrix-person.ts";
import { freePorts } from "../support/stack/ports.ts";
import { startProcess } from "../support/stack/processes.ts";
import { Reader } from "../support/stack/reader.ts";
import { inviteBot } from "../support/stack/room-with-bot.ts";
import { registerUser } from "../support/stack/synapse.ts";

// The model is fetched at the first run of all.
vi.setConfig({ testTimeout: 300_000 });

const BOT = { botId: `@mindminder:${SERVER_NAME}` };
const commandsOf = (page: string) =>
  blocksOf(page)
    .filter(({ language }) => language === "sh")
    .map(({ text }) => text);

/** Somebody with a homeserver and a LiveKit of their own, before they have heard of Mindminder. */
async function admin(name: string) {
  const dir = mkdtempSync(join(tmpdir(), `mindminder-${name}-`));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const [port = 0, synapsePort = 0, livekitPort = 0, mediaPort = 0] = await freePorts(4);
  const { key, secret } = freshKey();
  const synapse = await generateSynapse(join(dir, "synapse"), synapsePort);
  const reader = new Reader(join(dir, "reader"), {
    "127.0.0.1:29330": `127.0.0.1:${port}`,
    YOUR_KEY: key,
    YOUR_SECRET: secret,
  });
  const url = `http://127.0.0.1:${port}`;
  return {
    reader,
    url,
    synapse,
    /** Does what the page says in words: sets the addresses, and the lines that the speech model printed. */
    edit(printed: string) {
      const file = join(reader.folder, "config/config.yaml");
      const set = (text: string, [line, own]: readonly [string, string]) => {
        expect(text).toContain(`\n  ${line}\n`);
        return text.replace(`\n  ${line}\n`, `\n  ${own}\n`);
      };
      const edited = (
        [
          ["url: http://127.0.0.1:8008", `url: ${synapse.url}`],
          ["serverName: example.org", `serverName: ${SERVER_NAME}`],
          ["publicUrl: https://mindminder.example.org", `publicUrl: ${url}`],
          ["#port: 29330", `port: ${port}`],
          ["url: wss://livekit.example.org", `url: ws://127.0.0.1:${livekitPort}`],
        ] as const
      ).reduce(set, readFileSync(file, "utf8"));
      const [speech = ""] = /^speech:\n(?:[ ]+.*\n)+/m.exec(printed) ?? [];
      writeFileSync(file, `${edited}\n${speech}`);
    },
    /** Steps 1 to 3 of docs/admin.md, at the homeserver and at LiveKit. */
    async servers() {
      const homeserver = await synapse.start([join(reader.folder, "config/registration.yaml")]);
      onTestFinished(() => homeserver.stop());
      const livekit = await startPlainLiveKit({
        dir: join(dir, "livekit"),
        port: livekitPort,
        mediaPort,
        key,
        secret,
        lines: reader.typed(blockIn("docs/admin.md", "yaml")),
      });
      onTestFinished(() => livekit.stop());
    },
    async start(command: string) {
      const service = await startProcess({
        name: "Mindminder",
        command: "bash",
        args: ["-c", command],
        cwd: reader.folder,
        env: reader.environment,
        log: join(dir, "mindminder.log"),
        ready: `${url}/ready`,
      });
      onTestFinished(() => service.stop());
      return service;
    },
  };
}

/** A block whose last command stays: what comes before it, and that one. */
function thenStart(block: string): [string, string] {
  const lines = block.trim().split("\n");
  const last = lines.pop() ?? "";
  expect(last).toMatch(/^npx --no mindminder start$/);
  return [lines.join("\n"), last];
}

test.runIf(LONG)("README: from the clone to a service that is up", async () => {
  const { reader, edit, servers, start } = await admin("readme");
  const [install = "", look = "", ...others] = commandsOf("README.md");
  expect(others).toEqual([]);
  edit(reader.run(install));
  await servers();
  const [looks, starts] = thenStart(look);
  const said = reader.run(looks);
  expect(said).toContain("config/config.yaml: in order");
  expect(said).not.toContain("✗");
  await start(starts);
});

test.runIf(LONG)(
  "docs/admin.md and docs/backup.md: a first meeting by chat, its export, a backup, and back from it",
  async () => {
    const { reader, edit, servers, start, url, synapse } = await admin("admin");
    const [install = "", keys = "", look = "", ...others] = commandsOf("docs/admin.md");
    const [backup = "", restore = "", ...more] = commandsOf("docs/backup.md");
    expect([...others, ...more]).toEqual([]);

    const printed = reader.run(install);
    reader.run(keys);
    edit(printed);
    await servers();
    const [looks, starts] = thenStart(look);
    expect(reader.run(looks)).toContain("config/config.yaml: in order");
    const service = await start(starts);

    const [ann, bob] = await Promise.all(
      ["ann", "bob"].map(async (name) =>
        MatrixPerson.open(synapse.url, await registerUser(synapse.url, synapse.secret, name)),
      ),
    );
    if (!ann || !bob) throw new Error("nobody came");
    onTestFinished(async () => void (await Promise.all([ann.close(), bob.close()])));
    const room = await ann.createRoom({
      invite: [bob.userId],
      power_level_content_override: { users: { [BOT.botId]: 50 } },
    });
    await bob.join(room);
    await inviteBot(BOT, ann, room);
    for (const person of [ann, bob]) await person.joinCircle(room);
    expect(await ann.command(room, "!circle start council the roof garden")).toBe("✅");
    expect(reader.run(`npx --no mindminder doctor --room '${room}'`)).toContain("The widget is in the room.");
    const ended = ann.next(
      room,
      ({ sender, content }) => sender === BOT.botId && "org.mindminder.meeting_record" in content,
      "the meeting's record",
    );
    await ann.command(room, "!circle end");
    await ended;

    const exported = () => reader.run("npx --no mindminder export");
    expect(exported()).toContain("the roof garden");
    const [id = ""] = exported().split("\t");
    expect(reader.run(`npx --no mindminder export ${id}`)).toContain("the roof garden");

    reader.run(backup);
    await service.stop();
    for (const name of readdirSync(join(reader.folder, "config/data")))
      rmSync(join(reader.folder, "config/data", name), { recursive: true });
    const [made = ""] = readdirSync(reader.typed("/backups"));
    expect(reader.run(restore.replaceAll("2026-11-24", made))).toContain("restored");
    await start(starts);
    expect(await fetch(`${url}/widget/`).then((answer) => answer.status)).toBe(200);
    expect(exported()).toContain("the roof garden");
  },
);
