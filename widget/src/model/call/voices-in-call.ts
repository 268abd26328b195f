import { ConnectionQuality, type Participant, RoomEvent, Track } from "livekit-client";
import type { ParticipantId } from "@mindminder/protocol/identity.ts";
import type { PersonVoice, VideoPicture } from "./call-state.ts";

export const VOICE_EVENTS = [
  RoomEvent.ParticipantConnected,
  RoomEvent.ParticipantDisconnected,
  RoomEvent.ActiveSpeakersChanged,
  RoomEvent.TrackMuted,
  RoomEvent.TrackUnmuted,
  RoomEvent.TrackPublished,
  RoomEvent.TrackUnpublished,
  RoomEvent.LocalTrackPublished,
  RoomEvent.LocalTrackUnpublished,
  RoomEvent.ConnectionQualityChanged,
] as const;

export function voiceOf(participant: Participant): PersonVoice {
  const microphone = participant.getTrackPublication(Track.Source.Microphone);
  return {
    speaking: participant.isSpeaking,
    microphone: !microphone ? "none" : microphone.isMuted ? "muted" : "open",
    picture: pictureOf(participant, Track.Source.Camera),
    screen: pictureOf(participant, Track.Source.ScreenShare),
    weak:
      participant.connectionQuality === ConnectionQuality.Poor ||
      participant.connectionQuality === ConnectionQuality.Lost,
  };
}

/** Keeps the object of a person who has not changed: their seat is not drawn anew when another speaks. */
export function sameOr(before: PersonVoice | undefined, now: PersonVoice): PersonVoice {
  const keys = before && (Object.keys({ ...before, ...now }) as (keyof PersonVoice)[]);
  const same = keys?.every((key) => before?.[key] === now[key]);
  return before && same ? before : now;
}

function pictureOf(participant: Participant, source: Track.Source): VideoPicture | null {
  const publication = participant.getTrackPublication(source);
  return publication?.videoTrack && !publication.isMuted ? publication.videoTrack : null;
}

/** The service gives access to a call under a person's id, and to nobody under another. */
export function personOf({ identity }: Pick<Participant, "identity">): ParticipantId {
  return identity as ParticipantId;
}
