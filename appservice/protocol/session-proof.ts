import { z } from "zod";
import { GuestProof } from "./guests.ts";
import { DeviceId, RoomId } from "./identity.ts";
import type { TelegramSessionRequest } from "./telegram.ts";

/** An OpenID token of one's homeserver (Client-Server API, "OpenID"), for one room. */
const MatrixProof = z.object({
  /** Issuer; left out by pages from before there were others. */
  issuer: z.literal("matrix").default("matrix"),
  roomId: RoomId,
  openid: z.object({
    access_token: z.string().min(1).max(4096),
    matrix_server_name: z.string().min(1).max(255),
    token_type: z.string().optional(),
    expires_in: z.number().optional(),
  }),
  /**
   * Chance letters that this browser keeps: of a new one the person is told, unless their client says `confirm` in the
   * room.
   */
  browser: DeviceId.optional(),
});

/** The code of a personal link, for the room that it was made for. */
const LinkProof = z.object({
  issuer: z.literal("link"),
  code: z.string().min(16).max(128),
  /**
   * Chance letters that this browser keeps: it comes in by the link again until the meeting is over. Left out: once.
   */
  browser: DeviceId.optional(),
});

/**
 * `POST /session`: a proof of who one is, by the issuer who can tell; answered by a `Session`. All issuers of proofs
 * stand here.
 */
export const SessionRequest = z.union([LinkProof, GuestProof, MatrixProof]);
export type SessionRequest = z.infer<typeof SessionRequest>;

/** Any proof; a Mini App's has a route of its own, by which its issuer is known. */
export type SessionProof = SessionRequest | ({ readonly issuer: "telegram" } & TelegramSessionRequest);

/** The proof that one issuer asks for. */
export type ProofOf<I extends SessionProof["issuer"]> = Extract<SessionProof, { issuer: I }>;
