import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { AccessToken, RoomServiceClient } from "livekit-server-sdk";
import { stringify } from "yaml";
import { Callers } from "../../support/stack/callers.ts";
import { MatrixPerson } from "../../support/stack/matrix-person.ts";
import { type Mindminder, startMindminder } from "../../support/stack/mindminder.ts";
import { roomWithBot } from "../../support/stack/room-with-bot.ts";
import { WidgetPerson } from "../../support/stack/widget-person.ts";
import { watchUsage } from "../load/process-usage.ts";
import { within } from "../seven.ts";

export const SPIKE = { people: 105, circles: 15, withinMs: 5_000 } as const;
const PATIENCE_MS = 60_000;
const CALM_WITHIN_S = 30;
const CALM_PERCENT = 25;

/** Somebody who will come: how they get into the call, and whom they should hear there. */
type Coming = { readonly who: string; readonly access: () => Promise<Access>; readonly speaker: string };
type Access = { readonly url: string; readonly token: string };

/** Seconds from one's click on "Join" until … */
export type Came = {
  /** the service has answered with a token; 0 where LiveKit alone is measured. */
  readonly admitted: number;
  /** LiveKit offers them the speaker's voice. */
  readonly receives: number;
  readonly heard: number;
};

export type Spike = {
  readonly came: readonly Came[];
  /** Seconds of processor time that each process took, from the first click until the last one heard. */
  readonly work: Readonly<Record<string, number>>;
};

/** Many come at once, each into a circle where somebody speaks. */
export async function spike(dir: string, say: (line: string) => void): Promise<{ ours: Spike; bare: Spike }> {
  const service = await serviceFor(dir);
  const ours = await ofService(service, say);
  const bare = await ofLiveKit(service, say);
  await service.stop();
  return { ours, bare };
}

async function serviceFor(dir: string): Promise<Mindminder> {
  const scenarios = join(dir, "scenarios");
  await mkdir(scenarios, { recursive: true });
  const theme = { en: "What do you see?", ru: "Что вы видите?" };
  const scenario = { id: "spike", title: "Spike", turnSeconds: 600, circles: [{ theme }] };
  await writeFile(join(scenarios, "spike.yaml"), stringify(scenario, { aliasDuplicateObjects: false }));
  // All come from one address here, which no office does.
  const limits = { sessions: 100_000, requests: 100_000, files: 100_000, failures: 100_000 };
  return startMindminder({ dir, config: { scenarios, speech: { engine: "off" }, service: { limits } } });
}

async function ofService(service: Mindminder, say: (line: string) => void): Promise<Spike> {
  const callers = await Callers.start();
  const coming: Coming[] = [];
  for (let number = 0; number < SPIKE.circles; number++)
    coming.push(...(await circleThatWaits(service, callers, number)));
  say(`${SPIKE.circles} circles, somebody speaks in each; now ${coming.length} come within ${SPIKE.withinMs / 1000} s`);
  return allCome(coming, callers, service);
}

/**
 * The same people come into the same number of calls by tokens that let them hear at once, with nothing of ours around.
 */
async function ofLiveKit(service: Mindminder, say: (line: string) => void): Promise<Spike> {
  const { url, httpUrl, apiKey, apiSecret } = service.livekit;
  const api = new RoomServiceClient(httpUrl, apiKey, apiSecret);
  const callers = await Callers.start();
  const coming: Coming[] = [];
  const accessTo = async (room: string, identity: string): Promise<Access> => {
    const token = new AccessToken(apiKey, apiSecret, { identity, ttl: 600 });
    token.addGrant({ room, roomJoin: true, canPublish: true, canSubscribe: true });
    return { url, token: await token.toJwt() };
  };
  for (let number = 0; number < SPIKE.circles; number++) {
    const room = `bare-${number}`;
    const [speaker, ...others] = Array.from(
      { length: 1 + SPIKE.people / SPIKE.circles },
      (_, at) => `b${at}m${number}`,
    );
    await api.createRoom({ name: room });
    await callers.join({ ...(await accessTo(room, speaker!)), who: speaker! });
    const [microphone] = (await api.getParticipant(room, speaker!)).tracks;
    await api.mutePublishedTrack(room, speaker!, microphone!.sid, false);
    for (const who of others) coming.push({ who, access: () => accessTo(room, who), speaker: speaker! });
  }
  say("the same people come into LiveKit's calls with nothing of ours around");
  return allCome(coming, callers, service);
}

async function allCome(coming: readonly Coming[], callers: Callers, service: Mindminder): Promise<Spike> {
  await calm(service.synapse.pid);
  const mixed = coming.toSorted((one, other) => one.who.localeCompare(other.who));
  const worked = watchUsage({
    service: service.pid,
    livekit: service.livekit.pid,
    synapse: service.synapse.pid,
    callers: callers.pid,
  });
  const began = performance.now();
  const came = await Promise.all(
    mixed.map(async (one, index) => {
      await wait((index / mixed.length) * SPIKE.withinMs);
      return comes(one, callers);
    }),
  );
  const seconds = (performance.now() - began) / 1_000;
  const work = Object.fromEntries(
    Object.entries(worked()).map(([name, { cpuPercent }]) => [name, (cpuPercent / 100) * seconds]),
  );
  await callers.leave();
  return { came, work };
}

/** The homeserver has worked off what the making of rooms and people left it to do. */
async function calm(homeserver: number): Promise<void> {
  for (let second = 0; second < CALM_WITHIN_S; second++) {
    const worked = watchUsage({ homeserver });
    await wait(1_000);
    if ((worked()["homeserver"]?.cpuPercent ?? 0) < CALM_PERCENT) return;
  }
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
    others.map(async (person) => {
      const page = await WidgetPerson.open(service.url, room, person);
      return { who: person.userId, access: () => page.call(), speaker: keeper.userId };
    }),
  );
}

async function comes({ who, access, speaker }: Coming, callers: Callers): Promise<Came> {
  const noticed = (what: "receives" | "heard") =>
    new Promise<number>((resolve) => {
      const done = callers.listen(({ kind, who: whose, whom, at }) => {
        if (kind !== what || whose !== who || whom !== speaker) return;
        done();
        resolve(at);
      });
    });
  const [receives, heard] = [noticed("receives"), noticed("heard")];
  const clicked = Date.now();
  const given = await access();
  const admitted = Date.now();
  await callers.join({ ...given, who });
  const at = await within(PATIENCE_MS, Promise.all([receives, heard]), () => `${who} does not hear ${speaker}`);
  const [receivesAfter, heardAfter] = at.map((each) => (each - clicked) / 1_000) as [number, number];
  return { admitted: (admitted - clicked) / 1_000, receives: receivesAfter, heard: heardAfter };
}
