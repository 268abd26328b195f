import type { ParticipantId, RoomId } from "../protocol/identity.ts";
import { placeOfAll } from "../protocol/place.ts";
import type { CallsDeps } from "./calls-options.ts";
import type { EndedCalls } from "./ended-calls.ts";
import { CallUnavailable } from "./errors.ts";
import type { LiveKit } from "./livekit.ts";

type Deps = {
  readonly livekit: Pick<LiveKit, "server" | "tokens">;
  readonly ended: Pick<EndedCalls, "end">;
  readonly options: Pick<CallsDeps, "names" | "keys" | "mayBeIn" | "livekit">;
};

/**
 * Calls in which all rings of a room hear one person, beside their own calls. Nothing has to be watched there: by their
 * tokens one speaks and hears nobody, and all others hear and send nothing. Each is ended with the minute that it is
 * for.
 */
export class VoiceToAll {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Lets a person in; `speaks`: as the one who is heard. Throws `CallUnavailable` when LiveKit does not answer. */
  async access(room: RoomId, { id, name, speaks }: { id: ParticipantId; name: string; speaks: boolean }) {
    const { livekit, options } = this.#deps;
    const { names, keys, mayBeIn } = options;
    const place = placeOfAll(room);
    const call = names.of(place);
    await livekit.server.createRoom(call, "").catch((cause: unknown) => {
      throw new CallUnavailable("LiveKit did not open the room", { cause });
    });
    const encrypted = ((await keys?.begin(room)) ?? []).length > 0;
    names.admit(place, id);
    const token = await livekit.tokens.voice(call, id, name, speaks);
    const isOver = call !== names.of(place);
    if (isOver || !(await mayBeIn(place, id).catch(() => true)))
      throw new CallUnavailable("nobody speaks to them any more");
    return { url: options.livekit.url, token, ...(encrypted && { encrypted: true as const }) };
  }

  /** Ends the call of a room at once; tokens for it open nothing any more. */
  end(room: RoomId): void {
    const { ended, options } = this.#deps;
    void ended.end(options.names.renew(placeOfAll(room)));
  }

  /** Ends it where this person may be in it: all others come in anew. */
  remove(room: RoomId, who: ParticipantId): void {
    if (this.#deps.options.names.mayHaveToken(placeOfAll(room), who)) this.end(room);
  }
}
