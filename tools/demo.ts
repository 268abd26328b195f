import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { assemblyConfig, holdAssembly } from "./demo/assembly.ts";
import { dispose } from "../appservice/call/rtc.ts";
import { cast, COUNCIL, GROUPS } from "./demo/cast.ts";
import { holdCouncil } from "./demo/council.ts";
import { demoOptions } from "./demo/options.ts";
import { contactSheet, drawn, Film } from "./demo/pictures.ts";
import { asMarkdown, asText, figuresOf, mapIn, readRoom } from "./demo/room-record.ts";
import { pageSeat, type Seat, voiceSeat } from "./demo/seat.ts";
import { type Actor, raiseStage, seatEverybody, type Stage } from "./demo/stage.ts";
import { ensureLanguageModel } from "./setup/language-model.ts";
import { progressOn } from "./setup/progress.ts";
import { setUp } from "./setup/setup.ts";

/** Time in which something comes to a page, while many speak on a machine that does all of it. */
const COMES_WITHIN_MS = 300_000;

type Pages = Awaited<ReturnType<typeof seatEverybody>>;

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
  const members = await cast(options.assembly ? GROUPS.flat() : COUNCIL.slice(0, options.people));
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
    ...(options.assembly && { config: await assemblyConfig(dir) }),
    undo: (stop) => stops.push(stop),
  });
  tell(`Up after ${seconds()} s. ${members.map(({ name }) => name).join(", ")} open the widget and join the call.`);
  tell(
    `\nJoin them: open this in a browser on this machine, press “Join”, and speak when the word comes to you:\n  ${stage.guest.link}\n`,
  );
  const groups = GROUPS.map((names) => stage.actors.filter(({ name }) => names.includes(name)));
  // Twelve pages are much for two cores: in an assembly one of each group has one, the others a voice alone.
  const atPages = options.assembly ? groups.flatMap(([first]) => first ?? []) : stage.actors;
  const pages = await seatEverybody({ browser: stage.browser, actors: atPages });
  const [firstPage] = pages.values();
  const film = options.record && firstPage ? await Film.start(stage.browser, firstPage.page) : null;
  if (options.assembly) await assembly(stage, groups, pages, output);
  else await council(stage, pages, output, languageModel !== null);
  await film?.finish(join(output, "widget.webm"));
  const files = options.assembly
    ? "assembly.md, assembly.png, groups.png, delegates.png"
    : "record.md, record.json, graph.png, widget.png";
  tell(`\nWritten to ${output}: ${files}${film ? ", widget.webm" : ""}. Took ${seconds()} s in all.`);
  if (options.keep) await keepRunning(stage);
}

async function council(stage: Stage, pages: Pages, output: string, hasModel: boolean): Promise<void> {
  tell(`All ${pages.size} are in the call after ${seconds()} s.`);
  await holdCouncil({
    stage,
    seats: pages,
    tell,
    patienceMinutes: hasModel ? 90 : 15, // the model writes a few words a second
    pagePatience: hasModel ? 240_000 : 60_000, // pages wait for their turn on the processor
    topic: options.language === "ru" ? "понедельничная встреча" : "our Monday meeting",
    onMidTurn: async () => contactSheet(stage.browser, await viewsOf(stage, pages), join(output, "widget.png")),
  });
  await writeRecord(stage, output);
}

/** Three groups at once and their delegates; what came out of it is taken along as anybody takes it from the widget. */
async function assembly(
  stage: Stage,
  groups: readonly (readonly Actor[])[],
  pages: Pages,
  output: string,
): Promise<void> {
  for (const { page } of pages.values()) page.setDefaultTimeout(COMES_WITHIN_MS);
  const seats = new Map<string, Seat>();
  // Without it the library of the voices keeps the process from its end.
  stops.push(dispose);
  for (const actor of stage.actors) {
    const page = pages.get(actor.matrix.userId);
    const seat = page ? pageSeat(page, actor) : await voiceSeat(stage, actor);
    seats.set(actor.matrix.userId, seat);
    stops.push(seat.leave);
  }
  tell(`All ${seats.size} are in the call after ${seconds()} s, ${pages.size} of them at a page.`);
  const [keeper] = pages.values();
  const file = await holdAssembly({
    stage,
    seats,
    groups,
    tell,
    topic: options.language === "ru" ? "наши встречи" : "our meetings",
    onTalk: async (what) => {
      if (what === "delegates")
        return contactSheet(stage.browser, await viewsOf(stage, pages), join(output, "delegates.png"));
      await keeper?.widget.getByTestId("open-map").click();
      await keeper?.widget.getByTestId("ring-map").waitFor();
      if (keeper) await writeFile(join(output, "groups.png"), await keeper.picture());
      await keeper?.page.keyboard.press("Escape");
    },
  });
  const text = await file("text");
  tell(`\n──── What came out of it, as anybody takes it from the widget ────\n\n${text}`);
  await writeFile(join(output, "assembly.md"), text);
  await writeFile(join(output, "assembly.png"), await drawn(stage.browser, await file("picture")));
}

async function viewsOf({ actors }: Stage, pages: Pages): Promise<{ name: string; png: Buffer }[]> {
  const views = actors.map(async ({ matrix, name }) => {
    const page = pages.get(matrix.userId);
    return page ? [{ name, png: await page.picture() }] : [];
  });
  return (await Promise.all(views)).flat();
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
