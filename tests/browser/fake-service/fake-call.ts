// First, for it keeps rtc-node from writing its debug log to the standard output.
import { dispose, Room } from "../../../appservice/call/rtc.ts";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AccessToken, RoomServiceClient, TrackSource, TrackType } from "livekit-server-sdk";
import { pino } from "pino";
import { scribeToken } from "../../../appservice/call/tokens.ts";
import { CaptionSender } from "../../../appservice/scribe/caption-sender.ts";
import { startLiveKit } from "../../support/stack/livekit.ts";
import type { FakeCall } from "./fake-service.ts";
import { personId } from "../../support/protocol/ids.ts";

type Caption = Parameters<CaptionSender["send"]>[0];

export type StartedCall = FakeCall & {
  caption(room: string, speaker: string, said: readonly string[]): Promise<void>;
  /** Gives a function that sends captions into the room, one by one. */
  captions(room: string): Promise<(caption: Caption) => void>;
  stop(): Promise<void>;
};

/** A real LiveKit without a gate: people can be in the call, and the speaker of the picture is unmuted. */
export async function startFakeCall(): Promise<StartedCall> {
  const livekit = await startLiveKit({ dir: await mkdtemp(join(tmpdir(), "mindminder-look-")) });
  const rooms = new RoomServiceClient(livekit.httpUrl, livekit.apiKey, livekit.apiSecret);
  const scribes: InstanceType<typeof Room>[] = [];
  const captions: StartedCall["captions"] = async (room) => {
    const scribe = new Room();
    scribes.push(scribe);
    await scribe.connect(livekit.url, await scribeToken(livekit, room), { autoSubscribe: false, dynacast: false });
    const sender = new CaptionSender(scribe, pino({ level: "silent" }));
    return (caption) => sender.send(caption, undefined);
  };
  return {
    captions,
    livekitUrl: livekit.url,
    async access(room, who) {
      await rooms.createRoom({ name: room });
      const token = new AccessToken(livekit.apiKey, livekit.apiSecret, { identity: who, ttl: 600 });
      token.addGrant({
        roomJoin: true,
        room,
        canPublish: true,
        canPublishSources: [TrackSource.MICROPHONE, TrackSource.CAMERA, TrackSource.SCREEN_SHARE],
        canSubscribe: true,
      });
      return { url: livekit.url, token: await token.toJwt() };
    },
    async open(room, who) {
      const { tracks } = await rooms.getParticipant(room, who);
      for (const { sid, type } of tracks)
        if (type === TrackType.AUDIO) await rooms.mutePublishedTrack(room, who, sid, false);
    },
    /** All but the last piece are final. */
    async caption(room, speaker, said) {
      const send = await captions(room);
      for (const [place, text] of said.entries())
        send({ speaker: personId(speaker), segment: String(place), text, final: place < said.length - 1 });
    },
    async stop() {
      await Promise.all(scribes.map((scribe) => scribe.disconnect()));
      await livekit.stop();
      await dispose();
    },
  };
}
