import type { Elsewhere } from "../elsewhere/elsewhere.ts";
import type { Jobs } from "../elsewhere/jobs.ts";
import { giveAvatar } from "../room/avatar.ts";
import { catchUp } from "../room/catch-up.ts";
import type { Facilitator } from "../room/facilitator.ts";
import { registerBot } from "../room/register-bot.ts";
import { tellLostAssemblies } from "../room/lost-assembly.ts";
import { recoverLostMeetings } from "../room/recover-from-room.ts";
import type { RoomId } from "../protocol/identity.ts";
import type { Encryption } from "./encryption.ts";
import type { Ground } from "./ground.ts";
import type { Rooms } from "./rooms.ts";
import type { Truth } from "./truth.ts";

type ArrivalDeps = Ground &
  Pick<Truth, "stores" | "meetings" | "assemblies" | "heardOfAt"> &
  Pick<Rooms, "homeserver" | "botId" | "recovery" | "sight" | "tellLostAssembly"> & {
    readonly elsewhere: Elsewhere<Jobs>;
    readonly facilitator: Facilitator;
    readonly retention: (rooms: ReturnType<Truth["stores"]["journal"]["rooms"]>) => void;
    readonly signal: AbortSignal;
    readonly encryption: Encryption | null;
    /** The homeserver knows us, and sends us what happens. */
    readonly onSettled: () => void;
  };

/** Makes itself known to the homeserver, then looks at what happened in the rooms while the service was away. */
export async function arrive(deps: ArrivalDeps): Promise<void> {
  const { loaded, log, own, homeserver, stores, meetings, recovery, elsewhere, facilitator, sight, botId, signal } =
    deps;
  const { config, registration } = loaded;
  // A bot without an account may have no devices: asked for before that, it would seem to be refused them for good.
  const onRegistered = () => deps.encryption?.start();
  if (!(await registerBot({ homeserver, registration, log, signal, onRegistered }))) return;
  deps.onSettled();
  if (config.homeserver.botPicture)
    void giveAvatar({ homeserver, draw: (svg) => elsewhere.run("png", [svg], { room: botId }), log });
  const isOurs = (room: RoomId) => own.has(room);
  await recoverLostMeetings({ ...recovery, isOurs, signal });
  await tellLostAssemblies({ ...recovery, assemblies: deps.assemblies, isOurs, tell: deps.tellLostAssembly, signal });
  const rooms = stores.journal.rooms();
  deps.retention(rooms);
  await catchUp(rooms, deps.heardOfAt, {
    homeserver,
    meetings,
    receive: (events) => facilitator.receive(events),
    log,
    signal,
  });
  for (const room of rooms) if (!signal.aborted) await sight.readBack(room);
}
