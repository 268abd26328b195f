import { AccessToken, RoomServiceClient, ServerError } from "livekit-server-sdk";
import { askLiveKit } from "../../call/ask-livekit.ts";
import { clocksDiffer } from "../../call/reach.ts";
import { livekitConnection, type LiveKitConnection } from "../../call/options.ts";
import { Room } from "../../call/rtc.ts";
import { type Finding, inOrder, notLookedAt, problem, reasonOf, warning } from "../finding.ts";
import type { DoctorLook, Patient } from "../look.ts";
import { turnFindings } from "./turn.ts";
import { withoutEnd } from "../../protocol/without-end.ts";
import { randomBytes } from "../../time/chance.ts";
import { timeLimit } from "../../time/time.ts";

const CONNECT_WITHIN_MS = 20_000;
const WEBHOOK_WITHIN_MS = 4_000;
const VISITOR = "doctor";

export const livekit: DoctorLook = {
  title: "LiveKit",
  async look(patient) {
    let connection: LiveKitConnection;
    try {
      connection = livekitConnection(patient.config.livekit, patient.folder);
    } catch (error) {
      return [
        problem(`${error instanceof Error ? error.message : String(error)}.`, "Name files that the service may read."),
      ];
    }
    const { internalUrl, apiKey, apiSecret } = connection;
    const api = new RoomServiceClient(internalUrl, apiKey, apiSecret, { requestTimeout: 8, failover: false });
    const refused = await api.listRooms().then(
      () => null,
      (error: unknown) => error,
    );
    if (refused) return [await unusable(refused, connection)];
    const address = inOrder(`LiveKit answers at ${internalUrl} and takes our key.`);
    const name = `mindminder-doctor-${randomBytes(6).toString("hex")}`;
    try {
      return [address, ...(await visit(patient, connection, api, name))];
    } finally {
      await api.deleteRoom(name).catch(() => {}); // it ends by itself soon
    }
  },
};

async function unusable(error: unknown, connection: LiveKitConnection): Promise<Finding> {
  const status = error instanceof ServerError ? error.status : undefined;
  if (status === 401 || status === 403) {
    const { away } = await askLiveKit(connection)();
    if (away?.why === "refuses" && clocksDiffer(away))
      return problem(
        `LiveKit refuses us: its clock is ${Math.round((away.apartMs ?? 0) / 1_000)} s from ours.`,
        "Set both by NTP.",
      );
    return problem(
      "LiveKit refuses our key.",
      "livekit.apiKey and apiSecret must be a pair from “keys” in LiveKit's configuration.",
    );
  }
  return problem(
    `LiveKit does not answer at ${connection.internalUrl} (${status ? `status ${status}` : reasonOf(error)}).`,
    "Start it, or mend livekit.internalUrl (or livekit.url).",
  );
}

/** Goes into a call as people's clients do: by its websocket, then by what carries the voices. */
async function visit(
  patient: Patient,
  connection: LiveKitConnection,
  api: RoomServiceClient,
  name: string,
): Promise<Finding[]> {
  const hasCome = await patient.own.expectWebhook();
  await api.createRoom({ name, emptyTimeout: 15, departureTimeout: 5 });
  const call = new Room();
  try {
    const finding = await connect(call, connection, name);
    if (finding.state === "problem") return [finding];
    const further = await Promise.all([turn(connection, name), remoteUnmute(api, name), webhook(patient, hasCome)]);
    return [finding, ...further.flat()];
  } finally {
    await call.disconnect().catch(() => {});
  }
}

async function tokenFor({ apiKey, apiSecret }: LiveKitConnection, identity: string, room: string): Promise<string> {
  const access = new AccessToken(apiKey, apiSecret, { identity, ttl: 120 });
  access.addGrant({
    roomJoin: true,
    room,
    hidden: true,
    canPublish: false,
    canSubscribe: false,
    canPublishData: false,
  });
  return access.toJwt();
}

