import type { z } from "zod";
import type { PersonRequest } from "../../circle/command.ts";
import type { Scenario } from "../../circle/scenario.ts";
import type { CheckedScenario } from "../../circle/scenario-problem.ts";
import type { LiveMeeting } from "../../journal/meetings.ts";
import type { CommandName } from "../../language/command-words.ts";
import type { Translate } from "../../language/translate.ts";
import type { Actor } from "../../protocol/actor.ts";
import type { Language, ParticipantId, SpeechLanguage } from "../../protocol/identity.ts";
import type { MinutesResult } from "../../protocol/meeting-record.ts";
import type { Refusal, RefusalCode } from "../../protocol/refusal.ts";
import { may, type Right } from "../../protocol/rights.ts";
import type { SummaryTemplate } from "../../protocol/summary-template.ts";
import type { Line } from "../messages/message.ts";
import type { ScenarioChoice } from "../room-scenarios.ts";
import type { Brought } from "../scenario-source.ts";

type SpeechChoices = {
  readonly vocabulary: (words: readonly string[]) => void;
  readonly speechLanguage: (language: SpeechLanguage) => void;
};

/** Context of a command's executor: all that it may know and do. It has no Matrix in it. */
export type CommandContext = {
  readonly actor: Actor;
  readonly t: Translate;
  readonly language: Language;
  readonly now: number;
  /** Chance, for lots. */
  readonly seed: number;
  readonly live: LiveMeeting | null;
  readonly scenarios: ScenarioChoice;
  readonly commands: readonly AnyCommand[];
  /** Text behind the command's name, as it was typed. */
  readonly rest: string;
  /** The event in which it was typed. */
  readonly message: string;
  readonly nameOf: (id: ParticipantId) => string;
  readonly ask: (what: PersonRequest) => Refusal | null;
  /** Ends all that is open in the name of whoever asks. */
  readonly signOut: () => void;
  /** Closes all microphones once, where the floor is open. */
  readonly muteAll: () => Refusal | null;
  /** Makes the minutes of the room's last meeting anew; null: all of them. */
  readonly redoMinutes: (forms: readonly MinutesResult["form"][] | null) => Refusal | null;
  readonly tasks: RoomTasks;
  /** Choices that the room remembers. */
  readonly choose: {
    readonly language: (language: Language) => void;
    readonly scenario: (id: string) => void;
    readonly summaryTemplate: (template: SummaryTemplate | null) => void;
  } & SpeechChoices;
  /** Form of summaries that the room wants; null: as the plugins write them. */
  readonly summaryTemplate: SummaryTemplate | null;
  /** Words of the room that speech recognition should know. */
  readonly vocabulary: readonly string[];
};

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

/** Ports of an async command: work that takes its time. */
export type AsyncPorts = {
  readonly broughtScenario: () => Promise<Brought>;
  readonly checkScenario: (yaml: string) => CheckedScenario;
  /** Keeps a scenario in the room, or takes it away. False where the bot lacks the power. */
  readonly keepScenario: (id: string, scenario: Scenario | null) => Promise<boolean>;
  /** Sends a personal link. False where the person's homeserver does not let the bot write to them. */
  readonly sendLink: () => Promise<boolean>;
  /** Says something to the person alone; false likewise. */
  readonly tellAlone: (lines: readonly Line[]) => Promise<boolean>;
  /** Reads what stands behind the command as a correction of the message it answers. */
  readonly correctRepliedTo: () => CommandOutcome;
};

/** `done` is answered by a ✅ on the message, `say` by a text. */
export type CommandOutcome =
  | { readonly outcome: "done" }
  /** `inThread`: in a thread on the command, where it is long and concerns nobody else. */
  | { readonly outcome: "say"; readonly lines: readonly Line[]; readonly inThread?: boolean }
  | { readonly outcome: "refused"; readonly refusal: Refusal }
  | { readonly outcome: "bad-argument" };

/** Room for a correction: the words heard and the words said, each as long as an utterance may be. */
const LONGEST = 8_500;

/** Groups of the help, in its order. */
export const GROUPS = ["take-part", "steer", "record", "room"] as const;

/**
 * A typed command. The catalogues say, under its name, what it is called, what stands behind it and what it does; help
 * and checks are made from these.
 */
type Descriptor<Args> = {
  readonly name: CommandName;
  readonly group: (typeof GROUPS)[number];
  /** Letters that may stand behind its name at most, where that is more than usual. */
  readonly longest?: number;
  /** Parses the words after the command's name. */
  readonly args: z.ZodType<Args>;
};

export type AnyCommand = {
  readonly name: CommandName;
  readonly group: (typeof GROUPS)[number];
  readonly longest: number;
  /**
   * A command that changes only the meeting happens at once, with its answer, or not at all; an async one goes out
   * for something first.
   */
  readonly execute:
    | { readonly atOnce: Executor<CommandOutcome> }
    | { readonly asyncRun: Executor<Promise<CommandOutcome | LastStep>, AsyncPorts> };
};

/** Step left to do when an async command has what it went for: written together with its answer, or not at all. */
export type LastStep = () => CommandOutcome;

type Executor<Result, More = void> = (words: readonly string[], context: CommandContext, more: More) => Result;

export function command<Args>(
  descriptor: Descriptor<Args> & { readonly run: (args: Args, context: CommandContext) => CommandOutcome },
): AnyCommand {
  const { name, group, args, run, longest = LONGEST } = descriptor;
  return {
    name,
    group,
    longest,
    execute: {
      atOnce: (words, context) => {
        const parsed = args.safeParse(words);
        return parsed.success ? run(parsed.data, context) : { outcome: "bad-argument" };
      },
    },
  };
}

export function asyncCommand<Args>(
  descriptor: Descriptor<Args> & {
    readonly run: (args: Args, context: CommandContext, ports: AsyncPorts) => Promise<CommandOutcome | LastStep>;
  },
): AnyCommand {
  const { name, group, args, run, longest = LONGEST } = descriptor;
  return {
    name,
    group,
    longest,
    execute: {
      asyncRun: async (words, context, ports) => {
        const parsed = args.safeParse(words);
        return parsed.success ? run(parsed.data, context, ports) : { outcome: "bad-argument" };
      },
    },
  };
}

export const done: CommandOutcome = { outcome: "done" };

export function say(...lines: readonly Line[]): CommandOutcome {
  return { outcome: "say", lines };
}

export function sayInThread(...lines: readonly Line[]): CommandOutcome {
  return { outcome: "say", lines, inThread: true };
}

export function outcomeOf(refusal: Refusal | null): CommandOutcome {
  return refusal ? { outcome: "refused", refusal } : done;
}

export function refused(code: RefusalCode, detail: Refusal["detail"] = {}): CommandOutcome {
  return { outcome: "refused", refusal: { code, detail } };
}

/** Tells whether the person who typed may do this in the room and its meeting. */
export function allowed(right: Right, { actor, live }: CommandContext): boolean {
  return may(right, actor, live?.meeting ?? null);
}
