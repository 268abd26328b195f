import type { KeptAudio } from "../store/kept-audio.ts";
import type { Accesses } from "../store/accesses.ts";
import type { Meetings } from "../journal/meetings.ts";
import { byTurns, eachOf } from "../journal/parts-of-work.ts";
import type { Utterance } from "../protocol/meeting-record.ts";
import type { AUDIO_ROUTES } from "../protocol/routes/audio.ts";
import { ApiFailure } from "./api-failure.ts";
import type { Handler, Handlers } from "./bind.ts";
import { readMeetingIn } from "./visitor.ts";

type AudioRoutes = typeof AUDIO_ROUTES;

export type AudioDeps = {
  readonly audio: KeptAudio;
  readonly meetings: Meetings;
  readonly accesses: Pick<Accesses, "note">;
  readonly now: () => number;
};

/** The sound of what was said, for those in the room alone. */
export function audioHandlers(deps: AudioDeps): Handlers<AudioRoutes> {
  return {
    hearable: hearable(deps),
    sound: sound(deps),
  };
}

function hearable({ audio, meetings }: Pick<AudioDeps, "audio" | "meetings">): Handler<AudioRoutes["hearable"]> {
  return async ({ asking, params }) => {
    const { meeting, record } = await readMeetingIn(asking, params.meeting, meetings);
    const seen = record.utterances.filter(({ startedAt }) => asking.sight.at(startedAt));
    const utterances: string[] = [];
    const look = (one: Utterance) => {
      if (audio.has(asking.room, meeting.id, one)) utterances.push(one.id);
    };
    // Each is a look onto the disk, and a long meeting has thousands.
    await byTurns(eachOf(seen, look));
    return { keeps: audio.days > 0, utterances };
  };
}

function sound({ audio, meetings, accesses, now }: AudioDeps): Handler<AudioRoutes["sound"]> {
  return async ({ asking, params }) => {
    const { meeting, record } = await readMeetingIn(asking, params.meeting, meetings);
    const utterance = record.utterances.find(
      ({ id, startedAt }) => id === params.utterance && asking.sight.at(startedAt),
    );
    const bytes = utterance ? await audio.read(asking.room, meeting.id, utterance) : null;
    if (!bytes) throw new ApiFailure("NO_SOUND");
    const { room, actor } = asking;
    accesses.note({ room, meeting: meeting.id, who: actor.id, door: actor.door, what: "sound" }, now());
    return { bytes };
  };
}
