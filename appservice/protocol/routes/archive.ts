import { route } from "./route.ts";

/**
 * The archive itself, which a browser fetches by its address alone; the widget asks for the address. Its code stands
 * behind the `#`, and only the page's button brings it here: previews, and whatever else looks at addresses, would use
 * it up.
 */
export const ARCHIVE_ROUTES = {
  ownArchivePage: route({
    method: "GET",
    path: "/api/v1/my-data",
    access: "none",
    answer: { media: "text/html" },
  }),
  ownArchive: route({
    method: "POST",
    path: "/api/v1/my-data",
    access: "none",
    body: { media: "application/x-www-form-urlencoded" },
    answer: { media: "application/zip" },
    errors: ["NO_SUCH_ARCHIVE"],
  }),
};
