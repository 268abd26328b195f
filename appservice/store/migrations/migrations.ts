import { STEPS_01_07 } from "./steps-01-07.ts";
import { STEPS_08_21 } from "./steps-08-21.ts";
import { STEPS_22_29 } from "./steps-22-29.ts";
import { STEPS_30_36 } from "./steps-30-36.ts";
import { STEPS_37_43 } from "./steps-37-43.ts";
import { STEPS_44_44 } from "./steps-44-44.ts";
import { STEPS_45_45 } from "./steps-45-45.ts";
import { STEPS_46_46 } from "./steps-46-46.ts";

/** Forms of the database, each from the one before it. A step that has been released is never changed. */
export const MIGRATIONS: readonly string[] = [
  ...STEPS_01_07,
  ...STEPS_08_21,
  ...STEPS_22_29,
  ...STEPS_30_36,
  ...STEPS_37_43,
  ...STEPS_44_44,
  ...STEPS_45_45,
  ...STEPS_46_46,
];
