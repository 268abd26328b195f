import type { Logger } from "pino";
import { answerOf } from "../circle/agreement.ts";
import type { CheckScenario } from "../circle/scenario-problem.ts";
import type { Admissions } from "../admission/admission.ts";
import { insider } from "../protocol/actor.ts";
import type { Allowance } from "../admission/allowance.ts";
import type { Inbox, RawEvent } from "../journal/inbox.ts";
import type { KnownRooms } from "../store/known-rooms.ts";
import type { Links } from "../store/links.ts";
import type { Meetings } from "../journal/meetings.ts";
import type { Outbox } from "../journal/outbox.ts";
import type { PostKey } from "../journal/post-key.ts";
import type { Reactions } from "../store/reactions.ts";
import { isOfMeeting, ofRoom } from "../journal/scope.ts";
import type { SignIns } from "../store/sign-ins.ts";
import { isStorageFailure, type StorageGuard } from "../store/storage-guard.ts";
import { translateTo } from "../language/translate.ts";
import type { Language, ParticipantId, RoomId } from "../protocol/identity.ts";
import { answerCommand, isCommand } from "./answer-command.ts";
import { answerReaction, undoReaction } from "./answer-reaction.ts";
import type { RoomTasks } from "./commands/command.ts";
import { noticeCall } from "./element-call.ts";
import { type Homeserver, isAway, isForGood } from "./homeserver.ts";
import { type Line, notice } from "./messages/message.ts";
import type { Poster } from "./poster.ts";
import { HANDLED_TYPES, readEvent, RETENTION_STATE, type RoomEvent, type RoomEventOf } from "./room-event.ts";
import type { RoomFacts } from "./room-facts.ts";
import type { RoomSight } from "./room-sight.ts";
import type { RoomScenarios } from "./room-scenarios.ts";
import { tellAlone } from "./async-ports.ts";
import { editTaskByReply, taskRepliedTo } from "./tasks/edit-task-by-reply.ts";
import { removeComment, takeComment, takeWaiting } from "./take-comment.ts";
import { takeBackCommand } from "./take-back-command.ts";
import { editedBy, takeEdit } from "./take-edit.ts";
import { MEETING_STATE, SCENARIO_STATE, SIGN_IN, WIDGET_ID, WIDGET_STATE } from "../protocol/namespace.ts";
import { setUpWidget } from "./widget-setup.ts";
import { pause } from "../retry/insist.ts";
import { waitAfter } from "../retry/pace.ts";

export type FacilitatorDeps = {
  readonly homeserver: Homeserver;
  readonly facts: RoomFacts;
  readonly admissions: Pick<Admissions, "here" | "mayBeIn" | "nameOf">;
  readonly sight: RoomSight;
  readonly inbox: Inbox;
  readonly outbox: Outbox;
  readonly poster: Poster;
  readonly meetings: Meetings;
  readonly knownRooms: KnownRooms;
  readonly links: Links;
  readonly signIns: SignIns;
  /** Ends all that is open in a person's name. */
  readonly signOut: (who: ParticipantId) => void;
  readonly reactions: Reactions;
  readonly guard: StorageGuard;
  readonly scenarios: RoomScenarios;
  readonly checkScenario: CheckScenario;
  readonly publicUrl: string;
  readonly tasksOf: (room: RoomId) => RoomTasks;
  /** The day that words name which were written then; null: none. */
  readonly dayNamed: (words: string, at: number) => string | null;
  readonly languageOf: (room: RoomId) => Language;
  readonly now: () => number;
  /** The machine's clock as it is, for what the homeserver dates: `now` may be ahead of one that was set back. */
  readonly wallClock: () => number;
  /** Chance, for lots. */
  readonly seed: () => number;
  readonly log: Logger;
  /** A person is no longer in the room: their session and their place in the call end. */
  readonly onGone: (room: RoomId, who: ParticipantId) => void;
  /**
   * Hears that the bot is in the room again, or has power that it lacked: the room's messages and state are compared
   * with those that should stand there.
   */
  readonly onOpened: (room: RoomId) => void;
  /** Closes all microphones of the room's call once. */
  readonly muteAll: (room: RoomId) => void;
  /** Settles the meeting's state in the room: resolves once it stands there as it should. */
  readonly stateSettled: (room: RoomId) => Promise<void>;
  /** Hears that a room says for how long it wants things kept. */
  readonly onRetention: (room: RoomId) => void;
  /** The bot is no longer in the room. */
  readonly onClosed: (room: RoomId) => void;
  readonly onMalformed: (type: string) => void;
  /** Number of commands that a person may type in a room. */
  readonly commandsOf: Allowance;
};

