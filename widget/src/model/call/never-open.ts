import { z } from "zod";

/** The library's word to its worker on whether somebody's media are decrypted, or let through as they come. */
const Enable = z.looseObject({ kind: z.literal("enable"), data: z.looseObject({ enabled: z.boolean() }) });

/**
 * Has all media of everybody decrypted. The library lets those of a person through as they come as soon as LiveKit says
 * that the person has published anything open, also the ones that it had said were encrypted: LiveKit could so be heard
 * in anybody's name.
 */
export function neverOpen(worker: Pick<Worker, "postMessage">): void {
  const post = worker.postMessage;
  worker.postMessage = (message: unknown, ...rest: unknown[]) => {
    const enable = Enable.safeParse(message).data;
    const closed = enable ? { ...enable, data: { ...enable.data, enabled: true } } : message;
    Reflect.apply(post, worker, [closed, ...rest]);
  };
}
