import { Assemblies } from "../../../appservice/journal/assemblies.ts";
import { AssemblyErasing } from "../../../appservice/journal/assembly-erasing.ts";
import type { openStores } from "../../../appservice/stores.ts";

/**
 * Assemblies of a journal, and what erases words in them but for the room's messages. One that cannot be read is a fault
 * of the test.
 */
export function openedAssemblies(
  { journal, assemblyJournal }: Pick<ReturnType<typeof openStores>, "journal" | "assemblyJournal">,
  now: () => number,
) {
  const assemblies = new Assemblies({
    journal: assemblyJournal,
    unit: journal.unit,
    now,
    onUnreadable: (_, error) => {
      throw error;
    },
  });
  return { assemblies, erasing: new AssemblyErasing({ assemblies, journal: assemblyJournal, renew: async () => {} }) };
}
