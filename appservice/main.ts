import type { LoadedConfig } from "./configuration/load-config.ts";
import { steadyClock } from "./clock.ts";
import { withdrawWords } from "./journal/withdraw-words.ts";
import { zoneOf } from "./minutes/tasks/day-named.ts";
import { arrive } from "./parts/arrival.ts";
import { createAssemblyOutcome } from "./parts/assembly-outcome.ts";
import { createCall, muting } from "./parts/call.ts";
import { createEncryption } from "./parts/encryption.ts";
import { createSets } from "./parts/experiments.ts";
import { createErasure } from "./parts/erasure.ts";
import { createFacilitation } from "./parts/facilitation.ts";
import type { Ground } from "./parts/ground.ts";
import { createRecording } from "./parts/recording.ts";
import { createDatasetSchedule } from "./parts/dataset-schedule.ts";
import { createGuests } from "./parts/guests.ts";
import { createLedger } from "./parts/ledger.ts";
import { createHousekeeping } from "./parts/housekeeping.ts";
import { createMoves, leaveMovedRooms } from "./parts/moves.ts";
import { createNudges } from "./parts/nudges.ts";
import { OUTSIDE, type Outside } from "./parts/outside.ts";
import { createOwnData } from "./parts/own-data.ts";
import { createResults } from "./parts/results.ts";
import { createRooms } from "./parts/rooms.ts";
import { createSpeech } from "./parts/speech.ts";
import { watchTelegramChats } from "./parts/telegram-watch.ts";
import { createTelegramBot } from "./parts/telegram-bot.ts";
import { createTruth } from "./parts/truth.ts";
import { openWeb } from "./parts/web.ts";
import { OwnRooms } from "./move/own-rooms.ts";
import type { RoomsOfShard } from "./route/router-door.ts";
import { ownRooms } from "./parts/own-rooms.ts";
import { News } from "./policies/news.ts";
import { keepPolicies } from "./policies/policies.ts";
import { createProjections } from "./projections.ts";
import { recoverStaleMeetings } from "./room/recover-from-room.ts";
import type { ServiceLog } from "./service-log.ts";
import { causeOf, StallWatch } from "./stall-watch.ts";

export type Service = { readonly stop: () => Promise<void> };

