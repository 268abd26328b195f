import type { Scenario } from "../../circle/scenario.ts";
import type { CheckScenario } from "../../circle/scenario-problem.ts";
import { translateTo } from "../../language/translate.ts";
import type { Language, RoomId } from "../../protocol/identity.ts";
import { SCENARIO_STATE } from "../../protocol/namespace.ts";
import type { Links } from "../../store/links.ts";
import type { Homeserver } from "../homeserver.ts";
import type { RoomEventOf } from "../room-event.ts";
import type { RoomFacts } from "../room-facts.ts";
import { broughtScenario, type BroughtScenarioDeps } from "../scenario-source.ts";
import { tellAlone, type TellAloneDeps } from "../tell-alone.ts";
import type { AsyncPorts } from "./context.ts";

export type AsyncPortsDeps = BroughtScenarioDeps &
  KeepScenarioDeps &
  SendLinkDeps & { readonly checkScenario: Pick<CheckScenario, "text"> };

/** The ways out of the room that a command may need: to the homeserver's media, its state, and to one person alone. */
export function asyncPortsFor(event: RoomEventOf<"m.room.message">, deps: AsyncPortsDeps): AsyncPorts {
  return {
    broughtScenario: () => broughtScenario(event, deps),
    checkScenario: deps.checkScenario.text,
    keepScenario: (id, scenario) => keepScenario(event.room_id, id, scenario, deps),
    sendLink: () => sendLink(event, deps),
    tellAlone: async (lines) => (await tellAlone(event, "help", lines, deps)) !== null,
  };
}

type KeepScenarioDeps = {
  readonly homeserver: Pick<Homeserver, "botId" | "setState">;
  readonly facts: Pick<RoomFacts, "maySetState" | "learnScenario">;
};

async function keepScenario(
  room: RoomId,
  id: string,
  scenario: Scenario | null,
  { homeserver, facts }: KeepScenarioDeps,
): Promise<boolean> {
  if (!(await facts.maySetState(room, homeserver.botId, SCENARIO_STATE))) return false;
  const content = scenario ? { scenario } : {};
  await homeserver.setState(room, SCENARIO_STATE, id, content);
  facts.learnScenario(room, id, content);
  return true;
}

type SendLinkDeps = TellAloneDeps & {
  readonly links: Pick<Links, "make" | "told">;
  readonly facts: Pick<RoomFacts, "titleOf">;
  readonly languageOf: (room: RoomId) => Language;
  readonly publicUrl: string;
  readonly now: () => number;
};

/** The link goes out at once and past the outbox: nothing of ours keeps its code but as a hash. */
async function sendLink(event: RoomEventOf<"m.room.message">, deps: SendLinkDeps): Promise<boolean> {
  const { links, facts, languageOf, publicUrl, now } = deps;
  const { room_id: room, sender: participant } = event;
  const t = translateTo(languageOf(room));
  const code = links.make({ participant, room }, now(), event.event_id);
  const parameters = new URLSearchParams({ code, roomId: room, userId: participant });
  const url = `${publicUrl}/widget/#${parameters.toString()}`;
  const lines = [t("link.message", { room: await facts.titleOf(room), url }), t("link.caution")];
  const told = await tellAlone(event, "link", lines, deps);
  if (told) links.told(code, told);
  return told !== null;
}
