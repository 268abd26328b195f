import { MyPurposesResponse, PurposeRequest } from "../purposes.ts";
import { route } from "./route.ts";

const path = "/api/v1/rooms/:room/my-purposes";

/** Everybody's own word on what their words and sound may be used for. */
export const PURPOSE_ROUTES = {
  myPurposes: route({ method: "GET", path, access: "session", guests: true, answer: MyPurposesResponse }),
  answerPurpose: route({
    method: "POST",
    path,
    access: "session",
    guests: true,
    body: { schema: PurposeRequest, otherwise: "A purpose, and yes or no." },
    answer: MyPurposesResponse,
  }),
};
