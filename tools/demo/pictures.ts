import { writeFile } from "node:fs/promises";
import type { Browser, CDPSession, Page } from "playwright-core";

/** One picture of everybody's view, side by side with their names. */
export async function contactSheet(
  browser: Browser,
  views: readonly { name: string; png: Buffer }[],
  file: string,
): Promise<void> {
  const columns = views.length <= 4 ? 2 : 3;
  const cells = views
    .map(
      ({ name, png }) =>
        `<figure><figcaption>${name}</figcaption><img src="data:image/png;base64,${png.toString("base64")}"></figure>`,
    )
    .join("");
  const context = await browser.newContext({ viewport: { width: columns * 620 + 20, height: 400 } });
  const page = await context.newPage();
  await page.setContent(`<style>
    body { margin: 0; padding: 10px; background: #e1e6ec; font: 600 15px Inter, system-ui, sans-serif; color: #1b1d22; }
    main { display: grid; grid-template-columns: repeat(${columns}, 1fr); gap: 10px; }
    figure { margin: 0; } figcaption { padding: 4px 2px 6px; }
    img { width: 100%; border-radius: 10px; box-shadow: 0 1px 4px #0003; }
  </style><main>${cells}</main>`);
  await page.screenshot({ path: file, fullPage: true });
  await context.close();
}

/** A drawing (SVG) as a picture (PNG), as large as it says that it is. */
export async function drawn(browser: Browser, svg: string): Promise<Buffer> {
  const context = await browser.newContext({ deviceScaleFactor: 2 });
  const page = await context.newPage();
  await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${svg}`);
  const png = await page.locator("svg").first().screenshot();
  await context.close();
  return png;
}

const FRAMES_PER_SECOND = 8;

/** Films a page: Chromium's screencast of it, drawn and encoded (WebM) by a second page of the same browser. */
export class Film {
  readonly #session: CDPSession;
  readonly #studio: Page;

  private constructor(session: CDPSession, studio: Page) {
    this.#session = session;
    this.#studio = studio;
  }

  static async start(browser: Browser, page: Page): Promise<Film> {
    const { width, height } = page.viewportSize() ?? { width: 1280, height: 720 };
    const studio = await (await browser.newContext({ viewport: { width: 320, height: 240 } })).newPage();
    await studio.setContent(`<canvas width="${width}" height="${height}"></canvas>`);
    await studio.evaluate(`{
      const canvas = document.querySelector("canvas");
      const pen = canvas.getContext("2d");
      pen.fillRect(0, 0, canvas.width, canvas.height);
      const recorder = new MediaRecorder(canvas.captureStream(${FRAMES_PER_SECOND}), { mimeType: "video/webm;codecs=vp8", videoBitsPerSecond: 1_500_000 });
      const pieces = [];
      recorder.ondataavailable = ({ data }) => pieces.push(data);
      globalThis.draw = async (jpeg) => {
        const picture = new Image();
        picture.src = "data:image/jpeg;base64," + jpeg;
        await picture.decode();
        pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
      };
      globalThis.finish = () => new Promise((resolve) => {
        recorder.onstop = async () => {
          const bytes = new Uint8Array(await new Blob(pieces).arrayBuffer());
          let text = "";
          for (let i = 0; i < bytes.length; i += 32768) text += String.fromCharCode(...bytes.subarray(i, i + 32768));
          resolve(btoa(text));
        };
        recorder.stop();
      });
      recorder.start(1000);
    }`);
    const session = await page.context().newCDPSession(page);
    session.on("Page.screencastFrame", ({ data, sessionId }) => {
      void studio
        .evaluate((jpeg) => (globalThis as unknown as { draw: (jpeg: string) => Promise<void> }).draw(jpeg), data)
        .catch(() => {});
      void session.send("Page.screencastFrameAck", { sessionId }).catch(() => {});
    });
    await session.send("Page.startScreencast", { format: "jpeg", quality: 70, everyNthFrame: 4 });
    return new Film(session, studio);
  }

  async finish(file: string): Promise<void> {
    await this.#session.send("Page.stopScreencast");
    const base64 = await this.#studio.evaluate(() =>
      (globalThis as unknown as { finish: () => Promise<string> }).finish(),
    );
    await writeFile(file, Buffer.from(base64, "base64"));
    await this.#studio.context().close();
  }
}
