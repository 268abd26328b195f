import { expect, test } from "vitest";
import { withoutDay } from "./without-day.ts";

test.each([
  ["Collect the reports by Wednesday", "Collect the reports"],
  ["By next Friday write the agenda", "Write the agenda"],
  ["Translate the agenda, tomorrow", "Translate the agenda"],
  ["До пятницы я напишу новую повестку", "Я напишу новую повестку"],
  ["План встречи я пришлю до среды", "План встречи я пришлю"],
  ["Их список я отправлю всем в понедельник", "Их список я отправлю всем"],
  ["Пришлю таблицу к следующему вторнику", "Пришлю таблицу"],
])("the day beside a task is not said in its words, too: %s", (title, rest) => expect(withoutDay(title)).toBe(rest));

test.each([
  "Call Friday",
  "By Friday",
  "Until tomorrow",
  "Prepare the Monday meeting",
  "Move the Wednesday call to the afternoon",
  "К пятнице",
  "До среды пришлю",
  "Перенести встречу в понедельник на вторник",
  "Рассказать всем о среде обитания",
  "Meet on Mondays",
  "К среде Борис пришлёт отчёт, их список я отправлю всем в понедельник",
  "By Friday call whoever comes on Monday",
])("what would be no sentence without it keeps it: %s", (title) => expect(withoutDay(title)).toBe(title));
