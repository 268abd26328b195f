import { stringify } from "yaml";
import { registrationFor } from "../appservice/configuration/registration.ts";
import { sampleConfig } from "../appservice/configuration/sample.ts";
import { dataModel } from "./data-model.ts";
import { enginesTable } from "./engines-table.ts";
import { errorsPage } from "./errors-page.ts";
import { exportsPage } from "./exports-page.ts";
import { openapi } from "./http-api/openapi.ts";
import { httpApiPage } from "./http-api/page.ts";
import { alertRules, grafanaBoard, monitoringPage } from "./monitoring-files.ts";
import { scenariosPage } from "./scenarios-page.ts";
import { withPart } from "./page-part.ts";
import { signsTable } from "./signs.ts";
import { commandsPage, userPage } from "./user-pages.ts";
import { wordsPage } from "./words-page.ts";

/** Files that are made from the code, by their path from the project's root. A test fails when one has drifted. */
export const GENERATED: readonly (readonly [file: string, content: () => string])[] = [
  ["config/config.sample.yaml", sampleConfig],
  ["registration.yaml.example", exampleRegistration],
  ["docs/data-model.md", dataModel],
  ["docs/scenarios.md", scenariosPage],
  ["docs/monitoring.md", monitoringPage],
  ["docs/tasks.md", () => withPart("docs/tasks.md", "signs", signsTable("en"))],
  ["docs/transcripts.md", () => withPart("docs/transcripts.md", "engines", enginesTable())],
  ["docs/user.md", () => userPage("en")],
  ["docs/user.ru.md", () => userPage("ru")],
  ["docs/commands.md", () => commandsPage("en")],
  ["docs/commands.ru.md", () => commandsPage("ru")],
  ["docs/words.md", wordsPage],
  ["docs/errors.md", errorsPage],
  ["docs/exports.md", exportsPage],
  ["docs/http-api.md", httpApiPage],
  ["docs/openapi.json", openapi],
  ["docker/grafana/mindminder.json", grafanaBoard],
  ["docker/prometheus/alerts.yaml", alertRules],
];

function exampleRegistration(): string {
  const registration = registrationFor(
    { url: "http://127.0.0.1:29330", id: "mindminder", bot: "mindminder" },
    () => "CHANGE-ME-TO-A-LONG-RANDOM-STRING",
  );
  return `# An example. Make a real one, with tokens of its own: npx --no mindminder registration --url http://127.0.0.1:29330
# The homeserver and Mindminder read the same file. This one is made from the code: npm run generate.
${stringify(registration)}`;
}
