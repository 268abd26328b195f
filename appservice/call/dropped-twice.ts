/**
 * Tells whether an error that nobody caught is LiveKit's library at its own tidying up: of a room that is gone it drops
 * once more what is gone already, in a handler of its own or when memory is cleared. Nothing is lost by that, and no
 * meeting may end by it.
 */
export function isDroppedTwice(error: unknown): boolean {
  return error instanceof Error && error.message === "trying to drop an invalid handle";
}
