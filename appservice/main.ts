import { randomInt } from "node:crypto";
import { resolve } from "node:path";
import { issuers } from "./admission/issuers.ts";
import { createCalls } from "./call/calls.ts";
import { livekitConnection } from "./call/options.ts";
import { missingBy } from "./call/reach.ts";
import { OWN_SCENARIOS } from "./configuration/config.ts";
import type { LoadedConfig } from "./configuration/load-config.ts";
import { botIdOf } from "./configuration/registration.ts";
import { OWN_LEXICONS, readLexicons } from "./configuration/lexicons.ts";
import { whoGetsWords } from "./configuration/who-gets-words.ts";
import { checkScenario as checkScenarioValue, checkScenarioText } from "./configuration/scenario-check.ts";
import { readScenarios } from "./configuration/scenarios.ts";
import { Elsewhere } from "./elsewhere/elsewhere.ts";
import { forMeeting } from "./elsewhere/for-meeting.ts";
import type { Jobs } from "./elsewhere/jobs.ts";
import { roomGraphFile } from "./export/graph-formats.ts";
import { exportTasks } from "./export/tasks/export-tasks.ts";
import { appserviceApi, knowsHomeserver } from "./http/appservice-api.ts";
import { countBacklog } from "./http/count-backlog.ts";
import { countMeetings } from "./http/count-meetings.ts";
import { health } from "./http/health.ts";
import { listen } from "./http/server.ts";
import { serviceMetrics } from "./http/service-metrics.ts";
import { findSession } from "./http/visitor.ts";
import { widgetApi } from "./http/widget-api.ts";
import { widgetFiles } from "./http/widget-files.ts";
import { WIDGET_FOLDER } from "./http/widget-folder.ts";
import { CallNames } from "./journal/call-names.ts";
import { Allowance } from "./journal/allowance.ts";
import { CarriedTasks } from "./journal/carried-tasks.ts";
import { steadyClock } from "./journal/clock.ts";
import { Meetings } from "./journal/meetings.ts";
import type { PostKey } from "./journal/post-key.ts";
import { ofRoom } from "./journal/scope.ts";
import { StorageGuard } from "./journal/storage-guard.ts";
import { translateTo } from "./language/translate.ts";
import type { RoomId } from "./protocol/identity.ts";
import type { FromScribe } from "./protocol/scribe-messages.ts";
import { withoutSecrets } from "./protocol/without-secrets.ts";
import { MEETING_STATE } from "./protocol/namespace.ts";
import { createMinutes } from "./minutes/minutes.ts";
import { Refreshing } from "./minutes/refreshing.ts";
import { dayNamedBy, zoneOf } from "./minutes/tasks/day-named.ts";
import { callLostPauses } from "./policies/call-lost-pauses.ts";
import { leavingEndsSessionAndCall } from "./policies/leaving-ends-session-and-call.ts";
import { News } from "./policies/news.ts";
import { openedRoomIsPutRight } from "./policies/opened-room-is-put-right.ts";
import { outOfTurnIsNoted } from "./policies/out-of-turn-is-noted.ts";
import { presenceEntersTheMeeting } from "./policies/presence-enters-the-meeting.ts";
import { takingBackForgetsSound } from "./policies/taking-back-forgets-sound.ts";
import { withdrawalOutlivesTheDatabase } from "./policies/withdrawal-outlives-the-database.ts";
import { createProjections } from "./projections.ts";
import { catchUp } from "./room/catch-up.ts";
import { refusalText } from "./room/answer-command.ts";
import { COMMANDS_A_MINUTE, Facilitator } from "./room/facilitator.ts";
import { giveAvatar } from "./room/avatar.ts";
import { GraphPictures } from "./room/graph-pictures.ts";
import { Homeserver } from "./room/homeserver.ts";
import { MeetingState } from "./room/meeting-state.ts";
import { notice } from "./room/messages/message.ts";
import { Pictures } from "./room/pictures.ts";
import { Poster } from "./room/poster.ts";
import { RoomFacts } from "./room/room-facts.ts";
import { RoomSight } from "./room/room-sight.ts";
import { RoomScenarios } from "./room/room-scenarios.ts";
import { refusedInReplaced } from "./room/room-replaced.ts";
import { settle } from "./room/settle.ts";
import { takeUp, takeUpStale, takeUpWhatWasLost } from "./room/take-up.ts";
import { obeyRetention } from "./room/retention.ts";
import { tellSignIns } from "./room/tell-sign-ins.ts";
import { takeAwayWorthlessLinks } from "./room/worthless-links.ts";
import { Listening } from "./scribe/listening.ts";
import { doAsAsked } from "./scribe/spoken/do-as-asked.ts";
import { startScribe } from "./scribe/scribe.ts";
import type { ServiceLog } from "./service-log.ts";
import { causeOf, StallWatch } from "./stall-watch.ts";
import { openStores } from "./stores.ts";
import { inTurn, upkeep } from "./upkeep.ts";

