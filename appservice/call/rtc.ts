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
