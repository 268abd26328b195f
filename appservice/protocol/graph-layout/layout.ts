import { columnLayout } from "./column.ts";
import { ovalLayout } from "./oval.ts";
import type { Page } from "./page.ts";
import type { Drawn, Layout } from "./parts.ts";

/** Layout of a graph on a page; nothing lies over anything. For the poster as for the widget. */
export function layoutOf(graph: Drawn, page: Page, top: number): Layout {
  return page.shape === "oval" ? ovalLayout(graph, page, top) : columnLayout(graph, page, top);
}
