import type { Express } from "express";
import type { GuestsRequest, GuestsResponse, KnockResponse } from "../../../appservice/protocol/guests.ts";
import { formatGuestId, type RoomId } from "../../../appservice/protocol/identity.ts";
import { ROUTES } from "../../../appservice/protocol/routes.ts";
import { roomId } from "../../support/protocol/ids.ts";

/** Knocks that somebody waits for before they are let in. */
const WAITS = 2;

const guest = (place: number, name: string, namesake = false) => ({
  id: formatGuestId(new Uint8Array(16).fill(place)),
  name,
  namesake,
  askedAt: Date.now(),
});

/**
 * The door for guests: `/widget/#guest=DOOR-SCENE.PEOPLE&roomId=!SCENE.PEOPLE`. At the door `early` nobody is there
 * yet, `over` opens nothing, `open` has no lobby, at `stays` nobody lets them in. In rooms of the scene `keeper-guests`
 * two wait and one sits.
 */
export function guestRoutes(app: Express): void {
  const knocks = new Map<string, number>();
  const rooms = new Map<string, GuestsResponse>();
  app.post(ROUTES.knock.path, (request, response) => {
    const { code, browser, name } = request.body as { code: string; browser: string; name?: string };
    if (code.startsWith("over"))
      return void response.status(404).json({ errcode: "ORG.MINDMINDER.GUEST_LINK_OVER", error: "" });
    const count = name === undefined ? 0 : (knocks.get(browser) ?? 0) + 1;
    knocks.set(browser, count);
    const waits = code.startsWith("early") ? "early" : "waits";
    const stays = code.startsWith("early") || code.startsWith("stays");
    const state = count === 0 ? "new" : !stays && (code.startsWith("open") || count > WAITS) ? "in" : waits;
    response.json({
      state,
      name: name === undefined ? null : `${name.trim()} (guest)`,
      room: roomOfCode(code),
      lobby: true,
      language: "en",
    } satisfies KnockResponse);
  });
  const guestsOf = (room: string): GuestsResponse => rooms.get(room) ?? guestsIn(room);
  app.get(ROUTES.guests.path, (request, response) => void response.json(guestsOf(request.params.room)));
  app.post(ROUTES.changeGuests.path, (request, response) => {
    const { room } = request.params;
    const next = changed(guestsOf(room), request.body as GuestsRequest);
    rooms.set(room, next);
    response.json(next);
  });
}

/** Guests of a made-up room, and their links. */
export function guestsIn(room: string): GuestsResponse {
  if (!room.startsWith("!keeper-guests")) return { mayMake: true, links: [], waiting: [], seated: [] };
  return {
    mayMake: true,
    links: [link(1, true), link(2, false)],
    waiting: [guest(1, "Αnna Petrova (guest, namesake)", true), guest(2, "Dora (guest)")],
    seated: [guest(3, "Boris (guest)")],
  };
}

/** The room that a code of the fake service opens. */
export function roomOfCode(code: string): RoomId {
  return roomId(`!${code.slice(code.indexOf("-") + 1)}`);
}

const link = (place: number, once: boolean): GuestsResponse["links"][number] => ({
  id: String(place).repeat(32),
  once,
  lobby: once,
  places: 10,
  madeAt: Date.now(),
  url: `https://circle.example.org/widget/#guest=${"Ab0_".repeat(10)}&roomId=%21garden%3Aexample.org`,
});

function changed(before: GuestsResponse, asked: GuestsRequest): GuestsResponse {
  if (asked.type === "make-link")
    return { ...before, links: [link(before.links.length + 3, asked.once), ...before.links] };
  if (asked.type === "close-link") return { ...before, links: before.links.filter(({ id }) => id !== asked.link) };
  const others = before.waiting.filter(({ id }) => id !== asked.guest);
  const letIn = asked.type === "let-in" ? before.waiting.filter(({ id }) => id === asked.guest) : [];
  return { ...before, waiting: others, seated: [...before.seated.filter(({ id }) => id !== asked.guest), ...letIn] };
}
