import { on, postEvent } from "@tma.js/bridge";
import { z } from "zod";
import { TELEGRAM_ROUTES } from "@mindminder/protocol/routes/telegram.ts";
import { TELEGRAM_ERRORS, TelegramSession } from "@mindminder/protocol/telegram.ts";
import { DEVICE_HEADER } from "@mindminder/protocol/http-api.ts";
import { deviceOfTab } from "../service/device.ts";
import { HeldMicrophone } from "../service/held-microphone.ts";
import { ServiceFailure } from "../service/failure.ts";
import { send } from "../service/send.ts";
import { apiBeside } from "../service/service-client.ts";
import { type ClientLook, type Host, HostFailure } from "./host.ts";
import { type KeptSession, keptSession } from "./kept-session.ts";
import type { TelegramLaunch, UrlParameters } from "./parameters.ts";
import { type Dress, dressOf, type TelegramColours, wear } from "./telegram-colours.ts";
import { ShellButtons } from "./shell-buttons.ts";
import { telegramShell } from "./telegram-shell.ts";
import { followWindow } from "./telegram-window.ts";
import "./telegram.css";

/** Codes of this door, whose sentences the service has in both languages. */
const SHUT: ReadonlySet<string> = new Set(Object.values(TELEGRAM_ERRORS));

const Colours = z.record(z.string(), z.string()).catch({});

/** Opens the circle that the Mini App's link leads to, for whoever Telegram says has pressed it. */
export async function openInTelegram({ telegram, language }: UrlParameters): Promise<Host> {
  if (telegram === null) throw new HostFailure("outside-client");
  const look = followLook(Colours.parse(jsonOf(telegram.theme)));
  document.documentElement.dataset["host"] = "telegram";
  followWindow();
  postEvent("web_app_ready");
  const kept = keptSession(TelegramSession, placeOf(telegram));
  const session = kept.find() ?? (await sessionFor(telegram, language, kept));
  return {
    issuer: "telegram",
    parameters: { roomId: session.room, userId: session.me.id },
    look: { theme: look.theme(), language },
    observeLook: look.observe,
    // Telegram's word is worth one session; the next is had by opening the app anew.
    proof: () => Promise.reject(new HostFailure("telegram-again")),
    kept: { ...kept, keep: () => undefined },
    shell: new ShellButtons(telegramShell(look.button)),
    held: new HeldMicrophone(),
  };
}

/** Loading the page anew brings the same launch again, which is worth one session. */
function placeOf({ initData }: TelegramLaunch): string {
  return `mindminder:telegram:${new URLSearchParams(initData).get("hash") ?? ""}`;
}

/** The session that this launch is worth. */
async function sessionFor(
  { initData, startParam }: TelegramLaunch,
  language: string,
  kept: Pick<KeptSession<TelegramSession>, "keep">,
): Promise<TelegramSession> {
  const route = TELEGRAM_ROUTES.openTelegramSession;
  const headers = { [DEVICE_HEADER]: deviceOfTab(), "Accept-Language": language };
  const request = { base: apiBeside(location.href), path: route.path, headers };
  try {
    const answer = await send(route, { ...request, body: { initData, ...(startParam !== null && { startParam }) } });
    const session = TelegramSession.parse(answer);
    kept.keep(session);
    return session;
  } catch (cause) {
    if (!(cause instanceof ServiceFailure) || !SHUT.has(cause.errcode)) throw cause;
    throw new HostFailure(cause.kind === "unproven" ? "telegram-again" : "telegram-shut", cause);
  }
}

/** Wears the colours of Telegram's theme, now and on each change. */
function followLook(first: TelegramColours) {
  let dress: Dress | null = null;
  let colours = first;
  let report: ((change: Partial<ClientLook>) => void) | null = null;
  const put = (told: TelegramColours) => {
    colours = told;
    dress = dressOf(told);
    if (!dress) return;
    wear(dress);
    const ground = rgb(dress.properties["--cpd-color-bg-canvas-default"]);
    if (ground) {
      postEvent("web_app_set_background_color", { color: ground });
      postEvent("web_app_set_bottom_bar_color", { color: ground });
    }
    postEvent("web_app_set_header_color", { color_key: "bg_color" });
    report?.({ theme: dress.theme });
  };
  put(first);
  on("theme_changed", ({ theme_params }) => put(Colours.parse(theme_params)));
  return {
    theme: () => dress?.theme ?? null,
    // The app's own button has the app's own colours.
    button() {
      const [color, text_color] = [rgb(colours["button_color"]), rgb(colours["button_text_color"])];
      return color && text_color ? { color, text_color } : {};
    },
    observe(observer: (change: Partial<ClientLook>) => void) {
      report = observer;
      if (dress) observer({ theme: dress.theme });
    },
  };
}

function rgb(colour: string | undefined): `#${string}` | null {
  return colour?.startsWith("#") ? `#${colour.slice(1)}` : null;
}

function jsonOf(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
}
