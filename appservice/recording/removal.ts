import type { Logger } from "pino";
import type { LeavingFile, Recordings } from "../store/recordings.ts";

/** No recording is written for so long. */
const LONGEST_MS = 24 * 3600_000;

export type RecordingRemovalDeps = {
  readonly recordings: Recordings;
  /** Takes files away that lie beside a set; throws where that cannot be done. */
  readonly remove: (target: string, files: readonly string[]) => Promise<void>;
  readonly now: () => number;
  readonly log: Logger;
};

/** Takes away files of recordings that are too old, or in which somebody is who took their yes back. */
export class RecordingRemoval {
  readonly #deps: RecordingRemovalDeps;
  /** Taken away while it was not known whether they are written still: once more when that is known. */
  readonly #unsure = new Set<string>();
  readonly #said = new Set<string | null>();

  constructor(deps: RecordingRemovalDeps) {
    this.#deps = deps;
  }

  /** `writing`: files that Egress writes, which would be there again; null: that is not known. */
  async run(writing: ReadonlySet<string> | null): Promise<void> {
    const { recordings, now } = this.#deps;
    const gone = recordings.toRemove(now()).filter(({ file }) => !writing?.has(file));
    for (const target of new Set(gone.map((each) => each.target)))
      await this.#take(
        target,
        gone.filter((each) => each.target === target),
        writing !== null,
      );
  }

  async #take(target: string | null, gone: readonly LeavingFile[], isSure: boolean): Promise<void> {
    const { recordings, remove, now, log } = this.#deps;
    const forGood = gone.filter(({ at }) => isSure || at < now() - LONGEST_MS).map(({ file }) => file);
    const files = [...new Set([...forGood, ...gone.map(({ file }) => file).filter((each) => !this.#unsure.has(each))])];
    if (files.length === 0) return;
    try {
      if (target === null) throw new Error("it is not known beside which set they lie");
      await remove(target, files);
      this.#said.delete(target);
    } catch (error) {
      if (!this.#said.has(target))
        log.warn(
          { err: error, target, files: files.length },
          "files of recordings that are to go are left, and cannot be taken away now; it is tried again",
        );
      this.#said.add(target);
      return;
    }
    for (const file of files) this.#unsure.add(file);
    for (const file of forGood) {
      recordings.removed(file);
      this.#unsure.delete(file);
    }
    log.info({ files: files.length }, "recordings that are too old, or of somebody who took their yes back, are gone");
  }
}
