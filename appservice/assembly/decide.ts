import { refuse } from "../circle/ruling.ts";
import { mayBeKeeper } from "../protocol/rights.ts";
import { type Assembly, heededWishes, isSame, listensIn, memberOf } from "./assembly.ts";
import { assemblyDueByClock } from "./clock.ts";
import type { AssemblyCommand, AssemblyCommandOf as Of } from "./command.ts";
import type { AssemblyEvent } from "./event.ts";
import { agreeDelegate, giveAlong, nameDelegate, refuseDelegate } from "./delegating.ts";
import { leaveGallery, listenIn } from "./gallery.ts";
import { goOn, moreTime, speakToAll, stopSpeaking, tellAll, visit } from "./keeping.ts";
import { beginPhase, ringIsDone, whileRunning } from "./flow.ts";
import { askMove, arrived, dropped, gone, join, leaveChair, moveMember, takeChair } from "./people.ts";
import { callKeeper, chooseTopic, proposeTopic, ready } from "./ring-commands.ts";
import { mayEndAssembly, mayInAssembly } from "./rights.ts";
import { agreed, type AssemblyRuling, told } from "./ruling.ts";
import { AssemblyStory } from "./assembly-story.ts";

/** Most wishes of one person; whoever steers, and arranges for all, has no such bound. */
const MOST_WISHES = 20;

/** Events by which somebody comes by a name of their own, or goes. */
const COMING = new Set<AssemblyEvent["type"]>(["member-joined", "listener-came", "listener-left"]);

/** Events that a command brings about, or why it is refused. No clock, no chance, no I/O. */
export function decideAssembly(assembly: Assembly | null, command: AssemblyCommand): AssemblyRuling {
  if (command.type === "gather") return gather(assembly, command);
  if (!assembly || assembly.phase === "ended") return refuse("no-assembly");
  const timely = command.at < assembly.at ? { ...command, at: assembly.at } : command;
  const ruling = inAssembly(assembly, timely);
  return "actor" in timely ? withNameOf(timely, assembly, ruling) : ruling;
}

/** Says by which name whoever takes no part is known, before what they do: all that tells of it names them so. */
function withNameOf(
  { actor: { id: who, name }, at }: Pick<Of<"end">, "actor" | "at">,
  { members, actors }: Assembly,
  ruling: AssemblyRuling,
): AssemblyRuling {
  if (!ruling.accepted || ruling.events.length === 0) return ruling;
  const comesOrGoes = ruling.events.some((event) => COMING.has(event.type) && "who" in event && event.who === who);
  const isKnown = comesOrGoes || members.some(({ id }) => id === who);
  if (isKnown || actors.some((each) => each.id === who && each.name === name)) return ruling;
  return agreed({ type: "actor-named", who, name, at }, ...ruling.events);
}

function gather(assembly: Assembly | null, { id, roomId, language, at }: Of<"gather">): AssemblyRuling {
  if (assembly) return refuse("assembly-running");
  return agreed({ type: "assembly-gathered", id, roomId, language, at });
}

function inAssembly(assembly: Assembly, command: Exclude<AssemblyCommand, { type: "gather" }>): AssemblyRuling {
  switch (command.type) {
    case "join":
      return join(assembly, command);
    case "leave":
      return leave(assembly, command);
    case "take-out":
      return takeOut(assembly, command);
    case "removed":
      return memberOf(assembly, command.who)
        ? gone(assembly, command.who, null, command.at)
        : leaveGallery(assembly, command.who, null, command.at);
    case "wish":
      return wish(assembly, command);
    case "start":
      return start(assembly, command);
    case "hand-over":
      return handOver(assembly, command);
    case "end":
      return end(assembly, command);
    case "arrived":
      return arrived(assembly, command);
    case "dropped":
      return dropped(assembly, command);
    case "returned":
      return agreed({ type: "time-given-back", since: Math.min(command.since, command.at), at: command.at });
    case "clock":
      return agreed(...assemblyDueByClock(assembly, command.at));
    default:
      return inPhase(assembly, command);
  }
}

type InPhase = Exclude<
  AssemblyCommand,
  {
    type:
      | "gather"
      | "join"
      | "leave"
      | "take-out"
      | "removed"
      | "wish"
      | "start"
      | "hand-over"
      | "end"
      | "arrived"
      | "dropped"
      | "returned"
      | "clock";
  }
>;

