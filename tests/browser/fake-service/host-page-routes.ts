import { join } from "node:path";
import express, { type Express } from "express";
import { MEETING_STATE } from "../../../appservice/protocol/namespace.ts";
import type { MeetingSnapshot } from "../../../appservice/protocol/meeting-snapshot.ts";

const DIST = join(import.meta.dirname, "../../../widget/dev/dist");
const WIDGET =
  "/widget/#/?widgetId=$matrix_widget_id&userId=$matrix_user_id&roomId=$matrix_room_id&theme=$org.matrix.msc2873.client_theme&lang=$org.matrix.msc2873.client_language";

/**
 * The page that hosts the widget as a Matrix client does, at `/host-page/#code=SCENE.PEOPLE`, and as much of a
 * homeserver as it needs: a room with its people, its meeting and one message, in which nothing happens by itself.
 */
export function hostPageRoutes(app: Express, meetingOf: (room: string) => MeetingSnapshot | null): void {
  app.get("/host-page/credentials", (request, response) => {
    const origin = `${request.protocol}://${request.get("host") ?? ""}`;
    response.json({
      homeserverUrl: origin,
      accessToken: "me",
      userId: "@me:example.org",
      roomId: `!${String(request.query["code"])}`,
      widgetUrl: origin + WIDGET,
      title: "Me",
    });
  });
  app.use("/host-page", express.static(join(DIST, "host-page")));
  app.use("/assets", express.static(join(DIST, "assets")));

  const matrix = "/_matrix/client/v3";
  app.get(`${matrix}/sync`, (request, response) => {
    // The request for new events stays open, as at a homeserver: none ever come.
    if (request.query["since"] !== undefined) return;
    const { room } = JSON.parse(String(request.query["filter"])) as { room: { rooms: [string] } };
    const [id] = room.rooms;
    response.json({ next_batch: "1", rooms: { join: { [id]: { timeline: { events: eventsOf(meetingOf(id)) } } } } });
  });
  app.get(
    `${matrix}/rooms/:room/state`,
    (request, response) =>
      void response.json(eventsOf(meetingOf(request.params.room)).filter((event) => "state_key" in event)),
  );
  app.put(
    `${matrix}/rooms/:room/send/:type/:transaction`,
    (request, response) => void response.json({ event_id: `$${request.params.transaction}` }),
  );
  app.post(
    `${matrix}/user/:user/openid/request_token`,
    (_request, response) =>
      void response.json({
        access_token: "token",
        matrix_server_name: "example.org",
        token_type: "Bearer",
        expires_in: 3600,
      }),
  );
}

function eventsOf(meeting: MeetingSnapshot | null) {
  const at = meeting?.at ?? 0;
  const event = (id: string, type: string, content: object, more: object = {}) => ({
    event_id: `$${id}`,
    type,
    sender: "@bot:example.org",
    origin_server_ts: at,
    content,
    ...more,
  });
  return [
    event("name", "m.room.name", { name: "Garden" }, { state_key: "" }),
    ...(meeting?.people ?? []).map(({ id, name }) =>
      event(`member-${id}`, "m.room.member", { membership: "join", displayname: name }, { state_key: id }),
    ),
    ...(meeting ? [event("meeting", MEETING_STATE, meeting, { state_key: "" })] : []),
    event("hello", "m.room.message", {
      msgtype: "m.notice",
      body: "Open the circle at the top of the room and press “Join”.",
    }),
  ];
}
