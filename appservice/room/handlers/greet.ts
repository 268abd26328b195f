import { translateTo } from "../../language/translate.ts";
import type { EventId, Language, RoomId } from "../../protocol/identity.ts";
import { SCENARIO_STATE } from "../../protocol/namespace.ts";
import type { KnownRooms } from "../../store/known-rooms.ts";
import type { Homeserver } from "../homeserver.ts";
import type { Poster } from "../poster.ts";
import type { RoomFacts } from "../room-facts.ts";
import type { RoomSight } from "../room-sight.ts";
import { sayClosed } from "./open-instead.ts";
import { type SayDeps, sayInRoom } from "../say-in-room.ts";
import { setUpWidget, type WidgetDeps } from "../widget-setup.ts";

export type GreetDeps = SayDeps &
  WidgetDeps &
  MoveInDeps & {
    readonly facts: Pick<RoomFacts, "isForOne" | "isSpace">;
    /** Tells of an encrypted room whether the bot cannot take part in it. */
    readonly isClosed: (room: RoomId) => Promise<boolean>;
    readonly knownRooms: Pick<KnownRooms, "firstGreeting">;
    readonly poster: Pick<Poster, "opened">;
    readonly sight: Pick<RoomSight, "readBack">;
    readonly languageOf: (room: RoomId) => Language;
    /**
     * Hears that the bot is in the room again, or has power that it lacked: the room's messages and state are compared
     * with those that should stand there.
     */
    readonly onOpened: (room: RoomId) => void;
  };

/**
 * Settles in a room that the bot has joined: the widget, what an earlier room had chosen, a greeting, once. `wasIn`:
 * the bot was in the room before this event, which changes its name or picture alone.
 */
export async function greet(
  room: RoomId,
  { event, wasIn }: { readonly event: EventId; readonly wasIn: boolean },
  deps: GreetDeps,
): Promise<void> {
  const { facts, knownRooms, homeserver, poster, languageOf, onOpened } = deps;
  // A room the bot made for one person is for a word with one person; there is nothing to put up in it. A space it
  // leaves at once.
  if ((await facts.isForOne(room)) || (await facts.isSpace(room))) return;
  const key = { kind: "greeting", event } as const;
  // A database that was lost knows of no greeting, a homeserver may not say what was before: each is asked.
  const isToGreet = () => knownRooms.firstGreeting(room) && !wasIn;
  if (await deps.isClosed(room)) {
    const sentence = translateTo(languageOf(room))("greeting.encrypted");
    if (isToGreet()) sayClosed(room, key, [sentence], deps);
    return;
  }
  void deps.sight.readBack(room);
  const moved = await moveIn(room, deps);
  const added = await setUpWidget(room, deps);
  poster.opened(room);
  onOpened(room);
  if (!isToGreet()) return;
  const t = translateTo(languageOf(room));
  const hello = t(moved ? "room.moved" : "greeting.hello");
  const widget = added
    ? t("greeting.widget-added")
    : [t("greeting.needs-power"), " ", { code: `/op ${homeserver.botId}` }];
  sayInRoom(room, key, [hello, widget], deps);
}

type MoveInDeps = {
  readonly facts: Pick<RoomFacts, "replaces" | "maySetState" | "scenariosOf">;
  readonly knownRooms: Pick<KnownRooms, "moveChoices">;
  /** Hears that a room goes on in another one. */
  readonly onMovedInto: (before: RoomId, room: RoomId) => void;
  readonly homeserver: Pick<Homeserver, "botId" | "setState">;
};

/** Brings along what the room before this one had chosen. */
async function moveIn(room: RoomId, { facts, knownRooms, homeserver, onMovedInto }: MoveInDeps): Promise<boolean> {
  const before = await facts.replaces(room);
  if (before === null) return false;
  knownRooms.moveChoices(before, room);
  onMovedInto(before, room);
  if (await facts.maySetState(room, homeserver.botId, SCENARIO_STATE)) {
    const there = await facts.scenariosOf(room);
    for (const [id, content] of await facts.scenariosOf(before))
      if (!there.has(id)) await homeserver.setState(room, SCENARIO_STATE, id, content);
  }
  return true;
}
