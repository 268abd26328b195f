import type { JournalFollower } from "./checks.ts";
import { ACTS } from "./acts.ts";
import { Dice } from "./dice.ts";
import type { SimulatedHomeserver } from "./homeserver.ts";
import type { SimulatedLiveKit } from "./livekit.ts";
import type { Mischief } from "./mischief.ts";
import type { SimulatedPerson } from "./person.ts";
import type { SimulatedService } from "./service.ts";
import type { VirtualTime } from "./virtual-time.ts";

type Deeds = {
  readonly seed: string;
  readonly time: VirtualTime;
  readonly mischief: Mischief;
  readonly room: string;
  readonly people: readonly SimulatedPerson[];
  readonly homeserver: SimulatedHomeserver;
  readonly livekit: SimulatedLiveKit;
  readonly service: SimulatedService;
  readonly follower: JournalFollower;
  readonly tell: (line: string) => void;
  readonly sometimes: (mark: string) => void;
};

/** Every second or so somebody, or the world, does something that no plan has. */
export function doOddThings(deeds: Deeds): void {
  const dice = new Dice(`${deeds.seed}:deeds`);
  const again = () =>
    void deeds.time.later(dice.between(500, 3_000), () => {
      // Somebody who types once all is over would gather people for another meeting.
      if (deeds.mischief.isOver || deeds.follower.all.some(({ phase }) => phase === "ended")) return;
      const person = dice.pick(deeds.people);
      if (person && !person.isOut) {
        ofPeople(person, dice, deeds);
        act(person, dice, deeds);
        ofTheWorld(dice, deeds);
      }
      again();
    });
  again();
}

const NAMES_OF_ACTS = Object.keys(ACTS);

/** Somebody does one of the things that people do beside taking their turn. */
function act(person: SimulatedPerson, dice: Dice, { mischief, sometimes, ...around }: Deeds): void {
  const name = dice.pick(NAMES_OF_ACTS) ?? "";
  const asTheKeeper = name.includes("keeper") ? around.people.find(({ id }) => id === person.seen?.keeper) : null;
  if (!mischief.happens("person-acts", 0.3, `${person.name} ${name}`)) return;
  void Promise.resolve(ACTS[name]?.({ ...around, person: asTheKeeper ?? person, dice })).then((done) => {
    if (done) sometimes(`somebody ${name}`);
  });
}

function ofPeople(person: SimulatedPerson, dice: Dice, { mischief, people, time }: Deeds): void {
  const expectedVersion = person.seen?.version ?? 0;
  const other = dice.pick(people)?.id ?? person.id;
  const back = dice.between(2_000, 60_000);
  const odd = ODD[dice.below(ODD.length)];
  const words = `secret-${dice.below(1_000_000)}`;
  const ms = dice.between(200, 25_000);
  if (mischief.happens("person-drops", 0.02, person.name)) person.drop(ms);
  if (odd && mischief.happens("person-odd", 0.06, person.name)) odd(person, { other, expectedVersion });
  if (mischief.happens("person-takes-back", 0.03, person.name)) {
    const event = person.says(`I think ${words}`);
    time.later(ms, () => person.redacts(event, words));
  }
  const [keeper] = people;
  const mayGo = person !== keeper && people.filter(({ isOut }) => !isOut).length > 2;
  if (mayGo && mischief.happens("person-kicked", 0.003, person.name)) {
    person.kicked(keeper?.id ?? person.id);
    if (dice.chance(0.5)) time.later(back, () => void person.isInvitedBy(keeper?.id ?? ""));
  }
}

type About = { readonly other: string; readonly expectedVersion: number };
const ODD: readonly ((person: SimulatedPerson, about: About) => unknown)[] = [
  (person) => person.speaksUp(),
  (person, { expectedVersion }) => person.command({ type: "pass", expectedVersion }),
  (person, { expectedVersion }) => person.command({ type: "skip", expectedVersion: Math.max(0, expectedVersion - 1) }),
  (person, { expectedVersion }) => person.command({ type: "skip", expectedVersion }),
  (person) => person.command({ type: "raise-hand", hand: "question" }),
  (person) => person.command({ type: "lower-hand" }),
  (person, { expectedVersion }) => person.command({ type: "extend", expectedVersion }),
  (person, { other }) => person.command({ type: "hand-over", to: other }),
  (person, { other, expectedVersion }) => person.command({ type: "give-word", to: other, expectedVersion }),
  (person, { other }) => person.command({ type: "give-turn", to: other }),
  (person, { expectedVersion }) => person.command({ type: "more-time", expectedVersion }),
  (person, { expectedVersion }) => person.command({ type: "draw-order", expectedVersion }),
  (person) => person.command({ type: "leave" }),
  (person) => person.command({ type: "join" }),
  (person) => person.says("!circle join"),
  (person) => person.says("!circle status"),
  (person) => person.says("!circle pass"),
  (person) => person.says("just words"),
];

function ofTheWorld(dice: Dice, { mischief, time, livekit, sometimes }: Deeds): void {
  const ms = dice.between(500, 20_000);
  if (mischief.happens("watcher-falls-out", 0.01)) livekit.loseWatchers();
  if (!livekit.isAway && mischief.happens("livekit-away", 0.004)) {
    sometimes("LiveKit was away");
    livekit.setAway(true);
    time.later(ms, () => livekit.setAway(false));
  }
  if (mischief.happens("clock-jumps", 0.003)) time.offset += dice.between(-3_600_000, 600_000);
}
