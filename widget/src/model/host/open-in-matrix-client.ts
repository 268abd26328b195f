import type { IRoomEvent, IWidgetApiRequest } from "matrix-widget-api";
// The package's index brings the client's side along, a twentieth of all that is loaded before the ring stands.
import { MatrixCapabilities } from "matrix-widget-api/lib/interfaces/Capabilities.js";
import { WidgetApiToWidgetAction } from "matrix-widget-api/lib/interfaces/WidgetApiAction.js";
import { WidgetApi } from "matrix-widget-api/lib/WidgetApi.js";
import { MEETING_STATE, SIGN_IN } from "@mindminder/protocol/namespace.ts";
import { thisBrowser } from "../service/device.ts";
import { HostFailure, type Host, type ClientLook } from "./host.ts";
import { themeNamed } from "./theme.ts";
import type { UrlParameters } from "./parameters.ts";

/** `early` tells once more what the client said before this script was here. */
export async function openInMatrixClient(parameters: UrlParameters, early: () => void): Promise<Host> {
  const { widgetId, parentUrl, roomId, userId, theme, language } = parameters;
  if (!widgetId || !parentUrl || !roomId || window.parent === window) throw new HostFailure("outside-client");
  const origin = originOf(parentUrl);
  hearOnly(window.parent, origin);

  const api = new WidgetApi(widgetId, origin);
  // All in one request, which is one question to a person: clients remember the answer to the last request alone, and
  // acknowledge a later one before the person has answered it.
  api.requestCapabilityToReceiveState(MEETING_STATE, "");
  api.requestCapabilityToSendEvent(SIGN_IN);
  api.requestCapability(MatrixCapabilities.AlwaysOnScreen);
  // Listens from the start: some clients tell the room's state at once.
  const meeting = new Listening<unknown>();
  const look = new Listening<Partial<ClientLook>>();
  listen(api, meeting, look);
  const ready = new Promise<void>((resolve) => api.once("ready", () => resolve()));
  api.start();
  early();
  // Older clients wait for this word before they begin to talk; to others it is one too many.
  api.sendContentLoaded().catch(() => undefined);
  await ready;

  return {
    parameters: { roomId, userId },
    look: { theme, language },

    issuer: "matrix",

    async proof() {
      try {
        const {
          access_token = "",
          matrix_server_name = "",
          token_type,
          expires_in,
        } = await api.requestOpenIDConnectToken();
        const openid = { access_token, matrix_server_name, token_type, expires_in };
        return { issuer: "matrix", roomId, openid, browser: thisBrowser() };
      } catch (cause) {
        throw new HostFailure("identity-refused", cause);
      }
    },

    confirmSignIn(code) {
      // Left to the bot where the person may not send it: it tells them of the session.
      if (api.hasCapability(MAY_SIGN_IN)) api.sendRoomEvent(SIGN_IN, { code }).catch(() => undefined);
    },

    observeMeetingState(report) {
      meeting.hear(report);
      api
        .readStateEvents(MEETING_STATE, 1, "")
        .then((events) => events.forEach((event) => report(event.content)))
        .catch(() => undefined);
    },

    observeLook: (report) => look.hear(report),

    async stayOnScreen(on) {
      if (!api.hasCapability(MatrixCapabilities.AlwaysOnScreen)) return false;
      // Element's acknowledgement is empty; a client that refuses answers with an error.
      await api.setAlwaysOnScreen(on);
      return true;
    },
  };
}

/** The capability as the widget API writes it (MSC2762). */
const MAY_SIGN_IN = `org.matrix.msc2762.send.event:${SIGN_IN}`;

function originOf(parentUrl: string): string {
  try {
    return new URL(parentUrl).origin;
  } catch (cause) {
    throw new HostFailure("outside-client", cause);
  }
}

/** The widget API listens to anybody who posts a message; only the client that holds us may be heard. */
function hearOnly(client: Window, origin: string): void {
  window.addEventListener(
    "message",
    (event) => {
      const fromClient = event.source === client && event.origin === origin;
      if (!fromClient && event.source !== window) event.stopImmediatePropagation();
    },
    { capture: true },
  );
}

/** Keeps what was told before somebody listened, and hands it on once they do. */
class Listening<T> {
  #early: T[] = [];
  #report: ((told: T) => void) | null = null;

  tell(told: T): void {
    if (this.#report) this.#report(told);
    else this.#early.push(told);
  }

  hear(report: (told: T) => void): void {
    this.#report = report;
    for (const told of this.#early.splice(0)) report(told);
  }
}

function listen(api: WidgetApi, meeting: Listening<unknown>, look: Listening<Partial<ClientLook>>): void {
  const offer = (event: Partial<IRoomEvent>) => {
    if (event.type === MEETING_STATE && event.state_key === "") meeting.tell(event.content);
  };
  // Two generations of clients deliver state in two ways.
  answer(api, WidgetApiToWidgetAction.SendEvent, (data) => offer(data as Partial<IRoomEvent>));
  answer(api, WidgetApiToWidgetAction.UpdateState, (data) => (data as { state?: IRoomEvent[] }).state?.forEach(offer));
  answer(api, WidgetApiToWidgetAction.ThemeChange, (data) => {
    const theme = themeNamed((data as { name?: string }).name);
    if (theme) look.tell({ theme });
  });
  answer(api, WidgetApiToWidgetAction.LanguageChange, (data) => {
    const { lang } = data as { lang?: string };
    if (lang) look.tell({ language: lang });
  });
}

function answer(api: WidgetApi, action: WidgetApiToWidgetAction, take: (data: unknown) => void): void {
  api.on(`action:${action}`, (event: CustomEvent<IWidgetApiRequest>) => {
    event.preventDefault();
    take(event.detail.data);
    api.transport.reply(event.detail, {});
  });
}
