import { translateTo } from "../appservice/language/translate.ts";
import type { Language } from "../appservice/protocol/identity.ts";
import type { CommandName } from "../appservice/language/command-words.ts";
import { GROUPS } from "../appservice/room/commands/context.ts";
import { usageOf } from "../appservice/room/commands/usage.ts";
import { COMMANDS } from "../appservice/room/commands/registry.ts";
import { en } from "../widget/src/language/en.ts";
import { ru } from "../widget/src/language/ru.ts";
import type { GuideParts } from "./guide-parts.ts";
import { signsList } from "./signs.ts";
import { guideEn } from "./user-guide-en.ts";
import { guideRu } from "./user-guide-ru.ts";
import { CHECK_PARTS, type Part, TURN_PARTS } from "./user-picture-parts.ts";

/** Commands that suffice for a person who takes part without the widget's buttons. */
const COMMONEST = ["start", "pass", "skip", "link", "help"] as const satisfies readonly CommandName[];
const SIGN_AT_SEAT = { next: "→", done: "✓", returns: "↩", away: "☁", hand: "✋", weak: "▂", keeper: "🛡" } as const;

/**
 * `docs/user.md` and `docs/user.ru.md`: the words are in the guides, what stands on the screen comes from the
 * catalogues.
 */
export function userPage(language: Language): string {
  const widget = { en, ru }[language];
  const t = translateTo(language);
  const parts: GuideParts = {
    widget,
    pictures: { check: legend(CHECK_PARTS, language, "   "), turn: legend(TURN_PARTS, language) },
    signs: Object.entries(SIGN_AT_SEAT)
      .map(([sign, drawn]) => `- ${drawn} ${widget.help.sign[sign as keyof typeof SIGN_AT_SEAT]}`)
      .join("\n"),
    marks: signsList(language).replaceAll(/^/gm, "  "),
    commands: rows(COMMONEST, language),
    sign: t("command.help.reactions")
      .replace(/^.*?(?=✋)/u, "")
      .replace(/\.$/, ""),
  };
  return `${(language === "en" ? guideEn : guideRu)(parts).trim()}\n`;
}

/** `docs/commands.md` and `docs/commands.ru.md`: every command that the bot understands. */
export function commandsPage(language: Language): string {
  const t = translateTo(language);
  const head = {
    en: "# Commands\n\n*[По-русски](commands.ru.md)* · [User guide](user.md)\n\nWritten in the room, in English or Russian, whatever language the room has. What stands in [brackets] may be left out.\n\nA slip is put right by editing the message within ten minutes: then the command is carried out. What was carried out is not done again.",
    ru: "# Команды\n\n*[In English](commands.md)* · [Руководство участника](user.ru.md)\n\nИх пишут в комнате, по-русски или по-английски, какой бы язык в ней ни был выбран. То, что в [скобках], можно не писать.\n\nОпечатались — исправьте само сообщение в течение десяти минут: команда будет выполнена. Что уже выполнено, второй раз не выполняется.",
  }[language];
  const groups = GROUPS.map(
    (group) =>
      `## ${t(`command.group.${group}`)}\n\n${rows(
        COMMANDS.filter((each) => each.group === group).map(({ name }) => name),
        language,
      )}`,
  );
  return `${[head, ...groups, t("command.help.reactions")].join("\n\n")}\n`;
}

function rows(names: readonly CommandName[], language: Language): string {
  const t = translateTo(language);
  const cell = (text: string) => text.replaceAll("|", "\\|");
  const found = names.map((name) => COMMANDS.find((each) => each.name === name)).filter((each) => each !== undefined);
  return `| | |\n|---|---|\n${found.map((each) => `| \`${cell(usageOf(each, t))}\` | ${cell(t(`command.help.${each.name}`))} |`).join("\n")}`;
}

function legend(parts: readonly Part[], language: Language, indent = ""): string {
  return parts.map((part, index) => `${indent}${index + 1}. ${part[language]}`).join("\n");
}
