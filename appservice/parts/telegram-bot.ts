import type { CirclePlace } from "../protocol/place.ts";
import { createHmac } from "node:crypto";
import type { RequestHandler } from "express";
import { Allowance } from "../admission/allowance.ts";
import { guestsIdOf } from "../assembly/assembly.ts";
import type { AssemblyEvent } from "../assembly/event.ts";
import type { Meeting } from "../circle/meeting.ts";
import type { LiveMeeting } from "../journal/live-meeting.ts";
import type { Post } from "../journal/post.ts";
import type { PostKey } from "../journal/post-key.ts";
import { translateTo } from "../language/translate.ts";
import { TELEGRAM_WEBHOOK } from "../http/telegram-webhook.ts";
import type { ParticipantId, RingNumber, RoomId } from "../protocol/identity.ts";
import { zoneOf } from "../minutes/tasks/day-named.ts";
import { COMMANDS_A_MINUTE } from "../room/commands/answer-command.ts";
import type { TelegramChatPort } from "../room/commands/context.ts";
import { TelegramBot } from "../telegram/bot/bot.ts";
import { chatApi } from "../telegram/bot/chat-api.ts";
import { ChatDesk } from "../telegram/bot/chat-desk.ts";
import { ChatLoops } from "../telegram/bot/chat-loops.ts";
import { concerned } from "../telegram/bot/concerned.ts";
import { ChatOutbox } from "../telegram/bot/chat-outbox.ts";
import { GROUP_LIMIT } from "../telegram/bot/chat-pace.ts";
import { ChatPoster } from "../telegram/bot/chat-poster.ts";
import { TakenUpdates } from "../telegram/bot/updates.ts";
import { drawSeed } from "./draw.ts";
import type { EraseWords } from "./erasure.ts";
import type { Ground } from "./ground.ts";
import type { Results } from "./results.ts";
import type { Rooms } from "./rooms.ts";
import { commandInTelegram, pressInTelegram } from "./telegram-acts.ts";
import { type TelegramDoorways, telegramDoorways } from "./telegram-doorways.ts";
import { telegramRecord } from "./telegram-record.ts";
import type { Truth } from "./truth.ts";

type TelegramBotPartDeps = Ground &
  Truth &
  Rooms &
  Pick<Results, "tasks"> & { readonly muteAll: (place: CirclePlace) => void; readonly eraseWords: EraseWords };

export type TelegramBotPart = {
  /** The room's chat, as its keeper deals with it. */
  readonly chatOf: (room: RoomId, by: ParticipantId) => TelegramChatPort;
  /** Some of the messages that should stand in the room. */
  readonly want: (meeting: Meeting, posts: readonly Post[], ring?: RingNumber) => void;
  /** These are all that should stand of a meeting. */
  readonly review: (meeting: Meeting, wanted: readonly PostKey[]) => void;
  /** Tells whether a chat, or a code in what was said there, is of a room of this shard. */
  readonly concerned: (chat: number | null, text: string) => ReturnType<typeof concerned>;
  /** A chat belongs to a room of another shard now. */
  readonly left: (chat: number) => void;
  /** Messages that wait in a room's chat came from another shard. */
  readonly wake: (room: RoomId) => void;
  /** A room goes on in another one, and its chat with it. */
  readonly movedInto: (before: RoomId, room: RoomId) => void;
  readonly receiver: RequestHandler | null;
  /** `retell`: wants the record of a meeting anew. */
  readonly start: (retell: (live: LiveMeeting) => void) => void;
  readonly stop: () => Promise<void>;
};

/** After these another announcement of an assembly stands in the chat. */
const ANNOUNCED = new Set<AssemblyEvent["type"]>(["assembly-gathered", "assembly-started", "assembly-ended"]);

/** Bytes that Telegram takes as a picture (Bot API, `sendPhoto`). */
const MOST_OF_A_PICTURE = 10_000_000;

/** Answers that one chat gets in a minute; a group takes 20 messages, and the record is to stand there, too. */
const ANSWERS_A_MINUTE = 20;

/** Telegram may be away for a moment; after so long the room is told. */
const TELL_AWAY_AFTER_MS = 5 * 60_000;

/** The bot in the chats of Telegram that belong to rooms; null where the configuration has none. */
export function createTelegramBot(deps: TelegramBotPartDeps): TelegramBotPart | null {
  const doorways = telegramDoorways(deps);
  return doorways ? botWith(doorways, deps) : null;
}

