import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { stringify } from "yaml";
import { Callers, type Noticed } from "../../support/stack/callers.ts";
import { MatrixPerson } from "../../support/stack/matrix-person.ts";
import { type Mindminder, startMindminder } from "../../support/stack/mindminder.ts";
import { roomWithBot } from "../../support/stack/room-with-bot.ts";
import { WidgetPerson } from "../../support/stack/widget-person.ts";

const THEME = { en: "What do you see?", ru: "Что вы видите?" };
/** One circle in which people speak for so long that nobody's turn ends by time. */
const TALK = { id: "talk", title: "Talk", turnSeconds: 600, betweenSeconds: 0, circles: [{ theme: THEME }] };
const PATIENCE_MS = 120_000;
const LOOK_MS = 100;
/** A page that was not shown its ring at once looks again after so long. */
const PAGE_LOOKS_MS = 500;
/** Somebody who hears nothing for so long after all have come counts as if they heard only then. */
const HEARD_WITHIN_MS = 30_000;
const TRIES = 5;

/** Somebody with the page open, and what they noticed of the last move, in milliseconds since 1970. */
export type Page = {
  readonly id: string;
  readonly widget: WidgetPerson;
  /** Out of the call before, in the next, and somebody is heard there. */
  left: number | null;
  joined: number | null;
  heard: number | null;
  /** The service showed them the ring in which they sit now. */
  shown: number | null;
  /** The meeting that they were shown last. */
  meeting: string | null;
};

/** Many people of one room, each in the call by a light LiveKit client that follows to the next call as a page does. */
export class Crowd {
  readonly service: Mindminder;
  readonly callers: Callers;
  readonly keeper: MatrixPerson;
  readonly room: string;
  readonly pages: ReadonlyMap<string, Page>;
  /** Reasons why somebody did not get into their next call. */
  readonly lost: string[] = [];

  /** `size` people in the room's own call; `phases` are those of the assembly named `crowd`, each playing `talk`. */
  static async open(dir: string, size: number, phases: readonly object[]): Promise<Crowd> {
    const service = await startMindminder({ dir, config: await configured(dir, phases) });
    const callers = await Callers.start();
    const accounts = await inPortions(
      Array.from({ length: size }, (_, at) => `p${at}`),
      (name) => service.synapse.registerUser(name, { displayName: name }),
    );
    const [first, ...others] = accounts;
    if (!first) throw new Error("a crowd is somebody");
    const keeper = await MatrixPerson.open(service.synapse.url, first);
    // One alone follows the room in Matrix: clients' syncing is the homeserver's load, not the assembly's.
    const absent = others.map((account) => MatrixPerson.absent(service.synapse.url, account));
    const room = await roomWithBot(service, keeper, ...absent);
    const people = [keeper, ...absent];
    const pages = await inPortions(people, async (person): Promise<Page> => {
      const widget = await WidgetPerson.open(service.url, room, person);
      const nothing = { left: null, joined: null, heard: null, shown: null, meeting: null };
      return { id: person.userId, widget, ...nothing };
    });
    const crowd = new Crowd({ service, callers, keeper, room, pages });
    await inPortions(pages, (page) => crowd.enter(page));
    await crowd.#takePart(absent);
    return crowd;
  }

