import { resolve } from "node:path";
import { issuers } from "../admission/issuers.ts";
import type { StillInChat } from "../admission/telegram.ts";
import { OWN_SCENARIOS } from "../configuration/config.ts";
import { botIdOf } from "../configuration/registration.ts";
import { checkScenario as checkScenarioValue, checkScenarioText } from "../configuration/scenario-check.ts";
import { circleKey, type PostKey } from "../journal/post-key.ts";
import { ofMeeting, ofRoom } from "../journal/scope.ts";
import { translateTo } from "../language/translate.ts";
import { isOfTelegram, type MeetingId, type RoomId } from "../protocol/identity.ts";
import { userOf } from "../telegram/door/account.ts";
import type { MeetingPointer } from "../protocol/meeting-pointer.ts";
import { MEETING_STATE } from "../protocol/namespace.ts";
import { Homeserver } from "../room/homeserver.ts";
import { MeetingState } from "../room/meeting-state.ts";
import { notice } from "../room/messages/message.ts";
import { Pictures } from "../room/pictures.ts";
import { Poster } from "../room/poster.ts";
import { RoomFacts } from "../room/room-facts.ts";
import { RoomScenarios } from "../room/room-scenarios.ts";
import { RoomSight } from "../room/room-sight.ts";
import { type RecoveryDeps, recoverFromRoom } from "../room/recover-from-room.ts";
import { SealedMeetings } from "../room/sealed-meetings.ts";
import { tellOfAssemblies } from "../room/assembly-messages.ts";
import { sayInRoom } from "../room/say-in-room.ts";
import { meetingsOfGuests } from "./guests-meeting.ts";
import { tellSomebody } from "../room/tell-alone.ts";
import type { Encryption } from "./encryption.ts";
import type { ServedSets } from "../experiments/served-sets.ts";
import type { Ground } from "./ground.ts";
import { createOpenIdHomeservers } from "./openid-homeservers.ts";
import { createTelegramDoor } from "./telegram-door.ts";
import type { Truth } from "./truth.ts";

export type Rooms = ReturnType<typeof createRooms>;

type RoomsDeps = Ground & Truth & { readonly encryption: Encryption | null; readonly sets: ServedSets | null };

