import type { CirclePlace } from "../protocol/place.ts";
import { Allowance } from "../admission/allowance.ts";
import type { GuestDesk } from "../guests/guest-desk.ts";
import { dayNamedBy } from "../minutes/tasks/day-named.ts";
import type { TelegramAccounts } from "../room/commands/async-ports.ts";
import { COMMANDS_A_MINUTE } from "../room/commands/answer-command.ts";
import { openInstead } from "../room/handlers/open-instead.ts";
import { takeWaiting } from "../room/comments/waiting-comments.ts";
import { Facilitator } from "../room/facilitator.ts";
import { type RoomHandlers, roomHandlers } from "../room/handlers/handlers.ts";
import type { OwnDataDesk } from "../own-data/own-data.ts";
import { drawSeed } from "./draw.ts";
import type { Encryption } from "./encryption.ts";
import type { Ground } from "./ground.ts";
import type { EraseWords } from "./erasure.ts";
import type { LedgerPart } from "./ledger.ts";
import type { Housekeeping } from "./housekeeping.ts";
import type { Results } from "./results.ts";
import type { Rooms } from "./rooms.ts";
import type { TelegramBotPart } from "./telegram-bot.ts";
import type { Truth } from "./truth.ts";
import type { ParticipantId, RoomId } from "../protocol/identity.ts";
import { wallClock } from "../time/time.ts";

type FacilitationDeps = Ground &
  Truth &
  Rooms &
  Pick<Results, "tasks"> &
  Pick<Housekeeping, "retention"> & {
    readonly guests: GuestDesk;
    readonly ownData: OwnDataDesk;
    readonly eraseWords: EraseWords;
    readonly muteAll: (place: CirclePlace) => void;
    readonly encryption: Encryption | null;
    readonly ledger: Pick<LedgerPart, "accounts">;
    readonly telegramBot: TelegramBotPart | null;
  };

/** The door of the room: messages, reactions and changes there. */
export function createFacilitation(deps: FacilitationDeps): Facilitator {
  const { log, now, metrics, stores, homeserver, facts, admissions, sight, meetings, guard } = deps;
  const facilitator = new Facilitator({
    encryption: deps.encryption?.port ?? null,
    handlers: handlersFor(deps),
    takeWaiting: (room, who) => takeWaiting(room, who, { meetings, admissions, homeserver }),
    homeserver,
    facts,
    sight,
    inbox: stores.inbox,
    guard,
    meetings,
    onGone: onGoneFor(deps),
    onMalformed: (type) => metrics.malformedEvents.inc({ type }),
    now,
    log,
  });
  deps.encryption?.onAgain((event) => facilitator.again(event));
  return facilitator;
}

function handlersFor(deps: FacilitationDeps): RoomHandlers {
  const { loaded, log, now, news, stores, unit, tasks, meetingState, muteAll, retention, guests } = deps;
  const { config } = loaded;
  const { homeserver, facts, admissions, sight, poster, scenarios, checkScenario, meetings, purposes, languageOf } =
    deps;
  const { inbox, outbox, knownRooms, links, signIns, reactions } = stores;
  return roomHandlers({
    isClosed: deps.isClosed,
    openInstead: (wish) => openInstead(wish, { admissions, homeserver, facts, knownRooms, languageOf, log }),
    homeserver,
    facts,
    admissions,
    sight,
    inbox,
    outbox,
    poster,
    meetings,
    purposes,
    ownData: deps.ownData,
    eraseWords: deps.eraseWords,
    knownRooms,
    links,
    guests,
    telegramAccounts: telegramAccountsFor(deps.telegram),
    meetingOfGuest: (room, guest) => guests.meetingOf(room, guest),
    decideGuest: (...decided) => (guests.decide(...decided) === "full" ? "full" : "done"),
    onMovedInto: (before, room) => deps.telegramBot?.movedInto(before, room),
    telegramChatOf: (room, by) => deps.telegramBot?.chatOf(room, by) ?? null,
    signIns,
    signOut: (who) => void news.emit("signed-out", who),
    reactions,
    scenarios,
    assemblies: deps.assemblies,
    assemblyScenarios: deps.assemblyScenarios,
    checkScenario,
    languageOf,
    now,
    wallClock,
    seed: drawSeed,
    log,
    publicUrl: config.service.publicUrl,
    tasksOf: tasks.ofRoom,
    dayNamed: dayNamedBy(config.minutes),
    onGone: onGoneFor(deps),
    accounts: deps.ledger.accounts,
    muteAll: (place) => unit.afterCommit(() => muteAll(place)),
    stateSettled: (room) => meetingState.settled(room),
    onRetention: (room) => retention([room]),
    onClosed: (room) => meetingState.forget(room),
    onEncrypted: (room) => void news.emit("encrypted", room),
    onOpened: (room) => void news.emit("room-opened", room),
    commandsOf: new Allowance(COMMANDS_A_MINUTE, now),
  });
}

function telegramAccountsFor(telegram: Rooms["telegram"]): TelegramAccounts | null {
  if (!telegram) return null;
  const { connection, accountLinks } = telegram;
  return {
    bot: connection.bot,
    offer: (who) => accountLinks.offer(who),
    decide: (who, yes) => accountLinks.decide(who, yes),
    part: (who) => accountLinks.part(who),
  };
}

function onGoneFor({ news }: Pick<Ground, "news">) {
  return (room: RoomId, who: ParticipantId) => void news.emit("left-room", room, who);
}
