import { MatrixError } from "matrix-bot-sdk";
import { HomeserverAway } from "./homeserver-answer.ts";

/** The homeserver refuses this one event, not the room: too large (413), or not as it wants it (400). */
export function isUnfit(error: unknown): boolean {
  return error instanceof MatrixError && (error.statusCode === 413 || error.statusCode === 400);
}

/** Tells whether there is no such event, or none that the bot may see. */
export function isUnknown(error: unknown): boolean {
  return error instanceof MatrixError && error.statusCode === 404;
}

/** The homeserver is not to be reached, or not able to answer at present. */
export function isAway(error: unknown): boolean {
  if (error instanceof MatrixError) return error.statusCode >= 500 || error.statusCode === 429;
  if (error instanceof HomeserverAway) return true;
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === "string" && /^E(?!RR_)[A-Z_]+$/.test(code);
}

/** True where trying again cannot help: the homeserver understood, and said no. */
export function isForGood(error: unknown): boolean {
  return (
    error instanceof MatrixError &&
    error.statusCode >= 400 &&
    error.statusCode < 500 &&
    error.statusCode !== 429 &&
    error.statusCode !== 401
  );
}
