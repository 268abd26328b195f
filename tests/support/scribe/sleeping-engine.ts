import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

const WAV_BYTES_A_SECOND = 32_000;
/** Text of sound to which no words were given. */
export const SAID = "Something was said.";
/** Cost of a second of sound that nobody said: workers measure by such at their start how much they carry. */
const AT_START = 0.1;

/**
 * Server of `/v1/audio/transcriptions` that takes a stated time for each second of sound, and sleeps in it: so what is
 * measured is how work is shared out, and not this machine's cores. Its text are the words of the prompt that came
 * along.
 */
export class SleepingEngine {
  readonly #server: Server;
  readonly #atStart: number;
  /** Seconds that a second of sound takes. */
  cost: number;
  /** Prompts in the order in which they were decoded to their end. */
  readonly decoded: string[] = [];
  /** Prompts in the order in which their decoding began. */
  readonly begun: { readonly prompt: string; readonly at: number }[] = [];
  #held: Promise<void> = Promise.resolve();

  static async start(cost: number, atStart = AT_START): Promise<SleepingEngine> {
    const engine = new SleepingEngine(cost, atStart);
    engine.#server.listen(0, "127.0.0.1");
    await once(engine.#server, "listening");
    return engine;
  }

  private constructor(cost: number, atStart: number) {
    this.#atStart = atStart;
    this.cost = cost;
    this.#server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on("data", (part: Buffer) => parts.push(part));
      request.on("end", () => {
        void this.#decode(Buffer.concat(parts)).then((text) =>
          response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ text, language: "en" })),
        );
      });
      request.on("error", () => {});
    });
  }

  get prompts(): string[] {
    return this.begun.map(({ prompt }) => prompt);
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1`;
  }

  /** Finishes nothing that somebody said until what it returns is called; workers measure themselves meanwhile. */
  hold(): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#held = promise;
    return resolve;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #decode(body: Buffer): Promise<string> {
    const sound = body.indexOf("RIFF");
    const seconds = (body.readUInt32LE(sound + 4) - 36) / WAV_BYTES_A_SECOND;
    const [, whole = ""] = /name="prompt"\r\n\r\n([^\r]*)/.exec(body.toString("latin1")) ?? [];
    // Words of the room stand behind a sentence of the language, and are the end of the last one.
    const prompt = whole.replace(/^.*: (.*)\.$/, "$1");
    this.begun.push({ prompt, at: performance.now() });
    // Decoding takes its time.
    await wait(seconds * (prompt === "" ? this.#atStart : this.cost) * 1_000);
    if (prompt !== "") await this.#held;
    this.decoded.push(prompt);
    return prompt === "" ? SAID : prompt;
  }
}
