import { themeNamed } from "./theme.ts";
import type { ColourTheme } from "./host.ts";
import type { RoomId } from "@mindminder/protocol/identity.ts";

/** What Telegram's apps write behind the `#` of a Mini App's address. */
export type TelegramLaunch = {
  /** The signed query string, as it came. */
  readonly initData: string;
  /** The reference that the link carried behind `startapp=`. */
  readonly startParam: string | null;
  /** Colours of the app's theme, as JSON. */
  readonly theme: string | null;
};

export type UrlParameters = {
  readonly widgetId: string | null;
  readonly parentUrl: string | null;
  readonly roomId: RoomId | null;
  readonly userId: string | null;
  /** Code of a personal link, worth one session. */
  readonly code: string | null;
  /** Code of a link for guests. */
  readonly guest: string | null;
  /** Launch of a Mini App; null where no app of Telegram opened the page. */
  readonly telegram: TelegramLaunch | null;
  /** The client's theme; null where it does not say. */
  readonly theme: ColourTheme | null;
  readonly language: string;
};

/**
 * The widget's own parameters stand behind the `#`, where no server's log sees them; clients add `widgetId` and
 * `parentUrl` to the query as well. A `$placeholder` that the client did not know counts as not given.
 */
export function readParameters(url: URL, { language }: { language: string }): UrlParameters {
  const behindHash = new URLSearchParams(url.hash.replace(/^#\/?\??/, ""));
  const find = (name: string): string | null => {
    const value = behindHash.get(name) ?? url.searchParams.get(name);
    return value && !value.startsWith("$") ? value : null;
  };
  const launch = behindHash.get("tgWebAppData");
  const signed = new URLSearchParams(launch ?? "");
  return {
    widgetId: find("widgetId"),
    parentUrl: find("parentUrl"),
    // The service looks at it before it believes it.
    roomId: find("roomId") as RoomId | null,
    userId: find("userId"),
    code: behindHash.get("code"),
    guest: behindHash.get("guest"),
    telegram: launch
      ? {
          initData: launch,
          startParam: signed.get("start_param") ?? behindHash.get("tgWebAppStartParam"),
          theme: behindHash.get("tgWebAppThemeParams"),
        }
      : null,
    theme: themeNamed(find("theme")),
    language: find("lang") ?? languageIn(signed.get("user")) ?? language,
  };
}

/** The language of the app, which stands with the person in Telegram's launch data; it only greets. */
function languageIn(person: string | null): string | null {
  return /"language_code"\s*:\s*"([\w-]{2,20})"/.exec(person ?? "")?.[1] ?? null;
}
