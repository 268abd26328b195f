import type { Credit, LedgerRule } from "../rule.ts";

/**
 * Tasks that became done, for the person whose task it was then. Opened again, it is taken back from whoever was
 * credited; a task counts once at a time, however often its sign is pressed.
 */
export const tasksFinished: LedgerRule = {
  name: "tasks-finished",
  version: 1,
  credits: ({ happenings }) => {
    const standing = new Map<string, Credit>();
    return happenings.flatMap(({ id, place, made }): Credit[] => {
      if (made?.of !== "task") return [];
      const credited = standing.get(made.id);
      const { owner, status } = made.after;
      const credit = { key: `${place}`, at: made.at, unit: "tasks-finished" as const, because: [id] };
      if (status === "done" && !credited && owner !== null) {
        const finished = { ...credit, who: owner, amount: 1 };
        standing.set(made.id, finished);
        return [finished];
      }
      if (status === "done" || !credited) return [];
      standing.delete(made.id);
      return [{ ...credit, who: credited.who, amount: -1, because: [...credited.because, id] }];
    });
  },
};
