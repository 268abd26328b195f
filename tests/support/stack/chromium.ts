import { chromium, type Browser } from "playwright-core";
import { quiet } from "../../../tools/setup/progress.ts";
import { ensureChromium } from "../../../tools/setup/chromium.ts";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // A camera and a microphone that need no hardware and no click.
  "--use-fake-ui-for-media-stream",
  "--use-fake-device-for-media-stream",
];

/** Limit for what a person would wait for in a page; it ends what hangs, and is no promise. */
const PATIENCE_MS = 90_000;

/** Names the program that most pages are content with; where it is not set, all have the whole Chromium. */
export const HEADLESS_SHELL = "MINDMINDER_HEADLESS_SHELL";

/**
 * The system's Chromium without a window. Take one context a participant: `browser.newContext()`.
 * A voice for the pages: `args: ["--use-file-for-fake-audio-capture=FILE.wav"]` (one voice for the whole browser).
 */
export async function launchChromium({
  args = [],
  as = async (program) => program,
  whole = false,
}: {
  args?: string[];
  /** Answers with the program that is started in Chromium's place. */
  as?: (program: string) => Promise<string>;
  /** For what belongs to a browser's windows, as notifications do. */
  whole?: boolean;
} = {}): Promise<Browser> {
  const shell = whole ? undefined : process.env[HEADLESS_SHELL];
  const executable = shell ?? (await ensureChromium(quiet)).executable;
  const browser = await chromium.launch({
    executablePath: await as(executable),
    headless: true,
    args: [...FLAGS, ...args],
    // It ends by itself when the pipe to us closes. Playwright's own handlers would take Ctrl-C out of our hands.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  const newContext = browser.newContext.bind(browser);
  browser.newContext = async (options) => {
    const context = await newContext(options);
    context.setDefaultTimeout(PATIENCE_MS);
    return context;
  };
  return browser;
}