async function turn(connection: LiveKitConnection, room: string): Promise<readonly Finding[]> {
  try {
    return await turnFindings(
      `${withoutEnd(connection.url, /\//)}/rtc?protocol=15&auto_subscribe=0`,
      await tokenFor(connection, `${VISITOR}-listens`, room),
    );
  } catch (error) {
    return [notLookedAt(`Whether TURN is reached could not be seen (${reasonOf(error)}).`)];
  }
}

async function connect(call: InstanceType<typeof Room>, connection: LiveKitConnection, room: string): Promise<Finding> {
  const { url } = connection;
  const late = timeLimit(CONNECT_WITHIN_MS);
  const tooLate = new Promise<never>((_, reject) =>
    late.addEventListener("abort", () => reject(late.reason as Error), { once: true }),
  );
  try {
    await Promise.race([
      call.connect(url, await tokenFor(connection, VISITOR, room), { autoSubscribe: false, dynacast: false }),
      tooLate,
    ]);
    const said = `A client on this machine comes into a call by ${url}`;
    if ((await transportOf(call)) === "tcp") {
      return warning(
        `${said}, but its voices by TCP alone: they falter wherever a packet is lost.`,
        "Open LiveKit's UDP port (rtc.udp_port) in the firewall, and set rtc.use_external_ip or rtc.node_ip to where it is reached.",
      );
    }
    return inOrder(`${said}; whether people's networks let voices through, only their own clients can tell.`);
  } catch (error) {
    const signal =
      /signal|websocket|ws |dns|refused|certificate|tls/i.test(String(error)) &&
      !/pc connection|timed out|timeout/i.test(String(error));
    return signal
      ? problem(
          `No websocket to LiveKit at ${url}.`,
          "Mend livekit.url; the proxy in front must let websockets through to LiveKit's port.",
        )
      : problem(
          `A client reaches LiveKit at ${url}, but no voice would come through.`,
          "Open LiveKit's media ports (rtc.udp_port, rtc.tcp_port) and set rtc.use_external_ip or rtc.node_ip; people behind strict firewalls need TURN (turn.enabled).",
        );
  }
}

/** Protocol that carries the voices, udp or tcp; null where the client does not say. */
async function transportOf(call: InstanceType<typeof Room>): Promise<string | null> {
  const stats = (await call.getRtcStats().catch(() => null))?.publisherStats.map((each) => each.stats) ?? [];
  const chosen = stats.flatMap((each) =>
    each.case === "transport" ? [each.value.transport?.selectedCandidatePairId] : [],
  )[0];
  const remote = stats.flatMap((each) =>
    each.case === "candidatePair" && each.value.rtc?.id === chosen ? [each.value.candidatePair?.remoteCandidateId] : [],
  )[0];
  return (
    stats.flatMap((each) =>
      each.case === "remoteCandidate" && each.value.rtc?.id === remote ? [each.value.candidate?.protocol] : [],
    )[0] ?? null
  );
}

/** LiveKit refuses before it looks for the track, so one that is not there will do. */
async function remoteUnmute(api: RoomServiceClient, room: string): Promise<Finding> {
  try {
    await api.mutePublishedTrack(room, VISITOR, "TR_none", false);
  } catch (error) {
    if (/unmute/i.test(String(error))) {
      return problem(
        "LiveKit does not let the facilitator open the speaker's microphone.",
        "Set room.enable_remote_unmute: true in LiveKit's configuration and restart it.",
      );
    }
  }
  return inOrder("The facilitator may open the speaker's microphone.");
}

async function webhook({ own }: Patient, hasCome: (withinMs: number) => Promise<boolean>): Promise<Finding> {
  if (own.kind === "port-taken")
    return notLookedAt("Whether LiveKit's webhooks arrive cannot be seen while the service's port is taken.");
  if (await hasCome(WEBHOOK_WITHIN_MS)) return inOrder("LiveKit's webhooks arrive.");
  return warning(
    "No webhook of LiveKit came: who drops out of a call is noticed late.",
    'In LiveKit\'s configuration: webhook: { api_key: YOUR_KEY, urls: ["http://THIS-SERVICE/livekit/webhook"] }, with the key that livekit.apiKey names.',
  );
}
