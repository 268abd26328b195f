import { score } from "../spoken-commands/score.ts";
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
