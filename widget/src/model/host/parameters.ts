import { themeNamed } from "./theme.ts";
import type { ColourTheme } from "./host.ts";
import type { RoomId } from "@mindminder/protocol/identity.ts";

export type UrlParameters = {
  readonly widgetId: string | null;
  readonly parentUrl: string | null;
  readonly roomId: RoomId | null;
  readonly userId: string | null;
  /** Code of a personal link, worth one session. */
  readonly code: string | null;
  /** Code of a link for guests. */
  readonly guest: string | null;
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
  return {
    widgetId: find("widgetId"),
    parentUrl: find("parentUrl"),
    // The service looks at it before it believes it.
    roomId: find("roomId") as RoomId | null,
    userId: find("userId"),
    code: behindHash.get("code"),
    guest: behindHash.get("guest"),
    theme: themeNamed(find("theme")),
    language: find("lang") ?? language,
  };
}
