/**
 * Loads rtc-node as in production: otherwise it writes its debug log to our standard output, and nothing else can
 * switch that off.
 */
const { NODE_ENV } = process.env;
process.env.NODE_ENV = "production";
const rtc = await import("@livekit/rtc-node");
if (NODE_ENV === undefined) delete process.env.NODE_ENV;
else process.env.NODE_ENV = NODE_ENV;

export const { dispose, Room, RoomEvent, TrackKind, TrackSource } = rtc;

/**
 * Has what the native part dropped already be dropped in peace. When many leave a call that we leave as well, rtc-node drops
 * their tracks once more, and throws where nobody can catch it: the service would end.
 */
const { FfiHandle } = await import("@livekit/rtc-ffi-bindings");
const drop = FfiHandle.prototype.dispose;
FfiHandle.prototype.dispose = function dispose(this: InstanceType<typeof FfiHandle>): void {
  try {
    drop.call(this);
  } catch (error) {
    if (!(error instanceof Error && error.message.includes("invalid handle"))) throw error;
  }
};