/** Commands that mean something only once it has begun. */
function inPhase(assembly: Assembly, command: InPhase): AssemblyRuling {
  if (assembly.phase !== "running") return refuse("assembly-not-begun");
  switch (command.type) {
    case "move":
      return moveMember(assembly, command);
    case "ask-move":
      return askMove(assembly, command);
    case "take-chair":
      return takeChair(assembly, command);
    case "leave-chair":
      return leaveChair(assembly, command.actor.id, command.at);
    case "spoke-from-chair":
      return leaveChair(assembly, command.who, command.at);
    case "name-delegate":
      return nameDelegate(assembly, command);
    case "agree-delegate":
      return agreeDelegate(assembly, command);
    case "refuse-delegate":
      return refuseDelegate(assembly, command);
    case "give-along":
      return giveAlong(assembly, command);
    case "propose-topic":
      return proposeTopic(assembly, command);
    case "choose-topic":
      return chooseTopic(assembly, command);
    case "ready":
      return ready(assembly, command);
    case "call-keeper":
      return callKeeper(assembly, command);
    case "more-time":
      return moreTime(assembly, command);
    case "go-on":
      return goOn(assembly, command);
    case "tell-all":
      return tellAll(assembly, command);
    case "speak-to-all":
      return speakToAll(assembly, command);
    case "stop-speaking":
      return stopSpeaking(assembly, command);
    case "visit":
      return visit(assembly, command);
    case "listen-in":
      return listenIn(assembly, command);
    case "ring-gathered":
      return agreed({ type: "ring-gathered", ring: command.ring, meeting: command.meeting, at: command.at });
    case "ring-over":
      return ringOver(assembly, command);
  }
}

function leave(assembly: Assembly, { actor, at }: Of<"leave">): AssemblyRuling {
  if (memberOf(assembly, actor.id)) return gone(assembly, actor.id, null, at);
  return listensIn(assembly, actor.id) === null
    ? refuse("not-in-assembly")
    : leaveGallery(assembly, actor.id, null, at);
}

type Running = Extract<Assembly, { phase: "running" }>;

function start(assembly: Assembly, { actor, plan, topic, seed, at }: Of<"start">): AssemblyRuling {
  if (assembly.phase !== "gathering") return refuse("assembly-running");
  const story = new AssemblyStory(assembly);
  if (!memberOf(assembly, actor.id)) {
    const member = { who: actor.id, name: actor.name, language: null, ring: null, seated: false };
    story.add({ type: "member-joined", ...member, at });
  }
  if (!mayInAssembly("arrange", story.assembly, actor)) return refuse("not-keeper");
  story.add({ type: "assembly-started", by: actor.id, plan, topic, seed, at });
  beginPhase(story, 0, at);
  return told(story);
}

function wish(assembly: Assembly, { actor, wish, people, at }: Of<"wish">): AssemblyRuling {
  const named = [...new Set(people)];
  if (!named.every((who) => memberOf(assembly, who))) return refuse("no-such-person");
  // One's own wish is one's own; that of others is the keeper's.
  if (!named.includes(actor.id) && !mayInAssembly("arrange", assembly, actor)) return refuse("not-keeper");
  if (named.length < 2) return refuse("no-such-person");
  const known = assembly.wishes.find((each) => isSame(each.people, named));
  const own = assembly.wishes.filter(({ by }) => by === actor.id).length;
  if (!known && wish !== "either" && own >= MOST_WISHES && !mayInAssembly("steer", assembly, actor))
    return refuse("too-many-wishes", { most: MOST_WISHES });
  // A wish that is still heeded of those who stayed goes with what they say now, also about whoever left.
  const before = heededWishes(assembly).filter(({ all, stay }) => isSame(stay, named) && !isSame(all, named));
  if (before.length === 0 && (known?.wish ?? "either") === wish) return agreed();
  const taken = before.map(({ all }) => ({ wish: "either" as const, people: [...all] }));
  return agreed(
    ...[...taken, { wish, people: named }].map((each) => ({ type: "wish-made" as const, ...each, by: actor.id, at })),
  );
}

function takeOut(assembly: Assembly, { actor, who, at }: Of<"take-out">): AssemblyRuling {
  if (!mayInAssembly("arrange", assembly, actor)) return refuse("not-keeper");
  if (memberOf(assembly, who)) return gone(assembly, who, actor.id, at);
  return listensIn(assembly, who) === null ? refuse("no-such-person") : leaveGallery(assembly, who, actor.id, at);
}

function handOver(assembly: Assembly, { actor, to, at }: Of<"hand-over">): AssemblyRuling {
  if (!mayInAssembly("steer", assembly, actor)) return refuse("not-keeper");
  const member = memberOf(assembly, to);
  return member && mayBeKeeper(to) ? agreed({ type: "keeper-passed", to, at }) : refuse("no-such-person");
}

function end(assembly: Assembly, { actor, at }: Of<"end">): AssemblyRuling {
  if (!mayEndAssembly(assembly, actor)) return refuse("not-keeper");
  return agreed({ type: "assembly-ended", by: actor.id, at });
}

function ringOver(assembly: Running, { ring: number, spoken, at }: Of<"ring-over">): AssemblyRuling {
  const ring = assembly.rings.find((each) => each.number === number);
  if (!ring || ring.status === "done" || ring.status === "merged") return agreed();
  const story = new AssemblyStory(assembly);
  whileRunning(story, () => ringIsDone(story, ring, spoken, at));
  return told(story);
}
