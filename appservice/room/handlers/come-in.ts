import { translateTo } from "../../language/translate.ts";
import type { EventId, Language, ParticipantId, RoomId } from "../../protocol/identity.ts";
import type { Homeserver } from "../homeserver.ts";
import type { RoomFacts } from "../room-facts.ts";
import { tellAlone, type TellAloneDeps } from "../tell-alone.ts";

export type ComeInDeps = TellAloneDeps & {
  readonly homeserver: Pick<Homeserver, "join" | "leave">;
  readonly facts: Pick<RoomFacts, "isSpace" | "titleOf">;
  readonly languageOf: (room: RoomId) => Language;
};

/**
 * Joins a room on an invitation. Nobody talks in a space, and few may write there: the person who invited is told so
 * alone.
 */
export async function comeIn(room: RoomId, by: ParticipantId, eventId: EventId, deps: ComeInDeps): Promise<void> {
  const { homeserver, facts, languageOf } = deps;
  await homeserver.join(room);
  if (!(await facts.isSpace(room))) return;
  const words = translateTo(languageOf(room))("greeting.space", { room: await facts.titleOf(room) });
  await tellAlone({ event_id: eventId, sender: by }, "space", [words], deps);
  await homeserver.leave(room);
}
