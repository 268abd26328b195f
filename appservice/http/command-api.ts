import type { z } from "zod";
import type { PersonCommand } from "../circle/command.ts";
import { planOf } from "../circle/scenario.ts";
import { whyNotMuteAll } from "../circle/steering.ts";
import type { CirclePlace } from "../protocol/place.ts";
import type { Actor } from "../protocol/actor.ts";
import type { CommandRequest } from "../protocol/http-api.ts";
import type { Language, RoomId } from "../protocol/identity.ts";
import type { Refusal } from "../protocol/refusal.ts";
import type { ROUTES } from "../protocol/routes.ts";
import { agree, type AgreementDeps, refuseIfChanged } from "./agreement-api.ts";
import { refused, type RefusalText } from "./api-failure.ts";
import type { Handler } from "./bind.ts";
import { meetingFor, type MeetingResponseDeps } from "./meeting-response.ts";
import type { RoomsScenarios } from "./scenarios-response.ts";
import type { Visitor } from "./visitor.ts";

type BeginningDeps = {
  readonly refusalText: RefusalText;
  readonly room: {
    /** Refusal of a room that, as it is, would have no meeting begin. */
    readonly refused: (command: "join" | "start", room: RoomId) => Promise<Refusal | null>;
  };
};

type JoinDeps = BeginningDeps & AgreementDeps;

type StartDeps = BeginningDeps & {
  readonly scenariosOf: (room: RoomId) => Promise<RoomsScenarios>;
  readonly languageOf: (room: RoomId) => Language;
  readonly seed: () => number;
};

type MuteDeps = MeetingResponseDeps & {
  readonly refusalText: RefusalText;
  /** Closes all microphones of the room's call once. */
  readonly muteAll: (place: CirclePlace) => void;
};

export type CommandDeps = JoinDeps &
  StartDeps &
  MuteDeps & {
    /** Chance, for lots. */
    readonly seed: () => number;
  };

type Asked = z.output<typeof CommandRequest>;
type Of<Type extends Asked["type"]> = Extract<Asked, { type: Type }>;
type Sender = Pick<PersonCommand, "actor" | "at">;
/** Made once everything is known that takes its time. */
type MakeCommand = (sender: Sender) => PersonCommand;

const EXTENSION_MS = 30_000;

/** A command of a person in the widget; answered by the meeting as it is then. */
export function command(deps: CommandDeps): Handler<typeof ROUTES.command> {
  return async ({ asking, body }) => {
    const { actor } = asking;
    const make = body.type === "mute-all" ? null : await prepare(body, asking, deps);
    if (make) send(make({ actor, at: deps.now() }), asking, deps);
    else muteAll(actor, asking, deps);
    return meetingFor(asking, deps);
  };
}

function send(made: PersonCommand, { room, place, actor }: Visitor, deps: CommandDeps): void {
  const ruling = deps.meetings.send(place, made);
  if (ruling.accepted) return;
  // People who sit there already, by the chat or on another device, have answered all the same.
  if (made.type === "join" && made.agreement && ruling.refusal.code === "already-joined")
    agree(made.agreement, place, actor, deps);
  throw refused(ruling.refusal, room, deps);
}

function muteAll(actor: Actor, { room, place }: Visitor, deps: MuteDeps): void {
  const refusal = whyNotMuteAll(deps.meetings.of(place)?.meeting ?? null, actor);
  if (refusal) throw refused(refusal, room, deps);
  deps.muteAll(place);
}

/** Finds out as much as this very command needs. */
async function prepare(
  asked: Exclude<Asked, { type: "mute-all" }>,
  asking: Visitor,
  deps: CommandDeps,
): Promise<MakeCommand> {
  switch (asked.type) {
    case "join":
      return join(asked, asking, deps);
    case "start":
      return start(asked, asking, deps);
    case "leave":
      return (sender) => ({ type: "leave", ...sender, expectedVersion: null });
    case "extend":
    case "more-time":
      return (sender) => ({ ...asked, ...sender, byMs: EXTENSION_MS });
    case "draw-order":
      return (sender) => ({ ...asked, ...sender, seed: deps.seed() });
    default:
      return (sender) => ({ ...sender, expectedVersion: null, ...asked });
  }
}

async function join(
  { agreement }: Of<"join">,
  { room, place, actor: { name } }: Visitor,
  deps: JoinDeps,
): Promise<MakeCommand> {
  await refuseWhereNoneBegins("join", room, deps);
  return (sender) => {
    if (agreement) refuseIfChanged(agreement, place, deps);
    return { type: "join", name, ...sender, expectedVersion: null, ...(agreement && { agreement }) };
  };
}

async function start(asked: Of<"start">, { room }: Visitor, deps: StartDeps): Promise<MakeCommand> {
  const [{ all, preferred }] = await Promise.all([deps.scenariosOf(room), refuseWhereNoneBegins("start", room, deps)]);
  const { scenario: id = preferred, topic: typed = "" } = asked;
  const scenario = all.get(id);
  if (!scenario) {
    const detail = { scenario: id, known: [...all.keys()].join(", ") };
    throw refused({ code: "unknown-scenario", detail }, room, deps);
  }
  const topic = typed.trim();
  const plan = planOf(scenario, deps.languageOf(room), topic);
  return (sender) => ({ type: "start", plan, topic, seed: deps.seed(), ...sender, expectedVersion: null });
}

async function refuseWhereNoneBegins(type: "join" | "start", room: RoomId, deps: BeginningDeps): Promise<void> {
  const closed = await deps.room.refused(type, room);
  if (closed) throw refused(closed, room, deps);
}
