import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AccessToken, RoomServiceClient, TrackSource, TrackType } from "livekit-server-sdk";
import { startLiveKit } from "../../stack/livekit.ts";
import type { FakeCall } from "./fake-service.ts";

/** A real LiveKit without a gate: people can be in the call, and whoever has the word in the picture is unmuted. */
export async function startFakeCall(): Promise<FakeCall & { stop(): Promise<void> }> {
  const livekit = await startLiveKit({ dir: await mkdtemp(join(tmpdir(), "mindminder-look-")) });
  const rooms = new RoomServiceClient(livekit.httpUrl, livekit.apiKey, livekit.apiSecret);
  return {
    livekitUrl: livekit.url,
    async access(room, who) {
      await rooms.createRoom({ name: room });
      const token = new AccessToken(livekit.apiKey, livekit.apiSecret, { identity: who, ttl: 600 });
      token.addGrant({ roomJoin: true, room, canPublish: true, canPublishSources: [TrackSource.MICROPHONE, TrackSource.CAMERA], canSubscribe: true });
      return { url: livekit.url, token: await token.toJwt() };
    },
    async open(room, who) {
      const { tracks } = await rooms.getParticipant(room, who);
      for (const { sid, type } of tracks) if (type === TrackType.AUDIO) await rooms.mutePublishedTrack(room, who, sid, false);
    },
    stop: () => livekit.stop(),
  };
}
