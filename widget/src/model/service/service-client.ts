import type { z } from "zod";
import {
  ApiError,
  CallResponse,
  DEVICE_HEADER,
  GraphResponse,
  MeetingResponse,
  MyTextResponse,
  PastMeetingResponse,
  PastMeetingsResponse,
  PictureResponse,
  RecordFile,
  RecordResponse,
  ScenariosResponse,
  Session,
  type CommandRequest,
  type CorrectionRequest,
  type FileFormat,
  type GraphFileFormat,
  type RedoRequest,
} from "@mindminder/protocol/http-api.ts";
import type { SessionRequest } from "@mindminder/protocol/session-proof.ts";
import { AgreementResponse } from "@mindminder/protocol/agreement.ts";
import { OutOfTurnResponse } from "@mindminder/protocol/out-of-turn.ts";
import { HearableResponse, MyAudioResponse, type MyAudioRequest } from "@mindminder/protocol/audio-api.ts";
import { ExportResponse, OpenTasksResponse, type ExportRequest } from "@mindminder/protocol/tasks-api.ts";
import type { MeetingId, ParticipantId } from "@mindminder/protocol/identity.ts";
import { kindOfStatus, ServiceFailure } from "./failure.ts";
import type { ServerClock } from "./server-clock.ts";

type Options = {
  readonly base: URL;
  readonly roomId: string;
  /** Chance letters of this tab, which its sessions are bound to. */
  readonly device: string;
  readonly clock: ServerClock;
  /** Opens a session by whatever proof there is of who we are. */
  readonly open: (send: (proof: SessionRequest) => Promise<Session>) => Promise<Session>;
  /** Says in the room, by the person's own client, that this browser is theirs. */
  readonly confirm?: ((code: string) => void) | undefined;
  readonly language: () => string;
};

const PATIENCE_MS = 15_000;