  private constructor(parts: Pick<Crowd, "service" | "callers" | "keeper" | "room"> & { pages: readonly Page[] }) {
    const { service, callers, keeper, room, pages } = parts;
    [this.service, this.callers, this.keeper, this.room] = [service, callers, keeper, room];
    this.pages = new Map(pages.map((page) => [page.id, page]));
    callers.listen((noticed) => this.#note(noticed));
  }

  /** Comes into the call in which their seat is now. */
  async enter({ id, widget }: Page): Promise<void> {
    const { url, token } = await widget.call();
    await this.callers.join({ url, token, who: id });
  }

  /** Ring of each, by the map. */
  async seats(): Promise<Map<string, number>> {
    const { assembly } = (await again(() => this.#first.ask("assembly"))).body;
    return new Map((assembly?.rings ?? []).flatMap(({ number, people }) => people.map(({ id }) => [id, number])));
  }

  /**
   * Brings a move about. Answers with those who sit elsewhere now, once all were shown it; `wanted` of them should hear
   * somebody.
   */
  async moved(
    by: () => Promise<unknown>,
  ): Promise<{ readonly began: number; readonly pages: Page[]; readonly wanted: number }> {
    const before = await this.seats();
    for (const page of this.pages.values()) Object.assign(page, { left: null, joined: null, heard: null, shown: null });
    const began = Date.now();
    await by();
    const after = await this.seats();
    const moving = [...this.pages.values()].filter(({ id }) => before.get(id) !== after.get(id));
    const missing = () => moving.filter(({ joined, shown }) => joined === null || shown === null);
    const told = () => {
      const [{ id, joined, shown } = { id: "", joined: 0, shown: 0 }] = missing();
      return `${missing().length} have not come, one is ${id}: in the call ${joined}, shown ${shown}; ${this.lost}`;
    };
    await untilSo(() => missing().length === 0, told);
    // One of each ring speaks, and hears nobody.
    const wanted = moving.length - new Set(after.values()).size;
    const until = Date.now() + HEARD_WITHIN_MS;
    while (moving.filter(({ heard }) => heard !== null).length < wanted && Date.now() < until) await wait(LOOK_MS);
    return { began, pages: moving, wanted };
  }

  /** Goes on to the next phase, as the keeper's page does. */
  goOn(): Promise<unknown> {
    return this.#first.ask("assemblyCommand", { type: "go-on" });
  }

  get #first(): WidgetPerson {
    const [first] = this.pages.values();
    if (!first) throw new Error("a crowd is somebody");
    return first.widget;
  }

  async close(): Promise<{ received: number; lost: number }> {
    const sound = await this.callers.leave();
    await this.keeper.close();
    await this.service.stop();
    return sound;
  }

  async #takePart(absent: readonly MatrixPerson[]): Promise<void> {
    const { keeper, room } = this;
    await keeper.command(room, "!circle assembly open");
    await keeper.command(room, "!circle assembly join");
    let answered = 0;
    const stop = keeper.listen(({ type }) => {
      if (type === "m.reaction") answered += 1;
    });
    await inPortions(absent, (person) => person.say(room, "!circle assembly join"));
    await untilSo(
      () => answered >= absent.length,
      () => `${answered} of ${absent.length} take part`,
    );
    stop();
  }

  #note({ who, kind, at }: Noticed): void {
    const page = this.pages.get(who);
    if (!page) return;
    if (kind === "left") {
      page.left ??= at;
      void this.#comeAfter(page);
      void this.#look(page).catch((error: unknown) => this.lost.push(String(error)));
    } else if (kind === "joined") page.joined = at;
    else if (kind === "heard" && page.left !== null) page.heard ??= at;
  }

  /** Comes after their seat into the next call, trying again as a page does. */
  async #comeAfter(page: Page): Promise<void> {
    for (let tries = 0; tries < TRIES; tries++) {
      try {
        return await this.enter(page);
      } catch (error) {
        this.lost.push(String(error));
      }
    }
  }

  /** Looks at the meeting as a page does that was put out of its call, until it is another with themselves in it. */
  async #look(page: Page): Promise<void> {
    for (;;) {
      const { meeting } = await again(() => page.widget.meeting());
      const own = meeting?.people.some(({ id }) => id === page.id);
      if (meeting && meeting.id !== page.meeting && (own || meeting.people.length > 0)) {
        page.meeting = meeting.id;
        page.shown = Date.now();
        return;
      }
      await wait(PAGE_LOOKS_MS);
    }
  }
}

async function configured(dir: string, phases: readonly object[]): Promise<Readonly<Record<string, unknown>>> {
  const [scenarios, assemblies] = [join(dir, "scenarios"), join(dir, "assemblies")];
  await Promise.all([scenarios, assemblies].map((folder) => mkdir(folder, { recursive: true })));
  await writeFile(join(scenarios, "talk.yaml"), stringify(TALK, { aliasDuplicateObjects: false }));
  const crowd = {
    id: "crowd",
    title: "Crowd",
    graceSeconds: 0,
    phases: phases.map((phase) => ({ scenario: "talk", ...phase })),
  };
  await writeFile(join(assemblies, "crowd.yaml"), stringify(crowd));
  // All come from one address here, which no office does.
  const limits = { sessions: 100_000, requests: 100_000, files: 100_000, failures: 100_000 };
  return { scenarios, assemblies, speech: { engine: "off" }, service: { limits } };
}

/** Does it once more where a link that was kept open is closed just then. */
function again<R>(work: () => Promise<R>): Promise<R> {
  return work().catch(work);
}

/** Does it with each, a few at a time, as people come. */
async function inPortions<T, R>(all: readonly T[], work: (one: T) => Promise<R>, atOnce = 8): Promise<R[]> {
  const done: R[] = [];
  for (let at = 0; at < all.length; at += atOnce)
    done.push(...(await Promise.all(all.slice(at, at + atOnce).map((one) => again(() => work(one))))));
  return done;
}

async function untilSo(so: () => boolean, otherwise: () => string): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  while (!so()) {
    if (Date.now() > until) throw new Error(otherwise());
    await wait(LOOK_MS);
  }
}
