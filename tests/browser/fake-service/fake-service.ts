import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import express from "express";
import { widgetFiles } from "../../../appservice/http/widget-files.ts";
import { recordFile, roomGraphFile } from "../../../appservice/export/file-formats.ts";
import { corrected } from "../../../appservice/record/corrected.ts";
import { buildGraph } from "../../../appservice/minutes/graph/build.ts";
import { onTheSpot } from "../../../appservice/minutes/rules.ts";
import { roomGraph } from "../../../appservice/minutes/graph/room-graph.ts";
import { ROUTES } from "../../../appservice/protocol/routes.ts";
import { FileFormat, GraphFileFormat } from "../../../appservice/protocol/file-formats.ts";
import {
  ROOM_NOT_READY,
  type CallResponse,
  type CommandRequest,
  type CorrectionRequest,
  type MeetingResponse,
  type Session,
} from "../../../appservice/protocol/http-api.ts";
import type { AgreementResponse } from "../../../appservice/protocol/agreement.ts";
import type { OutOfTurnResponse } from "../../../appservice/protocol/out-of-turn.ts";
import type { HearableResponse } from "../../../appservice/protocol/audio-api.ts";
import { type MyPurpose, type MyPurposesResponse, PurposeRequest } from "../../../appservice/protocol/purposes.ts";
import type { MeetingRecord } from "../../../appservice/protocol/meeting-record.ts";
import { guestRoutes, roomOfCode } from "./guests.ts";
import { telegramRoutes } from "./telegram.ts";
import { nudgeRoutes } from "./nudges.ts";
import { taskRoutes } from "./tasks.ts";
import { scenariosIn } from "./scenarios.ts";
import { FRAME } from "./frame.ts";
import { hostPageRoutes } from "./host-page-routes.ts";
import { ASKS, idOf } from "./people.ts";
import { scene, type Scene } from "./states.ts";
import type { ParticipantId, RoomId } from "../../../appservice/protocol/identity.ts";
import { meetingId, personId, roomId } from "../../support/protocol/ids.ts";

export type FakeService = {
  readonly url: string;
  /** Every command that came, in order. */
  readonly commands: CommandRequest[];
  /** Every answer on what somebody's words and sound may be used for. */
  readonly purposesAnswered: { readonly purpose: string; readonly given: boolean }[];
  close(): Promise<void>;
};

export type FakeCall = {
  readonly livekitUrl: string;
  access(room: string, who: string): Promise<CallResponse>;
  open(room: string, who: string): Promise<void>;
};

type Options = {
  readonly port?: number;
  /** A call to join; without it the call is away. */
  readonly call?: FakeCall;
  /** Answers of everybody on the uses of their words and sound; without it there are none. */
  readonly purposes?: readonly MyPurpose[];
};

const WIDGET = join(import.meta.dirname, "../../../widget/dist");

/**
 * Serves the built widget under the policy of the real service, and speaks its HTTP API with made-up meetings. The
 * room's id says which: `!SCENE.PEOPLE`, which the page at `/?state=SCENE&people=7&lang=ru&theme=dark` puts in, and the
 * page that behaves as Element does at `/host-page/#code=SCENE.PEOPLE`.
 */
