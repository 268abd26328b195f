import { openTargets, type OpenTarget } from "../../export/tasks/registry.ts";
import { TargetProblem, type TargetFailure } from "../../export/tasks/target-problem.ts";
import { type Finding, inOrder, notLookedAt, problem, reasonOf, warning } from "../finding.ts";
import { ANSWER_WITHIN_MS } from "../ask.ts";
import type { DoctorLook } from "../look.ts";
import { timeLimit, wallClock } from "../../time/time.ts";

/** Nothing is written there: each is asked for something that it is asked for anyway. */
export const taskManagers: DoctorLook = {
  title: "Task managers",
  async look({ config, folder }) {
    const targets = [...openTargets(config.export, { folder, now: wallClock })];
    if (targets.length === 0) return [notLookedAt("None is configured: tasks stand in the room alone.")];
    return Promise.all(targets.map(([name, open]) => findingOf(name, open)));
  },
};

async function findingOf(name: string, { target, type }: OpenTarget): Promise<Finding> {
  const it = `${name} (${type})`;
  try {
    const checked = await target.check(timeLimit(ANSWER_WITHIN_MS));
    return inOrder(
      checked === "usable"
        ? `${it} lets us in, and the place for tasks is there.`
        : `${it} answers; what it says to a task, only a task will tell.`,
    );
  } catch (error) {
    if (!(error instanceof TargetProblem))
      return problem(`${it} cannot be used (${reasonOf(error)}).`, REMEDIES.unreachable(name));
    const { failure, reason } = error;
    return (failure === "busy" ? warning : problem)(`${it} ${WORDS[failure]} (${reason}).`, REMEDIES[failure](name));
  }
}

const WORDS: Readonly<Record<TargetFailure, string>> = {
  refused: "does not let us in",
  misset: "cannot be used as it is configured",
  gone: "has no such place",
  rejected: "does not understand the question",
  changed: "does not understand the question",
  unreadable: "answers something else than a task manager of this kind",
  busy: "wants to be left alone for now",
  failing: "fails",
  slow: "does not answer",
  unreachable: "cannot be reached",
};

const otherAddress = (name: string) =>
  `Start it, or mend the address in export.targets.${name}. Meanwhile tasks wait, and none is lost.`;
const itsConfiguration = (name: string) => `Mend export.targets.${name}; docs/tasks.md says what each kind needs.`;

const REMEDIES: Readonly<Record<TargetFailure, (name: string) => string>> = {
  refused: (name) =>
    `Put a fresh secret into the file that export.targets.${name} names, of an account that may write there. No restart is needed.`,
  misset: itsConfiguration,
  gone: itsConfiguration,
  rejected: itsConfiguration,
  changed: itsConfiguration,
  unreadable: itsConfiguration,
  busy: () => "Nothing needs doing: tasks wait, and are sent later.",
  failing: () => "Look into its log. Tasks wait, and are sent once it works again.",
  slow: otherAddress,
  unreachable: otherAddress,
};
