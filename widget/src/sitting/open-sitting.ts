import type { AgreementRequest } from "@mindminder/protocol/agreement.ts";
import type { Host } from "../model/host/host.ts";
import { openSession } from "../model/host/open-session.ts";
import { CaptionStore } from "../model/captions/caption-store.ts";
import { Call } from "../model/call/call.ts";
import { stayAwake } from "../model/call/stay-awake.ts";
import { GuestStore } from "../model/keeper/guest-store.ts";
import { OutOfTurnStore } from "../model/keeper/out-of-turn-store.ts";
import type { NudgeClient } from "../model/nudges/nudges.ts";
import { PictureStore } from "../model/pictures/picture-store.ts";
import { followMeeting } from "../model/meeting/follow-meeting.ts";
import { isOfRing, MeetingStore } from "../model/meeting/meeting-store.ts";
import { NoticeStore } from "../model/meeting/notices.ts";
import { rightsOf, type Me } from "../model/meeting/rights.ts";
import { commandSender } from "../model/meeting/send-command.ts";
import { ServerClock } from "../model/service/server-clock.ts";
import { deviceOfTab } from "../model/service/device.ts";
import { serviceClient } from "../model/service/service-client.ts";
import { catchUp } from "./catch-up.ts";
import { followRole } from "./follow-role.ts";
import { openRecord } from "./open-record.ts";
import type { Sitting } from "./sitting.tsx";

type Options = { readonly host: Host; readonly base: URL; readonly language: () => string };

/** Proves who we are, then connects the parts: what the service, the call and the room say flows into one store. */
export async function openSitting({ host, base, language }: Options): Promise<Sitting> {
  const clock = new ServerClock();
  const store = new MeetingStore();
  const notices = new NoticeStore();
  const client = serviceClient({
    base,
    roomId: host.parameters.roomId,
    device: deviceOfTab(),
    clock,
    language,
    open: (send, refused) => openSession(host, send, refused),
    confirm: host.confirmSignIn?.bind(host),
  });
  const session = await client.session();
  const me: Me = session.me;

  const send = commandSender({ client, store, notices });
  const captions = new CaptionStore();
  const pictures = new PictureStore(async (who) => (await client.picture({ person: who })).picture);
  const call: Call = new Call({
    client,
    notices,
    captions,
    onMetadata: (metadata) => store.fromCall(metadata),
    onLinkBack: () => void catchUp({ client, store, call, me }).catch(() => undefined),
    held: host.held ?? null,
  });
  host.observeMeetingState?.((content) => store.fromRoom(content));
  const guests = new GuestStore({ client, store, notices, me });
  const unfollow = followMeeting({ client, store, inCall: () => call.get().status === "in" });
  followFloor({ store, call, me, notices });
  followRole({ store, call, me, notices });
  stayOnScreen({ host, call, notices });
  stayAwake(call);
  // Wanted in the call alone, which takes its time.
  void import("../model/call/media-session.ts")
    .then(({ showOnLockedScreen }) => showOnLockedScreen(call, "Mindminder"))
    .catch(() => undefined);
  confirmClosing({ host, store, me });
  const takeSeat = seatTaker({ store, me, send });
  store.subscribe(() => {
    if (call.get().status === "in") void takeSeat();
  });

  return {
    me,
    session,
    clock,
    store,
    call,
    captions,
    ...openRecord({ client, store, notices }),
    pictures,
    outOfTurn: new OutOfTurnStore({ client, store, me }),
    guests,
    notices,
    send,
    shell: host.shell ?? null,
    nudges: nudgesFor(host, client),
    browserLink: host.shell ? async () => (await client.myLink()).url : null,
    close() {
      unfollow();
      guests.close();
    },
    scenarios: () => client.scenarios(),
    mine: () => client.myText(),
    agreement: () => client.agreement(),
    assembly: async () => (await import("../model/assembly/assembly-client.ts")).assemblyClient(client),
    async join(devices, agreement) {
      const joined = !session.callAvailable || (await call.join(devices));
      if (joined) await takeSeat({ wished: true, agreement });
      return joined;
    },
    async leave() {
      await Promise.all([send({ type: "leave" }, { quiet: true }), call.leave()]);
    },
  };
}

