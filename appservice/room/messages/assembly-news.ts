import { type Assembly, nameIn, phaseOf } from "../../assembly/assembly.ts";
import type { AssemblyEvent } from "../../assembly/event.ts";
import type { PostKey } from "../../journal/post-key.ts";
import type { Translate } from "../../language/translate.ts";
import type { ParticipantId } from "../../protocol/identity.ts";
import { mayBeKeeper } from "../../protocol/rights.ts";
import { announcement, notice, type RoomContent } from "./message.ts";

/** `by`: whose words it has; left out: nobody's. */
type News = { readonly key: PostKey; readonly content: RoomContent; readonly by?: ParticipantId };

/**
 * Message to the room of what has just happened to all rings; null: it is seen in the assembly's own message. Warnings
 * of one part are one message, which changes: none of them rings.
 */
export function assemblyNews(assembly: Assembly, event: AssemblyEvent, t: Translate): News | null {
  if (assembly.phase !== "running") return null;
  const keyOf = (what: "time" | "more" | "told" | "call" | "visit", at: number): PostKey => ({
    kind: "assembly-news",
    assembly: assembly.id,
    what,
    at,
  });
  const nameOf = (who: string) => nameIn(assembly, who) ?? who;
  const title = phaseOf(assembly).title;
  const ofTime = (text: string, by?: ParticipantId): News => ({
    key: keyOf("time", assembly.beganAt),
    content: notice([text]),
    ...(by && { by }),
  });
  switch (event.type) {
    case "time-marked":
      // A title may hold the topic.
      return ofTime(t("assembly.time-left", { seconds: event.seconds, title }), assembly.startedBy);
    case "time-ran-out":
      return ofTime(t("assembly.closing"));
    case "time-added":
      return {
        key: keyOf("more", event.at),
        content: notice([t("assembly.more-time", { name: nameOf(event.by), seconds: event.byMs / 1000 })]),
      };
    case "words-told":
      return {
        key: keyOf("told", event.at),
        content: announcement([t("assembly.told", { name: nameOf(event.by), text: event.text })]),
        by: event.by,
      };
    case "keeper-called": {
      const { keeper } = assembly;
      const line = t("assembly.called", { name: nameOf(event.by), number: event.ring });
      if (keeper === null || !mayBeKeeper(keeper)) return { key: keyOf("call", event.at), content: notice([line]) };
      const lines = [[{ person: keeper, name: nameOf(keeper) }, `: ${line}`]];
      return { key: keyOf("call", event.at), content: announcement(lines, {}, [keeper]) };
    }
    case "visit-began":
      return {
        key: keyOf("visit", event.at),
        content: notice([t("assembly.visits", { name: nameOf(event.who), number: event.ring })]),
      };
    default:
      return null;
  }
}
