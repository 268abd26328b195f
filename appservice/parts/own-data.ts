import { OwnDataDesk } from "../own-data/own-data.ts";
import { ARCHIVE_ROUTES } from "../protocol/routes/archive.ts";
import type { Ground } from "./ground.ts";
import type { Truth } from "./truth.ts";

/** Archives of all that is kept of somebody. */
export function createOwnData({
  loaded,
  now,
  stores,
  meetings,
}: Ground & Pick<Truth, "stores" | "meetings">): OwnDataDesk {
  return new OwnDataDesk({
    ...stores,
    meetings,
    publicUrl: loaded.config.service.publicUrl,
    path: (code) => `${ARCHIVE_ROUTES.ownArchivePage.path}#${code}`,
    now,
  });
}
