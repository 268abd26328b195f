import type { Assembly } from "../assembly/assembly.ts";
import type { Assemblies } from "../journal/assemblies.ts";
import { translateTo } from "../language/translate.ts";
import { assemblyLines } from "./messages/assembly-message.ts";
import { assemblyNews } from "./messages/assembly-news.ts";
import { notice } from "./messages/message.ts";
import { givenTo, restsOfAssembly } from "./rests-of-assembly.ts";
import { putInRoom, type SayDeps } from "./say-in-room.ts";

/**
 * Tells a room of its assembly: in one message, which is edited as it goes on and made anew after a start, and of what
 * happens to all rings. That is said once, so it is written together with what it says.
 */
export function tellOfAssemblies(
  assemblies: Pick<Assemblies, "listen" | "inTheSameUnit">,
  deps: SayDeps,
): { readonly tellAssembly: (assembly: Assembly) => void } {
  const tellAssembly = (assembly: Assembly) => {
    const key = { kind: "assembly", assembly: assembly.id } as const;
    const content = notice(assemblyLines(assembly, translateTo(assembly.language)));
    putInRoom(assembly.roomId, key, content, deps, { rests: restsOfAssembly(assembly, givenTo(assembly)) });
  };
  assemblies.listen((assembly, happened) => {
    // Of one that is over there is more to tell than this.
    if (assembly.phase === "ended" && happened.every(({ type }) => type === "words-erased")) return;
    tellAssembly(assembly);
  });
  assemblies.inTheSameUnit((assembly, happened) => {
    const t = translateTo(assembly.language);
    for (const event of happened) {
      const news = assemblyNews(assembly, event, t);
      if (!news) continue;
      const rests = restsOfAssembly(assembly, news.by ? [news.by] : []);
      putInRoom(assembly.roomId, news.key, news.content, deps, { rests });
    }
  });
  return { tellAssembly };
}
