import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { MinutesOptions } from "../options.ts";
import { enablePlugins, loadPlugins } from "../registry.ts";

const page = readFileSync(join(import.meta.dirname, "../../../docs/language-models.md"), "utf8");
const examples = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml = ""]) => yaml);

test("each configuration of the page on language models is one that the service takes", async () => {
  const plugins = await loadPlugins();
  const read = examples.map((yaml) => {
    const { minutes, ...rest } = parse(yaml) as Record<string, unknown>;
    expect(rest).toEqual({});
    const options = MinutesOptions.parse(minutes);
    const { enabled, problems } = enablePlugins(plugins, options.plugins);
    expect(problems).toEqual([]);
    return {
      api: options.llm?.api,
      own: enabled.filter(({ llm }) => llm !== undefined).map(({ plugin, llm }) => [plugin.id, llm?.model ?? null]),
    };
  });
  expect(read.map(({ api }) => api)).toEqual(["openai", "openai", "openai", "openai", "gigachat", "openai"]);
  expect(read.at(-1)?.own).toEqual([
    ["meeting-summary", "gpt-4o"],
    ["tasks", null],
  ]);
});

test("what is wrong with a plugin's own model is named by its key", async () => {
  const { problems } = enablePlugins(await loadPlugins(), { tasks: { llm: { model: "m", colour: "red" } } });
  expect(problems.map(({ key }) => key)).toEqual(["tasks.llm.baseUrl", "tasks.llm"]);
});