/** Most commands of a person in a minute: one a second is more than anybody types. */
export const COMMANDS_A_MINUTE = 60;

const TRIES = 5;
const PACE = { firstMs: 1_000, longestMs: 10_000 };

type MemberEvent = RoomEventOf<"m.room.member">;

/** The bot in its rooms: comes when invited, greets, puts up the widget, answers commands, and goes when it is shown out. */
export class Facilitator {
  readonly #options: FacilitatorDeps;
  readonly #queues = new Map<string, Promise<void>>();
  readonly #stopping = new AbortController();

  constructor(options: FacilitatorDeps) {
    this.#options = options;
    options.meetings.listen((live, happened) => {
      for (const { event } of happened)
        if (event.type === "agreement-answered") this.#answered(live.meeting.roomId, event.who);
    });
  }

  /** Takes or drops, in its turn, everything that waited for somebody's answer. */
  #answered(room: RoomId, who: ParticipantId): void {
    const { log } = this.#options;
    const take = () =>
      this.#insist(
        () => takeWaiting(room, who, this.#options),
        (error) =>
          log.warn(
            { room, who, err: error },
            "comments that waited for their writer's word could not be read; the next start tries again",
          ),
      );
    this.#inTurn(room, () => this.#options.guard.untilKept(take, this.#stopping.signal));
  }

  /** Takes up what had been received before the service stopped. */
  start(): void {
    // The age of a kept event is the one that it had on arrival.
    for (const { unsigned: _, ...event } of this.#options.inbox.waiting()) this.#enqueue(event);
    for (const { meeting, record } of this.#options.meetings.all()) {
      for (const who of new Set(record.waiting.map((each) => each.who)))
        if (answerOf(meeting, who) !== null) this.#answered(meeting.roomId, who);
    }
  }

  /** Called with each transaction of the homeserver, before it is acknowledged. Each event is taken up once. */
  receive(events: readonly RawEvent[]): void {
    for (const event of this.#keep(events)) {
      this.#showOutAtOnce(event);
      this.#enqueue(event);
    }
  }

  /** Keeps events before they are acknowledged: the homeserver sends again those that could not be kept. */
  #keep(events: readonly RawEvent[]): RawEvent[] {
    const { inbox, guard, now } = this.#options;
    try {
      return inbox.receive(events, now());
    } catch (error) {
      guard.failed(error);
      throw error;
    }
  }

  /**
   * Shows out at once a person who is kicked or banned, however busy the room's queue is with earlier events; the rest
   * follows in its order.
   */
  #showOutAtOnce(raw: RawEvent): void {
    const { facts, homeserver, onGone } = this.#options;
    const event = readEvent(raw);
    if (event?.type !== "m.room.member" || event.state_key === homeserver.botId) return;
    if (event.content.membership !== "leave" && event.content.membership !== "ban") return;
    facts.learn(event);
    this.#noteDown(event);
    onGone(event.room_id, event.state_key);
  }

  /**
   * Notes members and the room's visibility at each time: by them it is decided how much each may see of its meetings.
   */
  #noteDown(event: RoomEvent): void {
    if (event.type === "m.room.member" || event.type === "m.room.history_visibility") this.#options.sight.learn(event);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.idle();
  }

  /** Resolves once all that was received has been taken care of. */
  async idle(): Promise<void> {
    // Events that are handled may bring about more in their room.
    while (this.#queues.size > 0) await Promise.all(this.#queues.values());
  }

  /** Rooms do not wait for one another; within one, events keep their order. */
  #enqueue(raw: RawEvent): void {
    this.#inTurn(raw.room_id, () => this.#handle(raw));
  }

  #inTurn(room: string, work: () => Promise<void>): void {
    const before = this.#queues.get(room) ?? Promise.resolve();
    const after = before.then(work);
    this.#queues.set(room, after);
    void after.finally(() => {
      if (this.#queues.get(room) === after) this.#queues.delete(room);
    });
  }

  /** An event whose outcome could not be kept did nothing; it is taken up again when it can. */
  #handle(raw: RawEvent): Promise<void> {
    return this.#options.guard.untilKept(() => this.#handleOnce(raw), this.#stopping.signal);
  }

  async #handleOnce(raw: RawEvent): Promise<void> {
    const { inbox, log, onMalformed } = this.#options;
    const { type } = raw;
    const event = readEvent(raw);
    if (!HANDLED_TYPES.has(type) || !event) {
      if (HANDLED_TYPES.has(type)) onMalformed(type);
      return inbox.handled(raw.event_id);
    }
    const handle = async () => {
      await this.#take(event);
      inbox.handled(raw.event_id);
    };
    return this.#insist(handle, (error) => {
      log.error({ room: event.room_id, type, err: error }, "an event could not be handled");
      inbox.handled(raw.event_id);
    });
  }

  async #insist(work: () => Promise<void>, givenUp: (error: unknown) => void): Promise<void> {
    for (let attempt = 1; !this.#stopping.signal.aborted; attempt++) {
      try {
        return await work();
      } catch (error) {
        if (isStorageFailure(error)) throw error;
        // A command is not lost while the homeserver is away: it waits, and those after it in this room do, too.
        const stuck = attempt >= TRIES && (!isAway(error) || (await this.#options.homeserver.failsAtThisAlone(error)));
        if (stuck || isForGood(error)) return givenUp(error);
        await pause(waitAfter(attempt, PACE), this.#stopping.signal);
      }
    }
  }

  async #take(event: RoomEvent): Promise<void> {
    const { facts, homeserver } = this.#options;
    facts.learn(event);
    this.#noteDown(event);
    const room = event.room_id;
    switch (event.type) {
      case "m.room.member":
        return event.state_key === homeserver.botId ? this.#ownMembership(event) : this.#membership(event);
      case "m.room.power_levels":
        await this.#putUpWidget(room, event.event_id);
        return this.#powerChanged(room, event.event_id);
      case "m.room.tombstone":
        return this.#replaced(room, event.event_id);
      case "m.room.encryption":
        return this.#encrypted(room, event.event_id);
      case "m.room.history_visibility":
      case "m.room.encrypted":
      case SCENARIO_STATE:
        return;
      case "m.room.message":
        return this.#message(event);
      case "org.matrix.msc3401.call.member":
      case "m.call.member":
      case "org.matrix.msc3401.call":
        return noticeCall(event, this.#options);
      case RETENTION_STATE:
        return this.#options.onRetention(room);
      case SIGN_IN:
        return this.#options.signIns.confirm(event.sender, room, event.content.code);
      case "m.reaction":
        return answerReaction(event, this.#options);
      case "m.room.redaction":
        return this.#takenBack(event);
    }
  }

  async #message(event: RoomEventOf<"m.room.message">): Promise<void> {
    if (event.sender === this.#options.homeserver.botId) return;
    const edited = editedBy(event);
    if (edited !== null) return takeEdit(event, edited, this.#options);
    if (isCommand(event)) return answerCommand(event, this.#options);
    const task = taskRepliedTo(event, this.#options);
    return task ? editTaskByReply(event, task, this.#options) : takeComment(event, this.#options);
  }

  async #takenBack(event: RoomEventOf<"m.room.redaction">): Promise<void> {
    const redacted = event.redacts ?? event.content.redacts;
    if (redacted === undefined) return;
    removeComment(event, redacted, this.#options);
    await takeBackCommand(event, redacted, this.#options);
    this.#ownTakenBack(event, redacted);
    return undoReaction(event, redacted, this.#options);
  }

  /** Posts anew a message that a moderator took away in mid-meeting: nobody would see its edits. */
  #ownTakenBack({ sender, event_id: eventId }: RoomEventOf<"m.room.redaction">, redacted: string): void {
    const { outbox, inbox, meetings, homeserver } = this.#options;
    const post = sender === homeserver.botId ? null : outbox.postOf(redacted);
    const runs =
      post && meetings.all().some(({ meeting }) => isOfMeeting(post.scope, meeting.id) && meeting.phase !== "ended");
    if (runs) inbox.handling(eventId, () => outbox.lost(redacted));
  }

  async #ownMembership({ room_id: room, sender, content: { membership }, event_id }: MemberEvent): Promise<void> {
    const { homeserver, facts } = this.#options;
    if (membership === "invite") return this.#comeIn(room, sender, event_id);
    if (membership === "join") return this.#greet(room, event_id);
    if (membership === "leave" || membership === "ban") {
      this.#close(room, { byItself: sender === homeserver.botId });
      facts.forget(room);
    }
  }

  /**
   * Joins a room on an invitation. Nobody talks in a space, and few may write there: the person who invited is told so
   * alone.
   */
  async #comeIn(room: RoomId, by: ParticipantId, eventId: string): Promise<void> {
    const { homeserver, facts, languageOf } = this.#options;
    await homeserver.join(room);
    if (!(await facts.isSpace(room))) return;
    const words = translateTo(languageOf(room))("greeting.space", { room: await facts.titleOf(room) });
    await tellAlone({ event_id: eventId, sender: by }, "space", [words], this.#options);
    await homeserver.leave(room);
  }

  async #greet(room: RoomId, eventId: string): Promise<void> {
    const { facts, knownRooms, homeserver, poster, onOpened } = this.#options;
    // A room the bot made is for a word with one person; there is nothing to put up in it. A space it leaves at once.
    if ((await facts.creatorOf(room)) === homeserver.botId || (await facts.isSpace(room))) return;
    if (await facts.isEncrypted(room)) {
      const sentence = translateTo(this.#options.languageOf(room))("greeting.encrypted");
      if (knownRooms.firstGreeting(room)) this.#say(room, { kind: "greeting", event: eventId }, [sentence]);
      return;
    }
    void this.#options.sight.readBack(room);
    const moved = await this.#moveIn(room);
    const added = await this.#setUpWidget(room);
    poster.opened(room);
    onOpened(room);
    // A change of the bot's own name is a join event, too.
    if (!knownRooms.firstGreeting(room)) return;
    const t = translateTo(this.#options.languageOf(room));
    this.#say(room, { kind: "greeting", event: eventId }, [
      t(moved ? "room.moved" : "greeting.hello"),
      added ? t("greeting.widget-added") : [t("greeting.needs-power"), " ", { code: `/op ${homeserver.botId}` }],
    ]);
  }

  async #putUpWidget(room: RoomId, eventId: string): Promise<void> {
    const { facts, homeserver } = this.#options;
    if (!(await facts.hasBot(room)) || (await facts.creatorOf(room)) === homeserver.botId) return;
    const before = await this.#widgetStands(room);
    const added = await this.#setUpWidget(room);
    if (added && !before) {
      this.#say(room, { kind: "widget", event: eventId }, [
        translateTo(this.#options.languageOf(room))("greeting.widget-added"),
      ]);
    }
  }

  async #widgetStands(room: RoomId): Promise<boolean> {
    return (await this.#options.homeserver.stateContent(room, WIDGET_STATE, WIDGET_ID)) !== null;
  }

  #setUpWidget(room: RoomId): Promise<boolean> {
    const { homeserver, facts, publicUrl } = this.#options;
    return setUpWidget(homeserver, facts, room, publicUrl);
  }

  /**
   * Sends, once the bot has power again, the messages that it could not send for want of it; missing power is told
   * once.
   */
  async #powerChanged(room: RoomId, eventId: string): Promise<void> {
    const { facts, homeserver, meetings, poster, onOpened } = this.#options;
    const mayWrite = await facts.maySetState(room, homeserver.botId, MEETING_STATE);
    if (await facts.maySend(room, homeserver.botId, "m.room.message")) poster.opened(room);
    if (mayWrite) return onOpened(room);
    const runs = (meetings.of(room)?.meeting.phase ?? "ended") !== "ended";
    if (runs)
      this.#say(room, { kind: "power-lost", event: eventId }, [
        translateTo(this.#options.languageOf(room))("room.power-lost"),
      ]);
  }

  /**
   * Tells that the room goes on elsewhere. People with power here must not send the bot into rooms of others, so it
   * comes when it is invited.
   */
  #replaced(room: RoomId, eventId: string): void {
    this.#say(room, { kind: "replaced", event: eventId }, [
      translateTo(this.#options.languageOf(room))("room.replaced"),
    ]);
  }

  /** Brings along what the room before this one had chosen. */
  async #moveIn(room: RoomId): Promise<boolean> {
    const { facts, knownRooms, homeserver } = this.#options;
    const before = await facts.replaces(room);
    if (before === null) return false;
    knownRooms.moveChoices(before, room);
    if (await facts.maySetState(room, homeserver.botId, SCENARIO_STATE)) {
      const there = await facts.scenariosOf(room);
      for (const [id, content] of await facts.scenariosOf(before))
        if (!there.has(id)) await homeserver.setState(room, SCENARIO_STATE, id, content);
    }
    return true;
  }

  async #membership({ room_id: room, state_key: who, content: { membership } }: MemberEvent): Promise<void> {
    const { meetings, admissions, facts, homeserver, now, onGone } = this.#options;
    if (membership === "join" && meetings.of(room))
      meetings.send(room, { type: "renamed", who, name: await admissions.nameOf(room, who), at: now() });
    if (membership !== "leave" && membership !== "ban") return;
    meetings.send(room, { type: "removed", who, at: now() });
    // A person who was let in again while this event waited is a member.
    if (!(await admissions.mayBeIn(room, who))) onGone(room, who);
    const people = await facts.peopleIn(room);
    if (people.every((id) => id === homeserver.botId)) await homeserver.leave(room);
  }

  /**
   * Ends a running meeting: commands by chat are not understood any more, and speech could only be written down
   * unencrypted.
   */
  #encrypted(room: RoomId, eventId: string): void {
    const runs = this.#endMeeting(room);
    this.#say(room, { kind: "encrypted", event: eventId }, [
      translateTo(this.#options.languageOf(room))(runs ? "room.encrypted-in-meeting" : "greeting.encrypted"),
    ]);
  }

  /** Ends the room's meeting. True where one was running. */
  #endMeeting(room: RoomId): boolean {
    const { meetings, homeserver, now } = this.#options;
    const end = {
      type: "end",
      actor: insider(homeserver.botId, homeserver.botId, "service"),
      expectedVersion: null,
      at: now(),
    } as const;
    return meetings.of(room) !== null && meetings.send(room, end).accepted;
  }

  /** Out of the room: a meeting that still runs is over, and what waits for this room is held back until the bot is in again. */
  #close(room: RoomId, { byItself }: { readonly byItself: boolean }): void {
    const { outbox, knownRooms, onClosed, log } = this.#options;
    this.#endMeeting(room);
    const messages = outbox.hold(room);
    if (messages > 0)
      log.warn({ room, messages }, "the bot is out of this room; messages wait until it is invited again");
    if (byItself) knownRooms.forget(room);
    else knownRooms.shownOut(room);
    onClosed(room);
  }

  #say(room: RoomId, key: PostKey, lines: readonly Line[]): void {
    const { outbox, poster } = this.#options;
    outbox.want([{ scope: ofRoom(room), key, room, thread: null, type: "m.room.message", content: notice(lines) }]);
    poster.wake(room);
  }
}
