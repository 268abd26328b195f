import { isDeepStrictEqual } from "node:util";
import type { ParticipantId, RoomId } from "../protocol/identity.ts";
import { WIDGET_ID, WIDGET_LAYOUT_STATE, WIDGET_STATE } from "../protocol/namespace.ts";
import type { Homeserver } from "./homeserver.ts";
import type { RoomContent } from "./messages/message.ts";
import type { RoomFacts } from "./room-facts.ts";

/** Parameters that a client fills in stand behind the `#`, so that no server sees who opens the widget. */
const PARAMETERS = [
  "widgetId=$matrix_widget_id",
  "userId=$matrix_user_id",
  "roomId=$matrix_room_id",
  "theme=$org.matrix.msc2873.client_theme",
  "lang=$org.matrix.msc2873.client_language",
].join("&");

export function widgetContent(publicUrl: string, creator: ParticipantId): RoomContent {
  return {
    id: WIDGET_ID,
    type: "m.custom",
    name: "Mindminder",
    url: `${publicUrl}/widget/#/?${PARAMETERS}`,
    creatorUserId: creator,
    // The page says itself when it listens; its frame is loaded before that, and a client's first question would be
    // lost.
    waitForIframeLoad: false,
    data: { title: "Mindminder" },
  };
}

export function widgetLayout(): RoomContent {
  return { widgets: { [WIDGET_ID]: { container: "top", index: 0, width: 100, height: 70 } } };
}

export type WidgetDeps = {
  readonly homeserver: Pick<Homeserver, "botId" | "stateContent" | "setState">;
  readonly facts: Pick<RoomFacts, "maySetState">;
  /** Address under which people's browsers find the service. */
  readonly publicUrl: string;
};

/**
 * Puts the widget at the top of the room, or puts right what differs. Nothing is sent when all is as it should be: each
 * new event would ask everybody's permission again. Returns false where the bot lacks the power.
 */
export async function setUpWidget(room: RoomId, { homeserver, facts, publicUrl }: WidgetDeps): Promise<boolean> {
  const bot = homeserver.botId;
  if (!(await facts.maySetState(room, bot, WIDGET_STATE))) return false;
  await put(homeserver, room, WIDGET_STATE, WIDGET_ID, widgetContent(publicUrl, bot));
  if (await facts.maySetState(room, bot, WIDGET_LAYOUT_STATE)) {
    const layout = await homeserver.stateContent(room, WIDGET_LAYOUT_STATE, "");
    // A layout that somebody has arranged already is theirs.
    if (!holdsWidgets(layout)) await put(homeserver, room, WIDGET_LAYOUT_STATE, "", widgetLayout());
  }
  return true;
}

export async function widgetStands(room: RoomId, { homeserver }: Pick<WidgetDeps, "homeserver">): Promise<boolean> {
  return (await homeserver.stateContent(room, WIDGET_STATE, WIDGET_ID)) !== null;
}

async function put(
  homeserver: WidgetDeps["homeserver"],
  room: RoomId,
  type: string,
  stateKey: string,
  content: RoomContent,
): Promise<void> {
  const stands = await homeserver.stateContent(room, type, stateKey);
  if (!isDeepStrictEqual(stands, content)) await homeserver.setState(room, type, stateKey, content);
}

function holdsWidgets(layout: unknown): boolean {
  const { widgets } = (layout ?? {}) as { widgets?: unknown };
  return typeof widgets === "object" && widgets !== null && Object.keys(widgets).length > 0;
}
