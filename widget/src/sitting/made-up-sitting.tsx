import { render } from "@testing-library/react";
import { I18nextProvider } from "react-i18next";
import { vi } from "vitest";
import type { MeetingRecord } from "../../../appservice/protocol/meeting-record.ts";
import type { MeetingSnapshot } from "../../../appservice/protocol/meeting-snapshot.ts";
import { Call } from "../call/call.ts";
import type { CallState } from "../call/call-state.ts";
import { openCatalogue } from "../language/i18n.ts";
import { MeetingStore } from "../meeting/meeting-store.ts";
import { NoticeStore } from "../meeting/notices.ts";
import type { Wish } from "../meeting/send-command.ts";
import { ServerClock } from "../service/server-clock.ts";
import type { ServiceClient } from "../service/service-client.ts";
import { SittingContext, type Sitting } from "./sitting.ts";
import { SittingRoom } from "./sitting-room.tsx";

type Options = { me?: string; mayKeep?: boolean; now?: number; call?: Partial<CallState>; record?: MeetingRecord; language?: string };

/** The whole widget on a made-up meeting, with no service and no call behind it. */
export function sitDown(meeting: MeetingSnapshot | null, { me = "@ann:x", mayKeep = false, now = 1_000_000, call = { status: "in" }, record, language = "en" }: Options = {}) {
  const store = new MeetingStore({ meeting, record: record ?? null });
  const notices = new NoticeStore();
  const wishes: Wish[] = [];
  const sitting: Sitting = {
    me: { id: me, name: me, mayKeep },
    session: { token: "t", expiresAt: 0, serverTime: now, me: { id: me, name: me, mayKeep }, language: "en", callAvailable: true },
    clock: new ServerClock(() => now),
    store,
    notices,
    call: new Call({ client: {} as ServiceClient, notices, onMetadata: () => undefined }, call),
    send: async (wish) => { wishes.push(wish); return true; },
    join: vi.fn(async () => true),
    leave: vi.fn(async () => undefined),
  };
  const view = render(
    <I18nextProvider i18n={openCatalogue(language)}>
      <SittingContext value={sitting}><SittingRoom /></SittingContext>
    </I18nextProvider>,
  );
  return { ...view, store, notices, wishes, sitting };
}
