import { z } from "zod";
import { HearableResponse } from "../audio-api.ts";
import { MeetingId } from "../identity.ts";
import { type PathParam, route } from "./route.ts";

const meeting = { schema: MeetingId, otherwise: "NO_SUCH_MEETING" } as const satisfies PathParam;

/** The sound of what was said, of those who let it be kept. */
export const AUDIO_ROUTES = {
  hearable: route({
    method: "GET",
    path: "/api/v1/rooms/:room/meetings/:meeting/audio",
    access: "session",
    measure: "files",
    params: { meeting },
    answer: HearableResponse,
  }),
  sound: route({
    method: "GET",
    path: "/api/v1/rooms/:room/meetings/:meeting/audio/:utterance",
    access: "session",
    measure: "files",
    params: { meeting, utterance: { schema: z.string(), otherwise: "NO_SOUND" } },
    answer: { media: "audio/flac" },
    errors: ["NO_SOUND"],
  }),
};
