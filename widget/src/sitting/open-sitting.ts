import type { Host } from "../host/host.ts";
import { Call } from "../call/call.ts";
import { followMeeting } from "../meeting/follow-meeting.ts";
import { MeetingStore } from "../meeting/meeting-store.ts";
import { NoticeStore } from "../meeting/notices.ts";
import { rightsOf, type Me } from "../meeting/rights.ts";
import { commandSender } from "../meeting/send-command.ts";
import { ServerClock } from "../service/server-clock.ts";
import { ServiceClient } from "../service/service-client.ts";
import type { Sitting } from "./sitting.ts";

type Options = { readonly host: Host; readonly base: URL; readonly language: () => string };

/** Proves who we are, then connects the parts: what the service, the call and the room say flows into one store. */
export async function openSitting({ host, base, language }: Options): Promise<Sitting> {
  const clock = new ServerClock();
  const store = new MeetingStore();
  const notices = new NoticeStore();
  const client = new ServiceClient({ base, roomId: host.parameters.roomId, clock, language, prove: () => host.getOpenIdToken(), byLink: host.openSession?.bind(host) });
  const session = await client.session();
  const me: Me = session.me;

  const send = commandSender({ client, store, notices });
  const call = new Call({ client, notices, onMetadata: (metadata) => store.fromCall(metadata) });
  host.observeMeetingState?.((content) => store.fromRoom(content));
  followMeeting({ client, store, inCall: () => call.get().status === "in" });
  followFloor({ store, call, me });
  seatOnceInCall({ store, call, me, send });

  return {
    me, session, clock, store, call, notices, send,
    async join(devices) {
      const joined = !session.callAvailable || (await call.join(devices));
      if (joined && mayTakeSeat(store, me)) await send({ type: "join" }, { quiet: true });
      if (joined) host.setAlwaysOnScreen?.(true).catch(() => undefined);
      return joined;
    },
    async leave() {
      host.setAlwaysOnScreen?.(false).catch(() => undefined);
      await Promise.all([send({ type: "leave" }, { quiet: true }), call.leave()]);
    },
  };
}

type Parts = { readonly store: MeetingStore; readonly call: Call; readonly me: Me };

/**
 * A microphone that its owner opened on the open floor closes when the circle begins, and the speaker's when the word
 * goes on. The server closes it too; this only spares the moment until then. It never opens one.
 */
function followFloor({ store, call, me }: Parts): void {
  let mayBeHeard = true;
  store.subscribe(() => {
    const { meeting } = store.get();
    const { floorOpen, hasWord } = rightsOf(meeting, me);
    const may = floorOpen || (hasWord && !meeting?.paused);
    if (mayBeHeard && !may) call.setMicrophone(false).catch(() => undefined);
    mayBeHeard = may;
  });
}

/** Who is in the call when a meeting begins sits in its circle; asked for once a meeting, so that leaving it is respected. */
function seatOnceInCall({ store, call, me, send }: Parts & { send: Sitting["send"] }): void {
  const asked = new Set<string>();
  store.subscribe(() => {
    const { meeting } = store.get();
    if (!meeting || call.get().status !== "in" || !mayTakeSeat(store, me) || asked.has(meeting.id)) return;
    asked.add(meeting.id);
    void send({ type: "join" }, { quiet: true });
  });
}

function mayTakeSeat(store: MeetingStore, me: Me): boolean {
  const { meeting } = store.get();
  return meeting?.phase !== "ended" && !rightsOf(meeting, me).takesPart;
}
