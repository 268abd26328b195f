import type { VirtualTime } from "./virtual-time.ts";
import { type Answer, NOT_FOUND, ok, refusal } from "./answer.ts";
import { RoomApi } from "./room-api.ts";
import type { SimulatedRooms } from "./rooms.ts";

/** Time between a new name or picture in somebody's profile and the rooms that show it. */
const SHOWN_AFTER_MS = 200;

type Deps = {
  readonly rooms: SimulatedRooms;
  readonly serverName: string;
  readonly time: Pick<VirtualTime, "later">;
};

/** Answers of a homeserver to its clients, as Synapse gives them: rooms, profiles, files, proofs of who somebody is. */
export class HomeserverApi {
  readonly #deps: Deps;
  readonly #roomApi: RoomApi;
  readonly #openId = new Map<string, string>();
  readonly #registered = new Set<string>();
  /** What somebody keeps of a room for themselves alone. */
  readonly #roomNotes = new Map<string, Readonly<Record<string, unknown>>>();
  readonly #files = new Map<string, Uint8Array>();
  #made = 0;

  constructor(deps: Deps) {
    this.#deps = deps;
    this.#roomApi = new RoomApi(deps.rooms);
  }

  openIdOf(who: string): string {
    const token = `openid-${this.#openId.size}`;
    this.#openId.set(token, who);
    return token;
  }

  answer(who: string, method: string, address: string, body: unknown): Answer {
    const [path = "", query = ""] = address.split("?");
    const params = new URLSearchParams(query);
    if (path.startsWith("/_matrix/federation/v1/openid/userinfo")) {
      const sub = this.#openId.get(params.get("access_token") ?? "");
      return sub ? ok({ sub }) : refusal(401, "M_UNKNOWN_TOKEN");
    }
    const parts = path.split("/").slice(4).map(decodeURIComponent);
    if (path.startsWith("/_matrix/media/")) return this.#upload(body);
    const asked = { who, method, params, body: (body ?? {}) as Record<string, unknown> };
    const [kind = "", ...rest] = parts;
    if (kind === "rooms") return this.#roomApi.answer({ ...asked, parts: rest });
    return this.#ofAccount(kind, { ...asked, parts: rest });
  }

  #ofAccount(kind: string, { who, method, parts, body }: Omit<Parameters<RoomApi["answer"]>[0], "params">): Answer {
    const { rooms, serverName } = this.#deps;
    const [first = "", second = "", third = ""] = parts;
    switch (kind) {
      case "register":
        return this.#register(String(body["username"]));
      case "appservice":
        return ok({ duration_ms: 1 });
      case "joined_rooms":
        return ok({ joined_rooms: rooms.of(who).map(({ id }) => id) });
      case "join":
        return rooms.join(first, who);
      case "createRoom":
        return ok({ room_id: rooms.create(`!room${++this.#made}`, who, body).id });
      case "profile":
        return this.#profile(method, first, second as "displayname" | "avatar_url", body);
      case "user":
        if (second === "openid")
          return ok({
            access_token: this.openIdOf(who),
            matrix_server_name: serverName,
            token_type: "Bearer",
            expires_in: 3_600,
          });
        if (second === "rooms") return this.#roomNote(method, [who, third, parts[4] ?? ""].join(" "), body);
        return second === "account_data" ? ok() : refusal(404, "M_UNRECOGNIZED");
      case "media": {
        const bytes = this.#files.get(`mxc://${second}/${third}`);
        return bytes ? { status: 200, body: bytes } : NOT_FOUND;
      }
      default:
        return refusal(404, "M_UNRECOGNIZED");
    }
  }

  #register(localpart: string): Answer {
    if (this.#registered.has(localpart)) return refusal(400, "M_USER_IN_USE");
    this.#registered.add(localpart);
    const { serverName } = this.#deps;
    return ok({ user_id: `@${localpart}:${serverName}`, home_server: serverName });
  }

  #profile(
    method: string,
    who: string,
    field: "displayname" | "avatar_url",
    body: Readonly<Record<string, unknown>>,
  ): Answer {
    const { rooms, time } = this.#deps;
    const profile = rooms.profileOf(who);
    const value = profile[field];
    if (method === "GET") return ok(value === undefined ? {} : { [field]: value });
    profile[field] = String(body[field]);
    time.later(SHOWN_AFTER_MS, () => rooms.show(who));
    return ok();
  }

  #roomNote(method: string, place: string, body: Readonly<Record<string, unknown>>): Answer {
    if (method === "PUT") {
      this.#roomNotes.set(place, body);
      return ok();
    }
    const note = this.#roomNotes.get(place);
    return note ? ok(note) : NOT_FOUND;
  }

  #upload(body: unknown): Answer {
    const mxc = `mxc://${this.#deps.serverName}/file${++this.#made}`;
    if (body instanceof Uint8Array) this.#files.set(mxc, body);
    return ok({ content_uri: mxc });
  }
}
