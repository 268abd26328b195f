import type { Meetings } from "../../journal/meetings.ts";
import { translateTo } from "../../language/translate.ts";
import type { EventId, Language, RoomId } from "../../protocol/identity.ts";
import { MEETING_STATE } from "../../protocol/namespace.ts";
import type { Poster } from "../poster.ts";
import type { RoomEventOf } from "../room-event.ts";
import type { RoomFacts } from "../room-facts.ts";
import { type SayDeps, sayInRoom } from "../say-in-room.ts";
import { setUpWidget, type WidgetDeps, widgetStands } from "../widget-setup.ts";

export type PowerChangeDeps = SayDeps &
  WidgetDeps & {
    readonly facts: Pick<RoomFacts, "hasBot" | "isForOne" | "maySetState" | "maySend">;
    readonly meetings: Pick<Meetings, "of">;
    readonly poster: Pick<Poster, "opened">;
    readonly languageOf: (room: RoomId) => Language;
    readonly onOpened: (room: RoomId) => void;
  };

/**
 * Puts up the widget where the bot has the power now, and sends the messages that it could not send for want of it;
 * missing power is told once.
 */
export async function powerChanged(
  { room_id: room, event_id: event }: RoomEventOf<"m.room.power_levels">,
  deps: PowerChangeDeps,
): Promise<void> {
  const { facts, homeserver, meetings, poster, languageOf, onOpened } = deps;
  await putUpWidget(room, event, deps);
  const mayWrite = await facts.maySetState(room, homeserver.botId, MEETING_STATE);
  if (await facts.maySend(room, homeserver.botId, "m.room.message")) poster.opened(room);
  if (mayWrite) return onOpened(room);
  const runs = (meetings.of(room)?.meeting.phase ?? "ended") !== "ended";
  if (runs) sayInRoom(room, { kind: "power-lost", event }, [translateTo(languageOf(room))("room.power-lost")], deps);
}

async function putUpWidget(room: RoomId, event: EventId, deps: PowerChangeDeps): Promise<void> {
  const { facts, languageOf } = deps;
  if (!(await facts.hasBot(room)) || (await facts.isForOne(room))) return;
  const before = await widgetStands(room, deps);
  const added = await setUpWidget(room, deps);
  if (added && !before)
    sayInRoom(room, { kind: "widget", event }, [translateTo(languageOf(room))("greeting.widget-added")], deps);
}
