import { z } from "zod";

/** Moment of a turn at which its speaker is told of the time. */
export const TimeMark = z.enum(["80-percent", "last-10-seconds", "limit"]);
export type TimeMark = z.infer<typeof TimeMark>;
