import type { Scenario } from "../../circle/scenario.ts";
import type { CheckScenario } from "../../circle/scenario-problem.ts";
import { translateTo } from "../../language/translate.ts";
import type { Actor } from "../../protocol/actor.ts";
import type { GuestLinkWish } from "../../protocol/guests.ts";
import type { Language, ParticipantId, RoomId } from "../../protocol/identity.ts";
import { SCENARIO_STATE } from "../../protocol/namespace.ts";
import type { OwnDataDesk } from "../../own-data/own-data.ts";
import type { Links } from "../../store/links.ts";
import type { AccountsPort } from "../accounts-port.ts";
import type { Homeserver } from "../homeserver.ts";
import type { RoomEventOf } from "../room-event.ts";
import type { RoomFacts } from "../room-facts.ts";
import { broughtScenario, type BroughtScenarioDeps } from "../scenario-source.ts";
import { tellAlone, type TellAloneDeps } from "../tell-alone.ts";
import type { AsyncPorts, TelegramAccountsPort, TelegramChatPort } from "./context.ts";

export type AsyncPortsDeps = BroughtScenarioDeps &
  KeepScenarioDeps &
  SendLinkDeps &
  SendOwnDataDeps &
  SendGuestLinkDeps &
  OwnAccountDeps & {
    readonly checkScenario: Pick<CheckScenario, "text">;
    readonly telegramAccounts: TelegramAccounts | null;
    readonly telegramChatOf: (room: RoomId, by: ParticipantId) => TelegramChatPort | null;
  };

/** The ways out of the room that a command may need: to the homeserver's media, its state, and to one person alone. */
export function asyncPortsFor(event: RoomEventOf<"m.room.message">, actor: Actor, deps: AsyncPortsDeps): AsyncPorts {
  const { room_id: room, event_id: asked } = event;
  return {
    ownAccount: (quarter) => deps.accounts.of(room, actor.id, quarter),
    showPot: (wish) => deps.accounts.showPot(room, wish, actor, asked),
    objectToPot: () => deps.accounts.objectToPot(room, actor),
    roomTitle: () => deps.facts.titleOf(room),
    broughtScenario: () => broughtScenario(event, deps),
    checkScenario: deps.checkScenario.text,
    keepScenario: (id, scenario) => keepScenario(event.room_id, id, scenario, deps),
    sendLink: () => sendLink(event, deps),
    sendOwnData: () => sendOwnData(event, deps),
    sendGuestLink: (wish) => sendGuestLink(event, wish, deps),
    closeGuestLinks: () => deps.guests.closeLinks(event.room_id),
    telegramAccounts: deps.telegramAccounts && telegramAccounts(event, deps.telegramAccounts, deps),
    telegramChat: deps.telegramChatOf(event.room_id, event.sender),
    tellAlone: async (lines) => (await tellAlone(event, "help", lines, deps)) !== null,
  };
}

type OwnAccountDeps = { readonly accounts: AccountsPort; readonly facts: Pick<RoomFacts, "titleOf"> };

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

/** Links for guests, as the room's commands and signs use them. */
export type GuestLinksPort = {
  readonly makeLink: (room: RoomId, by: ParticipantId, wish: GuestLinkWish, asked: string) => string | null;
  readonly closeLinks: (room: RoomId) => number;
};

type SendGuestLinkDeps = TellAloneDeps & {
  readonly guests: GuestLinksPort;
  readonly facts: Pick<RoomFacts, "titleOf">;
  readonly languageOf: (room: RoomId) => Language;
};

async function sendGuestLink(
  event: RoomEventOf<"m.room.message">,
  wish: GuestLinkWish,
  { guests, facts, languageOf, ...deps }: SendGuestLinkDeps,
): Promise<"sent" | "refused" | "full"> {
  const { room_id: room, sender, event_id: asked } = event;
  const url = guests.makeLink(room, sender, wish, asked);
  if (url === null) return "full";
  const t = translateTo(languageOf(room));
  const how = t(wish.once ? "guests.link.once" : "guests.link.always");
  const lines = [
    t("guests.link.message", { room: await facts.titleOf(room), url }),
    `${how} ${t(wish.lobby ? "guests.link.lobby" : "guests.link.open")} ${t("guests.link.places", { count: wish.places })}`,
  ];
  return (await tellAlone(event, "guests", lines, deps)) ? "sent" : "refused";
}

/**
 * Accounts of Telegram and the codes that join them to people, as the commands use them; `bot`: whom one writes to
 * there.
 */
export type TelegramAccounts = {
  readonly bot: string;
  readonly offer: (who: ParticipantId) => string;
  readonly decide: (who: ParticipantId, yes: boolean) => { readonly name: string } | null;
  readonly part: (who: ParticipantId) => number;
};

function telegramAccounts(
  event: RoomEventOf<"m.room.message">,
  { bot, offer, decide, part }: TelegramAccounts,
  { languageOf, ...deps }: TellAloneDeps & Pick<SendGuestLinkDeps, "languageOf">,
): TelegramAccountsPort {
  const { room_id: room, sender } = event;
  return {
    sendCode: async () => {
      const t = translateTo(languageOf(room));
      const lines = [t("telegram.link.code", { bot, code: offer(sender) }), t("telegram.link.caution")];
      return (await tellAlone(event, "telegram-code", lines, deps)) !== null;
    },
    decide: (yes) => decide(sender, yes)?.name ?? null,
    part: () => part(sender),
  };
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

type SendOwnDataDeps = TellAloneDeps & {
  readonly ownData: Pick<OwnDataDesk, "addressFor">;
  readonly facts: Pick<RoomFacts, "titleOf">;
  readonly languageOf: (room: RoomId) => Language;
};

async function sendOwnData(event: RoomEventOf<"m.room.message">, deps: SendOwnDataDeps): Promise<boolean> {
  const { ownData, facts, languageOf } = deps;
  const { room_id: room, sender: who } = event;
  const language = languageOf(room);
  const url = ownData.addressFor({ who, room, language }, "chat");
  const line = translateTo(language)("own-data.message", { room: await facts.titleOf(room), url });
  return (await tellAlone(event, "own-data", [line], deps)) !== null;
}
