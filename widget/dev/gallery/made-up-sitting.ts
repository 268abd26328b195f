import { madeUpAccount } from "../made-up-account.ts";
import { guestsIn } from "../../../tests/browser/fake-service/guests.ts";
import { ASKS } from "../../../tests/browser/fake-service/people.ts";
import type { Scene } from "../../../tests/browser/fake-service/states.ts";
import { CaptionStore } from "../../src/model/captions/caption-store.ts";
import { Call } from "../../src/model/call/call.ts";
import type { LocalCallState } from "../../src/model/call/call-state.ts";
import { GuestStore } from "../../src/model/keeper/guest-store.ts";
import { OutOfTurnStore } from "../../src/model/keeper/out-of-turn-store.ts";
import { PictureStore } from "../../src/model/pictures/picture-store.ts";
import { MeetingStore } from "../../src/model/meeting/meeting-store.ts";
import { NoticeStore } from "../../src/model/meeting/notices.ts";
import { ServerClock } from "../../src/model/service/server-clock.ts";
import { serviceClient } from "../../src/model/service/service-client.ts";
import { openRecord } from "../../src/sitting/open-record.ts";
import type { Sitting } from "../../src/sitting/sitting.tsx";
import type { RoomId } from "@mindminder/protocol/identity.ts";
import { roomId } from "../../../tests/support/protocol/ids.ts";

/** A seat in a made-up meeting: everything is drawn, and nothing is asked of anybody. */
export function madeUpSitting(
  { meeting, record, session, myDots, assembly, gathering, assemblyRecord }: Scene,
  state: Partial<LocalCallState>,
  room: RoomId,
): Sitting {
  const notices = new NoticeStore();
  const clock = new ServerClock();
  const client = serviceClient({
    base: new URL("about:blank"),
    roomId: roomId("!made-up"),
    device: "made-up-device-0",
    clock,
    language: () => "en",
    open: () => new Promise(() => undefined),
  });
  const store = new MeetingStore({ meeting, record, assembly: (assembly ?? gathering) !== undefined });
  const assemblyNow = { assembly: assembly ?? null, ...(gathering && { gathering }) };
  const captions = new CaptionStore();
  return {
    me: session.me,
    session: { token: "", expiresAt: 0, serverTime: Date.now(), language: "en", ...session },
    clock,
    store,
    notices,
    captions,
    pictures: new PictureStore(async () => null),
    guests: new GuestStore({
      client: { guests: async () => guestsIn(room), changeGuests: async () => guestsIn(room) },
      store,
      me: session.me,
      notices,
    }),
    outOfTurn: new OutOfTurnStore({ store, me: session.me, client: { outOfTurn: async () => ({ people: [] }) } }),
    ...openRecord({
      store,
      notices,
      client: Object.assign(client, {
        myPurposes: async () => ({ purposes: [] }),
        eraseMyWords: async () => ({ begun: false, text: "" }),
        myData: async () => ({ url: "https://circle.example.org/my-data" }),
        myAccount: async ({ quarter }: { quarter: string }) => madeUpAccount(quarter),
        answerPurpose: async () => ({ purposes: [] }),
        hearable: async () => ({ utterances: record?.utterances.map(({ id }) => id) ?? [], keeps: true }),
        sound: () => Promise.reject(new Error("made up")),
      }),
    }),
    call: new Call({ client, notices, captions, onMetadata: () => undefined, onLinkBack: () => undefined }, state),
    shell: null,
    nudges: null,
    browserLink: null,
    send: async () => true,
    scenarios: async () => ({ preferred: "council", scenarios: [] }),
    mine: async () => ({ text: null, dots: myDots }),
    agreement: async () => ({ shown: ASKS, agreed: null }),
    assembly: async () => ({
      assembly: async () => assemblyNow,
      assemblySeat: async () => assemblyNow,
      assemblyCommand: async () => assemblyNow,
      assemblyVoice: async () => Promise.reject(new Error("nobody speaks to all")),
      mediaKeys: async () => ({ keys: [] }),
      assemblyRecord: async () => ({ record: assemblyRecord ?? null }),
      assemblyFile: async () => ({ name: "assembly.md", mediaType: "text/markdown", content: "" }),
    }),
    join: async () => true,
    leave: async () => undefined,
    close: () => undefined,
  };
}
