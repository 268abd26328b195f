import { OwnDataCode } from "../own-data.ts";
import { route } from "./route.ts";

/** The archive itself, which a browser fetches by its address alone; the widget asks for the address. */
export const ARCHIVE_ROUTES = {
  ownArchive: route({
    method: "GET",
    path: "/api/v1/my-data/:code",
    access: "none",
    params: { code: { schema: OwnDataCode, otherwise: "NO_SUCH_ARCHIVE" } },
    answer: { media: "application/zip" },
    errors: ["NO_SUCH_ARCHIVE"],
  }),
};
