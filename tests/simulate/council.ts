import { turnOf } from "../../appservice/circle/meeting.ts";
import { Dice } from "./world/dice.ts";
import { Agreement } from "./world/agreement.ts";
import { Broken, JournalFollower, mayBeHeardIn } from "./world/checks.ts";
import { doOddThings } from "./world/deeds.ts";
import { DRAWN, drawnScenario } from "./world/drawn-scenario.ts";
import { SimulatedDisk } from "./world/disk.ts";
import { SimulatedHomeserver } from "./world/homeserver.ts";
import { SimulatedLiveKit } from "./world/livekit.ts";
import { type Fault, FAULTS, Mischief } from "./world/mischief.ts";
import { SimulatedPerson } from "./world/person.ts";
import { SimulatedScribe } from "./world/scribe.ts";
import { SERVER_NAME, SimulatedService } from "./world/service.ts";
import { settled, VirtualTime } from "./world/virtual-time.ts";

export type CouncilOptions = {
  readonly seed: number;
  readonly people?: number;
  readonly faults?: readonly Fault[];
  /** Numbers of faults that do not happen: a failing run is made smaller by them. */
  readonly without?: ReadonlySet<number>;
  readonly scenario?: string;
};

export type CouncilRun = {
  /** Sentence of what broke; null: all held. */
  readonly broken: string | null;
  /** All that happened, in order. */
  readonly story: readonly string[];
  /** Marks of hard states that were reached. */
  readonly reached: ReadonlySet<string>;
  readonly faults: number;
  readonly simulatedMs: number;
};

const ROOM = "!council:hs";
/** Milliseconds of trouble, of peace until a meeting has to be over, and until all agree on how it was. */
const [TROUBLE_MS, PEACE_MS, AGREES_WITHIN_MS] = [15 * 60_000, 45 * 60_000, 30_000];
/** Most milliseconds of trouble that go on once a meeting is over. */
const AFTERWARDS_MS = 30_000;
/**
 * Milliseconds for which a microphone may be open that the floor has closed, counted anew after each fault in the way
 * of closing it.
 */
const HEARD_AT_MOST_MS = 3_000;
/** Milliseconds after which everybody knows that the floor is open. */
const LATE_MS = 12_000;
/** Faults that keep the service from closing a microphone, or from knowing that it is open. */
const IN_THE_WAY: ReadonlySet<string> = new Set<Fault>([
  "livekit-late",
  "livekit-lost",
  "livekit-away",
  "watcher-falls-out",
  "webhook-lost",
  "crash",
  "write-fails",
  "disk-full",
]);

