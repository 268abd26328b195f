import { z } from "zod";

/** Name under which the identity is encrypted at rest. */
export const PLACE_OF_IDENTITY = "identity";

/** Private parts of the cross-signing identity, and the request by which its public parts are uploaded. */
export const IdentitySecrets = z.object({
  master: z.string(),
  selfSigning: z.string(),
  userSigning: z.string(),
  upload: z.string(),
});
export type IdentitySecrets = z.infer<typeof IdentitySecrets>;

/** The public master key of an identity as it is kept. */
export function masterKeyOf(kept: string): string {
  return masterIn(IdentitySecrets.parse(JSON.parse(kept)).upload);
}

/** The public master key in the request that uploads it (Client-Server API, "Cross-signing"). */
export function masterIn(upload: string): string {
  return keyIn(z.object({ master_key: z.unknown() }).parse(JSON.parse(upload)).master_key);
}

/** The key in a signed public key. */
export function keyIn(signed: unknown): string {
  return Object.values(z.object({ keys: z.record(z.string(), z.string()) }).parse(signed).keys)[0] ?? "";
}