/** Pages of their own have nudges. What renews them is fetched when the ring stands. */
function nudgesFor({ issuer }: Pick<Host, "issuer">, client: NudgeClient): NudgeClient | null {
  if (issuer !== "link" && issuer !== "guest") return null;
  void import("../model/nudges/nudges.ts").then(({ renewNudges }) => renewNudges(client)).catch(() => undefined);
  return client;
}

type Parts = { readonly store: MeetingStore; readonly call: Call; readonly me: Me };

/**
 * A microphone that its owner opened on the open floor closes when the circle begins, and the speaker's when their turn
 * is over, also where the floor is open after it; so does a screen that they show. The server closes it too; this only
 * spares the moment until then. It never opens one.
 */
function followFloor({ store, call, me, notices }: Parts & { readonly notices: NoticeStore }): void {
  let before = { may: true, hadWord: false };
  store.subscribe(() => {
    const { meeting } = store.get();
    const { floorOpen, hasWord } = rightsOf(meeting, me);
    const now = { may: floorOpen || (hasWord && !meeting?.paused), hadWord: hasWord };
    const turnOver = before.hadWord && !hasWord;
    const closes = (before.may && !now.may) || turnOver;
    before = now;
    if (!closes) return;
    call.setMicrophone(false).catch(() => undefined);
    if (call.get().screen === "on") call.setScreen(false).catch(() => undefined);
    if (turnOver && floorOpen && call.get().microphone !== "none") notices.show({ key: "microphoneClosed" });
  });
}

/**
 * The client keeps the widget in sight for as long as the person is in the call, and no longer, however that ends.
 * Where it may not, the person is told once what that means.
 */
function stayOnScreen({
  host,
  call,
  notices,
}: {
  host: Pick<Host, "stayOnScreen">;
  call: Call;
  notices: NoticeStore;
}): void {
  let wanted = false;
  let told = false;
  call.subscribe(() => {
    const { status } = call.get();
    const inCall = status === "in" || status === "reconnecting";
    if (inCall === wanted) return;
    wanted = inCall;
    host
      .stayOnScreen?.(wanted)
      .catch(refused)
      .then((stays) => {
        if (stays || !wanted || told) return;
        told = true;
        notices.show({ key: "leavesWithRoom" });
      });
  });

  function refused(failure: unknown): false {
    console.info("The client does not keep the widget on the screen.", failure);
    return false;
  }
}

/** A careless hand does not take away the page of whoever has the word. */
function confirmClosing({ host, store, me }: { host: Pick<Host, "shell">; store: MeetingStore; me: Me }): void {
  let asks = false;
  store.subscribe(() => {
    const { hasWord } = rightsOf(store.get().meeting, me);
    if (hasWord === asks) return;
    asks = hasWord;
    host.shell?.shell.confirmClosing(asks);
  });
}

/**
 * Seats those who are in the call, also when a meeting begins later. Asked for once a meeting, so that leaving it is
 * respected, unless the person wishes it; and once at a time: what comes in while the answer is under way may not know
 * of it yet.
 */
function seatTaker({
  store,
  me,
  send,
}: Pick<Sitting, "store" | "me" | "send">): (why?: {
  wished: boolean;
  agreement?: AgreementRequest | undefined;
}) => Promise<void> {
  const asked = new Set<string>();
  let asking = false;
  return async ({ wished, agreement } = { wished: false }) => {
    const { meeting } = store.get();
    const { takesPart } = rightsOf(meeting, me);
    // A person who sits and is taken out later takes a seat again by their own wish alone.
    if (meeting && takesPart) asked.add(meeting.id);
    if (takesPart && agreement) await send({ type: "agree", ...agreement });
    // Seats in a ring are its assembly's to give: whoever listens there is not to be seated.
    if (asking || meeting?.phase === "ended" || takesPart || isOfRing(store.get())) return;
    if (meeting && asked.has(meeting.id) && !wished) return;
    asking = true;
    const seated = agreement && (await send({ type: "join", agreement }, { quiet: true }));
    // The question may have changed meanwhile, so that their answer is refused: then they sit down first, and are asked
    // there.
    if (!seated) await send({ type: "join" }, { quiet: true });
    asking = false;
    const joined = store.get().meeting;
    if (joined) asked.add(joined.id);
  };
}
