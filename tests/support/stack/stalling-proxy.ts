import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** `there`: what is asked does not arrive. `back`: it arrives, and the answer does not. */
export type Direction = "there" | "back";

/**
 * A network between two programs, which can be cut without either being told, both ways or one: nothing is closed,
 * nothing gets through, and nothing is lost, since TCP sends it again.
 */
export class StallingProxy {
  /** Each socket, and the direction of what is read from it. */
  readonly #sockets = new Map<Socket, Direction>();
  readonly #server = createServer((near) => this.#join(near));
  readonly #target: { readonly host: string; readonly port: number };
  #stalled: readonly Direction[] = [];

  static async open(targetUrl: string): Promise<StallingProxy> {
    const { hostname, port } = new URL(targetUrl);
    const proxy = new StallingProxy({ host: hostname, port: Number(port) });
    await once(proxy.#server.listen(0, "127.0.0.1"), "listening");
    return proxy;
  }

  private constructor(target: { readonly host: string; readonly port: number }) {
    this.#target = target;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stall(...ways: readonly Direction[]): void {
    this.#stalled = ways.length > 0 ? ways : ["there", "back"];
    for (const [socket, way] of this.#sockets) if (this.#stalled.includes(way)) socket.pause();
  }

  /** Lets everything sent meanwhile arrive now, as by a network that was cut for a while. */
  flow(): void {
    this.#stalled = [];
    for (const socket of this.#sockets.keys()) socket.resume();
  }

  close(): void {
    this.#server.close();
    for (const socket of this.#sockets.keys()) socket.destroy();
  }

  #join(near: Socket): void {
    const far = connect(this.#target);
    for (const [socket, other, way] of [
      [near, far, "there"],
      [far, near, "back"],
    ] as const) {
      this.#sockets.set(socket, way);
      socket.on("data", (data) => void other.write(data));
      socket.on("end", () => other.end());
      socket.on("error", () => other.destroy());
      socket.on("close", () => {
        this.#sockets.delete(socket);
        other.destroy();
      });
      if (this.#stalled.includes(way)) socket.pause();
    }
  }
}
