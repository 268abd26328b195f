import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import type { PeopleNetworks } from "../network/people-networks.ts";
import { BrowserPerson, type BrowserPersonOptions } from "./browser-person.ts";
import { launchChromium } from "./chromium.ts";
import { type HostPage, serveHostPage } from "./host-page.ts";
import { microphonesOpenIn } from "./livekit.ts";
import { MatrixPerson, type SeenEvent } from "./matrix-person.ts";
import { type Mindminder, startMindminder } from "./mindminder.ts";
import { roomWithBot } from "./room-with-bot.ts";

/** The browser stands behind somebody's link there. */
type BrowsersNetwork = { readonly networks: PeopleNetworks; readonly who: string };

/**
 * The whole product for people with browsers: homeserver, LiveKit, service, a page that hosts the widget, and Chromium.
 */
export class BrowserStage {
  readonly mindminder: Mindminder;
  readonly #hostPage: HostPage;
  readonly #browser: Browser;

  /** `encrypted`: the bot takes part in encrypted rooms. `whole`: the browser is as people have it. */
  static async open(
    config: Readonly<Record<string, unknown>>,
    behind?: BrowsersNetwork,
    { encrypted = false, whole = false } = {},
  ): Promise<BrowserStage> {
    const dir = await mkdtemp(join(tmpdir(), "mindminder-"));
    const [mindminder, hostPage] = await Promise.all([
      startMindminder({ dir, config, encrypted, ...(behind && { outside: behind.networks }) }),
      serveHostPage(behind?.networks.host),
    ]);
    const args = ["--autoplay-policy=no-user-gesture-required"];
    // Pages have a microphone by TLS alone, or from their own machine.
    if (behind) args.push(`--unsafely-treat-insecure-origin-as-secure=${mindminder.url},${hostPage.url}`);
    const browser = await launchChromium({
      args,
      whole,
      ...(behind && { as: (program: string) => behind.networks.program(behind.who, program, dir) }),
    });
    return new BrowserStage(mindminder, hostPage, browser);
  }

  private constructor(mindminder: Mindminder, hostPage: HostPage, browser: Browser) {
    this.mindminder = mindminder;
    this.#hostPage = hostPage;
    this.#browser = browser;
  }

  readonly fromBot = (event: SeenEvent): boolean => event.sender === this.mindminder.botId;

  person(name: string, displayName: string): Promise<MatrixPerson> {
    return MatrixPerson.register(this.mindminder.synapse, name, displayName);
  }

  /** A room with all of them and the bot, which has greeted and put its widget there. */
  roomOf(host: MatrixPerson, ...others: MatrixPerson[]): Promise<string> {
    return roomWithBot(this.mindminder, host, ...others);
  }

  /** Somebody opens the room with the widget in it. */
  async look(room: string, matrix: MatrixPerson, title: string, options: BrowserPersonOptions): Promise<BrowserPerson> {
    const widget = await matrix.state<{ url: string }>(room, "im.vector.modular.widgets", "org.mindminder");
    const link = this.#hostPage.linkFor({
      homeserverUrl: this.mindminder.synapse.url,
      accessToken: matrix.accessToken,
      userId: matrix.userId,
      roomId: room,
      widgetUrl: widget?.url ?? "",
      title,
    });
    return BrowserPerson.open(this.#browser, link, options);
  }

  /** Somebody opens the circle by an address of its own: a link, or a launch of the Mini App. */
  openPage(address: string, options: BrowserPersonOptions): Promise<BrowserPerson> {
    return BrowserPerson.open(this.#browser, address, { ...options, framed: false });
  }

  /** Somebody opens the room with the widget in it, and joins the call. */
  async seat(room: string, matrix: MatrixPerson, title: string, options: BrowserPersonOptions): Promise<BrowserPerson> {
    const seated = await this.look(room, matrix, title, options);
    await seated.join();
    return seated;
  }

  /** People whose microphone LiveKit lets through. */
  async openMicrophones(room: string): Promise<string[]> {
    return microphonesOpenIn(this.mindminder.livekit, room);
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#hostPage.stop();
    await this.mindminder.stop();
  }
}
