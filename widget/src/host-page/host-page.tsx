import { useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Theme } from "../host/host.ts";
import { languageNamed } from "../language/i18n.ts";
import { Icon } from "../look/icons.tsx";
import { wearTheme } from "../look/theme.ts";
import { Screen } from "../screens/screen.tsx";
import { fetchCredentials, type Credentials } from "./credentials.ts";
import { Homeserver, type RoomEvent } from "./homeserver.ts";
import { RoomTimeline } from "./room-timeline.tsx";
import { roomNameOf } from "./timeline.ts";
import { WidgetFrame } from "./widget-frame.tsx";
import "./host-page.css";

type Opened = { readonly credentials: Credentials; readonly homeserver: Homeserver };

/** A Matrix client of one page: the widget, and beside it the room in which the record grows. */
export function HostPage({ initialTheme }: { initialTheme: Theme }) {
  const [opened, setOpened] = useState<Opened | "failed" | null>(null);
  useEffect(() => {
    fetchCredentials(new URL(location.href)).then(
      (credentials) => setOpened({ credentials, homeserver: new Homeserver(credentials) }),
      () => setOpened("failed"),
    );
  }, []);
  if (opened === null) return <Screen name="opening" />;
  if (opened === "failed") return <Screen name="linkUnknown" />;
  return <OpenPage {...opened} initialTheme={initialTheme} />;
}

function OpenPage({ credentials, homeserver, initialTheme }: Opened & { initialTheme: Theme }) {
  const { t, i18n } = useTranslation();
  const [events, setEvents] = useState<readonly RoomEvent[]>([]);
  const [theme, setTheme] = useState(initialTheme);
  const feed = useRef<((event: RoomEvent) => void) | null>(null);
  const language = languageNamed(i18n.language);

  useEffect(() => {
    void homeserver.follow((fresh) => {
      setEvents((known) => [...known, ...fresh]);
      for (const event of fresh) feed.current?.(event);
    });
  }, [homeserver]);
  useEffect(() => {
    wearTheme(theme);
    document.documentElement.lang = language;
  }, [theme, language]);
  const onOpen = useCallback((to: (event: RoomEvent) => void) => { feed.current = to; }, []);

  const room = roomNameOf(events);
  const other = language === "ru" ? "en" : "ru";
  return (
    <div className="host">
      <header className="host-head">
        <span className="host-sign"><Icon name="circle" size={26} /></span>
        <h1><bdi>{room ?? t("hostPage.brand")}</bdi></h1>
        <span className="pill"><bdi>{credentials.title}</bdi></span>
        <span className="host-switches">
          <button type="button" className="tab" onClick={() => void i18n.changeLanguage(other)} lang={other}>{t("hostPage.otherLanguage")}</button>
          <button type="button" className="tab" onClick={() => setTheme(theme.startsWith("dark") ? "light" : "dark")}>{theme.startsWith("dark") ? t("hostPage.light") : t("hostPage.dark")}</button>
        </span>
      </header>
      <WidgetFrame credentials={credentials} homeserver={homeserver} theme={theme} language={language} title={t("hostPage.widget")} onOpen={onOpen} />
      <RoomTimeline events={events} onSay={(body) => homeserver.say(body)} />
    </div>
  );
}
