import { madeUpAccount } from "./made-up-account.ts";
import type { GatheringAssembly } from "@mindminder/protocol/assembly-gathering.ts";
import { AssemblyCommandRequest, type AssemblyMap, SeatRequest } from "@mindminder/protocol/assembly-map.ts";
import type { AssemblyRecord } from "@mindminder/protocol/assembly-record.ts";
import { NOT_RECORDED, type RecordedCall } from "@mindminder/protocol/recorded-call.ts";
import type { GuestsResponse } from "@mindminder/protocol/guests.ts";
import { GuestStore } from "../src/model/keeper/guest-store.ts";
import { configure, render } from "@testing-library/react";
import { TooltipProvider } from "@vector-im/compound-web";
import { I18nextProvider } from "react-i18next";
import { vi } from "vitest";
import type { MyTextResponse, PastMeetingResponse, ScenariosResponse } from "@mindminder/protocol/http-api.ts";
import type { MyPurpose } from "@mindminder/protocol/purposes.ts";
import type { MeetingRecord } from "@mindminder/protocol/meeting-record.ts";
import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { CaptionStore } from "../src/model/captions/caption-store.ts";
import { Call } from "../src/model/call/call.ts";
import type { LocalCallState } from "../src/model/call/call-state.ts";
import { openCatalogue } from "../src/language/open-catalogue.ts";
import { type OutOfTurnPerson, OutOfTurnStore } from "../src/model/keeper/out-of-turn-store.ts";
import { PictureStore } from "../src/model/pictures/picture-store.ts";
import { MeetingStore } from "../src/model/meeting/meeting-store.ts";
import { NoticeStore } from "../src/model/meeting/notices.ts";
import type { CommandWish } from "../src/model/meeting/send-command.ts";
import type { ExportRequest, ExportResponse } from "@mindminder/protocol/tasks-api.ts";
import type { Player } from "../src/model/sound/sound-store.ts";
import type { OpenTask } from "../src/model/record/tasks-desk.ts";
import { ServerClock } from "../src/model/service/server-clock.ts";
import type { ServiceClient } from "../src/model/service/service-client.ts";
import { SittingProvider, type Sitting } from "../src/sitting/sitting.tsx";
import { openRecord } from "../src/sitting/open-record.ts";
import { SittingRoom } from "../src/screens/sitting-room.tsx";
import type { ParticipantId } from "@mindminder/protocol/identity.ts";
import { personId } from "../../tests/support/protocol/ids.ts";

// Parts that are fetched when they are wanted take their time on a busy machine.
configure({ asyncUtilTimeout: 30_000 });

type Options = {
  me?: ParticipantId;
  mayKeep?: boolean;
  now?: number;
  call?: Partial<LocalCallState>;
  record?: MeetingRecord;
  language?: string;
  scenarios?: ScenariosResponse;
  myText?: MyTextResponse["text"];
  myDots?: MyTextResponse["dots"];
  past?: readonly PastMeetingResponse[];
  carried?: readonly OpenTask[];
  outside?: ExportResponse;
  pictureOf?: (who: string) => Promise<string | null>;
  purposes?: readonly MyPurpose[];
  hearable?: readonly string[];
  play?: Player;
  translate?: ServiceClient["translate"];
  outOfTurn?: readonly OutOfTurnPerson[];
  guests?: GuestsResponse;
  assembly?: AssemblyMap | null;
  gathering?: GatheringAssembly;
  recorded?: RecordedCall;
  /** Waits with the answer to a command to the assembly, or refuses it. */
  assemblyAnswers?: () => Promise<void>;
  assemblyRecord?: AssemblyRecord | null;
};

const SCENARIOS: ScenariosResponse = {
  preferred: "council",
  scenarios: [
    {
      id: "council",
      title: "Council",
      about: "The word goes round.",
      own: false,
      circles: 1,
      outline: [
        {
          kind: "statement",
          theme: "What about {topic}?",
          secondsPerTurn: 120,
          circleSeconds: null,
          speakers: "all",
          back: null,
        },
      ],
    },
    {
      id: "tea",
      title: "Tea",
      about: "Our own.",
      own: true,
      circles: 2,
      outline: [
        {
          kind: "silent-writing",
          theme: "Which tea?",
          secondsPerTurn: 60,
          circleSeconds: 300,
          speakers: "all",
          back: null,
        },
        {
          kind: "consent",
          theme: "Green?",
          secondsPerTurn: 30,
          circleSeconds: null,
          speakers: "all",
          back: { to: 0, atMost: 2 },
        },
      ],
    },
  ],
};

