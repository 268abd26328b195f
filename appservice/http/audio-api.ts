import type { Router } from "express";
import type { KeptAudio } from "../journal/kept-audio.ts";
import type { LiveMeeting } from "../journal/meetings.ts";
import { MyAudioRequest, type HearableResponse, type MyAudioResponse } from "../protocol/audio-api.ts";
import { ApiFailure, badRequest } from "./api-failure.ts";
import { exactRouter } from "./exact.ts";
import type { FindVisitor, Visitor } from "./visitor.ts";

export type AudioApi = {
  readonly audio: KeptAudio;
  readonly visitor: FindVisitor;
  readonly meetingIn: (visitor: Visitor, id: string) => LiveMeeting;
};

/** The sound of what was said, for those in the room alone, and everybody's own word on whether theirs is kept. */
export function audioApi({ audio, visitor, meetingIn }: AudioApi): Router {
  const router = exactRouter();

  router.get("/rooms/:room/my-audio", async (request, response) => {
    const { room, who } = await visitor(request);
    const body: MyAudioResponse = { days: audio.days, kept: audio.hasConsent({ room, speaker: who }) };
    response.json(body);
  });

  router.post("/rooms/:room/my-audio", async (request, response) => {
    const { room, who } = await visitor(request);
    const asked = MyAudioRequest.safeParse(request.body);
    if (!asked.success) throw badRequest("Is the sound of your turns to be kept, yes or no?");
    audio.consent({ room, speaker: who }, asked.data.keep);
    const body: MyAudioResponse = { days: audio.days, kept: audio.hasConsent({ room, speaker: who }) };
    response.json(body);
  });

  router.get("/rooms/:room/meetings/:meeting/audio", async (request, response) => {
    const asking = await visitor(request);
    const { room } = asking;
    const { meeting, record } = meetingIn(asking, request.params.meeting);
    const body: HearableResponse = {
      utterances: record.utterances
        .filter(({ startedAt }) => asking.sight.at(startedAt))
        .filter((one) => audio.fileOf(room, meeting.id, one))
        .map(({ id }) => id),
    };
    response.json(body);
  });

  router.get("/rooms/:room/meetings/:meeting/audio/:utterance", async (request, response) => {
    const asking = await visitor(request);
    const { room } = asking;
    const { meeting, record } = meetingIn(asking, request.params.meeting);
    const utterance = record.utterances.find(
      ({ id, startedAt }) => id === request.params.utterance && asking.sight.at(startedAt),
    );
    const file = utterance ? audio.fileOf(room, meeting.id, utterance) : null;
    if (!file) throw new ApiFailure(404, "M_NOT_FOUND", "The sound of this is not kept.");
    // What may be taken back is kept by no cache. Range requests are answered by sendFile.
    response.sendFile(file, {
      cacheControl: false,
      dotfiles: "allow",
      headers: { "content-type": "audio/flac", "cache-control": "no-store" },
    });
  });

  return router;
}
