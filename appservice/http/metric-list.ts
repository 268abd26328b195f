import { CALL_METRICS } from "./metrics/call.ts";
import { MEETING_METRICS } from "./metrics/meetings.ts";
import { NUDGE_METRICS } from "./metrics/nudges.ts";
import { REQUEST_METRICS } from "./metrics/requests.ts";
import { ROOM_METRICS } from "./metrics/rooms.ts";
import { SPEECH_METRICS } from "./metrics/speech.ts";
import { TELEGRAM_METRICS } from "./metrics/telegram.ts";
import type { Metric } from "./metrics/metric.ts";
import { OF_PROCESS } from "./metrics/of-process.ts";

/** Metrics that the service counts, in the order of the board. */
export const METRICS = {
  commands: MEETING_METRICS.commands,
  meetings: MEETING_METRICS.meetings,
  requests: REQUEST_METRICS.requests,
  messagesWaiting: ROOM_METRICS.messagesWaiting,
  webhooks: CALL_METRICS.webhooks,
  livekitAway: CALL_METRICS.livekitAway,
  outOfTurn: MEETING_METRICS.outOfTurn,
  malformedEvents: ROOM_METRICS.malformedEvents,
  unreadEvents: ROOM_METRICS.unreadEvents,
  transcribedAudio: SPEECH_METRICS.transcribedAudio,
  transcriptDelay: SPEECH_METRICS.transcriptDelay,
  piecesWaiting: SPEECH_METRICS.piecesWaiting,
  secondsWaiting: SPEECH_METRICS.secondsWaiting,
  stalls: REQUEST_METRICS.stalls,
  waitingMeetings: SPEECH_METRICS.waitingMeetings,
  utilisation: SPEECH_METRICS.utilisation,
  workers: SPEECH_METRICS.workers,
  telegramWaiting: TELEGRAM_METRICS.telegramWaiting,
  telegramRepeated: TELEGRAM_METRICS.telegramRepeated,
  telegramLost: TELEGRAM_METRICS.telegramLost,
  nudges: NUDGE_METRICS.nudges,
} as const satisfies Readonly<Record<string, Metric>>;

export const ALL_METRICS: readonly Pick<Metric, "name" | "help" | "panel" | "alerts">[] = [
  ...OF_PROCESS,
  ...Object.values(METRICS),
];
