import { AssemblyMapResponse, SeatRequest } from "../assembly-map.ts";
import { route } from "./route.ts";

/** The assembly that runs in a room: the map of its rings, and moving on it. */
export const ASSEMBLY_ROUTES = {
  assembly: route({
    method: "GET",
    path: "/api/v1/rooms/:room/assembly",
    access: "session",
    guests: true,
    answer: AssemblyMapResponse,
  }),
  assemblySeat: route({
    method: "POST",
    path: "/api/v1/rooms/:room/assembly/seat",
    access: "session",
    guests: true,
    body: { schema: SeatRequest, otherwise: "Who is to sit in which group?" },
    answer: AssemblyMapResponse,
    errors: ["REFUSED"],
  }),
};
