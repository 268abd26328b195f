import type { DrawnGraph } from "../../journal/record.ts";
import { NODE_KINDS } from "../../protocol/meeting-graph.ts";
import type { MinutesEntry } from "../../protocol/meeting-record.ts";
import { CONTENT_KEY } from "../../protocol/namespace.ts";
import type { Wording } from "../record-posts.ts";
import { notice, type RoomContent } from "./message.ts";

/** The picture of the meeting's graph, in the meeting's thread; where it could not be uploaded, what it shows in words. */
export function graphMessage(drawn: DrawnGraph, { madeBy }: MinutesEntry, title: string, { t }: Wording): RoomContent {
  const { counts, central, picture } = drawn;
  const shown = NODE_KINDS.flatMap((kind) => (counts[kind] ? [t("graph.count", { kind: t(`graph.kind.${kind}`), count: counts[kind] })] : [])).join(", ");
  const alt = t("graph.alt", { title, counts: shown });
  const most = central.length > 0 ? [t("graph.most-central", { texts: central.map((text) => `“${text}”`).join(", ") })] : [];
  const data = { [CONTENT_KEY.graph]: { counts, central, madeBy } };
  if (!picture) return notice([alt, ...most, { small: t("graph.no-picture") }], data);
  const { mxc, mimetype, width: w, height: h, size } = picture;
  // With a file name of its own beside it, the body is a caption (Matrix v1.10, "Media captions").
  return { msgtype: "m.image", body: alt, filename: "graph.png", url: mxc, info: { mimetype, w, h, size }, "m.mentions": {}, ...data };
}
