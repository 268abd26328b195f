import { OwnDataDesk } from "../own-data/own-data.ts";
import { ARCHIVE_ROUTES } from "../protocol/routes/archive.ts";
import { pathWith } from "../protocol/routes/route.ts";
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
    path: (code) => pathWith(ARCHIVE_ROUTES.ownArchive.path, { code }),
    now,
  });
}
