import type { MatrixPerson } from "./matrix-person.ts";
import type { Mindminder } from "./mindminder.ts";

/** A room of these people, with the bot in it, as a moderator who has greeted. */
export async function roomWithBot({ botId }: Mindminder, keeper: MatrixPerson, ...others: readonly MatrixPerson[]): Promise<string> {
  const room = await keeper.createRoom({ invite: others.map(({ userId }) => userId), power_level_content_override: { users: { [botId]: 50 } } });
  for (const person of others) await person.join(room);
  const greeted = keeper.next(room, ({ sender, type }) => sender === botId && type === "m.room.message", "a greeting");
  await keeper.ask("POST", `/rooms/${encodeURIComponent(room)}/invite`, { user_id: botId });
  await greeted;
  return room;
}
