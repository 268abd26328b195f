import * as crypto from "@matrix-org/matrix-sdk-crypto-wasm";
import type { AtRest } from "../at-rest.ts";
import { IdentitySecrets, keyIn, masterIn, PLACE_OF_IDENTITY } from "../identity-secrets.ts";
import type { KeptChange } from "../kept.ts";
import type { OlmDevice } from "./machine.ts";

export type IdentityDeps = {
  readonly device: OlmDevice;
  readonly atRest: AtRest;
  readonly keep: (change: KeptChange) => Promise<void>;
  /**
   * Hears that the homeserver had another identity, or had lost it: people who verified the bot are warned by their
   * clients.
   */
  readonly onUploadedAgain: () => void;
};

/**
 * Signs the device by the bot's identity, which is made once: an appservice may replace it at any time, without being
 * asked anything, and everybody who had verified the bot would be warned of it. It is kept before it is uploaded.
 * Returns the public master key. Throws `KeysUnreadable`.
 */
export async function signDevice(kept: Uint8Array | null, deps: IdentityDeps): Promise<string> {
  if (kept === null) return makeIdentity(deps);
  const identity = IdentitySecrets.parse(JSON.parse(deps.atRest.open(kept, PLACE_OF_IDENTITY)));
  const master = masterIn(identity.upload);
  await know(deps.device);
  if ((await standing(deps.device)) !== master) {
    await upload(identity.upload, deps.device);
    deps.onUploadedAgain();
    await know(deps.device);
  }
  await signBy(identity, deps.device);
  return master;
}

async function makeIdentity({ device, atRest, keep }: IdentityDeps): Promise<string> {
  const { machine } = device;
  const { uploadKeysRequest, uploadSigningKeysRequest, uploadSignaturesRequest } =
    await machine.bootstrapCrossSigning(true);
  const made = await machine.exportCrossSigningKeys();
  const identity = IdentitySecrets.parse({
    master: made?.masterKey,
    selfSigning: made?.self_signing_key,
    userSigning: made?.userSigningKey,
    upload: uploadSigningKeysRequest.body,
  });
  await keep({ identity: atRest.seal(JSON.stringify(identity), PLACE_OF_IDENTITY) });
  if (uploadKeysRequest instanceof crypto.KeysUploadRequest) await device.send(uploadKeysRequest);
  await upload(identity.upload, device);
  await device.send(uploadSignaturesRequest);
  return masterIn(identity.upload);
}

async function upload(body: string, { requests }: OlmDevice): Promise<void> {
  await requests.ask("POST", "/keys/device_signing/upload", body);
}

/** The machine takes private parts only for a public identity that it knows. */
async function know({ machine, userId, send }: OlmDevice): Promise<void> {
  await send(machine.queryKeysForUsers([new crypto.UserId(userId)]));
}

/** Public master key that the homeserver has for the bot. */
async function standing({ machine, userId }: OlmDevice): Promise<string | null> {
  const identity = await machine.getIdentity(new crypto.UserId(userId));
  return identity ? keyIn(JSON.parse(identity.masterKey)) : null;
}

async function signBy({ master, selfSigning, userSigning }: IdentitySecrets, device: OlmDevice): Promise<void> {
  const { machine, userId } = device;
  const { hasSelfSigning } = await machine.importCrossSigningKeys(master, selfSigning, userSigning);
  if (!hasSelfSigning) throw new Error("the homeserver does not give back the identity that was uploaded");
  const own = await machine.getDevice(new crypto.UserId(userId), machine.deviceId);
  if (own) await device.send(await own.verify());
}
