import { TELEGRAM } from "../protocol/actor.ts";
import { isOfTelegram, type Language, type ParticipantId, type RoomId } from "../protocol/identity.ts";
import type { TelegramSessionRequest } from "../protocol/telegram.ts";
import { SEES_NOTHING, sightSince } from "../store/sight.ts";
import type { TelegramChats } from "../store/telegram-chats.ts";
import type { TelegramPeople, TelegramPerson } from "../store/telegram-people.ts";
import type { Admission } from "./admission.ts";

/**
 * Somebody whom the door of the Mini App lets in (`telegram/door`). `linked`: a person of Matrix whose account it is;
 * null: nobody's.
 */
export type LetIn = {
  readonly id: ParticipantId;
  readonly linked: ParticipantId | null;
  readonly room: RoomId;
  /** Language that they read; null: the room's. */
  readonly language: Language | null;
  /** Takes the launch for good. Throws `ProofRefused` where another request was quicker. */
  readonly take: () => void;
  /** Makes them a person of the room's circle by their account in Telegram. */
  readonly enter: () => Promise<void>;
};

/**
 * Asks Telegram anew whether somebody is of the room's chat, if they came by it; whoever is not is out of the circle
 * with it.
 */
export type StillInChat = (room: RoomId, who: ParticipantId) => Promise<boolean>;

export type TelegramAdmissionDeps = {
  readonly telegramPeople: Pick<TelegramPeople, "find">;
  readonly telegramChats: Pick<TelegramChats, "ofRoom">;
  /** Tells of a room whether nobody may be in it who has no device of Matrix, to which its keys go. */
  readonly isEncrypted: (room: RoomId) => Promise<boolean>;
  /** Null where the service has no door to Telegram. Throws `ProofRefused`. */
  readonly telegramDoor: { readonly open: (proof: TelegramSessionRequest) => Promise<LetIn> } | null;
};

/** Milliseconds that a session lasts: a launch opens one, so it is for a whole meeting. */
const SESSION_MS = 6 * 3600_000;

/**
 * People of Telegram: whoever is of the chat that belongs to the room may be in its meetings, and has power over none.
 * An account that is joined to somebody of Matrix is that person wherever they are in the room, with all their rights
 * there.
 */
export function telegramAdmission(
  people: Admission,
  { telegramPeople, telegramChats, telegramDoor, isEncrypted }: TelegramAdmissionDeps,
): Admission {
  const admitted = async (room: RoomId, id: ParticipantId): Promise<TelegramPerson | null> => {
    const person = telegramPeople.find(room, id);
    return person?.state === "in" && telegramChats.ofRoom(room) && !(await isEncrypted(room)) ? person : null;
  };
  return {
    issuer: TELEGRAM,
    speaksFor: (id) => isOfTelegram(id) || people.speaksFor(id),
    mayBeIn: async (room, id) => (isOfTelegram(id) ? (await admitted(room, id)) !== null : people.mayBeIn(room, id)),
    standing: async (room, id) => {
      if (!isOfTelegram(id)) return people.standing(room, id);
      const person = await admitted(room, id);
      return { name: person?.shown ?? id, rights: { admitted: person !== null, moderates: false } };
    },
    sightOf: async (room, id) => {
      if (!isOfTelegram(id)) return people.sightOf(room, id);
      const person = await admitted(room, id);
      return person ? sightSince(person.since) : SEES_NOTHING;
    },
    prove: async (proof) => {
      if (proof.issuer !== "telegram" || !telegramDoor) return null;
      const { id, linked, room, language, take, enter } = await telegramDoor.open(proof);
      const isLinked = linked !== null && (await people.mayBeIn(room, linked));
      if (!isLinked) await enter();
      const opened = () => {
        take();
        return null;
      };
      return { id: isLinked ? linked : id, room, lastsMs: SESSION_MS, opened, ...(language && { language }) };
    },
  };
}
