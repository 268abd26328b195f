import pino, { type DestinationStream, type LevelWithSilent, type Logger } from "pino";
import type { MeetingId, RoomId } from "./protocol/identity.ts";

/** What never belongs into a log, wherever it turns up in an object that is logged. */
const SECRETS = ["access_token", "as_token", "hs_token", "token", "apiKey", "apiSecret", "authorization"];

/** Which meeting a room has now or had last, and in which room a meeting is. */
export type Places = { readonly meetingIn: (room: RoomId) => MeetingId | null; readonly roomOf: (meeting: MeetingId) => RoomId | null };

export type ServiceLog = {
  readonly log: Logger;
  /** The log is there before anything is known of meetings. */
  readonly locate: (places: Places) => void;
};

/**
 * The log of the service. A line that names a room names its meeting, too, and the other way round: whoever asks what went wrong in a
 * meeting finds all of it by one id, whichever of the two was at hand where it went wrong.
 */
export function openLog(level: LevelWithSilent, destination?: DestinationStream): ServiceLog {
  let places: Places | null = null;
  const options: pino.LoggerOptions = {
    level,
    redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: "[secret]" },
    mixin: (line, _, logger) => missingPlace({ ...logger.bindings(), ...line }, places),
  };
  return { log: destination ? pino(options, destination) : pino(options), locate: (known) => (places = known) };
}

function missingPlace({ room, meeting }: { readonly room?: unknown; readonly meeting?: unknown }, places: Places | null): { room?: RoomId; meeting?: MeetingId } {
  if (typeof room === "string" && meeting === undefined) {
    const found = places?.meetingIn(room);
    return found ? { meeting: found } : {};
  }
  if (typeof meeting === "string" && room === undefined) {
    const found = places?.roomOf(meeting);
    return found ? { room: found } : {};
  }
  return {};
}
