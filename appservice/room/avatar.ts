import type { Logger } from "pino";
import type { Homeserver } from "./homeserver.ts";

/** The widget's own sign: a ring of people, one of whom has the word. */
export const AVATAR_SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="512" height="512" viewBox="0 0 24 24">
  <rect width="24" height="24" fill="#0b7f67"/>
  <g transform="translate(12 12.6) scale(0.82) translate(-12 -12)" fill="none" stroke="#ffffff" stroke-width="1.8" stroke-linecap="round">
    <circle cx="12" cy="12" r="8" stroke-dasharray="3.4 4.9776" stroke-dashoffset="1.7"/><circle cx="12" cy="4" r="2.2" fill="#ffffff"/>
  </g>
</svg>`;

type Deps = {
  readonly homeserver: Pick<Homeserver, "avatar" | "setAvatar" | "upload">;
  readonly draw: (svg: string) => Promise<{ readonly bytes: Uint8Array }>;
  readonly log: Pick<Logger, "warn">;
};

/** Gives the bot a picture where it has none. One that somebody chose for it stays; it is nothing to fail for. */
export async function giveAvatar({ homeserver, draw, log }: Deps): Promise<void> {
  try {
    if ((await homeserver.avatar()) !== null) return;
    const { bytes } = await draw(AVATAR_SVG);
    const uploaded = await homeserver.upload(bytes, "image/png", "mindminder.png");
    if ("mxc" in uploaded) await homeserver.setAvatar(uploaded.mxc);
    else log.warn(uploaded, "the homeserver does not take the bot's picture");
  } catch (error) {
    log.warn({ err: error }, "the bot's picture could not be set; it is tried again at the next start");
  }
}
