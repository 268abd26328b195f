import type { Command } from "../circle/command.ts";
import { type Meeting, takesPart } from "../circle/meeting.ts";
import { type Ruling, refuse } from "../circle/ruling.ts";
import { maySendInGroup } from "../protocol/rights.ts";

/**
 * Refusal of what a group's assembly alone does in its meeting; null: it may be asked. Whoever began a group's circle in
 * its place would keep it, about another thing, and could end it for all; whoever took a seat would lose it at once.
 */
export function refusedInGroup(meeting: Meeting | null, command: Command): Ruling | null {
  if (!("actor" in command) || maySendInGroup(command.actor, command.type)) return null;
  if (command.type === "start") return refuse("begun-by-assembly");
  // Tells whoever sits there, as everywhere.
  return meeting && takesPart(meeting, command.actor.id) ? null : refuse("seats-by-assembly");
}
