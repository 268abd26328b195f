import type { CirclePlace } from "../protocol/place.ts";
import type { Server } from "node:http";
import type { Router } from "express";
import type { GuestDesk } from "../guests/guest-desk.ts";
import type { Calls } from "../call/calls.ts";
import { missingBy } from "../call/reach.ts";
import { framers } from "../configuration/framers.ts";
import { forMeeting } from "../elsewhere/for-meeting.ts";
import { roomGraphFile } from "../export/file-formats.ts";
import { appserviceApi, knowsHomeserver } from "../http/appservice-api.ts";
import { health } from "../http/health.ts";
import { telegramWebhook } from "../http/telegram-webhook.ts";
import { findSession } from "../http/visitor.ts";
import { widgetApi } from "../http/widget-api.ts";
import { widgetFiles } from "../http/widget-files.ts";
import { WIDGET_FOLDER } from "../http/widget-folder.ts";
import { Allowance } from "../admission/allowance.ts";
import { translateTo } from "../language/translate.ts";
import type { MeetingId, RoomId } from "../protocol/identity.ts";
import { MEETING_STATE } from "../protocol/namespace.ts";
import type { Refusal } from "../protocol/refusal.ts";
import { refusalText } from "../room/refusal-text.ts";
import type { Facilitator } from "../room/facilitator.ts";
import { refusedInReplaced } from "../room/room-replaced.ts";
import type { StallWatch } from "../stall-watch.ts";
import type { SpeechLoad } from "../protocol/speech-load.ts";
import { drawSeed } from "./draw.ts";
import { createAssemblyWork } from "./assembly-work.ts";
import type { Encryption } from "./encryption.ts";
import type { OwnDataDesk } from "../own-data/own-data.ts";
import type { EraseWords } from "./erasure.ts";
import type { Ground } from "./ground.ts";
import type { LedgerPart } from "./ledger.ts";
import type { Results } from "./results.ts";
import type { Rooms } from "./rooms.ts";
import type { TelegramBotPart } from "./telegram-bot.ts";
import type { Truth } from "./truth.ts";

type WebDeps = Ground &
  Truth &
  Rooms &
  Results & {
    readonly calls: Calls;
    readonly encryption: Encryption | null;
    readonly guests: GuestDesk;
    readonly ownData: OwnDataDesk;
    readonly ledger: Pick<LedgerPart, "accounts">;
    readonly eraseWords: EraseWords;
    readonly facilitator: Facilitator;
    readonly muteAll: (place: CirclePlace) => void;
    readonly watch: StallWatch;
    readonly telegramBot: TelegramBotPart | null;
    readonly nudgeKey: string | null;
    readonly moves: Router | null;
    readonly speechLoad: () => SpeechLoad | null;
    readonly captionsOf: (meeting: MeetingId) => readonly string[];
    /** Parts that the service still waits for. */
    readonly awaited: ReadonlySet<string>;
  };

/** The doors over HTTP: the homeserver's, the widget's, LiveKit's, and those for whoever watches over the service. */
export function openWeb(deps: WebDeps): Promise<Server> {
  const { loaded, outside, log, now, metrics, stores, guard, calls, facilitator, watch, awaited } = deps;
  const { config, registration } = loaded;
  return outside.listen(
    {
      known: {
        homeserver: knowsHomeserver(registration.hs_token),
        person: (request) => findSession(request, { sessions: stores.sessions, now })?.participant ?? null,
      },
      appservice: appserviceApi({
        hsToken: registration.hs_token,
        receive: (events) => {
          for (const { type, room_id: room } of events) watch.note(`${type} ${room}`);
          facilitator.receive(events);
        },
        onMalformed: () => metrics.malformedEvents.inc({ type: "unknown" }),
      }),
      widgetApi: widgetApi(widgetDeps(deps)),
      widgetFiles: widgetFiles({
        folder: WIDGET_FOLDER,
        frameAncestors: framers(config),
        livekitUrl: config.livekit.url,
      }),
      health: health({
        registry: metrics.registry,
        missing: () => [...awaited, ...(guard.broken ? ["storage"] : []), ...missingBy(calls.away())],
      }),
      telegramWebhook: deps.telegramBot?.receiver ? telegramWebhook(deps.telegramBot.receiver) : null,
      moves: deps.moves,
      livekitWebhook: (body, authorization) => metrics.countWebhook(calls.receiveWebhook(body, authorization)),
    },
    config.service,
    log,
    metrics.requests,
    watch,
  );
}

