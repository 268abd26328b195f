import { Assemblies } from "../../../appservice/journal/assemblies.ts";
import { AssemblyErasing } from "../../../appservice/journal/assembly-erasing.ts";
import type { openStores } from "../../../appservice/stores.ts";

/**
 * Assemblies of a journal, and what erases words in them but for the room's messages. One that cannot be read is a
 * fault of the test, unless it expects some.
 */
export function openedAssemblies(
  { journal, assemblyJournal }: Pick<ReturnType<typeof openStores>, "journal" | "assemblyJournal">,
  now: () => number,
  expects: "unreadable" | null = null,
) {
  const assemblies = new Assemblies({
    journal: assemblyJournal,
    unit: journal.unit,
    now,
    onUnreadable: (_, error) => {
      if (expects === null) throw error;
    },
  });
  const messages = { renew: async () => {}, takeAwayOf: () => {}, takeAwayAll: () => {} };
  return { assemblies, erasing: new AssemblyErasing({ assemblies, journal: assemblyJournal, messages }) };
}