/** Holds one council from a seed; the same seed and code give the same story, letter by letter. */
export async function holdCouncil({
  seed,
  people = 7,
  faults = FAULTS,
  without = new Set(),
  scenario,
}: CouncilOptions): Promise<CouncilRun> {
  const story: string[] = [];
  const reached = new Set<string>();
  /** Microphones that are open though the floor has closed them, and since when nothing is in the way. */
  const strayOpen = new Map<string, number>();
  const name = `${seed}`;
  const time = new VirtualTime(name);
  const tell = (line: string) => void story.push(`${(time.now / 1000).toFixed(3).padStart(9)} ${line}`);
  const sometimes = (mark: string) => void reached.add(mark);
  const mischief = new Mischief(name, {
    faults,
    without,
    tell: (what) => {
      const fault = what.split(" ")[1]?.replace(":", "") ?? "";
      sometimes(`fault ${fault}`);
      if (IN_THE_WAY.has(fault)) strayOpen.clear();
      tell(what);
    },
  });
  const world = { time, mischief, seed: name };
  const dice = new Dice(`${name}:council`);
  const homeserver = new SimulatedHomeserver({ ...world, bot: `@mindminder:${SERVER_NAME}` });
  const livekit = new SimulatedLiveKit(world);
  const scribe = new SimulatedScribe(world);
  const drawn = drawnScenario(new Dice(`${name}:scenario`));
  const service = new SimulatedService({ time, homeserver, livekit, scribe, drawn, tell });
  const disk = new SimulatedDisk(world);
  const putBack = [time.install(), service.install(), disk.install()];
  const follower = new JournalFollower(tell, sometimes, () => service.upForMs);
  const sitting = Array.from(
    { length: people },
    (_, i) =>
      new SimulatedPerson(i, NAMES[i] ?? `Person ${i}`, { ...world, room: ROOM, service, homeserver, livekit, tell }),
  );
  const agreement = new Agreement({ time, homeserver, livekit, service, follower, room: ROOM, people: sitting });
  let broken: string | null = null;
  const uncaught: unknown[] = [];
  const onUncaught = (error: unknown) => void uncaught.push(error);
  process.on("uncaughtException", onUncaught);

  livekit.onWebhook = (body) =>
    void service
      .request({
        method: "POST",
        path: "/livekit/webhook",
        headers: { "content-type": "application/webhook+json" },
        body,
      })
      .catch(() => {});
  livekit.onOpening = (_, who) => {
    // The service asks here, and would take what this throws for LiveKit's trouble.
    try {
      if (service.stores) follower.follow(service.stores);
    } catch (error) {
      uncaught.push(error);
    }
    const heard = mayBeHeardIn(follower.newest);
    if (heard && !heard.has(who) && !mischief.isOver) sometimes("a microphone is opened late");
  };

  const check = () => {
    const [error] = uncaught;
    if (error instanceof Broken) throw error;
    if (error)
      throw new Broken(`the service would have ended: ${error instanceof Error ? error.stack : String(error)}`);
    if (disk.written && service.stores) follower.follow(service.stores);
    disk.written = false;
    const heard = mayBeHeardIn(follower.newest);
    for (const person of sitting) {
      const stray = person.microphoneOpen && heard !== null && !heard.has(person.id);
      if (!stray || !service.isUp || livekit.isAway || disk.isFull) strayOpen.delete(person.id);
      else if (!strayOpen.has(person.id)) strayOpen.set(person.id, time.now);
      else if (time.now - (strayOpen.get(person.id) ?? time.now) > HEARD_AT_MOST_MS)
        throw new Broken(`${person.name} is heard for over ${HEARD_AT_MOST_MS / 1_000} s without having the word`);
    }
  };
  const phaseNow = () => follower.newest?.phase ?? "nothing";
  const until = async (deadline: number, isDone: () => boolean) => {
    while (time.now < deadline && !isDone()) {
      if (!(await time.step())) break;
      check();
      maybeCrash();
    }
  };
  const maybeCrash = () => {
    if (!service.isUp || !mischief.happens("crash", 0.0004)) return;
    sometimes(`crash in ${phaseNow()}`);
    service.kill();
    time.later(mischief.of("crash").between(200, 30_000), () => void service.start());
  };

  try {
    homeserver.createRoom(ROOM, sitting[0]?.id ?? "", [...sitting, { id: homeserver.bot, name: "Mindminder" }]);
    await service.start();
    for (const person of sitting) time.later(dice.between(0, 20_000), () => void person.arrive());
    const chosen = scenario ?? dice.pick([DRAWN, DRAWN, "check-in", "stand-up", "council"]) ?? "council";
    time.later(25_000, () => void sitting[0]?.start(chosen));
    doOddThings({ ...world, room: ROOM, people: sitting, homeserver, livekit, service, follower, tell, sometimes });
    // Somebody who is put out and comes back after it sits down with the others for another one, which nobody begins.
    const isOver = () => ["ended", ...(follower.all.length > 1 ? ["gathering"] : [])].includes(phaseNow());
    await until(TROUBLE_MS, isOver);
    // A service dies after a meeting, too: what is left to do then has to be done all the same.
    await until(Math.min(TROUBLE_MS, time.now + dice.between(0, AFTERWARDS_MS)), () => false);
    mischief.stop();
    livekit.setAway(false);
    tell("— from here on nothing goes wrong —");
    await until(time.now + 40_000, () => service.isUp);
    if (!service.isUp) throw new Broken("the service does not come up again");
    await until(time.now + PEACE_MS, isOver);
    if (!isOver()) throw new Broken(`the meeting does not end: ${JSON.stringify(turnOf(follower.newest))}`);
    let apart: string | null = "nobody has looked yet";
    // A request that was lost before is sent again once it is given up.
    const deadline = Math.max(time.now, homeserver.silentUntil) + AGREES_WITHIN_MS;
    while (apart && time.now < deadline) {
      await until(time.now + 1_000, () => false);
      apart = await agreement.apart();
    }
    if (apart) throw new Broken(`${apart}, ${AGREES_WITHIN_MS / 1000} s after the meeting ended`);
    await agreement.replays();
    // A late click in one's own turn, or a return with a microphone that was open in it, is closed until then.
    await until(time.now + LATE_MS, () => false);
    const there = sitting.filter(({ isInCall }) => isInCall);
    for (const person of there) person.speaksUp();
    await until(time.now + HEARD_AT_MOST_MS, () => false);
    const unheard = there.find(({ isInCall, microphoneOpen }) => isInCall && !microphoneOpen);
    if (unheard) throw new Broken(`${unheard.name} opens their microphone after the meeting and is not heard`);
  } catch (error) {
    broken = error instanceof Broken ? error.message : String(error instanceof Error ? error.stack : error);
    tell(`✗ ${broken}`);
  } finally {
    service.remove();
    await settled();
    process.off("uncaughtException", onUncaught);
    for (const back of putBack.reverse()) back();
  }
  return { broken, story, reached, faults: mischief.count, simulatedMs: time.now };
}

const NAMES = ["Ann", "Borya", "Chen", "Dilara", "Emil", "Fatima", "Gleb"];
