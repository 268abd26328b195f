import {
  ClientWidgetApi,
  MatrixCapabilities,
  Widget,
  WidgetApiFromWidgetAction,
  type IStickyActionRequest,
} from "matrix-widget-api";
import { useEffect, useRef } from "react";
import type { Language } from "@mindminder/protocol/identity.ts";
import { WIDGET_ID } from "@mindminder/protocol/namespace.ts";
import type { ColourTheme } from "../../src/model/host/host.ts";
import type { Credentials } from "./credentials.ts";
import type { BrowserHomeserver, TimelineEvent } from "./homeserver.ts";
import type { WidgetPermissions } from "./permissions.ts";
import { asWidgetEvent, PageDriver } from "./widget-driver.ts";

export type FrameProps = {
  credentials: Credentials;
  homeserver: BrowserHomeserver;
  permissions: WidgetPermissions;
  theme: ColourTheme;
  language: Language;
  title: string;
  /** Hands out the way by which the room's events reach the widget. */
  onOpen: (feed: (event: TimelineEvent) => void) => void;
  /** The widget wishes to live on while its person looks elsewhere, and may; or no longer. */
  onStay: (stays: boolean) => void;
};

/** The widget in its frame, hosted as a Matrix client would host it. */
export function WidgetFrame({
  credentials,
  homeserver,
  theme,
  language,
  title,
  permissions,
  onOpen,
  onStay,
}: FrameProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  const api = useRef<ClientWidgetApi | null>(null);
  const first = useRef({ theme, language });

  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const { roomId, userId, widgetUrl } = credentials;
    const widget = new Widget({
      id: WIDGET_ID,
      creatorUserId: userId,
      type: "m.custom",
      url: widgetUrl,
      waitForIframeLoad: false,
    });
    // The address must stand before the API begins to listen: an empty frame loads too, and would start the talk too
    // early.
    element.src = addressOf(widget, { roomId, userId, ...first.current });
    const client = new ClientWidgetApi(widget, element, new PageDriver({ homeserver, roomId, permissions }));
    client.setViewedRoomId(roomId);
    api.current = client;
    client.on(
      `action:${WidgetApiFromWidgetAction.UpdateAlwaysOnScreen}`,
      (event: CustomEvent<IStickyActionRequest>) => {
        // Without the right to it, the API itself answers with an error.
        if (!client.hasCapability(MatrixCapabilities.AlwaysOnScreen)) return;
        event.preventDefault();
        onStay(event.detail.data.value);
        client.transport.reply(event.detail, {});
      },
    );
    onOpen((event) => {
      const sent = asWidgetEvent(event, roomId);
      client.feedEvent(sent).catch(() => undefined);
      if (event.state_key !== undefined) client.feedStateUpdate(sent).catch(() => undefined);
    });
    return () => {
      api.current = null;
      client.stop();
      onStay(false);
    };
  }, [credentials, homeserver, permissions, onOpen, onStay]);

  useEffect(() => {
    if (first.current.theme === theme && first.current.language === language) return;
    first.current = { theme, language };
    api.current?.updateTheme({ name: theme }).catch(() => undefined);
    api.current?.updateLanguage(language).catch(() => undefined);
  }, [theme, language]);

  return (
    <iframe
      ref={frame}
      className="host-widget"
      title={title}
      sandbox="allow-scripts allow-same-origin allow-forms allow-popups allow-downloads"
      allow="microphone; camera; autoplay; display-capture; fullscreen"
    />
  );
}

type Person = { roomId: string; userId: string; theme: ColourTheme; language: Language };

function addressOf(widget: Widget, { roomId, userId, theme, language }: Person): string {
  const address = new URL(
    widget.getCompleteUrl({
      widgetRoomId: roomId,
      currentUserId: userId,
      clientTheme: theme,
      clientLanguage: language,
    }),
  );
  // As Element does: who hosts, and which of its widgets this is.
  address.searchParams.set("widgetId", widget.id);
  address.searchParams.set("parentUrl", location.origin + location.pathname);
  return address.href;
}
