import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { openedIn } from "../journal/readable.ts";

/**
 * Files of a service that hold some words, as their bytes are or as the keys there open them, each with what stands
 * around the words; the homeserver's and LiveKit's are theirs.
 */
export function filesWith(words: string, places: readonly string[]): string[] {
  return places.flatMap((place) =>
    readdirSync(place, { withFileTypes: true, recursive: true })
      .filter((each) => each.isFile() && !/\/(synapse|livekit)(\/|$)/.test(each.parentPath))
      .map((each) => join(each.parentPath, each.name))
      .filter((file) => statSync(file).size > 0)
      .flatMap((file) => {
        const text = [readFileSync(file, "latin1"), ...openedIn(file)].join();
        const at = text.indexOf(words);
        return at < 0 ? [] : [`${file}: …${text.slice(Math.max(0, at - 400), at + 200)}…`];
      }),
  );
}