/** The homeserver's rooms: their facts, their people, and the messages that should stand there. */
export function createRooms({
  loaded,
  log,
  now,
  own,
  metrics,
  news,
  outside,
  stores,
  guard,
  meetings,
  assemblies,
  languageOf,
  encryption,
  sets,
}: RoomsDeps) {
  const { config, registration, folder } = loaded;
  const { outbox, knownRooms, links, signIns } = stores;
  const botId = botIdOf(registration, config.homeserver.serverName);
  const homeserver = new Homeserver({
    url: config.homeserver.url,
    asToken: registration.as_token,
    botId,
    encryption: encryption?.port ?? null,
  });
  const sight = new RoomSight({ homeserver, past: stores.roomPast, log, now });
  const facts = new RoomFacts(homeserver, now, (room, state) => sight.compare(room, state));
  const telegram = createTelegramDoor({
    loaded,
    log,
    now,
    own,
    metrics,
    news,
    outside,
    stores,
    meetings,
    assemblies,
    languageOf,
    memberNames: (room) => facts.memberNames(room),
    isEncrypted: (room) => facts.isEncrypted(room),
    say: (room, key, lines) => sayInRoom(room, key, lines, { outbox, poster }),
    tellPerson: async (who, what, lines) => (await tellSomebody(who, what, lines, { homeserver, knownRooms })) !== null,
  });
  const stillInChat: StillInChat = telegram?.stillInChat ?? (async () => true);
  const admissions = issuers({
    rooms: facts,
    sight,
    signIns,
    links,
    guests: stores.guests,
    guestLinks: stores.guestLinks,
    telegramPeople: stores.telegramPeople,
    telegramChats: stores.telegramChats,
    isEncrypted: (room) => facts.isEncrypted(room),
    telegramDoor: telegram?.door ?? null,
    stillInChat,
    meetingsIn: (room) => meetingsOfGuests(room, { meetings, assemblies }),
    now,
    homeservers: createOpenIdHomeservers({ homeserver: config.homeserver, rooms: facts, now }),
  });
  const checkScenario = { text: checkScenarioText, value: checkScenarioValue };
  const builtIn = outside.readScenarios(config.scenarios ? resolve(folder, config.scenarios) : OWN_SCENARIOS);
  const assemblyScenarios = outside.readAssemblies(
    config.assemblies === undefined ? undefined : resolve(folder, config.assemblies),
    builtIn,
  );
  const scenarios = new RoomScenarios({
    builtIn,
    facts,
    knownRooms,
    check: checkScenario,
    usual: (room) => {
      const meeting = meetings.of(room)?.meeting;
      return sets && meeting ? sets.scenarioFor(meeting) : null;
    },
  });
  /** True for an encrypted room that the bot has no keys for: no word of a meeting is written into it. */
  const isClosed = async (room: RoomId) => !encryption?.port.works() && (await facts.isEncrypted(room));
  const poster = new Poster({
    outbox,
    homeserver,
    isEncrypted: isClosed,
    log,
    now,
    guard,
    onRoot: (room) => meetingState.rootStands(room),
    onStateGone: (room) => {
      meetingState.forget(room);
      news.emit("room-opened", room);
    },
  });
  const sayOnce = (room: RoomId, key: PostKey, text: string) => {
    for (const woken of outbox.want([
      { scope: ofRoom(room), key, room, thread: null, type: "m.room.message", content: notice([text]) },
    ]))
      poster.wake(woken);
  };
  encryption?.connect({
    isEncrypted: (room) => facts.isEncrypted(room),
    peopleIn: (room) => facts.peopleIn(room),
    cannotRead: (room, event, who) =>
      void facts
        .nameOf(room, who)
        .catch(() => who)
        .then((name) =>
          sayOnce(room, { kind: "unread", event }, translateTo(languageOf(room))("room.unread", { name })),
        ),
  });
  const sealed = new SealedMeetings({ homeserver, encryption: encryption?.port ?? null, log });
  const recovery = {
    homeserver,
    meetings,
    outbox,
    sealed,
    works: () => encryption?.port.works() ?? false,
    onLost: async (pointer: MeetingPointer) => {
      const { roomId: room, id: meeting, version } = pointer;
      log.warn({ room, meeting }, "a meeting is lost: the database does not know it, and its copy cannot be opened");
      await homeserver.setState(room, MEETING_STATE, "", { ...pointer, phase: "ended", version: version + 1 });
      sayOnce(room, { kind: "meeting-lost", meeting }, translateTo(languageOf(room))("meeting-lost"));
    },
    log,
    now,
  } satisfies RecoveryDeps;
  const tellLostAssembly = (room: RoomId, meeting: MeetingId) =>
    sayOnce(room, { kind: "meeting-lost", meeting }, translateTo(languageOf(room))("assembly-lost"));
  const meetingState = new MeetingState({
    homeserver,
    isEncrypted: (room) => facts.isEncrypted(room),
    sealed,
    rootOf: ({ id, circle }) => (circle === null ? null : outbox.eventOf(ofMeeting(id), circleKey(circle))),
    log,
    onAhead: (room) => recoverFromRoom(room, recovery),
    onPowerless: (room) =>
      sayOnce(
        room,
        { kind: "powerless", meeting: meetings.of(room)?.meeting.id ?? null },
        translateTo(languageOf(room))("room.powerless"),
      ),
  });
  const { tellAssembly } = tellOfAssemblies(assemblies, { outbox, poster });
  const pictures = new Pictures(homeserver, facts, (room, who) => {
    const isHere = telegram !== null && isOfTelegram(who) && stores.telegramPeople.find(room, who) !== null;
    return isHere ? telegram.pictures.of(userOf(who)) : null;
  });
  return {
    botId,
    homeserver,
    sight,
    facts,
    admissions,
    pictures,
    checkScenario,
    scenarios,
    assemblyScenarios,
    tellLostAssembly,
    tellAssembly,
    poster,
    isClosed,
    meetingState,
    recovery,
    sayOnce,
    telegram,
    stillInChat,
  };
}
