import { z } from "zod";
import { HearableResponse, MyAudioRequest, MyAudioResponse } from "../audio-api.ts";
import { MeetingId } from "../identity.ts";
import { type PathParam, route } from "./route.ts";

const meeting = { schema: MeetingId, otherwise: "NO_SUCH_MEETING" } as const satisfies PathParam;

/** The sound of what was said, and everybody's own word on whether theirs is kept. */
export const AUDIO_ROUTES = {
  myAudio: route({
    method: "GET",
    path: "/api/v1/rooms/:room/my-audio",
    access: "session",
    answer: MyAudioResponse,
  }),
  keepMyAudio: route({
    method: "POST",
    path: "/api/v1/rooms/:room/my-audio",
    access: "session",
    body: { schema: MyAudioRequest, otherwise: "Is the sound of your turns to be kept, yes or no?" },
    answer: MyAudioResponse,
  }),
  hearable: route({
    method: "GET",
    path: "/api/v1/rooms/:room/meetings/:meeting/audio",
    access: "session",
    params: { meeting },
    answer: HearableResponse,
  }),
  sound: route({
    method: "GET",
    path: "/api/v1/rooms/:room/meetings/:meeting/audio/:utterance",
    access: "session",
    params: { meeting, utterance: { schema: z.string(), otherwise: "NO_SOUND" } },
    answer: { media: "audio/flac" },
    errors: ["NO_SOUND"],
  }),
};
