import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { MeetingId, RoomId } from "../../protocol/identity.ts";

/** Place to which a link of ours leads: a room, and one meeting of it; null: whichever is on. */
export type Reference = { readonly room: RoomId; readonly meeting: MeetingId | null };

const Named = z.tuple([RoomId, MeetingId.nullable()]);

/** 128 bits: nobody guesses one in the time that a meeting lasts. */
const SEAL_BYTES = 16;
/** Most letters that Telegram lets through (`startapp`). */
const MOST_LETTERS = 512;

/**
 * References to meetings, signed so that nobody can make one: they fit `^[\w-]{0,512}$`, which is all that Telegram
 * carries.
 */
export class References {
  readonly #secret: string;

  /** `secret`: of this service alone. With another one, links of before lead nowhere. */
  constructor(secret: string) {
    this.#secret = secret;
  }

  /** Null for a room whose id is too long to be carried; homeservers give none such. */
  format({ room, meeting }: Reference): string | null {
    const named = Buffer.from(JSON.stringify([room, meeting]));
    const text = Buffer.concat([this.#seal(named), named]).toString("base64url");
    return text.length <= MOST_LETTERS ? text : null;
  }

  /** Null: none of ours. */
  read(text: string): Reference | null {
    const bytes = Buffer.from(text, "base64url");
    const [seal, named] = [bytes.subarray(0, SEAL_BYTES), bytes.subarray(SEAL_BYTES)];
    if (seal.length !== SEAL_BYTES || !timingSafeEqual(seal, this.#seal(named))) return null;
    const [room, meeting] = Named.parse(JSON.parse(named.toString()));
    return { room, meeting };
  }

  #seal(named: Buffer): Buffer {
    return createHmac("sha256", this.#secret)
      .update("telegram-reference\n")
      .update(named)
      .digest()
      .subarray(0, SEAL_BYTES);
  }
}
