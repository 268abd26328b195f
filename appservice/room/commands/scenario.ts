import { z } from "zod";
import { type Scenario, textIn } from "../../circle/scenario.ts";
import type { ScenarioProblem } from "../../circle/scenario-problem.ts";
import { meaningOf } from "../../language/command-words.ts";
import { shortened } from "../../language/shortened.ts";
import { clockTime, type Translate } from "../../language/translate.ts";
import type { Line } from "../messages/message.ts";
import { MOST_BYTES } from "../scenario-source.ts";
import { asyncCommand } from "./command.ts";
import { allowed, type Uses } from "./context.ts";
import { type CommandOutcome, refused, say } from "./outcome.ts";

const ACTS = ["list", "show", "use", "import", "remove"] as const;
type Act = (typeof ACTS)[number];

/** Problems that one answer tells; people with more mend these first. */
const MOST_PROBLEMS = 20;
const MOST_OWN = 50;
/** Most kB of a scenario in the room's state: an event holds 65,536 bytes (Client-Server API, "Size limits"). */
const MOST_KEPT_KB = 48;

const Args = z.array(z.string()).transform(([typed = "list", name = ""], context): { act: Act; id: string } => {
  const act = ACTS.find((each) => meaningOf(typed, [`word.scenario.${each}`]));
  const needsName = act === "show" || act === "use" || act === "remove";
  if (act && (name !== "" || !needsName)) return { act, id: name.toLowerCase() };
  context.addIssue("nothing to do with scenarios");
  return z.NEVER;
});

type Import = Uses<"t" | "language" | "scenarios" | "broughtScenario" | "checkScenario" | "keepScenario">;

export const scenario = asyncCommand({
  name: "scenario",
  group: "room",
  args: Args,
  longest: MOST_BYTES,
  run: async ({ act, id }, context: Import & Uses<"actor" | "live" | "chooseScenario">) => {
    if (act === "list") return list(context);
    if (act === "show") return withScenario(id, context, (found) => show(found, context));
    if (!allowed("set-up-room", context)) return refused("not-keeper");
    if (act === "use") return withScenario(id, context, (found) => use(found, context));
    return act === "import" ? bringIn(context) : remove(id, context);
  },
});

function list({
  scenarios: { all, own, unusable, preferred },
  t,
  language,
}: Uses<"scenarios" | "t" | "language">): CommandOutcome {
  const good = [...all.values()].map(({ id, title, about }): Line => {
    const what = [textIn(title, language), about && textIn(about, language)].filter(Boolean).join(": ");
    return { lead: id, item: own.has(id) ? `${what} (${t("scenario.own")})` : what };
  });
  const bad = [...unusable].map(
    ([id, problems]): Line => ({
      lead: shortened(id, 60),
      item: t("scenario.unusable", {
        problems: problems
          .slice(0, 3)
          .map((each) => `${shortened(each.key, 80)} ${sentenceOf(each, t)}`)
          .join(" "),
      }),
    }),
  );
  return say(
    { heading: t("scenario.list") },
    ...good,
    ...bad.slice(0, MOST_PROBLEMS),
    t("scenario.list-how", { preferred }),
  );
}

function show(
  { title, about, circles, turnSeconds }: Scenario,
  { t, language }: Uses<"t" | "language">,
): CommandOutcome {
  const lines = circles.map((circle): Line => {
    const [seconds, key] =
      circle.circleSeconds === undefined
        ? ([circle.turnSeconds ?? turnSeconds, "scenario.circle"] as const)
        : ([circle.circleSeconds, "scenario.circle-whole"] as const);
    return {
      lead: t(key, { kind: t(`kind.${circle.kind}`), time: clockTime(seconds * 1000) }),
      item: textIn(circle.theme, language),
    };
  });
  return say({ heading: textIn(title, language) }, ...(about ? [textIn(about, language)] : []), ...lines);
}

function use(
  { id, title }: Scenario,
  { chooseScenario, t, language }: Uses<"chooseScenario" | "t" | "language">,
): CommandOutcome {
  chooseScenario(id);
  return say(t("scenario.chosen", { id, title: textIn(title, language) }));
}

async function bringIn(context: Import): Promise<CommandOutcome> {
  const { t, language, scenarios, broughtScenario, checkScenario, keepScenario } = context;
  const brought = await broughtScenario();
  if ("lacking" in brought) {
    if (brought.lacking === "too-large") return problemsIn([{ key: "", kind: "too-large", values: { most: 256 } }], t);
    return say(t(brought.lacking === "nothing" ? "scenario.nothing-brought" : "scenario.not-loaded"));
  }
  const checked = checkScenario(brought.text);
  if ("problems" in checked) return problemsIn(checked.problems, t);
  const { id, title, circles } = checked.scenario;
  if (Buffer.byteLength(JSON.stringify(checked.scenario)) > MOST_KEPT_KB * 1024) {
    return problemsIn([{ key: "", kind: "too-large", values: { most: MOST_KEPT_KB } }], t);
  }
  if (!scenarios.own.has(id) && scenarios.own.size >= MOST_OWN) return say(t("scenario.too-many", { most: MOST_OWN }));
  if (!(await keepScenario(id, checked.scenario))) return say(t("scenario.needs-power"));
  return say(t("scenario.taken", { id, title: textIn(title, language), count: circles.length }));
}

async function remove(
  id: string,
  { scenarios, t, keepScenario }: Uses<"scenarios" | "t" | "keepScenario">,
): Promise<CommandOutcome> {
  if (!scenarios.own.has(id) && !scenarios.unusable.has(id))
    return say(t("scenario.not-own", { id: shortened(id, 60) }));
  return say((await keepScenario(id, null)) ? t("scenario.removed", { id }) : t("scenario.needs-power"));
}

function withScenario(
  id: string,
  { scenarios: { all } }: Uses<"scenarios">,
  goOn: (scenario: Scenario) => CommandOutcome,
): CommandOutcome {
  const found = all.get(id);
  return found
    ? goOn(found)
    : refused("unknown-scenario", { scenario: shortened(id, 60), known: [...all.keys()].join(", ") });
}

/** Problems of a scenario, each with its key and a remedy. */
function problemsIn(problems: readonly ScenarioProblem[], t: Translate): CommandOutcome {
  const told = problems.slice(0, MOST_PROBLEMS).map((problem): Line => {
    const item = sentenceOf(problem, t);
    return problem.key ? { lead: shortened(problem.key, 80), item } : { item };
  });
  const more = problems.length - told.length;
  return say(
    t("scenario.bad", { count: problems.length }),
    ...told,
    ...(more > 0 ? [t("scenario.bad-more", { count: more })] : []),
  );
}

/** Keys and values are somebody's text, and may be of any length. */
function sentenceOf({ kind, values }: ScenarioProblem, t: Translate): string {
  return shortened(t(`scenario.problem.${kind}`, values), 300);
}