function botWith(doorways: TelegramDoorways, deps: TelegramBotPartDeps): TelegramBotPart {
  const {
    loaded,
    log,
    now,
    own,
    metrics,
    news,
    stores,
    unit,
    guard,
    meetings,
    assemblies,
    languageOf,
    facts,
    homeserver,
    sayOnce,
  } = deps;
  const { connection } = doorways;
  const chats = stores.telegramChats;
  const [outbox, updates] = [new ChatOutbox(stores.db), new TakenUpdates(stores.db)];
  chats.whenMoved((room) => outbox.moved(room));
  metrics.countTelegramWaiting(() => outbox.waiting());
  const tFor = (room: RoomId) => translateTo(languageOf(room));
  const take = (update: number) => updates.take(update, now());

  const acts = {
    ...deps,
    knownRooms: stores.knownRooms,
    tasksOf: deps.tasks.ofRoom,
    signOut: (who: ParticipantId) => void news.emit("signed-out", who),
    muteAll: (place: CirclePlace) => unit.afterCommit(() => deps.muteAll(place)),
    seed: drawSeed,
    actorOf: doorways.actorOf,
    messageOf: (room: RoomId, message: number) => outbox.messageOf(room, message),
    take,
    commandsOf: new Allowance(COMMANDS_A_MINUTE, now),
  };

  const bot: TelegramBot = new TelegramBot({
    connection,
    log,
    webhook: connection.webhook ? webhookOf(loaded.config.service.publicUrl, connection.token) : null,
    news: {
      said: (said) => desk.said(said),
      pressed: (pressed) => desk.pressed(pressed),
      became: (chat, isThere) => desk.became(chat, isThere),
      moved: (from, to) => desk.moved(from, to),
    },
  });
  const [api, answers] = [chatApi(bot.record, connection.botId), chatApi(bot.bot.api, connection.botId)];
  const away = new Map<RoomId, number>();
  const poster = new ChatPoster({
    outbox,
    chats,
    api,
    limit: GROUP_LIMIT,
    pictureOf: async (mxc) => {
      const bytes = await homeserver.download(mxc, MOST_OF_A_PICTURE).catch(() => null);
      return bytes === null || typeof bytes === "string" ? null : bytes;
    },
    now,
    log,
    mayWrite: (room) =>
      facts.isEncrypted(room).then(
        (encrypted) => (encrypted ? "no" : "yes"),
        () => "unknown",
      ),
    titleOf: (room) => `${record.titleOf(room)} · ${dayAndTime(now(), room, deps)}`,
    repeated: (room) => tFor(room)("telegram.repeated"),
    blank: (room) => tFor(room)("telegram.taken-away"),
    onRepeated: () => metrics.telegramRepeated.inc(),
    onLost: ({ room, title, chat }, why) => {
      metrics.telegramLost.inc({ reason: why });
      log.warn(
        { room, chat, why },
        "nothing can be written into a chat in Telegram any more; what waits for it is kept",
      );
      sayOnce(room, { kind: "telegram-chat", at: now(), what: "lost" }, tFor(room)(`telegram.lost.${why}`, { title }));
    },
    onAway: (room, since) => {
      const told = away.get(room);
      const say = (at: number, key: "telegram.away" | "telegram.back") =>
        sayOnce(room, { kind: "telegram-chat", at, what: "away" }, tFor(room)(key));
      if (since === null) {
        if (told !== undefined) say(told, "telegram.back");
        away.delete(room);
      } else if (told === undefined && now() - since > TELL_AWAY_AFTER_MS) {
        away.set(room, since);
        say(since, "telegram.away");
      }
    },
  });
  const loops = new ChatLoops({
    step: async (room) => (own.has(room) ? poster.step(room) : "idle"),
    guard,
    onFailed: (room, error) => log.error({ room, err: error }, "the record cannot be written into a chat in Telegram"),
  });
  const record = telegramRecord({
    chats,
    outbox,
    meetings,
    assemblies,
    facts,
    urlOf: (room, meeting, ring) => {
      const assembly = assemblies.of(room);
      const opens = ring === undefined ? meeting : assembly && guestsIdOf(assembly);
      return opens && doorways.urlOf(room, opens);
    },
    tFor,
    wake: (room) => loops.wake(room),
    log,
  });
  assemblies.listen((assembly, happened) => {
    if (happened.some(({ type }) => ANNOUNCED.has(type))) record.announce(assembly);
  });
  let retell = (_: LiveMeeting) => {};
  const redo = (room: RoomId) => {
    const places = new Set([room, ...meetings.placesIn(room)]);
    for (const live of [...places].flatMap((place) => meetings.of(place) ?? [])) retell(live);
    const assembly = assemblies.of(room);
    if (assembly) record.announce(assembly);
    loops.wake(room);
  };
  const desk = new ChatDesk({
    chats,
    outbox,
    api: {
      look: api.look,
      isAdministrator: api.isAdministrator,
      lookAgain: answers.look,
      nod: answers.nod,
      answer: async (chat, to, html) => {
        await answers.answer(chat, to, html);
        poster.paceOf(chat).take(now());
      },
    },
    botName: connection.bot,
    answersOf: new Allowance(ANSWERS_A_MINUTE, now),
    onStillLost: ({ room, chat }, error) => log.info({ err: error, room, chat }, "a chat in Telegram is still lost"),
    onUnanswered: (error) => log.warn({ err: error }, "somebody who wrote to the bot in Telegram got no answer"),
    now,
    wordsFor: (room) => (room === null ? translateTo(loaded.config.language) : tFor(room)),
    titleOf: (room) => facts.titleOf(room),
    take,
    unit,
    onBound: ({ room, title, boundAt }, name) => {
      sayOnce(
        room,
        { kind: "telegram-chat", at: boundAt, what: "bound" },
        tFor(room)("telegram.bound", { title, name }),
      );
      meetings.askAnew(room);
      unit.afterCommit(() => redo(room));
    },
    onUnbound: ({ room, title }, name) => {
      sayOnce(
        room,
        { kind: "telegram-chat", at: now(), what: "unbound" },
        tFor(room)("telegram.left", { title, name }),
      );
      meetings.askAnew(room);
    },
    onBack: redo,
    command: (room, text, said) => commandInTelegram(room, text, said, acts),
    press: (room, pressed) => pressInTelegram(room, pressed, acts),
    confirmLink: doorways.confirmLink,
  });

  const unbind = (room: RoomId) =>
    unit.run(() => {
      const chat = chats.unbind(room);
      outbox.forget(room);
      meetings.askAnew(room);
      return chat;
    });
  const movedInto = (before: RoomId, room: RoomId) => {
    const moved = unit.run(() => {
      const isMoved = chats.moveInto(before, room);
      if (!isMoved) return false;
      outbox.moveInto(before, room);
      meetings.askAnew(room);
      return true;
    });
    if (moved) redo(room);
  };

  return {
    chatOf: (room, by) => ({
      bot: connection.bot,
      isEncrypted: () => facts.isEncrypted(room),
      offer: () => chats.offer(room, by, now()),
      unbind: () => unbind(room)?.title ?? null,
    }),
    want: record.want,
    review: record.review,
    wake: (room) => loops.wake(room),
    concerned: (chat, text) =>
      concerned(chat, text, {
        chats,
        links: stores.telegramLinks,
        botName: connection.bot,
        isOurs: (room) => own.has(room),
        now,
      }),
    left: (chat) => {
      const bound = chats.ofChat(chat);
      if (bound) unbind(bound.room);
    },
    movedInto,
    receiver: bot.receiver(),
    start(given) {
      retell = given;
      bot.start();
      // Of what happened just before the service died, nothing may have been wanted.
      for (const assembly of assemblies.all()) record.announce(assembly);
      for (const { room, chat, lost } of chats.all()) {
        if (lost === null) loops.wake(room);
        else
          void desk.became(chat, true).catch((err: unknown) => log.warn({ err, room, chat }, "a chat is still lost"));
      }
    },
    async stop() {
      await Promise.all([bot.stop(), loops.stop(), record.stop()]);
    },
  };
}

function webhookOf(publicUrl: string, token: string) {
  const secret = createHmac("sha256", token).update("telegram-webhook").digest("base64url");
  return { url: `${publicUrl}${TELEGRAM_WEBHOOK}`, secret };
}

function dayAndTime(
  at: number,
  room: RoomId,
  { languageOf, loaded }: Pick<TelegramBotPartDeps, "languageOf" | "loaded">,
) {
  const timeZone = zoneOf(loaded.config.minutes);
  const form = { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", timeZone } as const;
  return new Intl.DateTimeFormat(languageOf(room), form).format(at);
}
