import type { Rogue } from "./rogue.ts";

type Permission = {
  readonly participantIdentity: string;
  readonly allowAll: boolean;
  readonly allowedTrackSids: readonly string[];
};

/** Says at LiveKit who may receive them: nobody but these. */
export function withhold(rogue: Rogue, only: readonly string[]): void {
  say(
    rogue,
    only.map((participantIdentity) => ({ participantIdentity, allowAll: true, allowedTrackSids: [] })),
  );
}

/** The same for the microphone alone, by its name. */
export function withholdTrack(rogue: Rogue, only: readonly string[]): void {
  say(
    rogue,
    only.map((participantIdentity) => ({
      participantIdentity,
      allowAll: false,
      allowedTrackSids: [rogue.microphone.sid ?? ""],
    })),
  );
}

/** rtc-node has no such call, but the library below it does, and says it again by each new line. */
function say(rogue: Rogue, permissions: readonly Permission[]): void {
  const { _ffiClientInstance: ffi } = globalThis as unknown as {
    _ffiClientInstance: { request(message: unknown): void };
  };
  const localParticipantHandle = rogue.client.room.localParticipant?.ffi_handle.handle;
  ffi.request({
    message: {
      case: "setTrackSubscriptionPermissions",
      value: { localParticipantHandle, allParticipantsAllowed: false, permissions },
    },
  });
}
