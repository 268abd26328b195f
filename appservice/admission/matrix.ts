import type { Sight } from "../journal/sight.ts";
import { homeIssuer, MATRIX } from "../protocol/actor.ts";
import type { ParticipantId, RoomId } from "../protocol/identity.ts";
import type { Admission } from "./admission.ts";

/** The state of Matrix rooms, as far as it tells who is in them and what they may do there. */
export type MatrixRooms = {
  readonly isJoined: (room: RoomId, who: ParticipantId) => Promise<boolean>;
  readonly isModerator: (room: RoomId, who: ParticipantId) => Promise<boolean>;
  readonly nameOf: (room: RoomId, who: ParticipantId) => Promise<string>;
};

export type MatrixDeps = {
  readonly rooms: MatrixRooms;
  readonly sight: { readonly of: (room: RoomId, who: ParticipantId) => Promise<Sight> };
};

/** People of Matrix: whoever has joined the room may be in its meetings, and its power levels say who moderates. */
export function matrixAdmission({ rooms, sight }: MatrixDeps): Admission {
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
  };
}