export async function startFakeService({ port = 0, call, purposes = [] }: Options = {}): Promise<FakeService> {
  const commands: CommandRequest[] = [];
  const purposesAnswered: FakeService["purposesAnswered"] = [];
  const scenes = new Map<string, Scene>();
  const sceneOf = (room: RoomId): Scene => {
    const [name = "", count = "7"] = room.slice(1).split(".");
    const known = scenes.get(room) ?? scene(name, Number(count), room, Date.now());
    scenes.set(room, known);
    return known;
  };
  /** Each opening begins the scene anew. */
  const sessionIn = (room: RoomId): Session => {
    scenes.delete(room);
    return {
      token: room,
      expiresAt: Date.now() + 3_600_000,
      serverTime: Date.now(),
      language: "en",
      ...sceneOf(room).session,
    };
  };
  const answer = ({ meeting, record, listening: people = [] }: Scene): MeetingResponse => ({
    serverTime: Date.now(),
    meeting,
    record: record?.version ?? 0,
    listening: { version: 1, people },
  });

  const app = express();
  app.use(express.json());
  app.get("/", (_request, response) => void response.type("html").send(FRAME));
  app.get("/favicon.ico", (_request, response) => void response.status(204).end());
  app.use(
    "/widget",
    widgetFiles({
      folder: WIDGET,
      frameAncestors: ["https://web.telegram.org"],
      livekitUrl: call?.livekitUrl ?? "ws://127.0.0.1:9",
    }),
  );

  hostPageRoutes(app, (room) => sceneOf(roomId(room)).meeting);

  telegramRoutes(app, sessionIn);
  nudgeRoutes(app);

  app.post(ROUTES.openSession.path, (request, response) => {
    const { issuer, code, roomId: room } = request.body as { issuer: string; code: string; roomId: string };
    // A personal link, `/widget/#code=SCENE.PEOPLE&roomId=!SCENE.PEOPLE`.
    if (issuer === "guest") return void response.json(sessionIn(roomOfCode(code)));
    if (issuer === "link") return void response.json(sessionIn(roomId(`!${code}`)));
    if (room.startsWith("!not-member"))
      return void response.status(403).json({ errcode: "M_FORBIDDEN", error: "You are not in this room." });
    if (room.startsWith("!encrypted-room"))
      return void response.status(403).json({ errcode: ROOM_NOT_READY.encrypted, error: "" });
    if (room.startsWith("!bot-absent"))
      return void response.status(403).json({ errcode: ROOM_NOT_READY.botAbsent, error: "" });
    if (room.startsWith("!service-away")) return void response.status(503).json({ errcode: "M_UNKNOWN", error: "" });
    response.json(sessionIn(roomId(room)));
  });
  app.get(ROUTES.meeting.path, (request, response) => {
    const { room } = request.params;
    if (room.startsWith("!broken")) return void response.status(500).send("<h1>Bad gateway</h1>");
    const { meeting, ...rest } = answer(sceneOf(roomId(room)));
    response.json(
      room.startsWith("!future")
        ? { ...rest, meeting: { ...meeting, format: 2, phase: "dreaming" } }
        : { ...rest, meeting },
    );
  });
  app.get(
    ROUTES.picture.path,
    (request, response) => void response.json({ picture: pictureOf(request.params.person) }),
  );
  app.get(
    ROUTES.record.path,
    (request, response) => void response.json({ record: sceneOf(roomId(request.params.room)).record }),
  );
  app.get(
    ROUTES.scenarios.path,
    (request, response) => void response.json(scenariosIn(request.acceptsLanguages("en", "ru") === "ru" ? "ru" : "en")),
  );
  app.get(ROUTES.hearable.path, (_request, response) => void response.json({ utterances: [], keeps: false }));
  app.get(ROUTES.myText.path, (request, response) => {
    const { myText = null, myDots } = sceneOf(roomId(request.params.room));
    response.json({ text: myText, dots: myDots });
  });
  app.get(ROUTES.pastMeetings.path, (request, response) => {
    const past = pastScene(roomId(request.params.room));
    if (request.params.room.startsWith("!newcomer")) return void response.json({ meetings: [], hidden: true });
    response.json({
      meetings: past.meeting
        ? [
            {
              id: past.meeting.id,
              title: "Council",
              topic: past.meeting.topic,
              startedAt: past.meeting.startedAt,
              endedAt: past.meeting.endedAt,
              people: past.meeting.people.map(({ name }) => name),
            },
          ]
        : [],
    });
  });
  const sceneWith = (room: RoomId, meeting: string) =>
    [sceneOf(room), pastScene(room)].find((each) => each.meeting?.id === meeting);
  const graphOf = ({ meeting, record }: Scene) => buildGraph(meeting!, record ?? NO_RECORD);
  const wholeRoom = (room: RoomId) =>
    roomGraph(
      [sceneOf(room), pastScene(room)].flatMap(({ meeting, record }) =>
        meeting ? [buildGraph(meeting, record ?? NO_RECORD)] : [],
      ),
      onTheSpot,
      null,
      () => undefined,
    );
  app.get(ROUTES.graph.path, (request, response) => {
    const found = sceneWith(roomId(request.params.room), request.params.meeting);
    if (found?.meeting) response.json({ graph: graphOf(found) });
    else response.status(404).json({ errcode: "M_NOT_FOUND", error: "" });
  });
  app.get(ROUTES.recordFile.path, (request, response) => {
    const found = sceneWith(roomId(request.params.room), request.params.meeting);
    if (found?.meeting && found.record)
      response.json(
        recordFile(FileFormat.parse(request.params.format), { meeting: found.meeting, record: found.record }, () =>
          graphOf(found),
        ),
      );
    else response.status(404).json({ errcode: "M_NOT_FOUND", error: "" });
  });
  app.get(
    ROUTES.roomGraph.path,
    async (request, response) => void response.json({ graph: await wholeRoom(roomId(request.params.room)) }),
  );
  app.get(ROUTES.roomGraphFile.path, async (request, response) => {
    response.json(
      roomGraphFile(GraphFileFormat.parse(request.params.format), await wholeRoom(roomId(request.params.room)), "en"),
    );
  });
  app.get(ROUTES.pastMeeting.path, (request, response) => void response.json(pastScene(roomId(request.params.room))));
  taskRoutes(app);
  guestRoutes(app);
  app.get(ROUTES.outOfTurn.path, (request, response) => {
    const tried = request.params.room.startsWith("!keeper-out-of-turn")
      ? [{ who: idOf(5), times: 2, at: Date.now() }]
      : [];
    response.json({ people: tried } satisfies OutOfTurnResponse);
  });
  app.get(ROUTES.agreement.path, (request, response) => {
    const { meeting, session } = sceneOf(roomId(request.params.room));
    response.json({
      shown: ASKS,
      agreed: meeting?.people.find(({ id }) => id === session.me.id)?.agreed ?? null,
    } satisfies AgreementResponse);
  });
  app.get(
    ROUTES.hearable.path,
    (_request, response) => void response.json({ utterances: [], keeps: false } satisfies HearableResponse),
  );
  app.get(
    ROUTES.myPurposes.path,
    (_request, response) => void response.json({ purposes: [...purposes] } satisfies MyPurposesResponse),
  );
  app.post(ROUTES.answerPurpose.path, (request, response) => {
    const { purpose, given } = PurposeRequest.parse(request.body);
    purposesAnswered.push({ purpose, given });
    response.json({ purposes: [...purposes] } satisfies MyPurposesResponse);
  });
  app.post(ROUTES.correct.path, (request, response) => {
    const { room } = request.params;
    const before = sceneOf(roomId(room));
    const record =
      before.record && afterCorrection(before.record, request.body as CorrectionRequest, before.session.me);
    scenes.set(room, { ...before, record });
    response.json({ record });
  });
  app.post(
    ROUTES.redo.path,
    (request, response) => void response.json({ record: sceneOf(roomId(request.params.room)).record }),
  );
  app.post(ROUTES.callAccess.path, async (request, response) => {
    if (!call) return void response.status(503).json({ errcode: "M_UNKNOWN", error: "" });
    response.json(await call.access(request.params.room, sceneOf(roomId(request.params.room)).session.me.id));
  });
  app.post(ROUTES.command.path, (request, response) => {
    const { room } = request.params;
    const command = request.body as CommandRequest;
    commands.push(command);
    if (room.startsWith("!stale")) {
      return void response
        .status(409)
        .json({ errcode: "ORG.MINDMINDER.STALE", error: "Somebody was quicker: the word has just moved on." });
    }
    const before = sceneOf(roomId(room));
    const after = {
      ...before,
      meeting: before.meeting && afterCommand(before.meeting, command, { me: before.session.me.id, now: Date.now() }),
    };
    scenes.set(room, after);
    response.json(answer(after));
  });

  const server: Server = app.listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    commands,
    purposesAnswered,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

const NO_RECORD: MeetingRecord = {
  version: 0,
  utterances: [],
  comments: [],
  turns: [],
  minutes: [],
  remaking: [],
  corrections: [],
};

/** A meeting of the month before, in the same room. */
function pastScene(room: RoomId): Scene {
  const { meeting, ...rest } = scene("ended", 4, room, Date.now() - 30 * 24 * 3_600_000);
  return { ...rest, meeting: meeting && { ...meeting, id: meetingId("m0000past0"), topic: "Winter, looking back" } };
}

function afterCorrection(
  record: MeetingRecord,
  { change }: CorrectionRequest,
  me: { id: string; name: string },
): MeetingRecord {
  const done = corrected(record, { change, by: personId(me.id), name: me.name, at: Date.now(), door: "widget" });
  if (!done) return record;
  const { utterance, entry, made } = done;
  return {
    ...record,
    version: record.version + 1,
    corrections: [...record.corrections, made],
    utterances: record.utterances.map((each) => (each === utterance?.before ? utterance.after : each)),
    minutes: record.minutes.map((each) => (each === entry?.before ? entry.after : each)),
  };
}

/** Just enough of a circle for the word to go on, and for one's own hand, answer and text to be seen. */
function afterCommand(
  meeting: NonNullable<Scene["meeting"]>,
  command: CommandRequest,
  { me, now }: { me: ParticipantId; now: number },
): NonNullable<Scene["meeting"]> {
  const after = { ...meeting, version: meeting.version + 1 };
  const { turn, next, ring } = meeting;
  const others = meeting.hands.filter(({ who }) => who !== me);
  switch (command.type) {
    case "pause":
      return { ...after, paused: true };
    case "resume":
      return { ...after, paused: false };
    case "raise-hand":
      return { ...after, hands: [...others, { who: me, hand: command.hand }] };
    case "lower-hand":
      return { ...after, hands: others };
    case "write":
      return { ...after, wrote: [...meeting.wrote.filter((who) => who !== me), ...(command.finished ? [me] : [])] };
    case "take-position": {
      const stance = { who: me, position: command.position, reason: command.reason ?? "" };
      return {
        ...after,
        circles: meeting.circles.map((circle) =>
          circle.index === meeting.circle
            ? { ...circle, stances: [...circle.stances.filter(({ who }) => who !== me), stance] }
            : circle,
        ),
      };
    }
    case "agree":
      return {
        ...after,
        people: meeting.people.map((person) => (person.id === me ? { ...person, agreed: command.agreed } : person)),
      };
    case "send-scribe-away":
      return { ...after, scribeAway: { by: me } };
    case "ask-scribe-back": {
      const { scribeAway: _, ...back } = after;
      return back;
    }
    case "hand-over":
      return { ...after, keeper: personId(command.to) };
    case "pass":
    case "skip": {
      if (!turn || !next) return after;
      const done = [...meeting.done, turn.speaker];
      return {
        ...after,
        done,
        turn: {
          ...turn,
          id: turn.id + 1,
          speaker: next,
          status: "speaking",
          runningSince: now,
          endsAt: now + turn.limitMs,
          graceEndsAt: now + turn.limitMs + 5_000,
        },
        next: ring.find((id) => id !== next && !done.includes(id)) ?? null,
      };
    }
    default:
      return after;
  }
}

/** A face for one, and for another something no browser can draw. */
function pictureOf(person: string): string | null {
  if (person === idOf(1))
    return "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
  return person === idOf(4) ? "data:image/png;base64,bm90aGluZw==" : null;
}
