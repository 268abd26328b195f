/**
 * One microphone for a sitting: asked for once, and lent as copies, which their users may close. Some places put a
 * question to the person at each request, or refuse the second for good.
 */
export class HeldMicrophone {
  #held: { readonly device: string | null; readonly track: Promise<MediaStreamTrack> } | null = null;
  readonly #ask: (audio: MediaTrackConstraints | true) => Promise<MediaStreamTrack>;

  constructor(ask = askBrowser) {
    this.#ask = ask;
  }

  /** A copy of the open microphone; another device is another microphone. Throws as the browser's own request does. */
  async copy(device: string | null): Promise<MediaStreamTrack> {
    const held = this.#held;
    if (held?.device !== device) return (await this.#take(device)).clone();
    const track = await held.track;
    if (track.readyState === "live") return track.clone();
    // Somebody else may have asked anew meanwhile.
    return held === this.#held ? (await this.#take(device)).clone() : this.copy(device);
  }

  letGo(): void {
    void this.#held?.track.then((track) => track.stop()).catch(() => undefined);
    this.#held = null;
  }

  #take(device: string | null): Promise<MediaStreamTrack> {
    this.letGo();
    const track = this.#ask(device ? { deviceId: { exact: device } } : true);
    const held = { device, track };
    this.#held = held;
    track.catch(() => {
      if (this.#held === held) this.#held = null;
    });
    return track;
  }
}

async function askBrowser(audio: MediaTrackConstraints | true): Promise<MediaStreamTrack> {
  const [track] = (await navigator.mediaDevices.getUserMedia({ audio })).getAudioTracks();
  if (!track) throw new DOMException("There is no microphone", "NotFoundError");
  return track;
}