/** Where what takes long is worked out. */
const WORKER = new URL("./elsewhere/worker.ts", import.meta.url);

const A_MOMENT_MS = 1_000;
/** After the last correction of a burst, what rests on the corrected words is made anew. */
const QUIET_MS = 4_000;
/** A personal link that was used stays this long at the most. */
const TIDY_EVERY_MS = 10_000;
/** How long a room wants things kept is looked at this often, besides when it says so. */
const RETENTION_EVERY_MS = 3600_000;

export type Service = { readonly stop: () => Promise<void> };

/** Builds the parts, connects them, and starts. */
export async function startService(
  { config, registration, folder }: LoadedConfig,
  { log, locate }: ServiceLog,
): Promise<Service> {
  const clock = steadyClock();
  const { now } = clock;
  const seed = () => randomInt(2 ** 32);
  const metrics = serviceMetrics();
  const house = readScenarios(config.scenarios ? resolve(folder, config.scenarios) : OWN_SCENARIOS);
  const lexicons = readLexicons(config.lexicons ? resolve(folder, config.lexicons) : OWN_LEXICONS);
  const botId = botIdOf(registration, config.homeserver.serverName);

  const watch = new StallWatch((stall) => {
    metrics.stalls.inc({ cause: causeOf(stall) });
    log.warn(stall, "the loop was held up: microphones were guarded late");
  });

  const asks = whoGetsWords(config);

  // The truth.
  const stores = openStores(resolve(folder, config.database), {
    keepAudioDays: config.speech.keepAudioDays,
    now,
    say: (sentence) => log.warn(sentence),
  });
  const heardOfAt = stores.inbox.lastAt();
  const guard = new StorageGuard({ db: stores.db, log });
  const news = new News();
  const { inbox, outbox, sessions, knownRooms, links, reactions, audio } = stores;
  const languageOf = (room: RoomId) => knownRooms.choicesOf(room).language ?? config.language;
  const meetings = new Meetings({
    journal: stores.journal,
    now,
    languageOf,
    asks,
    onUnreadable: (meeting, error) =>
      log.error({ meeting, err: error }, "a meeting's journal cannot be read; it is left as it is"),
    onNotKept: (error) => guard.failed(error),
    onDecided: ({ type }, decision) =>
      metrics.commands.inc({ type, outcome: decision.accepted ? "accepted" : decision.refusal.code }),
  });
  locate({ meetingIn: (room) => meetings.of(room)?.meeting.id ?? null, roomOf: (meeting) => meetings.roomOf(meeting) });
  const behind = clock.notBefore(Math.max(0, ...meetings.all().map(({ meeting }) => meeting.at)));
  if (behind > A_MOMENT_MS)
    log.warn(
      { seconds: Math.round(behind / 1000) },
      "the machine's clock was set back while the service was away: meetings count on from the time they had",
    );
  const carried = new CarriedTasks(stores.db, meetings);
  countMeetings(metrics, meetings, now);
  metrics.countMessagesWaiting(() => outbox.waiting());

  // The outside.
  const homeserver = new Homeserver({ url: config.homeserver.url, asToken: registration.as_token, botId });
  const sight = new RoomSight({ homeserver, past: stores.roomPast, log, now });
  const facts = new RoomFacts(homeserver, now, (room, state) => sight.compare(room, state));
  const admissions = issuers({
    rooms: facts,
    sight,
    signIns: stores.signIns,
    links,
    now,
    openIdServers: new Map([
      [config.homeserver.serverName, config.homeserver.url],
      ...Object.entries(config.homeserver.openid),
    ]),
  });
  const pictures = new Pictures(homeserver, facts);
  const checkScenario = { text: checkScenarioText, value: checkScenarioValue };
  const scenarios = new RoomScenarios({ house, facts, knownRooms, check: checkScenario });
  const poster = new Poster({
    outbox,
    homeserver,
    isEncrypted: (room) => facts.isEncrypted(room),
    log,
    now,
    guard,
    onStateGone: (room) => {
      meetingState.forget(room);
      news.emit("room-opened", room);
    },
  });
  const takingUp = { homeserver, meetings, outbox, log, now };
  const sayOnce = (room: RoomId, key: PostKey, text: string) => {
    for (const woken of outbox.want([
      { scope: ofRoom(room), key, room, thread: null, type: "m.room.message", content: notice([text]) },
    ]))
      poster.wake(woken);
  };
  const meetingState = new MeetingState({
    homeserver,
    log,
    onAhead: (room) => takeUp(room, takingUp),
    onPowerless: (room) =>
      sayOnce(
        room,
        { kind: "powerless", meeting: meetings.of(room)?.meeting.id ?? null },
        translateTo(languageOf(room))("room.powerless"),
      ),
  });
  const calls = createCalls({
    livekit: livekitConnection(config.livekit, folder),
    log,
    names: new CallNames({
      db: stores.db,
      now: Date.now,
      onNotKept: (error) => {
        if (!guard.failed(error)) throw error;
      },
    }),
    onMoved: (room) => news.emit("call-moved", room),
    onPresence: ({ room, participant, connected }) => news.emit("presence", room, participant, connected),
    onViolation: ({ room, participant, what }) => news.emit("out-of-turn", room, participant, what),
    mayBeIn: (room, who) => admissions.mayBeIn(room, who),
    onStatus: ({ room, state }) => {
      log.info({ room, state }, "state of the call");
      news.emit("call-state", room, state);
    },
  });
  metrics.seeLiveKit(() => calls.away() !== null);
  const listening = new Listening({
    meetings,
    log,
    callToken: calls.scribeToken,
    languageOf: (room) => knownRooms.speechLanguageOf(room) ?? config.speechLanguage,
    vocabularyOf: (room) => knownRooms.vocabularyOf(room),
    audioPlaceFor: (of, at) => audio.placeFor(of, at),
    spoken: {
      lexicons,
      onCommand: (asked) =>
        void doAsAsked(asked, { meetings, speakerIn: (room, who) => admissions.here(room, who, "speech"), now }).catch(
          (error: unknown) => {
            log.error(
              { room: asked.room, meeting: asked.meeting, turn: asked.turn, err: error },
              "what a speaker asked for aloud could not be done",
            );
          },
        ),
    },
    tell: config.speech.engine === "off" ? null : (message) => scribe?.send(message),
  });
  const hearScribe = (message: FromScribe) => {
    countBacklog(metrics, message);
    listening.receive(message);
  };
  const scribe =
    config.speech.engine === "off"
      ? null
      : startScribe(config.speech, {
          folder,
          spoolFolder: stores.spoolFolder,
          audioFolder: stores.audioFolder,
          log,
          onMessage: hearScribe,
        });
  const elsewhere = new Elsewhere<Jobs>({
    script: WORKER,
    onGivenUp: ({ job, room, ms, error }) =>
      log.warn({ job, room, ms, err: error }, "work beside the main thread was given up; what it was for is as it was"),
  });
  const minutes = await createMinutes(config.minutes, {
    folder,
    log,
    now,
    onMade: (meeting, entry, basis) => meetings.note(meeting, { type: "minutes-made", entry, basis }),
    templateOf: (room) => knownRooms.summaryTemplateOf(room),
    byRule:
      (room) =>
      (rule, ...given) =>
        elsewhere.run(rule, given as never, { room }) as Promise<never>,
    onGrowing: (meeting, growing) => meetings.grow(meeting, growing),
    onFailed: (meeting, plugin, about, error) =>
      meetings.note(meeting, { type: "minutes-failed", plugin, about, error: withoutSecrets(error.message) }),
  });

  const tasks = exportTasks(config.export, {
    folder,
    log,
    now,
    meetings,
    languageOf,
    knownRooms,
    sent: stores.exportedTasks,
    tell: sayOnce,
    onStands: (live) => projections.writeRoom(live),
  });
  const graphPictures = new GraphPictures({
    homeserver,
    log,
    now,
    onDrawn: (meeting, drawn) => meetings.note(meeting, { type: "graph-drawn", drawn }),
  });

  const refreshing = new Refreshing({
    quietMs: QUIET_MS,
    remake: (meeting, outdated) => meetings.refresh(meeting, outdated),
  });
  const projections = createProjections({
    meetings,
    carried,
    calls,
    listening,
    meetingState,
    minutes,
    refreshing,
    tasks,
    graphPictures,
    elsewhere,
    log,
    outbox,
    poster,
    guard,
    timeZone: zoneOf(config.minutes),
    now,
  });
  guard.whenBack(() => news.emit("storage-back"));
  meetings.listen((live, happened) => {
    watch.note(`meeting ${live.meeting.id}: ${happened.map(({ event }) => event.type).join(", ")}`);
    projections.follow(live, happened);
  });

  // The policies: each turns the news of one part into what another has to do.
  callLostPauses({ news, meetings, now });
  presenceEntersTheMeeting({ news, meetings, calls, now });
  outOfTurnIsNoted({ news, meetings, metrics, now, log });
  leavingEndsSessionAndCall({ news, sessions, signIns: stores.signIns, calls, now, log });
  takingBackForgetsSound({ meetings, audio });
  withdrawalOutlivesTheDatabase({ meetings, withdrawals: stores.withdrawals, log });
  openedRoomIsPutRight({ news, meetings, project: projections.project, sendOn: () => poster.start() });
  news.on("call-moved", (room) => listening.moved(room));

  const muteAll = (room: string) =>
    void calls
      .muteAll(room)
      .catch((error: unknown) => log.warn({ room, err: error }, "not every microphone could be closed"));

  const retention = inTurn(
    (rooms: readonly RoomId[]) =>
      obeyRetention(rooms, { homeserver, meetings, audio, carried, meetingState, log, now, signal: settling.signal }),
    (error) => log.error({ err: error }, "meetings that a room wants gone could not be taken away"),
  );

  // The doors.
  const facilitator = new Facilitator({
    homeserver,
    facts,
    admissions,
    sight,
    inbox,
    outbox,
    poster,
    meetings,
    knownRooms,
    links,
    signIns: stores.signIns,
    signOut: (who) => void news.emit("signed-out", who),
    reactions,
    guard,
    scenarios,
    checkScenario,
    languageOf,
    now,
    wallClock: Date.now,
    seed,
    log,
    publicUrl: config.service.publicUrl,
    tasksOf: tasks.ofRoom,
    dayNamed: dayNamedBy(config.minutes),
    onGone: (room, who) => void news.emit("left-room", room, who),
    muteAll,
    stateSettled: (room) => meetingState.settled(room),
    onRetention: (room) => retention.soon([room]),
    onClosed: (room) => meetingState.forget(room),
    onOpened: (room) => void news.emit("room-opened", room),
    onMalformed: (type) => metrics.malformedEvents.inc({ type }),
    commandsOf: new Allowance(COMMANDS_A_MINUTE, now),
  });
  const missing: { [part: string]: boolean } = { homeserver: true };
  const server = await listen(
    {
      known: {
        homeserver: knowsHomeserver(registration.hs_token),
        person: (request) => findSession(request, { sessions, now })?.participant ?? null,
      },
      appservice: appserviceApi({
        hsToken: registration.hs_token,
        receive: (events) => {
          for (const { type, room_id: room } of events) watch.note(`${type} ${room}`);
          facilitator.receive(events);
        },
        onMalformed: () => metrics.malformedEvents.inc({ type: "unknown" }),
      }),
      widgetApi: widgetApi({
        asks,
        admissions,
        meetings,
        sessions,
        sessionsOf: new Allowance(config.service.limits.personSessions, now),
        scenariosOf: (room) => scenarios.of(room),
        now,
        seed,
        languageOf,
        room: {
          hasBot: (room) => facts.hasBot(room),
          refused: async (command, room) =>
            refusedInReplaced(command, meetings.of(room)?.meeting ?? null, await facts.replacedBy(room)),
          isEncrypted: (room) => facts.isEncrypted(room),
          botMayWrite: async (room) =>
            (await facts.maySetState(room, botId, MEETING_STATE)) &&
            (await facts.maySend(room, botId, "m.room.message")),
        },
        refusalText: (refusal, room) => {
          const people = meetings.of(room)?.meeting.people ?? [];
          return refusalText(
            refusal,
            translateTo(languageOf(room)),
            (id) => people.find((person) => person.id === id)?.name ?? id,
          );
        },
        recordFile: (format, { meeting, record, whole }) =>
          elsewhere.run("recordFile", [format, { meeting, record }], forMeeting({ meeting, record, whole }, format)),
        graphOf: ({ meeting, record, whole }) =>
          elsewhere.run("buildGraph", [meeting, record], forMeeting({ meeting, record, whole }, "graph")),
        roomGraph: (room, graphs) => minutes.roomGraph(room, graphs),
        roomGraphFile,
        tasks: { outside: tasks.ofRoom, carriedInto: (meeting) => carried.into(meeting) },
        audio,
        pictureOf: (room, who) => pictures.of(room, who),
        muteAll,
        listening: (room) => calls.listening(room),
        callToken: (room, who, name) => calls.participantToken(room, who, name),
      }),
      widgetFiles: widgetFiles({
        folder: WIDGET_FOLDER,
        frameAncestors: config.service.frameAncestors,
        livekitUrl: config.livekit.url,
      }),
      health: health({
        registry: metrics.registry,
        missing: () => [
          ...Object.keys(missing).filter((part) => missing[part]),
          ...(guard.broken ? ["storage"] : []),
          ...missingBy(calls.away()),
        ],
      }),
      livekitWebhook: (body, authorization) => metrics.countWebhook(calls.receiveWebhook(body, authorization)),
    },
    config.service,
    log,
    metrics.requests,
    watch,
  );

  await takeUpStale(takingUp);
  meetings.unwritten();
  for (const live of meetings.all()) projections.project(live);
  meetings.start();
  meetings.withdraw(stores.withdrawals.all());
  poster.start();
  tasks.start();
  facilitator.start();
  const tidying = upkeep(
    TIDY_EVERY_MS,
    async () => {
      await takeAwayWorthlessLinks({ links, homeserver, log, now });
      await tellSignIns({ signIns: stores.signIns, homeserver, knownRooms, facts, languageOf, log, now });
      if (meetings.tookBack()) stores.journal.tidy();
    },
    (error) => log.warn({ err: error }, "what has run out could not be tidied away; it is tried again"),
  );
  const settling = new AbortController();
  const forgetting = upkeep(
    RETENTION_EVERY_MS,
    async () => retention.soon(stores.journal.rooms()),
    () => {},
  );
  void settle({ homeserver, registration, log, signal: settling.signal })
    .then(async (settled) => {
      missing["homeserver"] = !settled;
      if (settled && config.homeserver.botPicture)
        void giveAvatar({ homeserver, draw: (svg) => elsewhere.run("png", [svg], { room: botId }), log });
      if (!settled) return;
      await takeUpWhatWasLost({ ...takingUp, signal: settling.signal });
      const rooms = stores.journal.rooms();
      retention.soon(rooms);
      await catchUp(rooms, heardOfAt, {
        homeserver,
        meetings,
        receive: (events) => facilitator.receive(events),
        log,
        signal: settling.signal,
      });
      for (const room of rooms) if (!settling.signal.aborted) await sight.readBack(room);
    })
    .catch((error: unknown) => log.error({ err: error }, "it could not be seen whether meetings are to be taken up"));
  log.info({ bot: botId, port: config.service.port, publicUrl: config.service.publicUrl }, "Mindminder is up");
  watch.start();

  return {
    async stop() {
      settling.abort();
      meetings.stop();
      projections.stop();
      watch.stop();
      refreshing.close();
      guard.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await Promise.all([
        tidying.stop(),
        forgetting.stop(),
        retention.stop(),
        facilitator.stop(),
        minutes.close(),
        scribe?.stop(),
        calls.close(),
        tasks.stop(),
        elsewhere.close(),
      ]);
      await Promise.all([poster.stop(), meetingState.stop(), graphPictures.stop()]);
      stores.close();
    },
  };
}
