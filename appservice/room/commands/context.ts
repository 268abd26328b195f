import type { Assembly } from "../../assembly/assembly.ts";
import type { AssemblyRequest } from "../../assembly/command.ts";
import type { AssemblyScenario } from "../../assembly/scenario.ts";
import type { PersonRequest } from "../../circle/command.ts";
import type { Scenario } from "../../circle/scenario.ts";
import type { CheckedScenario } from "../../circle/scenario-problem.ts";
import type { LiveMeeting } from "../../journal/live-meeting.ts";
import type { CommandName } from "../../language/command-words.ts";
import type { Translate } from "../../language/translate.ts";
import type { AccountResponse, Quarter } from "../../protocol/account.ts";
import type { Actor } from "../../protocol/actor.ts";
import type { GuestLinkWish } from "../../protocol/guests.ts";
import type { Language, ParticipantId, SpeechLanguage } from "../../protocol/identity.ts";
import type { MinutesResult } from "../../protocol/meeting-record.ts";
import type { Pot, PotTold, PotWish } from "../../protocol/pot.ts";
import type { MyPurpose, PurposeRequest } from "../../protocol/purposes.ts";
import type { Refusal } from "../../protocol/refusal.ts";
import { may, type Right } from "../../protocol/rights.ts";
import type { SummaryTemplate } from "../../protocol/summary-template.ts";
import type { Line } from "../messages/message.ts";
import type { ScenarioChoice } from "../room-scenarios.ts";
import type { Brought } from "../scenario-source.ts";

/**
 * Context of the commands that happen at once: what they may know and do, each part a port of its own. There is no
 * Matrix in it. A command takes the ports that it names (`Uses`), and a test of one gives it no more.
 */
export type CommandContext = {
  readonly actor: Actor;
  readonly t: Translate;
  readonly language: Language;
  readonly now: number;
  /** Chance, for lots. */
  readonly seed: number;
  readonly live: LiveMeeting | null;
  readonly scenarios: ScenarioChoice;
  /** All commands, as the help lists them. */
  readonly commands: readonly ListedCommand[];
  /** Text behind the command's name, as it was typed. */
  readonly rest: string;
  /** The event in which it was typed. */
  readonly message: string;
  readonly nameOf: (id: ParticipantId) => string;
  readonly ask: (what: PersonRequest) => Refusal | null;
  readonly assembly: AssemblyPort;
  /** Ends all that is open in the name of whoever asks. */
  readonly signOut: () => void;
  /** Closes all microphones once, where the floor is open. */
  readonly muteAll: () => Refusal | null;
  /** Makes the minutes of the room's last meeting anew; null: all of them. */
  readonly redoMinutes: (forms: readonly MinutesResult["form"][] | null) => Refusal | null;
  /** Reads words as a correction of the message that the command answers, and makes it. */
  readonly correctRepliedTo: (words: string) => ReplyCorrected;
  /** Purposes for which the person's words and sound in the room may be used, as they stand. */
  readonly myPurposes: () => MyPurpose[];
  readonly answerPurpose: (answer: Required<PurposeRequest>) => Refusal | null;
  /** Erases all that the person said and wrote in the room, for good. */
  readonly eraseOwnWords: () => void;
  readonly tasks: RoomTasks;
  readonly chooseLanguage: (language: Language) => void;
  readonly chooseScenario: (id: string) => void;
  readonly chooseSummaryTemplate: (template: SummaryTemplate | null) => void;
  readonly chooseVocabulary: (words: readonly string[]) => void;
  readonly chooseSpeechLanguage: (language: SpeechLanguage) => void;
  /** Form of summaries that the room wants; null: as the plugins write them. */
  readonly summaryTemplate: SummaryTemplate | null;
  /** Words of the room that speech recognition should know. */
  readonly vocabulary: readonly string[];
};

