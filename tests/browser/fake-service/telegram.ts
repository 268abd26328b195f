import { isValid, sign } from "@tma.js/init-data-node";
import type { Express } from "express";
import type { Session } from "../../../appservice/protocol/http-api.ts";
import type { RoomId } from "../../../appservice/protocol/identity.ts";
import { ROUTES } from "../../../appservice/protocol/routes.ts";
import { TELEGRAM_ROUTES } from "../../../appservice/protocol/routes/telegram.ts";
import { TELEGRAM_ERRORS, type TelegramSession } from "../../../appservice/protocol/telegram.ts";
import { roomId } from "../../support/protocol/ids.ts";

const TOKEN = "7000000001:AAbbccddeeffgghhiijjkkllmmnnooppqqr";

/** Themes of Telegram's apps, as they tell them: the day of Web A and the night of Android. */
export const TELEGRAM_THEMES = {
  light: {
    bg_color: "#ffffff",
    text_color: "#000000",
    hint_color: "#707579",
    link_color: "#3390ec",
    button_color: "#3390ec",
    button_text_color: "#ffffff",
    secondary_bg_color: "#f4f4f5",
    header_bg_color: "#ffffff",
    accent_text_color: "#3390ec",
    section_bg_color: "#ffffff",
    section_header_text_color: "#707579",
    subtitle_text_color: "#707579",
    destructive_text_color: "#e53935",
  },
  dark: {
    bg_color: "#17212b",
    text_color: "#f5f5f5",
    hint_color: "#708499",
    link_color: "#6ab3f3",
    button_color: "#5288c1",
    button_text_color: "#ffffff",
    secondary_bg_color: "#232e3c",
    header_bg_color: "#17212b",
    accent_text_color: "#6ab2f2",
    section_bg_color: "#17212b",
    section_header_text_color: "#6ab3f3",
    subtitle_text_color: "#708499",
    destructive_text_color: "#ec3942",
  },
} as const;

export type Launch = {
  /** Scene and number of people, `my-turn_7`. */
  readonly to: string;
  readonly theme?: keyof typeof TELEGRAM_THEMES;
  readonly language?: string;
  readonly platform?: string;
  readonly token?: string;
};

/** What Telegram's apps write behind the `#` of a Mini App's address. */
export function launchHash({ to, theme = "light", language = "en", platform = "weba", token = TOKEN }: Launch): string {
  const data = {
    user: { id: 42, first_name: "Ann", language_code: language },
    chat_type: "supergroup",
    chat_instance: "8134722200314281151",
    start_param: to,
  };
  const initData = sign(data, token, new Date());
  return `#${new URLSearchParams({
    tgWebAppData: initData,
    tgWebAppVersion: "9.1",
    tgWebAppPlatform: platform,
    tgWebAppThemeParams: JSON.stringify(TELEGRAM_THEMES[theme]),
  }).toString()}`;
}

/** The door of a Mini App: `startapp=SCENE_PEOPLE`. At `early` nobody is there yet. */
export function telegramRoutes(app: Express, sessionIn: (room: RoomId) => Session): void {
  const used = new Set<string>();
  app.post(TELEGRAM_ROUTES.openTelegramSession.path, (request, response) => {
    const { initData, startParam = "" } = request.body as { initData: string; startParam?: string };
    const refuse = (status: number, errcode: string, error: string) =>
      void response.status(status).json({ errcode, error });
    if (!isValid(initData, TOKEN)) return refuse(401, TELEGRAM_ERRORS.forged, "Telegram has not signed this.");
    if (startParam.startsWith("early"))
      return refuse(
        409,
        TELEGRAM_ERRORS.early,
        "Nobody sits in the circle yet. Open the app again once the meeting is announced.",
      );
    if (used.has(initData)) return refuse(401, TELEGRAM_ERRORS.replayed, "This launch of the app was used before.");
    used.add(initData);
    const room = roomId(`!${startParam.replace("_", ".")}`);
    response.json({ ...sessionIn(room), room } satisfies TelegramSession);
  });
  app.post(ROUTES.myLink.path, (request, response) => {
    const { room } = request.params;
    const parameters = new URLSearchParams({ code: room.slice(1), roomId: room, userId: "telegram:42" });
    response.json({ url: `${request.protocol}://${request.get("host") ?? ""}/widget/#${parameters.toString()}` });
  });
}

/** The page of Telegram's Web A, as far as a Mini App is concerned: its frame, its header and its main button. */
export function webAPage(app: string, theme: keyof typeof TELEGRAM_THEMES): string {
  const { bg_color, text_color, hint_color } = TELEGRAM_THEMES[theme];
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Telegram</title>
<style>html,body{margin:0;height:100%;font:16px system-ui,sans-serif;background:${bg_color};color:${text_color}}
body{display:flex;flex-direction:column}header{display:flex;align-items:center;gap:12px;height:48px;padding:0 14px;font-weight:600}
header button{border:0;background:none;color:${hint_color};font-size:22px}iframe{flex:1;border:0;min-height:0;width:100%}
#main{flex:none;height:48px;margin:8px;border:0;border-radius:12px;font:600 16px system-ui,sans-serif}[hidden]{display:none!important}</style></head>
<body><header><button id="back" hidden>←</button><button id="close">✕</button>Mindminder</header>
<iframe title="app" allow="camera; microphone; geolocation;" sandbox="allow-scripts allow-same-origin allow-popups allow-forms allow-modals allow-storage-access-by-user-activation"></iframe>
<button id="main" hidden></button><script>
const frame = document.querySelector('iframe');
const [main, back] = [document.getElementById('main'), document.getElementById('back')];
window.told = [];
window.tell = (eventType, eventData) => frame.contentWindow.postMessage(JSON.stringify({ eventType, eventData }), '*');
main.onclick = () => tell('main_button_pressed');
back.onclick = () => tell('back_button_pressed');
const viewport = () => { const { width, height } = frame.getBoundingClientRect(); tell('viewport_changed', { width, height, is_expanded: true, is_state_stable: true }); };
addEventListener('message', (event) => {
  if (event.source !== frame.contentWindow) return;
  const { eventType, eventData } = JSON.parse(event.data);
  window.told.push([eventType, eventData ?? null]);
  if (eventType === 'web_app_request_viewport') viewport();
  if (eventType === 'web_app_setup_back_button') back.hidden = !eventData.is_visible;
  if (eventType === 'web_app_setup_main_button') {
    main.hidden = !(eventData.is_visible && eventData.text.trim());
    main.textContent = eventData.is_progress_visible ? '…' : eventData.text;
    main.disabled = !eventData.is_active;
    main.style.background = eventData.color; main.style.color = eventData.text_color;
    main.style.opacity = eventData.is_active ? 1 : 0.6;
  }
});
addEventListener('resize', viewport);
frame.src = ${JSON.stringify(app)};
</script></body></html>`;
}
