import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { cast } from "./demo/cast.ts";
import { holdCouncil } from "./demo/council.ts";
import { demoOptions } from "./demo/options.ts";
import { contactSheet, Film } from "./demo/pictures.ts";
import { asMarkdown, asText, figuresOf, mapIn, readRoom } from "./demo/room-record.ts";
import { raiseStage, seatEverybody, type Stage } from "./demo/stage.ts";
import { ensureLanguageModel } from "./setup/language-model.ts";
import { progressOn } from "./setup/progress.ts";
import { setUp } from "./setup/setup.ts";

const options = demoOptions(process.argv.slice(2));
const began = performance.now();
const stops: (() => Promise<unknown>)[] = [];
let stopping: Promise<void> | null = null;
const tell = (line: string) => {
  if (!stopping) console.log(line);
};

/** Stops what was started, newest first; a second call waits for the first. */
function stopEverything(): Promise<void> {
  stopping ??= (async () => {
    for (const stop of stops.reverse()) await stop().catch((error: unknown) => console.error(String(error)));
  })();
  return stopping;
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    if (!stopping) console.log("\nStopping what was started …");
    void stopEverything().then(() => process.exit(signal === "SIGINT" ? 130 : 143));
  });
}

try {
  await demo();
  await stopEverything();
} catch (error) {
  if (!stopping) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
  await stopEverything();
}

async function demo(): Promise<void> {
  const paths = await setUp({ synapse: true, livekit: true, speech: true, chromium: true, widget: true });
  const languageModel = options.llm ? await ensureLanguageModel(progressOn()) : null;
  const members = await cast(options.people);
  const dir = await mkdtemp(join(tmpdir(), "mindminder-demo-"));
  stops.push(() => rm(dir, { recursive: true, force: true }));
  const output = resolve(options.output);
  await mkdir(output, { recursive: true });

  tell("Starting Synapse, LiveKit, Mindminder and a browser on free ports of 127.0.0.1; about 8 s.");
  const stage = await raiseStage({
    dir,
    members,
    language: options.language,
    speech: paths.speech,
    languageModel,
    undo: (stop) => stops.push(stop),
  });
  tell(`Up after ${seconds()} s. ${members.map(({ name }) => name).join(", ")} open the widget and join the call.`);
  tell(
    `\nJoin them: open this in a browser on this machine, press “Join”, and speak when the word comes to you:\n  ${stage.guest.link}\n`,
  );
  const seats = await seatEverybody(stage);
  const [firstSeat] = seats.values();
  const film = options.record && firstSeat ? await Film.start(stage.browser, firstSeat.page) : null;
  tell(`All ${seats.size} are in the call after ${seconds()} s.`);

  const picture = join(output, "widget.png");
  await holdCouncil({
    stage,
    seats,
    tell,
    patienceMinutes: languageModel ? 90 : 15, // the model writes a few words a second
    topic: options.language === "ru" ? "понедельничная встреча" : "our Monday meeting",
    onMidTurn: async () => {
      const views = await Promise.all(
        stage.actors.map(async ({ matrix, name }) => {
          const seat = seats.get(matrix.userId);
          return seat ? [{ name, png: await seat.picture() }] : [];
        }),
      );
      await contactSheet(stage.browser, views.flat(), picture);
    },
  });
  await film?.finish(join(output, "widget.webm"));
  await writeRecord(stage, output);
  tell(
    `\nWritten to ${output}: record.md, record.json, graph.png, widget.png${film ? ", widget.webm" : ""}. Took ${seconds()} s in all.`,
  );
  if (options.keep) await keepRunning(stage);
}

/** The record as it stands in the room: asked of the homeserver by somebody who was just a participant. */
async function writeRecord({ actors, guest, room, mindminder }: Stage, output: string): Promise<void> {
  const names = new Map([...actors, guest].map(({ matrix, name }) => [matrix.userId, name]));
  names.set(mindminder.botId, "Mindminder");
  const nameOf = (id: string) => names.get(id) ?? id;
  const events = (await actors[0]?.matrix.history(room)) ?? [];
  const messages = readRoom(events);
  tell(`\n──── The room's record, read back from the homeserver ────\n\n${asText(messages, nameOf)}`);
  await writeFile(join(output, "record.json"), `${JSON.stringify(events, null, 2)}\n`);
  await writeFile(
    join(output, "record.md"),
    asMarkdown(options.language === "ru" ? "Понедельничная встреча" : "Monday meeting", messages, nameOf),
  );
  const map = events.map(({ content }) => mapIn(content)).findLast((mxc) => mxc !== null);
  if (map && actors[0]) await writeFile(join(output, "graph.png"), await actors[0].matrix.download(map));
  const { messages: count, said, written, times, mostRepeated } = figuresOf(messages, mindminder.botId);
  tell(
    `\n${said} words were said; the bot's ${count} messages hold ${written}, the transcript included: ${times} times as many. Outside of it no sentence stands more than ${mostRepeated.times} times.`,
  );
}

async function keepRunning({ mindminder, actors, guest, room }: Stage): Promise<void> {
  const accounts = [...actors, guest].map(
    ({ matrix, password, name, link }) => `  ${matrix.userId}  password ${password}  (${name})\n    ${link}`,
  );
  tell(`
Everything keeps running until you press Ctrl-C.
Homeserver: ${mindminder.synapse.url} (any Matrix client on this machine can log in)
Room: ${room}
Service: ${mindminder.url}
Accounts, each with a link to the widget:
${accounts.join("\n")}`);
  await new Promise(() => setInterval(() => {}, 2 ** 30));
}

function seconds(): string {
  return ((performance.now() - began) / 1000).toFixed(1);
}
