import { rightsIn } from "../rights-in.ts";
import type { Credit, LedgerRule } from "../rule.ts";

/** Rights that somebody gave in a meeting or in a room, each once; taking one back reverses the entry. */
export const rightsGranted: LedgerRule = {
  name: "rights-granted",
  version: 1,
  credits: ({ happenings }) => {
    const standing = new Map<string, readonly string[]>();
    return happenings.flatMap((happening): Credit[] =>
      rightsIn(happening).flatMap(({ who, right, granted, at }, nth) => {
        const key = `${right} ${who}`;
        const given = standing.get(key);
        if (granted === (given !== undefined)) return [];
        const because = [...(given ?? []), happening.id];
        if (granted) standing.set(key, because);
        else standing.delete(key);
        const told = { key: `${happening.place}.${nth}`, at, who, because };
        return [{ ...told, unit: "rights-granted", amount: granted ? 1 : -1 }];
      }),
    );
  },
};
