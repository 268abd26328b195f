import { z } from "zod";

/** Name of a set of plugins, models and defaults in `experiments.yaml`. */
export const SetName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, "must be small letters, digits and hyphens, and begin with a letter")
  .brand("SetName");
export type SetName = z.infer<typeof SetName>;

/** Set that serves where the file names no other: the configuration as it is. */
export const STANDARD_SET = SetName.parse("standard");

/** Place of a meeting in an experiment: meetings of a room come in blocks of two, of which one has either set. */
export const Trial = z.object({
  experiment: z.string().min(1).max(60),
  /** Index of its set in `between`. */
  arm: z.union([z.literal(0), z.literal(1)]),
  /** Counted from 0 in its room. */
  block: z.number().int().nonnegative(),
  /** Fingerprint of the experiment as it was written then: what is changed in mid-run begins a new count. */
  digest: z.string(),
});
export type Trial = z.infer<typeof Trial>;

/** Set that serves a meeting from its start to its end. */
export const ChosenSet = z.object({
  set: SetName,
  by: z.enum(["default", "rule", "experiment"]),
  trial: Trial.optional(),
});
export type ChosenSet = z.infer<typeof ChosenSet>;
