// npm run dev: the service and the widget with reload, against a Synapse and a LiveKit of this machine. Whatever is
// changed in appservice/ starts the service anew on the same data; whatever is changed in widget/ appears in the page
// at once.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer as createWidgetServer, type ViteDevServer } from "vite";
import { keepGuests } from "../tests/support/stack/host-page.ts";
import { MatrixPerson } from "../tests/support/stack/matrix-person.ts";
import { type Mindminder, startMindminder } from "../tests/support/stack/mindminder.ts";
import { freePort } from "../tests/support/stack/ports.ts";
import { makeRoom } from "./demo/stage.ts";
import { setUp } from "./setup/setup.ts";

const PEOPLE = ["Ann", "Boris", "Kim"];
const WIDGET_STATE = "im.vector.modular.widgets";
const guests = keepGuests();
const stops: (() => Promise<unknown>)[] = [];

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void stop().then(() => process.exit()));

try {
  await dev();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  await stop();
  process.exit(1);
}

async function dev(): Promise<void> {
  const { speech } = await setUp({ synapse: true, livekit: true, speech: true, widget: true });
  const dir = await mkdtemp(join(tmpdir(), "mindminder-dev-"));
  stops.push(() => rm(dir, { recursive: true, force: true }));
  const page = await freePort();
  const url = `http://127.0.0.1:${page}`;
  const mindminder = await startMindminder({
    dir,
    watch: true,
    config: {
      service: { publicUrl: url },
      speech: { sherpa: { modelFolder: speech.whisper }, voiceActivityModel: speech.vad },
      speechLanguage: "auto",
    },
  });
  stops.push(() => mindminder.stop());
  const widget = await serveWidget(page, mindminder.url);
  stops.push(() => widget.close());

  console.log(`\nA room with the widget, once for each of them; Ctrl-C ends all of it.`);
  for (const { name, code } of await roomFor(mindminder))
    console.log(`  ${name}: ${url}/widget/dev/host-page/#code=${code}`);
  console.log(`\nThe service's log: ${mindminder.log}`);
}

/** Serves the widget from its sources, and hands everything else to the service. */
async function serveWidget(port: number, service: string): Promise<ViteDevServer> {
  const root = join(import.meta.dirname, "../widget");
  const server = await createWidgetServer({
    configFile: join(root, "vite.config.ts"),
    base: "/widget/",
    clearScreen: false,
    server: {
      host: "127.0.0.1",
      port,
      strictPort: true,
      proxy: { "^/(?!widget(?:/|$))": { target: service, ws: true } },
      fs: { allow: [join(root, "..")] },
    },
    plugins: [
      {
        name: "guests",
        configureServer: ({ middlewares }) =>
          // Vite's own way of mounting would take “credentials.ts” for it, too.
          void middlewares.use((request, response, next) =>
            request.url?.startsWith("/widget/dev/host-page/credentials?") ? guests.answer(request, response) : next(),
          ),
      },
    ],
  });
  return server.listen();
}

/** Makes a room in which the bot has set up the widget, and an account for each. */
async function roomFor({ synapse, botId }: Mindminder): Promise<{ name: string; code: string }[]> {
  const people = await Promise.all(
    PEOPLE.map(async (name) => {
      const account = await synapse.registerUser(name.toLowerCase(), { displayName: name });
      const matrix = await MatrixPerson.open(synapse.url, account);
      stops.push(() => matrix.close());
      return { name, matrix };
    }),
  );
  const room = await makeRoom(people, botId, "en");
  const widget = await people[0]?.matrix.state<{ url: string }>(room, WIDGET_STATE, "org.mindminder");
  return people.map(({ name, matrix: { accessToken, userId } }) => ({
    name,
    code: guests.codeFor({
      homeserverUrl: synapse.url,
      accessToken,
      userId,
      roomId: room,
      widgetUrl: widget?.url ?? "",
      title: name,
    }),
  }));
}

async function stop(): Promise<void> {
  for (const end of stops.splice(0).reverse()) await end().catch((error: unknown) => console.error(String(error)));
}
