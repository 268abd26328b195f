import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ColourTheme } from "../../src/model/host/host.ts";
import { languageNamed } from "../../src/language/i18n.ts";
import { wearTheme } from "../../src/model/host/theme.ts";
import { Screen } from "../../src/parts/trouble/screen.tsx";
import { fetchCredentials, type Credentials } from "./credentials.ts";
import { BrowserHomeserver, type TimelineEvent } from "./homeserver.ts";
import { PageHead } from "./page-head.tsx";
import { PeoplePanel } from "./people-panel.tsx";
import { PermissionDialog } from "./permission-dialog.tsx";
import { Answering, WidgetPermissions } from "./permissions.ts";
import { shownWhere, type Place, type RoomName } from "./places.ts";
import { RoomList } from "./room-list.tsx";
import { RoomTimeline } from "./room-timeline.tsx";
import { namesOf, roomNameOf } from "./timeline.ts";
import { WidgetTile } from "./widget-tile.tsx";
import "./host-page.css";

type Opened = {
  readonly credentials: Credentials;
  readonly homeserver: BrowserHomeserver;
  readonly permissions: WidgetPermissions;
};

/**
 * A Matrix client of one page: the rooms, the widget at the top of its room as Element has it, and the room's timeline.
 */
export function HostPage({ initialTheme }: { initialTheme: ColourTheme }) {
  const [opened, setOpened] = useState<Opened | "failed" | null>(null);
  useEffect(() => {
    const page = new URL(location.href);
    const answering = Answering.parse(new URLSearchParams(page.hash.slice(1)).get("ask") ?? undefined);
    fetchCredentials(page).then(
      (credentials) =>
        setOpened({
          credentials,
          homeserver: new BrowserHomeserver(credentials),
          permissions: new WidgetPermissions(answering, credentials.userId),
        }),
      () => setOpened("failed"),
    );
  }, []);
  if (opened === null) return <Screen name="opening" />;
  if (opened === "failed") return <Screen name="linkUnknown" />;
  return <OpenPage {...opened} initialTheme={initialTheme} />;
}

function OpenPage({ credentials, homeserver, permissions, initialTheme }: Opened & { initialTheme: ColourTheme }) {
  const { t, i18n } = useTranslation();
  const [theme, setTheme] = useState(initialTheme);
  const [room, setRoom] = useState<RoomName>("circle");
  const [place, setPlace] = useState<Place>("top");
  const [peopleShown, setPeopleShown] = useState(false);
  const [mayLoad, setMayLoad] = useState(false);
  const [staysOnScreen, setStaysOnScreen] = useState(false);
  const feed = useRef<((event: TimelineEvent) => void) | null>(null);
  const onOpen = useCallback((to: (event: TimelineEvent) => void) => {
    feed.current = to;
  }, []);
  const events = useRoomEvents(homeserver, feed);
  const names = useMemo(() => namesOf(events), [events]);
  const language = languageNamed(i18n.language);

  useEffect(() => {
    wearTheme(theme);
    document.documentElement.lang = language;
  }, [theme, language]);
  useEffect(() => void permissions.mayLoad().then(setMayLoad), [permissions]);

  const shown = shownWhere({ room, place, staysOnScreen });
  const back = () => {
    setRoom("circle");
    if (place === "minimised") setPlace("top");
  };
  const rooms = { circle: roomNameOf(events) ?? t("hostPage.brand"), other: t("hostPage.otherRoom") };
  const sideTaken = shown === "panel" || shown === "maximised";
  return (
    <div
      className="host"
      data-shown={shown}
      data-room={room}
      data-people={peopleShown && !sideTaken}
      data-testid="host"
    >
      <RoomList room={room} names={rooms} me={{ id: credentials.userId, name: credentials.title }} onRoom={setRoom} />
      <PageHead
        name={rooms[room]}
        theme={theme}
        onTheme={setTheme}
        peopleShown={peopleShown}
        onPeople={() => setPeopleShown(!peopleShown)}
        onWidget={room === "circle" && place === "minimised" ? back : null}
      />
      {shown !== "gone" && mayLoad && (
        <WidgetTile
          shown={shown}
          credentials={credentials}
          homeserver={homeserver}
          permissions={permissions}
          theme={theme}
          language={language}
          onOpen={onOpen}
          onStay={setStaysOnScreen}
          onPlace={setPlace}
          onBack={back}
        />
      )}
      {room === "circle" ? (
        <RoomTimeline events={events} onSay={(body) => homeserver.say(body)} />
      ) : (
        <p className="host-other" data-testid="other-room">
          {t("hostPage.otherRoomEmpty")}
        </p>
      )}
      {peopleShown && !sideTaken && <PeoplePanel names={names} />}
      <PermissionDialog permissions={permissions} widgetHost={new URL(credentials.widgetUrl).host} />
    </div>
  );
}

function useRoomEvents(
  homeserver: BrowserHomeserver,
  feed: React.RefObject<((event: TimelineEvent) => void) | null>,
): readonly TimelineEvent[] {
  const [events, setEvents] = useState<readonly TimelineEvent[]>([]);
  useEffect(() => {
    void homeserver.follow((fresh) => {
      setEvents((known) => [...known, ...fresh]);
      for (const event of fresh) feed.current?.(event);
    });
  }, [homeserver, feed]);
  return events;
}
