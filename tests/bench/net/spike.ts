import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { stringify } from "yaml";
import { Callers } from "../../support/stack/callers.ts";
import { MatrixPerson } from "../../support/stack/matrix-person.ts";
import { type Mindminder, startMindminder } from "../../support/stack/mindminder.ts";
import { roomWithBot } from "../../support/stack/room-with-bot.ts";
import { WidgetPerson } from "../../support/stack/widget-person.ts";
import { within } from "../seven.ts";

export const SPIKE = { people: 105, circles: 15, withinMs: 5_000 } as const;
const PATIENCE_MS = 60_000;

type Coming = { readonly who: string; readonly widget: WidgetPerson; readonly speaker: string };

/** Many come at once, each into a circle where somebody speaks: seconds from each one's click on "Join" until they hear it. */
export async function spike(dir: string, say: (line: string) => void): Promise<number[]> {
  const scenarios = join(dir, "scenarios");
  await mkdir(scenarios, { recursive: true });
  const theme = { en: "What do you see?", ru: "Что вы видите?" };
  const scenario = { id: "spike", title: "Spike", turnSeconds: 600, circles: [{ theme }] };
  await writeFile(join(scenarios, "spike.yaml"), stringify(scenario, { aliasDuplicateObjects: false }));
  // All come from one address here, which no office does.
  const limits = { sessions: 100_000, requests: 100_000, files: 100_000, failures: 100_000 };
  const config = { scenarios, speech: { engine: "off" }, service: { limits } };
  const service = await startMindminder({ dir, config });
  const callers = await Callers.start();
  const coming: Coming[] = [];
  for (let number = 0; number < SPIKE.circles; number++)
    coming.push(...(await circleThatWaits(service, callers, number)));
  say(`${SPIKE.circles} circles, somebody speaks in each; now ${coming.length} come within ${SPIKE.withinMs / 1000} s`);
  const mixed = coming.toSorted((one, other) => one.who.localeCompare(other.who));
  const seconds = await Promise.all(
    mixed.map(async (one, index) => {
      await wait((index / mixed.length) * SPIKE.withinMs);
      return comes(one, callers);
    }),
  );
  await callers.leave();
  await service.stop();
  return seconds;
}

/** A circle in which one is in the call and speaks; the others have the page open, and are still to come in. */
async function circleThatWaits(service: Mindminder, callers: Callers, number: number): Promise<Coming[]> {
  const size = 1 + SPIKE.people / SPIKE.circles;
  const matrix = await Promise.all(
    Array.from({ length: size }, async (_, index) =>
      MatrixPerson.absent(service.synapse.url, await service.synapse.registerUser(`p${index}m${number}`)),
    ),
  );
  const [speaker, ...others] = matrix as [MatrixPerson, ...MatrixPerson[]];
  const keeper = await MatrixPerson.open(service.synapse.url, speaker);
  const room = await roomWithBot(service, keeper, ...others);
  const widget = await WidgetPerson.open(service.url, room, keeper);
  await callers.join({ ...(await widget.call()), who: keeper.userId });
  await widget.joinCircle();
  const { status, body } = await widget.command({ type: "start", scenario: "spike" });
  if (status !== 200) throw new Error(`starting was refused with ${status}: ${body.error}`);
  await keeper.close();
  return Promise.all(
    others.map(async (person) => ({
      who: person.userId,
      widget: await WidgetPerson.open(service.url, room, person),
      speaker: keeper.userId,
    })),
  );
}

async function comes({ who, widget, speaker }: Coming, callers: Callers): Promise<number> {
  const heard = new Promise<number>((resolve) => {
    const done = callers.listen((noticed) => {
      if (noticed.kind !== "heard" || noticed.who !== who || noticed.whom !== speaker) return;
      done();
      resolve(noticed.at);
    });
  });
  const clicked = Date.now();
  await callers.join({ ...(await widget.call()), who });
  const at = await within(PATIENCE_MS, heard, () => `${who} does not hear ${speaker}`);
  return (at - clicked) / 1_000;
}
