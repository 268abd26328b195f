import type { FileFormat, GraphFileFormat } from "@mindminder/protocol/file-formats.ts";
import type { MeetingId } from "@mindminder/protocol/identity.ts";
import type { NoticeStore } from "../meeting/notices.ts";
import { doneOrTold } from "../meeting/send-command.ts";
import type { ServiceClient } from "../service/service-client.ts";
import { saveFile } from "./save-file.ts";

export type RecordFiles = {
  /** Saves a meeting's record; a refusal is said. */
  readonly takeAlong: (meeting: MeetingId, format: FileFormat) => Promise<void>;
  /** Saves the graph of all of the room's meetings; a refusal is said. */
  readonly takeRoomGraph: (format: GraphFileFormat) => Promise<void>;
};

type Deps = {
  readonly client: Pick<ServiceClient, "recordFile" | "roomGraphFile">;
  readonly notices: NoticeStore;
};

export function recordFiles({ client, notices }: Deps): RecordFiles {
  return {
    takeAlong: (meeting, format) => save(() => client.recordFile({ meeting, format })),
    takeRoomGraph: (format) => save(() => client.roomGraphFile({ format })),
  };

  async function save(fetchFile: () => ReturnType<ServiceClient["recordFile"]>): Promise<void> {
    await doneOrTold(notices, async () => {
      const { name, mediaType, content } = await fetchFile();
      saveFile(name, new Blob([content], { type: mediaType }));
    });
  }
}