function widgetDeps(deps: WebDeps): Parameters<typeof widgetApi>[0] {
  const {
    loaded,
    now,
    stores,
    meetings,
    assemblies,
    carried,
    asksIn,
    purposes,
    admissions,
    scenarios,
    facts,
    pictures,
    botId,
    muteAll,
  } = deps;
  const { languageOf, elsewhere, minutes, tasks, calls, isClosed, guests, encryption } = deps;
  return {
    asksIn,
    purposes,
    guests,
    admissions,
    meetings,
    assemblies,
    sessions: stores.sessions,
    links: stores.links,
    stillInChat: deps.stillInChat,
    publicUrl: loaded.config.service.publicUrl,
    sessionsOf: new Allowance(loaded.config.service.limits.personSessions, now),
    scenariosOf: (room) => scenarios.of(room),
    speechLoad: deps.speechLoad,
    captionsOf: deps.captionsOf,
    now,
    hasScribe: loaded.config.speech.engine !== "off",
    hasTelegram: loaded.config.telegram !== undefined,
    seed: drawSeed,
    languageOf,
    room: {
      hasBot: (room) => facts.hasBot(room),
      refused: async (command, room) =>
        refusedInReplaced(command, meetings.of(room)?.meeting ?? null, await facts.replacedBy(room)),
      isEncrypted: isClosed,
      botMayWrite: async (room) =>
        (await facts.maySetState(room, botId, MEETING_STATE)) && (await facts.maySend(room, botId, "m.room.message")),
    },
    refusalText: (refusal: Refusal, room: RoomId) => {
      const people = meetings.of(room)?.meeting.people ?? [];
      const nameOf = (id: string) => people.find((person) => person.id === id)?.name ?? id;
      return refusalText(refusal, translateTo(languageOf(room)), nameOf);
    },
    recordFile: (format, { meeting, record, whole }) =>
      elsewhere.run("recordFile", [format, { meeting, record }], forMeeting({ meeting, record, whole }, format)),
    graphOf: ({ meeting, record, whole }) =>
      elsewhere.run("buildGraph", [meeting, record], forMeeting({ meeting, record, whole }, "graph")),
    roomGraph: (room, graphs) => minutes.roomGraph(room, graphs),
    roomGraphFile,
    translate: async ({ room, ...asked }) => minutes.translate({ ...asked, encrypted: await facts.isEncrypted(room) }),
    assemblyWork: createAssemblyWork(elsewhere),
    assemblyScenarios: deps.assemblyScenarios,
    tasks: { outside: tasks.ofRoom, carriedInto: (meeting) => carried.into(meeting) },
    audio: stores.audio,
    accesses: stores.accesses,
    ownData: deps.ownData,
    accountOf: (room, who, quarter) => deps.ledger.accounts.of(room, who, quarter),
    eraseWords: deps.eraseWords,
    nudgeAddresses: stores.nudgeAddresses,
    nudgeKey: deps.nudgeKey,
    pictureOf: (room, who) => pictures.of(room, who),
    muteAll,
    listening: (place) => calls.listening(place),
    mediaKeys: async (room) => (await encryption?.mediaKeys.begin(room)) ?? [],
    voiceAccess: (room, person) => calls.voiceAccess(room, person),
    callToken: (place, who, name) => calls.participantToken(place, who, name),
  };
}
