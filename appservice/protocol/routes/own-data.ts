import { OwnDataResponse } from "../own-data.ts";
import { route } from "./route.ts";

/** Everybody's own copy of what is kept of them. */
export const OWN_DATA_ROUTES = {
  myData: route({
    method: "POST",
    path: "/api/v1/rooms/:room/my-data",
    access: "session",
    guests: true,
    answer: OwnDataResponse,
  }),
};
