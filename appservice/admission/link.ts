import type { Links } from "../store/links.ts";
import type { Admission } from "./admission.ts";
import { ProofRefused } from "./proof-refused.ts";
import type { StillInChat } from "./telegram.ts";

export type LinkDeps = {
  readonly links: Pick<Links, "take">;
  readonly stillInChat: StillInChat;
  readonly now: () => number;
};

/** Behind a link there is nobody to prove anew who one is, so its session lasts for a whole meeting. */
const SESSION_MS = 6 * 3600_000;

/**
 * Personal links: the bot tells one to somebody of Matrix in a room with them alone, and a Mini App to whoever of
 * Telegram sits in it, so whoever opens it is that person, with the rights that they have there, and no more.
 */
export function linkAdmission(people: Admission, { links, stillInChat, now }: LinkDeps): Admission {
  return {
    ...people,
    issuer: "link",
    prove: async (proof) => {
      if (proof.issuer !== "link") return null;
      const link = links.take(proof.code, now(), proof.browser);
      if (!link) throw new ProofRefused("LINK_USED");
      // Links come from links: without this, who has left the chat could be let in by the next one for ever.
      if (!(await stillInChat(link.room, link.participant))) throw new ProofRefused("NOT_IN_ROOM");
      return { id: link.participant, room: link.room, lastsMs: SESSION_MS, opened: () => null };
    },
  };
}