/** The page lies in `…/widget/`, the API beside it in `…/api/v1/`. */
export function apiBeside(page: string): URL {
  return new URL("../api/v1/", new URL(".", page.split(/[?#]/)[0]));
}

/** The service's HTTP API. A session that ran out is renewed once, unseen. */
export class ServiceClient {
  readonly #options: Options;
  #session: Session | null = null;
  #opening: Promise<Session> | null = null;

  constructor(options: Options) {
    this.#options = options;
  }

  session(): Promise<Session> {
    if (this.#session) return Promise.resolve(this.#session);
    this.#opening ??= this.#open().finally(() => (this.#opening = null));
    return this.#opening;
  }

  meeting(): Promise<MeetingResponse> {
    return this.#timed(this.#call("GET", "meeting", MeetingResponse));
  }

  record(): Promise<RecordResponse> {
    return this.#call("GET", "record", RecordResponse);
  }

  pastMeetings(): Promise<PastMeetingsResponse> {
    return this.#call("GET", "meetings", PastMeetingsResponse);
  }

  pastMeeting(id: string): Promise<PastMeetingResponse> {
    return this.#call("GET", `meetings/${encodeURIComponent(id)}`, PastMeetingResponse);
  }

  correct(request: CorrectionRequest): Promise<RecordResponse> {
    return this.#call("POST", "corrections", RecordResponse, request);
  }

  redo(request: RedoRequest): Promise<RecordResponse> {
    return this.#call("POST", "redo", RecordResponse, request);
  }

  openTasks(): Promise<OpenTasksResponse> {
    return this.#call("GET", "open-tasks", OpenTasksResponse);
  }

  tasksOutside(): Promise<ExportResponse> {
    return this.#call("GET", "export", ExportResponse);
  }

  sendTasks(request: ExportRequest): Promise<ExportResponse> {
    return this.#call("POST", "export", ExportResponse, request);
  }

  picture(who: ParticipantId): Promise<PictureResponse> {
    return this.#call("GET", `people/${encodeURIComponent(who)}/picture`, PictureResponse);
  }

  recordFile(meeting: MeetingId, format: FileFormat): Promise<RecordFile> {
    return this.#call("GET", `meetings/${encodeURIComponent(meeting)}/files/${format}`, RecordFile);
  }

  graph(meeting: MeetingId): Promise<GraphResponse> {
    return this.#call("GET", `meetings/${encodeURIComponent(meeting)}/graph`, GraphResponse);
  }

  roomGraph(): Promise<GraphResponse> {
    return this.#call("GET", "graph", GraphResponse);
  }

  roomGraphFile(format: GraphFileFormat): Promise<RecordFile> {
    return this.#call("GET", `graph/files/${format}`, RecordFile);
  }

  myAudio(): Promise<MyAudioResponse> {
    return this.#call("GET", "my-audio", MyAudioResponse);
  }

  keepMyAudio(request: MyAudioRequest): Promise<MyAudioResponse> {
    return this.#call("POST", "my-audio", MyAudioResponse, request);
  }

  hearable(meeting: MeetingId): Promise<HearableResponse> {
    return this.#call("GET", `meetings/${encodeURIComponent(meeting)}/audio`, HearableResponse);
  }

  /** What was said, as it sounds: an element of the page could not show who asks. */
  async sound(meeting: MeetingId, utterance: string): Promise<Blob> {
    const { token } = await this.session();
    const path = `rooms/${encodeURIComponent(this.#options.roomId)}/meetings/${encodeURIComponent(meeting)}/audio/${encodeURIComponent(utterance)}`;
    const response = await fetch(new URL(path, this.#options.base), {
      headers: { Authorization: `Bearer ${token}`, [DEVICE_HEADER]: this.#options.device },
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (!response.ok) throw new ServiceFailure(kindOfStatus(response.status), { errcode: "", sentence: "" });
    return response.blob();
  }

  outOfTurn(): Promise<OutOfTurnResponse> {
    return this.#call("GET", "out-of-turn", OutOfTurnResponse);
  }

  scenarios(): Promise<ScenariosResponse> {
    return this.#call("GET", "scenarios", ScenariosResponse);
  }

  agreement(): Promise<AgreementResponse> {
    return this.#call("GET", "agreement", AgreementResponse);
  }

  myText(): Promise<MyTextResponse> {
    return this.#call("GET", "my-text", MyTextResponse);
  }

  command(command: CommandRequest): Promise<MeetingResponse> {
    return this.#timed(this.#call("POST", "commands", MeetingResponse, command));
  }

  callAccess(): Promise<CallResponse> {
    return this.#call("POST", "call", CallResponse, {});
  }

  async #open(): Promise<Session> {
    const { open, confirm } = this.#options;
    this.#session = await open((proof) => this.#timed(this.#send("POST", "session", Session, { body: proof })));
    if (this.#session.confirm !== undefined) confirm?.(this.#session.confirm);
    return this.#session;
  }

  async #call<T>(method: "GET" | "POST", path: string, schema: z.ZodType<T>, body?: unknown): Promise<T> {
    const inRoom = `rooms/${encodeURIComponent(this.#options.roomId)}/${path}`;
    const { token } = await this.session();
    try {
      return await this.#send(method, inRoom, schema, { body, token });
    } catch (failure) {
      if (!(failure instanceof ServiceFailure) || failure.kind !== "unproven") throw failure;
      if (this.#session?.token === token) this.#session = null;
      return this.#send(method, inRoom, schema, { body, token: (await this.session()).token });
    }
  }

  async #send<T>(
    method: string,
    path: string,
    schema: z.ZodType<T>,
    { body, token }: { body?: unknown; token?: string },
  ): Promise<T> {
    const headers: Record<string, string> = {
      "Accept-Language": this.#options.language(),
      [DEVICE_HEADER]: this.#options.device,
    };
    if (token) headers["Authorization"] = `Bearer ${token}`;
    if (body !== undefined) headers["Content-Type"] = "application/json";
    const request: RequestInit = { method, headers, cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) };
    if (body !== undefined) request.body = JSON.stringify(body);

    const response = await fetch(new URL(path, this.#options.base), request).catch((cause: unknown) => {
      throw new ServiceFailure("away", { cause });
    });
    const answer: unknown = await response.json().catch(() => null);
    if (!response.ok) {
      const { errcode, error: sentence } = ApiError.safeParse(answer).data ?? { errcode: "", error: "" };
      throw new ServiceFailure(kindOfStatus(response.status), { errcode, sentence });
    }
    const parsed = schema.safeParse(answer);
    if (!parsed.success) throw new ServiceFailure("away", { errcode: "UNREADABLE", cause: parsed.error });
    return parsed.data;
  }

  async #timed<T extends { serverTime: number }>(request: Promise<T>): Promise<T> {
    const sentAt = this.#options.clock.local();
    const answer = await request;
    this.#options.clock.observe(answer.serverTime, sentAt);
    return answer;
  }
}
