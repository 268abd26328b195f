import { EraseRequest, EraseResponse, OwnDataResponse } from "../own-data.ts";
import { route } from "./route.ts";

/** Everybody's own copy of what is kept of them, and an end to their words. */
export const OWN_DATA_ROUTES = {
  myData: route({
    method: "POST",
    path: "/api/v1/rooms/:room/my-data",
    access: "session",
    guests: true,
    answer: OwnDataResponse,
  }),
  eraseMyWords: route({
    method: "POST",
    path: "/api/v1/rooms/:room/erase-my-words",
    access: "session",
    guests: true,
    body: { schema: EraseRequest, otherwise: "Whether you are sure." },
    answer: EraseResponse,
  }),
};