/** Ports that only an async command has: all that takes its time. */
export type AsyncPorts = {
  readonly broughtScenario: () => Promise<Brought>;
  readonly checkScenario: (yaml: string) => CheckedScenario;
  /** Keeps a scenario in the room, or takes it away. False where the bot lacks the power. */
  readonly keepScenario: (id: string, scenario: Scenario | null) => Promise<boolean>;
  /** Sends the address of all that is kept of the person here; false likewise. */
  readonly sendOwnData: () => Promise<boolean>;
  /** Sends a personal link. False where the person's homeserver does not let the bot write to them. */
  readonly sendLink: () => Promise<boolean>;
  /**
   * Makes a link for guests and sends it to the person alone. `refused`: their homeserver does not let the bot write to
   * them; `full`: the room has as many links as it may have.
   */
  readonly sendGuestLink: (wish: GuestLinkWish) => Promise<"sent" | "refused" | "full">;
  /** Takes all links for guests back. Returns how many there were. */
  readonly closeGuestLinks: () => number;
  /** The statement of one's own account; null quarter: the present one. */
  readonly ownAccount: (quarter: Quarter | null) => Promise<AccountResponse>;
  readonly showPot: (wish: PotWish) => Promise<PotTold | Refusal>;
  readonly objectToPot: () => Promise<Pot | Refusal>;
  /** Title of the room, for words that are read outside it. */
  readonly roomTitle: () => Promise<string>;
  /** Accounts of Telegram that are, or become, the person's own; null where the service has no door to Telegram. */
  readonly telegramAccounts: TelegramAccountsPort | null;
  /** Chat in Telegram that belongs to the room; null where the service has no bot there. */
  readonly telegramChat: TelegramChatPort | null;
  /** Says something to the person alone; false likewise. */
  readonly tellAlone: (lines: readonly Line[]) => Promise<boolean>;
};
/** The assembly of the room. */
export type AssemblyPort = {
  /** As it is now, or as the last one was; null: there was none. */
  readonly now: () => Assembly | null;
  readonly open: () => Refusal | null;
  readonly ask: (what: AssemblyRequest) => Refusal | null;
  readonly scenarios: ReadonlyMap<string, AssemblyScenario>;
};
export type TelegramAccountsPort = {
  /** Sends a code to the person alone. False where their homeserver does not let the bot write to them. */
  readonly sendCode: () => Promise<boolean>;
  /** Answers who typed the code, and tells their name; null: nobody did. */
  readonly decide: (yes: boolean) => string | null;
  /** Parts the person from all of them. Returns how many there were. */
  readonly part: () => number;
};
export type TelegramChatPort = {
  /** The bot's name in Telegram. */
  readonly bot: string;
  readonly isEncrypted: () => Promise<boolean>;
  /** Makes a code by which a chat is bound. */
  readonly offer: () => string;
  /** Lets the chat go. Returns its title; null: there was none. */
  readonly unbind: () => string | null;
};
export type AsyncContext = CommandContext & AsyncPorts;

/** Ports that a command uses, by their names. */
export type Uses<Port extends keyof AsyncContext> = Pick<AsyncContext, Port>;

/** Group of the help in which a command stands, in their order. */
export const GROUPS = ["take-part", "steer", "record", "room"] as const;
export type ListedCommand = { readonly name: CommandName; readonly group: (typeof GROUPS)[number] };

/** Place where a room's tasks go besides the room. */
export type RoomTasks = {
  readonly targets: readonly { readonly name: string; readonly type: string }[];
  /** Name of the chosen target; null: none. */
  readonly chosen: string | null;
  readonly standing: () => { readonly standing: number; readonly waiting: number };
  readonly use: (name: string | null) => void;
  /** Sends and looks at everything at once, whatever went wrong before. */
  readonly again: () => void;
};

/** Outcome of a correction by a reply. `problem`: why nothing could be made of it. */
export type ReplyCorrected =
  | { readonly corrected: boolean }
  | { readonly refusal: Refusal }
  | { readonly problem: "not-found" | "twice"; readonly words: string }
  | { readonly problem: "reply-to" | "which" }
  | { readonly problem: "unfit" };

/** Tells whether the person who typed may do this in the room and its meeting. */
export function allowed(right: Right, { actor, live }: Uses<"actor" | "live">): boolean {
  return may(right, actor, live?.meeting ?? null);
}
