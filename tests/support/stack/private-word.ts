import type { MatrixPerson } from "./matrix-person.ts";

type Rooms = { readonly invite?: Record<string, unknown>; readonly join?: Record<string, unknown> };

let looks = 0;

/**
 * The newest word of the bot's to somebody alone that fits, empty where there is none yet. Goes into whatever room they
 * are asked into.
 */
export async function privateWord(person: MatrixPerson, fits: RegExp): Promise<string> {
  // Synapse gives the same answer to the same question for two minutes.
  const filter = encodeURIComponent(JSON.stringify({ room: { timeline: { limit: ++looks } } }));
  const { rooms } = await person.ask<{ rooms?: Rooms }>("GET", `/sync?timeout=0&filter=${filter}`);
  for (const invited of Object.keys(rooms?.invite ?? {})) await person.join(invited);
  for (const room of Object.keys(rooms?.join ?? {})) {
    const found = (await person.history(room))
      .map(({ content }) => String(content["body"]))
      .findLast((body) => fits.test(body));
    if (found) return found;
  }
  return "";
}
