import type { Elsewhere } from "../elsewhere/elsewhere.ts";
import type { Jobs } from "../elsewhere/jobs.ts";
import type { AssemblyRecordDeps } from "../http/assembly-record-api.ts";
import { ringPlaces } from "../language/ring-places.ts";
import { translateTo } from "../language/translate.ts";
import { isAssemblyDocument } from "../protocol/assembly-formats.ts";
import type { AssemblyRecord, RingMaterial } from "../protocol/assembly-record.ts";
import type { RoomId } from "../protocol/identity.ts";
import type { MeetingGraph } from "../protocol/meeting-graph.ts";
import { ringResult } from "../record/ring-result.ts";

type Work = AssemblyRecordDeps["assemblyWork"];
type Works = Pick<Elsewhere<Jobs>, "run">;

/** Work on a whole assembly, each ring by itself: none of it is a long piece for anybody else to wait for. */
export function createAssemblyWork(elsewhere: Works): Work {
  return {
    rollUp: (room, facts, parts) => elsewhere.run("rollUp", [facts, parts], { room }),
    async file(room, format, record, rings) {
      if (format === "picture") return elsewhere.run("assemblyPictureFile", [record], { room });
      if (isAssemblyDocument(format)) {
        const chapters: string[] = [];
        for (const material of rings)
          chapters.push(await elsewhere.run("assemblyChapter", [format, ringResult(material), material], { room }));
        return elsewhere.run("assemblyFile", [format, record, chapters], { room });
      }
      const graph = await graphOf(room, record, rings, elsewhere);
      return elsewhere.run("assemblyGraphFile", [format, graph, record], { room });
    },
  };
}

/** Graph of the whole; each ring is named in it as people name it. */
async function graphOf(
  room: RoomId,
  record: AssemblyRecord,
  rings: readonly RingMaterial[],
  elsewhere: Works,
): Promise<MeetingGraph> {
  const t = translateTo(record.language);
  const graphs: MeetingGraph[] = [];
  for (const { meeting, record: of, part, ring } of rings) {
    const built = await elsewhere.run("buildGraph", [meeting, of], { room });
    const group = ringPlaces([{ part, ring }], record.parts, t);
    graphs.push({ ...built, meetings: built.meetings.map((each) => ({ ...each, group })) });
  }
  return elsewhere.run("assemblyGraph", [graphs], { room });
}
