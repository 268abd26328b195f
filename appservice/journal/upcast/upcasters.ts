import { ringJoined1 } from "./ring-joined-1.ts";
import { turnEnded1 } from "./turn-ended-1.ts";
import { turnExtended1 } from "./turn-extended-1.ts";
import type { Upcaster } from "./upcaster.ts";

/**
 * Steps by which older events become today's, each in a file of its own (`TYPE-VERSION.ts`, the version being the one
 * it takes). A type is of version 1 until a step of it stands here, and then of the version that its last step returns.
 */
export const UPCASTERS: readonly Upcaster[] = [ringJoined1, turnEnded1, turnExtended1];
