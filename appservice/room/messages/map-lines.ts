import type { DrawnGraph } from "../../record/event.ts";
import { NODE_KINDS } from "../../protocol/meeting-graph.ts";
import type { MinutesEntry } from "../../protocol/meeting-record.ts";
import { CONTENT_KEY } from "../../protocol/namespace.ts";
import type { Wording } from "../wording.ts";
import type { Line, RoomContent } from "./message.ts";

/**
 * The picture of the meeting's graph, within the meeting's message: as an event of its own (`m.image`) it would ring
 * for everybody in the room. Where it could not be uploaded, or is encrypted and stands beside this message, what it
 * shows in words.
 */
export function mapLines({ counts, picture, failed }: DrawnGraph, title: string, { t }: Wording): Line[] {
  const shown = NODE_KINDS.flatMap((kind) =>
    counts[kind] ? [t(`graph.count.${kind}`, { count: counts[kind] })] : [],
  ).join(", ");
  const alt = t("graph.alt", { title, counts: shown });
  if (!picture) return [{ small: failed ? `${alt} ${t("graph.no-picture")}` : alt }];
  return [{ picture: { mxc: picture.mxc, alt, width: picture.width, height: picture.height } }];
}

export function mapData({ counts, central, picture }: DrawnGraph, { madeBy }: MinutesEntry): RoomContent {
  return { [CONTENT_KEY.graph]: { counts, central, ...(picture ? { picture } : {}), madeBy } };
}
