import { GuestsRequest, GuestsResponse } from "../guests.ts";
import { route } from "./route.ts";

/**
 * Links for guests of a room's meetings, the lobby before the circle, and the way out: for those who keep the meeting.
 */
export const GUEST_ROUTES = {
  guests: route({
    method: "GET",
    path: "/api/v1/rooms/:room/guests",
    access: "session",
    right: "host-guests",
    answer: GuestsResponse,
    errors: ["FORBIDDEN"],
  }),
  changeGuests: route({
    method: "POST",
    path: "/api/v1/rooms/:room/guests",
    access: "session",
    right: "host-guests",
    body: { schema: GuestsRequest, otherwise: "This is nothing that can be done with guests and their links." },
    answer: GuestsResponse,
    errors: ["FORBIDDEN", "NO_SUCH_GUEST", "GUESTS_FULL", "MANY_GUEST_LINKS"],
  }),
};
