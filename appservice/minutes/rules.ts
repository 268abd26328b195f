import { assemblyGraph } from "./assembly/assembly-graph.ts";
import { rollUp } from "./assembly/roll-up.ts";
import { findDecisions } from "./decisions/find-decisions.ts";
import { alikeStatements, levelled } from "./graph/alike-statements.ts";
import { buildGraph } from "./graph/build.ts";
import { mergeGraphs } from "./graph/merge.ts";
import { circleHighlights, meetingHighlights, participantHighlights } from "./highlights/highlights.ts";
import { judgeClaims } from "./llm/grounding.ts";
import { findQuestions } from "./questions/find-questions.ts";
import { sentenceTexts } from "./text/sentences.ts";
import { findTasks, withoutRepetition } from "./tasks/find-tasks.ts";
import { typedTasks } from "./tasks/typed-tasks.ts";

/**
 * Rules that work without a model. For a long meeting they take seconds, so the service has them worked out apart from
 * its main thread.
 */
export const RULES = {
  findDecisions,
  findQuestions,
  findTasks,
  typedTasks,
  withoutRepetition,
  circleHighlights,
  participantHighlights,
  meetingHighlights,
  buildGraph,
  mergeGraphs,
  alikeStatements,
  levelled,
  sentenceTexts,
  judgeClaims,
  rollUp,
  assemblyGraph,
};
export type Rules = typeof RULES;

/** Asks a rule. Its arguments are plain data, for they may be sent to another thread. */
export type ByRule = <Name extends keyof Rules>(
  rule: Name,
  ...given: Parameters<Rules[Name]>
) => Promise<ReturnType<Rules[Name]>>;

/** Asks a rule on this thread, where nobody else is kept waiting: in tests and tools. */
export const onTheSpot: ByRule = async (rule, ...given) =>
  (RULES[rule] as (...all: readonly unknown[]) => never)(...given);