/** The whole widget on a made-up meeting, with no service and no call behind it. */
export function sitDown(
  meeting: MeetingSnapshot | null,
  {
    me = personId("@ann:x"),
    mayKeep = false,
    now = 1_000_000,
    call = { status: "in" },
    record,
    language = "en",
    scenarios,
    myText = null,
    myDots,
    past = [],
    carried,
    outside,
    pictureOf = async () => null,
    purposes = [],
    hearable = [],
    outOfTurn = [],
    guests = { mayMake: true, links: [], waiting: [], seated: [] },
    assembly = null,
    gathering,
    recorded = NOT_RECORDED,
    translate = async ({ texts }) => ({ texts: texts.map(() => null), model: null, failed: "no-model" }),
    assemblyRecord = null,
    assemblyAnswers = async () => undefined,
    play = () => ({ ended: Promise.resolve(), stop: () => {} }),
  }: Options = {},
) {
  const store = new MeetingStore({
    meeting,
    record: record ?? null,
    assembly: assembly !== null || gathering !== undefined,
    recorded,
  });
  const assemblyNow = { assembly, ...(gathering && { gathering }) };
  const notices = new NoticeStore();
  const wishes: CommandWish[] = [];
  const captions = new CaptionStore();
  const corrections: Parameters<ServiceClient["correct"]>[0][] = [];
  const asked: ExportRequest[] = [];
  const seats: SeatRequest[] = [];
  const assemblyAsked: AssemblyCommandRequest[] = [];
  const unknown = () => Promise.reject(new Error("nothing is made up of this"));
  const openedRecord = openRecord({
    store,
    notices,
    play,
    client: {
      pastMeetings: async () => ({
        meetings: past.map(({ meeting: { id, topic, startedAt, endedAt, people } }) => ({
          id,
          title: "Council",
          topic,
          startedAt: startedAt ?? 0,
          endedAt,
          people: people.map(({ name }) => name),
        })),
      }),
      pastMeeting: async ({ meeting: id }) => past.find((each) => each.meeting.id === id) ?? past[0]!,
      correct: async (request) => {
        corrections.push(request);
        return { record: store.get().record };
      },
      redo: async () => ({ record: record ? { ...record, remaking: ["x"] } : null }),
      record: async () => ({ record: store.get().record }),
      graph: async () => ({ graph: { format: 1, meetings: [], nodes: [], edges: [] } }),
      roomGraph: async () => ({ graph: { format: 1, meetings: [], nodes: [], edges: [] } }),
      roomGraphFile: async ({ format }) => ({ name: `room.${format}`, mediaType: "text/plain", content: "" }),
      recordFile: async ({ meeting: id, format }) => ({
        name: `${id}.${format}`,
        mediaType: "text/plain",
        content: "",
      }),
      openTasks: async () => (carried ? { tasks: [...carried] } : unknown()),
      tasksOutside: async () => outside ?? unknown(),
      sendTasks: async (request) => {
        asked.push(request);
        return "use" in request ? { ...outside!, chosen: request.use } : outside!;
      },
      myPurposes: async () => ({ purposes: [...purposes] }),
      eraseMyWords: async ({ sure }: { readonly sure: boolean }) => ({
        begun: sure,
        text: sure ? "Being erased." : "All of it, for good.",
      }),
      myData: async () => ({ url: "https://circle.example.org/my-data" }),
      myAccount: async ({ quarter }) => madeUpAccount(quarter),
      answerPurpose: async ({ purpose, given }) => ({
        purposes: purposes.map((each) => (each.purpose === purpose ? { ...each, given } : each)),
      }),
      translate,
      hearable: async () => ({ utterances: [...hearable], keeps: true }),
      sound: async ({ utterance }) => new Blob([], { type: utterance }),
    },
  });
  const sitting: Sitting = {
    me: { id: me, name: me, mayKeep },
    session: {
      token: "t",
      expiresAt: 0,
      serverTime: now,
      me: { id: me, name: me, mayKeep },
      language: "en",
      callAvailable: true,
      hasScribe: true,
      botMayWrite: true,
    },
    clock: new ServerClock(() => now),
    store,
    notices,
    captions,
    pictures: new PictureStore(pictureOf),
    ...openedRecord,
    guests: new GuestStore({
      store,
      notices,
      me: { id: me, name: me, mayKeep },
      client: {
        guests: async () => guests,
        changeGuests: async () => guests,
      },
    }),
    outOfTurn: new OutOfTurnStore({
      store,
      me: { id: me, name: me, mayKeep },
      client: { outOfTurn: async () => ({ people: [...outOfTurn] }) },
    }),
    call: new Call(
      { client: {} as ServiceClient, notices, captions, onMetadata: () => undefined, onLinkBack: () => undefined },
      call,
    ),
    shell: null,
    nudges: null,
    browserLink: null,
    send: async (wish) => {
      wishes.push(wish);
      return true;
    },
    scenarios: async () => scenarios ?? SCENARIOS,
    mine: async () => ({ text: myText, dots: myDots }),
    agreement: async () => ({ shown: null, agreed: null }),
    assembly: async () => ({
      assembly: async () => assemblyNow,
      assemblySeat: async (seat) => {
        seats.push(SeatRequest.parse(seat));
        return assemblyNow;
      },
      assemblyCommand: async (command) => {
        assemblyAsked.push(AssemblyCommandRequest.parse(command));
        await assemblyAnswers();
        return assemblyNow;
      },
      assemblyVoice: async () => Promise.reject(new Error("nobody speaks to all")),
      mediaKeys: async () => ({ keys: [] }),
      assemblyRecord: async () => ({ record: assemblyRecord }),
      assemblyFile: async () => ({ name: "assembly.md", mediaType: "text/markdown", content: "" }),
    }),
    join: vi.fn(async () => true),
    leave: vi.fn(async () => undefined),
    close: () => undefined,
  };
  const view = render(
    <I18nextProvider i18n={openCatalogue(language)}>
      <TooltipProvider>
        <SittingProvider sitting={sitting}>
          <SittingRoom />
        </SittingProvider>
      </TooltipProvider>
    </I18nextProvider>,
  );
  return { ...view, store, notices, wishes, corrections, asked, seats, assemblyAsked, sitting };
}
