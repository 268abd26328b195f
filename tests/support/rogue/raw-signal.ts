import { SignalRequest, SignalResponse } from "@livekit/protocol";
import type { CallAccess } from "../../../appservice/call/calls.ts";

type Message = NonNullable<ConstructorParameters<typeof SignalRequest>[0]>["message"];

/** A message as it goes over the line. */
export function said(message: Message): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new SignalRequest({ message }).toBinary());
}

/** LiveKit's signalling protocol (protobuf over a websocket) without any SDK's manners. */
export class RawSignal {
  readonly #socket: WebSocket;
  readonly answers: SignalResponse[] = [];

  /** Comes in without sound: to see and to ask. Throws when LiveKit does not open the door. */
  static connect({ url, token }: CallAccess): Promise<RawSignal> {
    return RawSignal.#open(`${url}/rtc?access_token=${token}&protocol=15&sdk=js&version=2.0.0&auto_subscribe=0`);
  }

  /** Takes the line of a connection whose sound goes on meanwhile. */
  static resume({ url, token }: CallAccess, sid: string): Promise<RawSignal> {
    return RawSignal.#open(
      `${url}/rtc?access_token=${token}&protocol=15&sdk=js&version=2.0.0&auto_subscribe=0&reconnect=1&sid=${sid}`,
    );
  }

  static async #open(url: string): Promise<RawSignal> {
    const socket = new WebSocket(url);
    socket.binaryType = "arraybuffer";
    const line = new RawSignal(socket);
    await new Promise<void>((resolve, reject) => {
      // Messages go out at once: an SDK whose line this was takes it back within milliseconds.
      socket.addEventListener("open", () => resolve());
      for (const end of ["error", "close"])
        socket.addEventListener(end, () => reject(new Error("LiveKit did not open the door")));
    });
    return line;
  }

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener("message", ({ data }: MessageEvent) => {
      if (data instanceof ArrayBuffer) this.answers.push(SignalResponse.fromBinary(new Uint8Array(data)));
    });
  }

  send(message: Message): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(said(message));
  }

  /**
   * As fast as LiveKit reads, by somebody with a machine of their own: here the one who guards the microphones sits on
   * the same thread, which neither the making of the messages nor their sending may take away.
   */
  async pour(prepared: readonly Uint8Array<ArrayBuffer>[]): Promise<void> {
    for (const [index, message] of prepared.entries()) {
      if (this.#socket.readyState !== WebSocket.OPEN) return;
      this.#socket.send(message);
      if (index % 10 === 9) await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Hung up on, sooner or later. */
  get closed(): Promise<void> {
    if (this.#socket.readyState === WebSocket.CLOSED) return Promise.resolve();
    return new Promise((resolve) => this.#socket.addEventListener("close", () => resolve()));
  }

  close(): void {
    this.#socket.close();
  }
}
