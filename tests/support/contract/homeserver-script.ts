import { Homeserver } from "../../../appservice/room/homeserver.ts";
import { isAway, isForGood, isUnfit, isUnknown } from "../../../appservice/room/homeserver-failure.ts";
import { EventId, ParticipantId, RoomId } from "../../../appservice/protocol/identity.ts";
import { proveIdentity } from "../../../appservice/admission/openid.ts";
import { openIdHomeservers } from "../../../appservice/admission/openid-homeservers.ts";
import { until } from "../call/call-stage.ts";
import { type Arrived, type Asker, type HomeserverInQuestion, inOneOrder } from "./homeserver-in-question.ts";
import { PlainNames } from "./plain-names.ts";

/**
 * Everything that a homeserver said in the course of the script, in plain names, and which questions the script had for
 * it.
 */
export type HomeserverSaid = {
  readonly told: readonly unknown[];
  readonly exchanges: readonly unknown[];
  readonly arrived: readonly unknown[];
  readonly questions: ReadonlySet<string>;
};

/** The bot and people in rooms of one homeserver, while a script is put to it. */
export class Putting {
  readonly server: HomeserverInQuestion;
  readonly bot: Homeserver;
  readonly told: { readonly step: string; readonly result: unknown }[] = [];
  readonly questions = new Set<string>();
  #marks = 0;

  constructor(server: HomeserverInQuestion) {
    this.server = server;
    const botId = ParticipantId.parse(`@mindminder:${server.serverName}`);
    const door = new Homeserver({ url: server.noted.url, asToken: server.asToken, botId });
    this.bot = new Proxy(door, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== "function") return value;
        this.questions.add(String(name));
        return value.bind(target);
      },
    });
  }

  /** Notes what came of a question: an answer, or the kind of refusal. */
  async note<T>(step: string, asked: Promise<T>): Promise<T | undefined> {
    try {
      const result = await asked;
      this.told.push({ step, result: step.includes("all state") ? inOneOrder(result) : (result ?? null) });
      return result;
    } catch (error) {
      const { statusCode, errcode, name } = error as { statusCode?: number; errcode?: string; name?: string };
      const kinds = { isAway: isAway(error), isForGood: isForGood(error), isUnfit: isUnfit(error) };
      this.told.push({ step, result: { refused: name, statusCode, errcode, ...kinds, isUnknown: isUnknown(error) } });
      return undefined;
    }
  }

  /** A person's request, whose answer is a part of what is compared. */
  async by(
    person: Asker,
    step: string,
    method: "GET" | "PUT" | "POST",
    path: string,
    body: unknown = {},
  ): Promise<Readonly<Record<string, unknown>>> {
    const { status, body: answer } = await person.ask(method, path, method === "GET" ? undefined : body);
    this.told.push({ step, result: { status, answer } });
    return answer;
  }

  async says(person: Asker, room: RoomId, content: object, type = "m.room.message"): Promise<EventId> {
    const path = `/rooms/${encodeURIComponent(room)}/send/${type}/${this.#marks++}`;
    return EventId.parse((await this.by(person, `${person.id} writes`, "PUT", path, content))["event_id"]);
  }

  /** Waits until the service has been sent all that happened in a room so far. */
  async allArrived(person: Asker, room: RoomId): Promise<void> {
    const mark = await this.says(person, room, { msgtype: "m.text", body: `mark ${this.#marks}` });
    await this.hasArrived("all so far", ({ event_id: id }) => id === mark);
  }

  /** Waits until the service has been sent an event. */
  hasArrived(what: string, isIt: (event: Arrived) => boolean): Promise<void> {
    return until(what, () => this.server.arrived.some(isIt));
  }

  /** The homeserver's clock. */
  async timeAt(person: Asker, room: RoomId): Promise<number> {
    const mark = await this.says(person, room, { msgtype: "m.text", body: "what time is it" });
    await this.hasArrived("the question", ({ event_id: id }) => id === mark);
    return Number(this.server.arrived.find(({ event_id: id }) => id === mark)?.["origin_server_ts"]);
  }

  /** The name under which the service knows a person by their client's word. */
  async isProven(person: Asker, room: RoomId, token?: string): Promise<string> {
    const { body: openid } = await person.ask(
      "POST",
      `/user/${encodeURIComponent(person.id)}/openid/request_token`,
      {},
    );
    const servers = openIdHomeservers(new Map([[this.server.serverName, this.server.noted.url]]), null);
    return proveIdentity(
      {
        roomId: room,
        openid: { access_token: token ?? String(openid["access_token"]), matrix_server_name: this.server.serverName },
      },
      servers,
    );
  }

  said(): HomeserverSaid {
    const names = new PlainNames(this.server.serverName);
    const { told, questions, server } = this;
    return {
      questions,
      told: told.map((each) => names.of(each)),
      exchanges: server.noted.exchanges.map((each) => names.of(each)),
      arrived: server.arrived.map((each) => names.of(each)),
    };
  }
}

export const roomOf = (answer: Readonly<Record<string, unknown>>): RoomId => RoomId.parse(answer["room_id"]);
export const inRoom = (room: RoomId) => `/rooms/${encodeURIComponent(room)}`;
export const words = (body: string, more: object = {}) => ({ msgtype: "m.text", body, ...more });
export const thread = (root: EventId) => ({
  "m.relates_to": { rel_type: "m.thread", event_id: root, is_falling_back: true, "m.in_reply_to": { event_id: root } },
});
export const edit = (of: EventId, body: string) => ({
  msgtype: "m.text",
  body: `* ${body}`,
  "m.new_content": { msgtype: "m.text", body },
  "m.relates_to": { rel_type: "m.replace", event_id: of },
});
