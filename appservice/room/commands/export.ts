import { z } from "zod";
import { meaningOf } from "../../language/command-words.ts";
import { shortened } from "../../language/shortened.ts";
import { command } from "./command.ts";
import { allowed, type Uses } from "./context.ts";
import { type CommandOutcome, refused, say } from "./outcome.ts";

const ACTS = ["list", "use", "off", "now"] as const;
type Act = (typeof ACTS)[number];

const Args = z
  .array(z.string())
  .max(2)
  .transform(([typed = "list", name = ""], context): { act: Act; name: string } => {
    const act = ACTS.find((each) => meaningOf(typed, [`word.export.${each}`]));
    if (act && (name !== "") === (act === "use")) return { act, name: name.toLowerCase() };
    context.addIssue("nothing to do with task managers");
    return z.NEVER;
  });

/** Named `export_`: the word is the language's own. */
export const export_ = command({
  name: "export",
  group: "record",
  args: Args,
  run: ({ act, name }, context: Uses<"tasks" | "t" | "actor" | "live">) => {
    const { tasks, t } = context;
    if (tasks.targets.length === 0) return say(t("tasks.none-set-up"));
    if (act === "list") return list(context);
    if (!allowed("choose-export", context)) return refused("not-keeper");
    switch (act) {
      case "use":
        return use(name, context);
      case "off":
        tasks.use(null);
        return say(t("tasks.off"));
      case "now":
        if (tasks.chosen === null) return say(t("tasks.goes-nowhere"), t("tasks.list-how"));
        tasks.again();
        return say(t("tasks.now"));
    }
  },
});

function list({ tasks: { targets, chosen, standing }, t }: Uses<"tasks" | "t">): CommandOutcome {
  const counted = standing();
  const lines = targets.map(({ name, type }) => ({
    lead: name,
    item: name === chosen ? `${type} (${t("tasks.chosen-here")}: ${t("tasks.count", counted)})` : type,
  }));
  return say(
    { heading: t("tasks.list") },
    ...lines,
    ...(chosen === null ? [t("tasks.goes-nowhere")] : []),
    t("tasks.list-how"),
  );
}

function use(name: string, { tasks, t }: Uses<"tasks" | "t">): CommandOutcome {
  if (!tasks.targets.some((target) => target.name === name))
    return say(
      t("tasks.unknown-target", {
        target: shortened(name, 40),
        known: tasks.targets.map((target) => target.name).join(", "),
      }),
    );
  tasks.use(name);
  return say(t("tasks.use", { target: name }));
}
