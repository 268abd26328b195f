import type { StillInChat } from "../admission/telegram.ts";
import type { Meetings } from "../journal/meetings.ts";
import { homeIssuer, TELEGRAM } from "../protocol/actor.ts";
import { may } from "../protocol/rights.ts";
import { ROUTES } from "../protocol/routes.ts";
import type { Links } from "../store/links.ts";
import { ApiFailure } from "./api-failure.ts";
import type { Handler } from "./bind.ts";

export type MyLinkDeps = {
  readonly meetings: Meetings;
  readonly links: Pick<Links, "make">;
  readonly stillInChat: StillInChat;
  readonly publicUrl: string;
  readonly now: () => number;
};

/**
 * A personal link for the page of a Mini App, whose app may be shut out of the microphone. For people of Telegram
 * alone: those of Matrix get theirs from the bot, where a stolen session gets none.
 */
export function myLink({ meetings, links, stillInChat, publicUrl, now }: MyLinkDeps): Handler<typeof ROUTES.myLink> {
  return async ({ asking: { actor, room } }) => {
    const allowed = may(ROUTES.myLink.right, actor, meetings.of(room)?.meeting ?? null);
    if (!allowed || homeIssuer(actor.id) !== TELEGRAM)
      throw new ApiFailure("FORBIDDEN", { sentence: "A personal link is told by the bot, in the room." });
    if (!(await stillInChat(room, actor.id))) throw new ApiFailure("NOT_IN_ROOM");
    const code = links.make({ participant: actor.id, room }, now());
    const parameters = new URLSearchParams({ code, roomId: room, userId: actor.id });
    return { url: `${publicUrl}/widget/#${parameters.toString()}` };
  };
}
