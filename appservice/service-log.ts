import pino, { type DestinationStream, type LevelWithSilent, type Logger } from "pino";
import { errorInLog } from "./log-errors.ts";
import type { MeetingId, RoomId } from "./protocol/identity.ts";
import { withoutSecrets } from "./protocol/without-secrets.ts";

/** Fields that never belong into a log, wherever they turn up in an object that is logged. */
const SECRETS = ["access_token", "as_token", "hs_token", "token", "apiKey", "apiSecret", "authorization"];

/** Meeting that a room has now or had last, and room in which a meeting is. */
export type Places = {
  readonly meetingIn: (room: RoomId) => MeetingId | null;
  readonly roomOf: (meeting: MeetingId) => RoomId | null;
};

export type ServiceLog = {
  readonly log: Logger;
  /** The log is there before anything is known of meetings. */
  readonly locate: (places: Places) => void;
};

/**
 * The log of the service. A line that names a room names its meeting, too, and the other way round: people who ask what
 * went wrong in a meeting find all of it by one id, whichever of the two was at hand where it went wrong. `secrets`:
 * those of ours, which stand in no line.
 */
export function openLog(
  level: LevelWithSilent,
  destination?: DestinationStream,
  secrets: readonly string[] = [],
): ServiceLog {
  let places: Places | null = null;
  const options: pino.LoggerOptions = {
    level,
    redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: "[secret]" },
    serializers: { err: errorInLog },
    // The one door by which anything leaves: answers of other servers, and quotes of them, are no longer objects here.
    hooks: { streamWrite: (line) => withoutSecrets(line, secrets) },
    mixin: (line, _, logger) => missingPlace({ ...logger.bindings(), ...line }, places),
  };
  return { log: destination ? pino(options, destination) : pino(options), locate: (known) => (places = known) };
}

function missingPlace(
  { room, meeting }: { readonly room?: unknown; readonly meeting?: unknown },
  places: Places | null,
): { room?: RoomId; meeting?: MeetingId } {
  if (typeof room === "string" && meeting === undefined) {
    const found = places?.meetingIn(room as RoomId);
    return found ? { meeting: found } : {};
  }
  if (typeof meeting === "string" && room === undefined) {
    const found = places?.roomOf(meeting as MeetingId);
    return found ? { room: found } : {};
  }
  return {};
}
