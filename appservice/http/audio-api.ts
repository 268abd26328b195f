import type { KeptAudio } from "../store/kept-audio.ts";
import type { Meetings } from "../journal/meetings.ts";
import type { MyAudioResponse } from "../protocol/audio-api.ts";
import type { AUDIO_ROUTES } from "../protocol/routes/audio.ts";
import { ApiFailure } from "./api-failure.ts";
import type { Handler, Handlers } from "./bind.ts";
import { meetingIn, type Visitor } from "./visitor.ts";

type AudioRoutes = typeof AUDIO_ROUTES;

export type AudioDeps = { readonly audio: KeptAudio; readonly meetings: Meetings };

/** The sound of what was said, for those in the room alone, and everybody's own word on whether theirs is kept. */
export function audioHandlers(deps: AudioDeps): Handlers<AudioRoutes> {
  return {
    myAudio: ({ asking }) => myAudio(asking, deps),
    keepMyAudio: keepMyAudio(deps),
    hearable: hearable(deps),
    sound: sound(deps),
  };
}

function myAudio({ room, actor }: Visitor, { audio }: Pick<AudioDeps, "audio">): MyAudioResponse {
  return { days: audio.days, kept: audio.hasConsent({ room, speaker: actor.id }) };
}

function keepMyAudio({ audio }: Pick<AudioDeps, "audio">): Handler<AudioRoutes["keepMyAudio"]> {
  return ({ asking, body: { keep } }) => {
    audio.consent({ room: asking.room, speaker: asking.actor.id }, keep);
    return myAudio(asking, { audio });
  };
}

function hearable({ audio, meetings }: AudioDeps): Handler<AudioRoutes["hearable"]> {
  return ({ asking, params }) => {
    const { meeting, record } = meetingIn(asking, params.meeting, meetings);
    return {
      utterances: record.utterances
        .filter(({ startedAt }) => asking.sight.at(startedAt))
        .filter((one) => audio.fileOf(asking.room, meeting.id, one))
        .map(({ id }) => id),
    };
  };
}

function sound({ audio, meetings }: AudioDeps): Handler<AudioRoutes["sound"]> {
  return ({ asking, params }) => {
    const { meeting, record } = meetingIn(asking, params.meeting, meetings);
    const utterance = record.utterances.find(
      ({ id, startedAt }) => id === params.utterance && asking.sight.at(startedAt),
    );
    const file = utterance ? audio.fileOf(asking.room, meeting.id, utterance) : null;
    if (!file) throw new ApiFailure("NO_SOUND");
    return { file };
  };
}
