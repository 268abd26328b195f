import { score, sentencesOf } from "../spoken-commands/score.ts";
import type { Figure } from "./figures.ts";

/** Measures how well commands are told from speech, on the sentences of the test set. */
export function spokenCommands(say: (line: string) => void): Figure[] {
  return ["ru", "en"].flatMap((language): Figure[] => {
    const { recall, falseOnes, commands, traps, wrong } = score(language);
    say(`${language}: ${commands} commands, ${traps} traps`);
    for (const line of wrong) say(`  wrong: ${line}`);
    return [
      { name: `commands.${language}.recall`, value: recall * 100, unit: "%", atLeast: 95 },
      { name: `commands.${language}.false`, value: falseOnes, unit: "", goal: 0 },
    ];
  });
}

/** Measures the same on sentences from which no rule is written; those that are mistaken are not shown. */
export function unseenCommands(): Figure[] {
  return ["ru", "en"].flatMap((language): Figure[] => {
    const sentences = sentencesOf(`unseen-${language}`);
    const { recall, falseOnes } = score(language, sentences);
    return [
      { name: `commands.${language}.unseen_recall`, value: recall * 100, unit: "%", atLeast: 95 },
      { name: `commands.${language}.unseen_false`, value: (falseOnes / sentences.length) * 100, unit: "%", goal: 1 },
    ];
  });
}
