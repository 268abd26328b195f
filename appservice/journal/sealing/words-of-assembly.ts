import { assemblyEventWithout } from "../../assembly/erased-words.ts";
import type { AssemblyEvent } from "../../assembly/event.ts";
import { differing, EVERYBODY, ownedBy, type WordsPart } from "./words-of-entry.ts";

/** All words of people in an event of an assembly, and whose they are. */
export function wordsOfAssembly(event: AssemblyEvent): readonly WordsPart[] {
  switch (event.type) {
    case "assembly-started":
    case "words-told":
    case "topic-proposed": {
      const paths = differing(event, assemblyEventWithout(event, event.by, new Set()));
      return paths.length === 0 ? [] : [{ owners: ownedBy(event.by), source: event.by, paths }];
    }
    case "phase-started": {
      // Themes stand in older journals alone, which do not say whose they are.
      const paths = event.rings.flatMap(({ theme }, i) => (theme === null ? [] : [["rings", i, "theme"]]));
      return paths.length === 0 ? [] : [{ owners: EVERYBODY, source: null, paths }];
    }
    default:
      return [];
  }
}
