import { type Attack, moment } from "./rogue.ts";
import { LocalVideoTrack, TrackPublishOptions, TrackSource, VideoSource } from "@livekit/rtc-node";

/** Takes the muted microphone back and publishes it anew, open. */
export const republishes: Attack = {
  name: "republishes",
  foundOutAs: ["published-out-of-turn"],
  async run(rogue) {
    await rogue.unpublish();
    rogue.publishAnyway();
  },
};

export const publishesASecondMicrophone: Attack = {
  name: "publishes a second microphone",
  foundOutAs: ["second-microphone"],
  run: async (rogue) => rogue.publishAnyway(),
};

/** Publishes it muted, as one may, and opens it in the moment after. */
export const publishesAndUnmutes: Attack = {
  name: "publishes muted and unmutes at once",
  foundOutAs: ["unmuted-out-of-turn", "published-out-of-turn"],
  async run(rogue) {
    await rogue.unpublish();
    await rogue.client.publish({ muted: true });
    rogue.unmute();
  },
};

/** Shows their face, as everybody may, and speaks with it. */
export const speaksWithACamera: Attack = {
  name: "speaks with a camera",
  foundOutAs: ["second-microphone"],
  async run(rogue) {
    const camera = LocalVideoTrack.createVideoTrack("camera", new VideoSource(64, 48));
    await rogue.client.room.localParticipant?.publishTrack(
      camera,
      new TrackPublishOptions({ source: TrackSource.SOURCE_CAMERA }),
    );
    rogue.publishAnyway();
  },
};

/** Sound that says it is a camera gets past LiveKit, not past the watcher. */
export const speaksAsACamera: Attack = {
  name: "speaks as a camera",
  foundOutAs: ["unexpected-source"],
  run: async (rogue) => rogue.publishAnyway({ source: TrackSource.SOURCE_CAMERA }),
};

/** The token names the sources there may be. */
export const speaksAsAScreen: Attack = {
  name: "speaks as the sound of a screen",
  foundOutAs: [],
  run: async (rogue) => rogue.publishAnyway({ source: TrackSource.SOURCE_SCREENSHARE_AUDIO }),
};

export const speaksFromNowhere: Attack = {
  name: "speaks from a source without a name",
  foundOutAs: [],
  run: async (rogue) => rogue.publishAnyway({ source: TrackSource.SOURCE_UNKNOWN }),
};

/** Each would go to everybody's line. */
export const publishesManyCameras: Attack = {
  name: "publishes ten cameras",
  foundOutAs: ["too-many-tracks"],
  async run(rogue) {
    for (let i = 0; i < 10; i++) {
      const camera = LocalVideoTrack.createVideoTrack(`camera${i}`, new VideoSource(64, 48));
      void rogue.client.room.localParticipant
        ?.publishTrack(camera, new TrackPublishOptions({ source: TrackSource.SOURCE_CAMERA }))
        .catch(() => {});
    }
  },
};

/** Found out once, tries again as long as it may take. */
export const goesOn: Attack = {
  name: "goes on after being found out",
  foundOutAs: ["unmuted-out-of-turn"],
  async run(rogue) {
    rogue.unmute();
    // Long enough to be found out.
    await moment(100);
    for (let i = 0; i < 5; i++) {
      rogue.publishAnyway();
      // The pace of the attack.
      await moment(20);
    }
  },
};
