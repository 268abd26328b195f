import type { CallResponse } from "@mindminder/protocol/http-api.ts";
import type { MediaKey } from "@mindminder/protocol/media-key.ts";
import type { HeldMicrophone } from "../service/held-microphone.ts";
import { CallEncryption } from "./call-encryption.ts";
import { LiveCall } from "./live-call.ts";

type Options = {
  readonly access: () => Promise<CallResponse>;
  readonly keys: () => Promise<{ readonly keys: readonly MediaKey[] }>;
  /** Speaks with this microphone; null: a new one. Left out: only hears. */
  readonly speaks?: { readonly held: HeldMicrophone | null };
  /** Nobody hears the speaker: there is no microphone. */
  readonly onSilent: () => void;
  /** The connection is over, though nobody left it. */
  readonly onEnd: () => void;
};

const nothing = () => {};

/** A second call beside one's own, in which all groups hear one person. Answers with the way out of it. */
export async function enterVoiceToAll({
  access,
  keys,
  speaks,
  onSilent,
  onEnd,
}: Options): Promise<() => Promise<void>> {
  const given = await access();
  const live = await LiveCall.connect({
    access: given,
    encryption: given.encrypted ? await CallEncryption.open(async () => (await keys()).keys) : null,
    devices: { microphone: speaks ? { deviceId: null } : null },
    held: speaks?.held ?? null,
    onChange: nothing,
    onMetadata: nothing,
    onCaption: nothing,
    onFailure: (what) => what === "microphone" && onSilent(),
    onLinkBack: nothing,
    onEnd,
  });
  if (speaks) await live.setMicrophone(true);
  return () => live.leave();
}