/** Builds the parts, each from what it needs of those before it, connects them, and starts. */
export async function startService(
  loaded: LoadedConfig,
  { log, locate }: ServiceLog,
  outside: Outside = OUTSIDE,
  moved?: RoomsOfShard,
): Promise<Service> {
  const clock = steadyClock();
  const [metrics, news] = [outside.metrics(), new News()];
  const own = new OwnRooms(ownRooms(loaded), moved);
  const ground: Ground = { loaded, log, now: clock.now, own, metrics, news, outside };
  const stopping = new AbortController();
  const { signal } = stopping;
  const watch = new StallWatch((stall) => {
    metrics.stalls.inc({ cause: causeOf(stall) });
    log.warn(stall, "the loop was held up: microphones were guarded late");
  });

  const truth = createTruth({ ...ground, clock, locate });
  const { stores, meetings } = truth;
  await leaveMovedRooms(moved?.gone ?? [], { ...ground, ...truth });
  const encryption = createEncryption({ ...ground, ...truth });
  const sets = createSets({ ...ground, ...truth });
  const rooms = createRooms({ ...ground, ...truth, encryption, sets });
  const { poster, meetingState } = rooms;
  const guests = createGuests({
    ...ground,
    ...truth,
    ...rooms,
    ...stores,
    publicUrl: loaded.config.service.publicUrl,
    onGone: (room, who) => void news.emit("left-room", room, who),
  });
  const calls = createCall({ ...ground, ...truth, ...rooms, encryption });
  const speech = createSpeech({ ...ground, ...truth, ...rooms, calls, encryption });
  const results = await createResults({ ...ground, ...truth, ...rooms, sets });
  const assemblyOutcome = createAssemblyOutcome({ ...ground, ...truth, ...rooms, ...results });
  const ownData = createOwnData({ ...ground, ...truth });
  const erasure = createErasure({ ...ground, ...truth, ...rooms, ...assemblyOutcome });
  const { eraseWords } = erasure;
  const ledger = createLedger({ ...ground, ...truth, ...rooms });
  const datasets = createDatasetSchedule({ ...ground, ...truth });
  const recording = createRecording({ ...ground, ...truth, ...rooms, calls, encryption });
  const { assemblyErasing } = assemblyOutcome;
  const built = {
    ...ground,
    assemblyErasing,
    ownData,
    ...truth,
    ...rooms,
    ...speech,
    ...results,
    calls,
    guests,
    encryption,
    ledger,
    sets,
    eraseWords,
  };

  const muteAll = muting(calls, log);
  const telegramBot = createTelegramBot({ ...built, muteAll });
  const { outbox } = stores;
  const projections = createProjections({
    ...built,
    isVoiceToAll: (room) => truth.assemblies.isVoiceToAll(room),
    assemblyRuns: (room) => truth.assemblies.of(room)?.phase === "running",
    telegramBot,
    outbox,
    timeZone: zoneOf(loaded.config.minutes),
  });
  meetings.listen((live, happened) => {
    watch.note(`meeting ${live.meeting.id}: ${happened.map(({ event }) => event.type).join(", ")}`);
    projections.follow(live, happened);
  });
  keepPolicies({ ...built, projections });
  const nudgeKey = createNudges(built);

  const housekeeping = createHousekeeping({ ...built, signal });
  const { retention } = housekeeping;
  const facilitator = createFacilitation({ ...built, muteAll, retention, telegramBot });
  const awaited = new Set(["homeserver"]);
  const moves = createMoves({ ...built, clock, telegramBot, facilitator, projections });
  const server = await openWeb({ ...built, moves, nudgeKey, muteAll, telegramBot, facilitator, watch, awaited });

  await recoverStaleMeetings(rooms.recovery);
  meetings.unwritten();
  for (const live of meetings.all()) projections.project(live);
  meetings.start();
  truth.assemblies.start(truth.heardUntil);
  truth.ringMeetings.start();
  for (const each of truth.assemblies.all()) if (each.phase !== "ended") rooms.tellAssembly(each);
  assemblyOutcome.start();
  withdrawWords(meetings, stores.withdrawals.all(), clock.now);
  poster.start();
  results.tasks.start();
  facilitator.start();
  housekeeping.start();
  erasure.start();
  ledger.start();
  datasets.start();
  recording.start();
  const telegramWatch = watchTelegramChats(built);
  telegramBot?.start(projections.writeRoom);
  const onSettled = () => void awaited.delete("homeserver");
  void arrive({ ...built, facilitator, retention, signal, onSettled }).catch((error: unknown) =>
    log.error({ err: error }, "it could not be seen whether meetings are to be taken up"),
  );
  const { port, publicUrl } = loaded.config.service;
  log.info({ bot: rooms.botId, port, publicUrl }, "Mindminder is up");
  watch.start();

  return {
    async stop() {
      stopping.abort();
      meetings.stop();
      truth.assemblies.stop();
      truth.ringMeetings.stop();
      assemblyOutcome.stop();
      projections.stop();
      watch.stop();
      results.refreshing.close();
      truth.guard.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await Promise.all([
        housekeeping.stop(),
        erasure.stop(),
        ledger.stop(),
        datasets.stop(),
        recording.stop(),
        telegramWatch.stop(),
        telegramBot?.stop(),
        facilitator.stop(),
        results.minutes.close(),
        speech.scribe?.stop(),
        calls.close(),
        results.tasks.stop(),
        results.elsewhere.close(),
      ]);
      await encryption?.stop();
      await Promise.all([poster.stop(), meetingState.stop(), results.graphPictures.stop()]);
      stores.close();
    },
  };
}
