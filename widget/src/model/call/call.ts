import type { ServiceClient } from "../service/service-client.ts";
import type { CaptionStore } from "../captions/caption-store.ts";
import type { NoticeStore } from "../meeting/notices.ts";
import { Store } from "../store.ts";
import { OUT_OF_CALL, type LocalCallState, type Devices } from "./call-state.ts";
import type { CallEncryption } from "./call-encryption.ts";
import { epochIn } from "./epoch-told.ts";
import type { HeldMicrophone } from "../service/held-microphone.ts";
import type { Ending, LiveCall } from "./live-call.ts";

type Options = {
  readonly client: ServiceClient;
  readonly notices: NoticeStore;
  readonly captions: CaptionStore;
  readonly onMetadata: (metadata: string) => void;
  readonly onLinkBack: () => void;
  /** The one microphone of this sitting; left out: it is opened each time that it is needed. */
  readonly held?: HeldMicrophone | null;
};

/** Waits between attempts to come back after the connection broke for good. */
const COME_BACK_AFTER_MS = [500, 2_000, 5_000, 10_000];

/** LiveKit's client is a large part of the widget: it is fetched while a person checks their microphone. */
const loadLiveCall = () => import("./live-call.ts");

/** The same of encryption and its worker, which no open room needs. */
async function openEncryption(client: ServiceClient): Promise<CallEncryption> {
  const { CallEncryption } = await import("./call-encryption.ts");
  return CallEncryption.open(async () => (await client.mediaKeys()).keys);
}

/** The person's place in the call: in, out, or on the way. LiveKit itself is behind `LiveCall`. */
export class Call extends Store<LocalCallState> {
  readonly #options: Options;
  #live: LiveCall | null = null;
  #devices: Devices = { microphone: null };
  #attempt = 0;

  constructor(options: Options, initial: Partial<LocalCallState> = {}) {
    super({ ...OUT_OF_CALL, ...initial });
    this.#options = options;
  }

  get held(): HeldMicrophone | null {
    return this.#options.held ?? null;
  }

  prepare(): void {
    loadLiveCall().catch(() => undefined);
  }

  async join(devices: Devices): Promise<boolean> {
    const attempt = ++this.#attempt;
    this.#devices = devices;
    this.set({ status: "joining", takenOver: false });
    const joined = await this.#connect();
    if (!joined && attempt === this.#attempt) this.set(OUT_OF_CALL);
    return joined;
  }

  async leave(): Promise<void> {
    this.#attempt += 1;
    const live = this.#live;
    this.#live = null;
    this.set(OUT_OF_CALL);
    this.#options.captions.clear();
    await live?.leave();
    this.held?.letGo();
  }

  /** Takes the call back from another window, with the same devices. */
  rejoin(): Promise<boolean> {
    return this.join(this.#devices);
  }

  /** `true` on the open floor and in one's own turn alone: in a circle the server opens microphones. */
  async setMicrophone(open: boolean): Promise<void> {
    await this.#live?.setMicrophone(open);
  }

  async setCamera(on: boolean): Promise<void> {
    await this.#live?.setCamera(on);
  }

  async setScreen(on: boolean): Promise<void> {
    await this.#live?.setScreen(on);
  }

  /** Other devices, or another way of cleaning the sound, in mid-call; also what a return takes. */
  async choose(change: Devices): Promise<void> {
    this.#devices = {
      ...this.#devices,
      ...change,
      microphone: this.#devices.microphone && { ...this.#devices.microphone, ...change.microphone },
    };
    await this.#live?.choose(change);
  }

  async unblockSound(): Promise<void> {
    await this.#live?.unblockSound();
  }

  async comeBack({ atOnce } = { atOnce: false }): Promise<void> {
    const attempt = ++this.#attempt;
    this.set({ status: "reconnecting" });
    for (const pause of atOnce ? [0, ...COME_BACK_AFTER_MS] : COME_BACK_AFTER_MS) {
      await new Promise((resolve) => setTimeout(resolve, pause));
      if (attempt !== this.#attempt || (await this.#connect())) return;
    }
    if (attempt === this.#attempt) this.set({ status: "lost" });
  }

  async #connect(): Promise<boolean> {
    const attempt = this.#attempt;
    const { client, notices, captions, onMetadata, onLinkBack } = this.#options;
    try {
      const [access, { LiveCall }] = await Promise.all([client.callAccess(), loadLiveCall()]);
      const encryption = access.encrypted ? await openEncryption(client) : null;
      let live: LiveCall | null = null;
      live = await LiveCall.connect({
        access,
        encryption,
        devices: this.#devices,
        held: this.held,
        onMetadata: (metadata) => {
          onMetadata(metadata);
          const epoch = encryption && epochIn(metadata);
          if (epoch != null) encryption?.keys.heardOf(epoch);
        },
        onLinkBack,
        onChange: (change) => this.set(change),
        onCaption: (speaker, attributes, text) => captions.hear(speaker, attributes, text),
        onFailure: (what) => notices.show({ key: `${what}Failed` }),
        // Another connection may be ours by then: LiveKit ends the one before it.
        onEnd: (ending) => live !== null && this.#live === live && this.#ended(ending),
      });
      if (attempt !== this.#attempt) {
        await live.leave();
        return false;
      }
      this.#live = live;
      this.set({ status: "in", quiet: false });
      return true;
    } catch (failure) {
      console.info("The call could not be joined.", failure);
      if (failure instanceof Error && failure.name === "EncryptionUnsupported") notices.show({ key: "noEncryption" });
      return false;
    }
  }

  #ended(ending: Ending): void {
    this.#live = null;
    if (ending === "broken" || ending === "moved") {
      void this.comeBack({ atOnce: ending === "moved" });
      return;
    }
    if (ending === "removed") return void this.#sentOn();
    this.#isOut(ending);
  }

  /** Goes on in the call where we sit now. Whoever has none was put out. */
  async #sentOn(): Promise<void> {
    const attempt = ++this.#attempt;
    this.set({ status: "reconnecting" });
    if ((await this.#connect()) || attempt !== this.#attempt) return;
    this.#isOut("removed");
    this.#options.notices.show({ key: "removedFromCall" });
  }

  #isOut(ending: Ending): void {
    this.held?.letGo();
    this.set({ ...OUT_OF_CALL, takenOver: ending === "other-tab" });
  }
}
