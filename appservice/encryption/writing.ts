import type { FileInfo } from "./acts.ts";
import type { AtRest } from "./at-rest.ts";
import type { KeyStore } from "./key-store.ts";
import type { KeyThread } from "./key-thread.ts";

type Content = Readonly<Record<string, unknown>>;
export type Sealed = { readonly type: string; readonly content: unknown };

/** Sent open as all clients send it: the homeserver counts reactions by their sign. */
const OPEN_TYPES: ReadonlySet<string> = new Set(["m.reaction"]);

export type WritingDeps = {
  readonly thread: KeyThread;
  readonly store: KeyStore;
  readonly atRest: AtRest;
  readonly now: () => number;
  /** People in a room, for whose devices is encrypted. */
  readonly peopleIn: (room: string) => Promise<readonly string[]>;
};

/** Encrypts what the bot sends into encrypted rooms: messages and files. */
export class Writing {
  readonly #deps: WritingDeps;

  constructor(deps: WritingDeps) {
    this.#deps = deps;
  }

  /** Throws `KeysBusy` where trying again may help. */
  async seal(room: string, type: string, content: unknown): Promise<Sealed> {
    if (OPEN_TYPES.has(type)) return { type, content };
    const { thread, peopleIn } = this.#deps;
    const whole = this.#withFiles(content as Content);
    return { type: "m.room.encrypted", content: await thread.ask("encrypt", room, await peopleIn(room), type, whole) };
  }

  /**
   * Encrypts a file; `keep` is told the address at which it was uploaded, so that the message that names it says by
   * what it opens.
   */
  async sealFile(bytes: Uint8Array): Promise<{ readonly bytes: Uint8Array; readonly keep: (mxc: string) => void }> {
    const { thread, store, atRest, now } = this.#deps;
    const { bytes: sealed, info } = await thread.ask("encryptFile", bytes);
    return { bytes: sealed, keep: (mxc) => store.keepFile(mxc, atRest.seal(JSON.stringify(info), mxc), now()) };
  }

  /** Opens a file that somebody sent; null where it is not the one that their message speaks of. */
  openFile(bytes: Uint8Array, info: FileInfo): Promise<Uint8Array | null> {
    return this.#deps.thread.ask("decryptFile", bytes, info);
  }

  /** A picture's address becomes the file with its key (Client-Server API, "Sending encrypted attachments"). */
  #withFiles(content: Content): Content {
    const { url, "m.new_content": edited, ...rest } = content;
    const whole = edited === undefined ? rest : { ...rest, "m.new_content": this.#withFiles(edited as Content) };
    if (typeof url !== "string") return whole;
    const { store, atRest } = this.#deps;
    const kept = store.fileAt(url);
    return kept ? { ...whole, file: { ...(JSON.parse(atRest.open(kept, url)) as FileInfo), url } } : { ...whole, url };
  }
}
