import { resolve } from "node:path";

/** The widget as `npm run build` leaves it. */
export const WIDGET_FOLDER = resolve(import.meta.dirname, "../../widget/dist");
