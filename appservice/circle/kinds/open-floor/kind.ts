import { kind } from "../contract.ts";

/** An open floor without a time of its own. */
const FLOOR_MS = 10 * 60_000;

/** Floor that is open: a raised hand gets the word. At the end of the time, the speaker finishes their turn first. */
export default kind<"open-floor">({
  open: ({ circleMs }, at) => ({ stage: "floor", endsAt: at + (circleMs ?? FLOOR_MS) }),
  stages: {
    floor: { close: (table, at) => table.endCircle(at), status: "status.floor" },
  },
  decide: {},
  evolve: {},
  how: (_, __, { t }) => [t("circle.how-floor")],
});
