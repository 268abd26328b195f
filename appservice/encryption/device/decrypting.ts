import * as crypto from "@matrix-org/matrix-sdk-crypto-wasm";
import { z } from "zod";
import type { DecryptedEvent, EncryptedEvent, Unread } from "../acts.ts";
import { type OlmDevice, settings } from "./machine.ts";
import { placeInSession } from "./megolm-place.ts";
import type { RoomKeys } from "./room-keys.ts";

const MegolmContent = z.object({ session_id: z.string(), ciphertext: z.string() });
const Decrypted = z.object({ type: z.string(), content: z.record(z.string(), z.unknown()) });

/**
 * Room keys that anybody who can write to us may bring along, and no more: a sender's devices are asked for once for
 * each.
 */
const MOST_LOOKED_UP = 10_000;

type DecryptingDeps = { readonly device: OlmDevice; readonly roomKeys: RoomKeys };

/**
 * Reads encrypted events. What the machine opens is believed only where the session was made by a device in the list of
 * the person whom the homeserver names as the sender: it alone could say that somebody had written what another wrote.
 */
export class Decrypting {
  readonly #deps: DecryptingDeps;
  /** Sessions by whose account a list of devices was asked for anew. */
  readonly #lookedUp = new Set<string>();

  constructor(deps: DecryptingDeps) {
    this.#deps = deps;
  }

  async decrypt(event: EncryptedEvent): Promise<DecryptedEvent> {
    const content = MegolmContent.safeParse(event.content).data;
    const index = content ? placeInSession(content.ciphertext) : null;
    if (!content || index === null) return { unread: "broken", session: "", why: "no Megolm" };
    const session = content.session_id;
    const unread = (reason: Unread, why: string): DecryptedEvent => ({ unread: reason, session, why });
    let opened: crypto.DecryptedRoomEvent;
    try {
      opened = await this.#deps.device.machine.decryptRoomEvent(
        JSON.stringify(event),
        new crypto.RoomId(event.room_id),
        settings(),
      );
    } catch (error) {
      if (!(error instanceof crypto.MegolmDecryptionError)) throw error;
      return unread(reasonOf(error), error.description);
    }
    const owner = await this.#ownerOf(session, event.sender, opened);
    if (owner === null) return unread("unknown-device", "its device is not in the sender's list");
    if (owner !== event.sender) return unread("forged", `the session is of ${owner}`);
    const read = Decrypted.safeParse(JSON.parse(opened.event));
    if (!read.success) return unread("broken", "no event in it");
    return { ...read.data, content: withRelation(read.data.content, event.content), session, index };
  }

  /** Person in whose list the session's device is, or was when it was seen first. */
  async #ownerOf(session: string, sender: string, opened: crypto.DecryptedRoomEvent): Promise<string | null> {
    const { roomKeys } = this.#deps;
    const known = roomKeys.ownerOf(session);
    if (known !== null) return known;
    if (opened.shieldState(true).code === crypto.ShieldStateCode.MismatchedSender) return "somebody else";
    const found = (await this.#isOf(sender, opened)) || (await this.#isOfAnew(session, sender, opened));
    if (!found) return null;
    await roomKeys.belongsTo(session, sender);
    return sender;
  }

  async #isOf(sender: string, opened: crypto.DecryptedRoomEvent): Promise<boolean> {
    const { device } = this.#deps;
    await device.know([sender]);
    const devices = (await device.machine.getUserDevices(new crypto.UserId(sender))).devices();
    return devices.some(
      ({ curve25519Key, ed25519Key }) =>
        curve25519Key?.toBase64() === opened.senderCurve25519Key &&
        (opened.senderClaimedEd25519Key === undefined || ed25519Key?.toBase64() === opened.senderClaimedEd25519Key),
    );
  }

  /** The list may be older than the device. */
  async #isOfAnew(session: string, sender: string, opened: crypto.DecryptedRoomEvent): Promise<boolean> {
    if (this.#lookedUp.has(session) || this.#lookedUp.size >= MOST_LOOKED_UP) return false;
    this.#lookedUp.add(session);
    await this.#deps.device.mayHaveChanged(sender);
    return this.#isOf(sender, opened);
  }
}

function reasonOf({ code, maybe_withheld: withheld }: crypto.MegolmDecryptionError): Unread {
  switch (code) {
    case crypto.DecryptionErrorCode.MissingRoomKey:
    case crypto.DecryptionErrorCode.UnknownMessageIndex:
      return withheld === undefined ? "no-key" : "withheld";
    case crypto.DecryptionErrorCode.MismatchedSender:
    case crypto.DecryptionErrorCode.MismatchedIdentityKeys:
      return "forged";
    case crypto.DecryptionErrorCode.UnknownSenderDevice:
      return "unknown-device";
    default:
      return "broken";
  }
}

/** Relations stand outside, where the homeserver counts them; some clients leave them out within. */
function withRelation(
  content: Readonly<Record<string, unknown>>,
  outside: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const relation = outside["m.relates_to"];
  return relation === undefined || content["m.relates_to"] !== undefined
    ? content
    : { ...content, "m.relates_to": relation };
}
