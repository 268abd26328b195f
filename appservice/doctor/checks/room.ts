import { botIdOf } from "../../configuration/registration.ts";
import { Homeserver } from "../../room/homeserver.ts";
import { RoomFacts } from "../../room/room-facts.ts";
import { RoomId } from "../../protocol/identity.ts";
import { MEETING_STATE, WIDGET_ID, WIDGET_STATE } from "../../protocol/namespace.ts";
import { type Finding, inOrder, notLookedAt, problem, reasonOf, warning } from "../finding.ts";
import type { DoctorLook, Patient } from "../look.ts";
import { wallClock } from "../../time/time.ts";

export const room: DoctorLook = {
  title: "Room",
  async look(patient) {
    if (patient.room === null)
      return [
        notLookedAt(
          "No room was named.",
          "“--room '!id:server'” looks into one: the bot's power, encryption, the widget.",
        ),
      ];
    const id = RoomId.safeParse(patient.room);
    if (!id.success) {
      return [
        problem(
          `“${patient.room}” is no room's id: that begins with !. An address (#…) is not it.`,
          "Find it in Element: room settings, advanced, internal room id.",
        ),
      ];
    }
    try {
      return await findings(patient, id.data);
    } catch (error) {
      return [
        problem(
          `The room could not be read (${reasonOf(error)}).`,
          "Check its id (in Element: room settings, advanced), and that the homeserver answers.",
        ),
      ];
    }
  },
};

async function findings({ config, registration }: Patient, id: RoomId): Promise<Finding[]> {
  const botId = botIdOf(registration, config.homeserver.serverName);
  const homeserver = new Homeserver({ url: config.homeserver.url, asToken: registration.as_token, botId });
  const facts = new RoomFacts(homeserver, wallClock);
  if (!(await facts.hasBot(id))) return [problem(`${botId} is not in ${id}.`, `Invite it: /invite ${botId}`)];
  const [writes, keepsState, setsWidget, encrypted, stands] = await Promise.all([
    facts.maySend(id, botId, "m.room.message"),
    facts.maySetState(id, botId, MEETING_STATE),
    facts.maySetState(id, botId, WIDGET_STATE),
    facts.isEncrypted(id),
    homeserver.stateContent(id, WIDGET_STATE, WIDGET_ID),
  ]);
  return [
    encryptionFinding(encrypted, config.encryption.keyFile !== undefined),
    writes && keepsState
      ? inOrder("The bot may write, and may keep the circle's state.")
      : problem("The bot may not write, or not keep the circle's state.", "Make it a moderator of the room."),
    widgetFinding(setsWidget, stands, config.service.publicUrl),
  ];
}

function encryptionFinding(encrypted: boolean, hasKeys: boolean): Finding {
  if (!encrypted) return inOrder("The room is not encrypted.");
  if (hasKeys) return inOrder("The room is encrypted, and the bot has keys for such rooms.");
  return problem(
    "The room is encrypted, and the bot has no keys for such rooms.",
    "“npx --no mindminder crypto key” makes a key file (docs/admin.md), or meet in a room without encryption.",
  );
}

function widgetFinding(may: boolean, stands: unknown, publicUrl: string): Finding {
  const { url } = (stands ?? {}) as { url?: unknown };
  if (typeof url === "string" && url.startsWith(`${publicUrl}/widget/`)) return inOrder("The widget is in the room.");
  if (typeof url === "string")
    return may
      ? warning("The room's widget leads to another address than service.publicUrl.", "The next start puts it right.")
      : problem(
          "The room's widget leads to another address than service.publicUrl.",
          "Make the bot a moderator of the room: it puts that right.",
        );
  return may
    ? warning("The widget is not in the room yet.", "The service puts it there when it runs.")
    : problem(
        "The widget is not in the room, and the bot may not put it there.",
        "Make the bot a moderator of the room.",
      );
}
