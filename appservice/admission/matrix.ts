import type { SignIns } from "../store/sign-ins.ts";
import type { Sight } from "../store/sight.ts";
import { homeIssuer, MATRIX } from "../protocol/actor.ts";
import type { DeviceId, ParticipantId, RoomId } from "../protocol/identity.ts";
import type { ProofOf } from "../protocol/session-proof.ts";
import type { Admission, Proven } from "./admission.ts";
import { proveIdentity } from "./openid.ts";
import type { OpenIdHomeservers } from "./openid-homeservers.ts";
import { ProofRefused } from "./proof-refused.ts";

/** The state of Matrix rooms, as far as it tells who is in them and what they may do there. */
export type MatrixRooms = {
  readonly isJoined: (room: RoomId, who: ParticipantId) => Promise<boolean>;
  readonly isModerator: (room: RoomId, who: ParticipantId) => Promise<boolean>;
  readonly nameOf: (room: RoomId, who: ParticipantId) => Promise<string>;
};

export type MatrixDeps = {
  readonly rooms: MatrixRooms;
  readonly sight: { readonly of: (room: RoomId, who: ParticipantId) => Promise<Sight> };
  readonly signIns: SignIns;
  readonly homeservers: OpenIdHomeservers;
  readonly now: () => number;
};

const SESSION_MS = 3600_000;

/** People of Matrix: members of the room may be in its meetings, and its power levels say who moderates. */
export function matrixAdmission(deps: MatrixDeps): Admission {
  const { rooms, sight } = deps;
  return {
    issuer: MATRIX,
    speaksFor: (id) => homeIssuer(id) === MATRIX,
    mayBeIn: (room, id) => rooms.isJoined(room, id),
    standing: async (room, id) => {
      if (!(await rooms.isJoined(room, id))) return { name: id, rights: { admitted: false, moderates: false } };
      const [name, moderates] = await Promise.all([rooms.nameOf(room, id), rooms.isModerator(room, id)]);
      return { name, rights: { admitted: true, moderates } };
    },
    sightOf: (room, id) => sight.of(room, id),
    prove: async (proof, device) => (proof.issuer === "matrix" ? byOpenId(proof, device, deps) : null),
  };
}

async function byOpenId(
  { roomId: room, openid, browser: known }: ProofOf<"matrix">,
  device: DeviceId,
  { signIns, homeservers, now }: MatrixDeps,
): Promise<Proven> {
  const id = await proveIdentity({ openid, roomId: room }, homeservers);
  const browser = known ?? device;
  if (signIns.isShut(id, browser, now())) throw new ProofRefused("SIGNED_OUT");
  const opened = () => signIns.opened({ participant: id, room, openedAt: now() }, browser);
  return { id, room, lastsMs: SESSION_MS, opened };
}
