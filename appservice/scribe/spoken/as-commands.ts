import type { PersonCommand } from "../../circle/command.ts";
import type { Actor } from "../../protocol/actor.ts";
import { type CalledOut, isCalledOut, type SpokenCommand } from "../../protocol/spoken-command.ts";

/** Spoken command that asks something of the meeting, and not of the record alone. */
export type AskedAloud = Exclude<SpokenCommand, CalledOut>;

export function asksTheMeeting(command: SpokenCommand): command is AskedAloud {
  return !isCalledOut(command);
}

/**
 * Commands to ask of the meeting, in this order, until one is accepted. A speaker who hands on to somebody who is not
 * next has finished all the same: then the circle goes on in its order.
 */
export function asCommands(command: AskedAloud, actor: Actor, at: number): PersonCommand[] {
  const all = { actor, at, expectedVersion: null };
  // As a moderator somebody could pass on another's turn; by voice people pass on only their own.
  const own = { ...all, actor: { ...actor, rights: { ...actor.rights, moderates: false } } };
  switch (command.type) {
    case "pass":
    case "skip":
      return [{ type: command.type, ...own }];
    case "give-word":
      return [
        ...(command.to === null ? [] : [{ type: "give-word", to: command.to, ...own } as const]),
        { type: "pass", ...own },
      ];
    case "raise-hand":
      return [{ type: "raise-hand", hand: command.hand, ...own }];
    case "pause":
    case "resume":
      return [{ type: command.type, ...all }];
    case "extend":
      return [{ type: "extend", byMs: command.seconds * 1000, ...all }];
  }
}
