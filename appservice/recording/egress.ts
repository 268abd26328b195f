import {
  EgressClient,
  type EgressInfo,
  EgressStatus,
  EncodedFileOutput,
  EncodedFileType,
  S3Upload,
} from "livekit-server-sdk";
import type { LiveKitConnection } from "../call/options.ts";
import type { RecordingPlace } from "../dataset/target.ts";

const ANSWERS_WITHIN_S = 8;

/** Something that Egress records: one person of a call, or all of it where `who` is null. */
export type EgressTarget = { readonly call: string; readonly who: string | null };

/** A recording as Egress knows it. `file`: where it writes. */
export type EgressSeen = EgressTarget & { readonly id: string; readonly file: string; readonly isEnding: boolean };

/** LiveKit's Egress, as far as recordings need it. */
export type Egress = {
  /** Recordings that go on, and those that were stopped and whose files are written to their end. */
  active(): Promise<EgressSeen[]>;
  start(recorded: EgressTarget, file: string): Promise<EgressSeen>;
  stop(id: string): Promise<void>;
};

const ENDED = new Set([
  EgressStatus.EGRESS_COMPLETE,
  EgressStatus.EGRESS_FAILED,
  EgressStatus.EGRESS_ABORTED,
  EgressStatus.EGRESS_LIMIT_REACHED,
]);

/**
 * Asks the Egress of a LiveKit server, through that server's API. No Egress could be run where this was written: it is
 * tested against a stand-in that speaks the same protocol (`tests/support/call/egress-stand-in.ts`).
 */
export function egressOf(
  { internalUrl, apiKey, apiSecret }: Pick<LiveKitConnection, "internalUrl" | "apiKey" | "apiSecret">,
  { place, picture }: { readonly place: RecordingPlace; readonly picture: boolean },
): Egress {
  const api = new EgressClient(internalUrl, apiKey, apiSecret, { requestTimeout: ANSWERS_WITHIN_S, failover: false });
  const output = (file: string) =>
    new EncodedFileOutput({
      fileType: picture ? EncodedFileType.MP4 : EncodedFileType.OGG,
      filepath: fileAt(place, file),
      ...(place.kind === "bucket" && { output: { case: "s3", value: uploadTo(place) } }),
    });
  return {
    async active() {
      const all = await api.listEgress({ active: true });
      return all.filter(({ status }) => !ENDED.has(status)).flatMap((info) => seen(info) ?? []);
    },
    async start({ call, who }, file) {
      const info =
        who === null
          ? await api.startRoomCompositeEgress(call, output(file), { audioOnly: !picture })
          : await api.startParticipantEgress(call, who, { file: output(file) });
      return { id: info.egressId, call, who, file: fileAt(place, file), isEnding: false };
    },
    async stop(id) {
      await api.stopEgress(id);
    },
  };
}

/** Whole path of a file as Egress is told it. */
export function fileAt(place: RecordingPlace, file: string): string {
  return place.kind === "bucket" ? `${place.prefix}${file}` : `${place.folder}/${file}`;
}

function uploadTo({ endpoint, bucket, region, accessKey, secret }: Extract<RecordingPlace, { kind: "bucket" }>) {
  return new S3Upload({ endpoint, bucket, region, accessKey, secret, forcePathStyle: true });
}

/** Null for what is no recording of ours: streams, segments, single tracks. */
function seen({ egressId: id, roomName: call, request, status }: EgressInfo): EgressSeen | null {
  const isEnding = status === EgressStatus.EGRESS_ENDING;
  switch (request.case) {
    case "roomComposite": {
      const file = request.value.output.case === "file" ? request.value.output.value : request.value.fileOutputs[0];
      return file ? { id, call, who: null, file: file.filepath, isEnding } : null;
    }
    case "participant": {
      const [file] = request.value.fileOutputs;
      return file ? { id, call, who: request.value.identity, file: file.filepath, isEnding } : null;
    }
    default:
      return null;
  }
}
