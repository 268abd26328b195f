/** Something that was said to the bot in Telegram. `named`: to this very bot, and not to whichever hears it. */
export type SaidToBot = Said & { readonly named: boolean };

type Said =
  | { readonly what: "bind"; readonly code: string }
  | { readonly what: "unbind" | "hello" }
  /** As it would be typed in a room. */
  | { readonly what: "command"; readonly text: string; readonly words: readonly string[] }
  /** Other words; in a private chat they may be a code. */
  | { readonly what: "words"; readonly text: string };

/**
 * `/circle@Bot pass` → the command. Null: it is to another bot. Telegram's own commands have Latin letters alone; ours
 * are read in both languages.
 */
export function readSaid(text: string, botName: string): SaidToBot | null {
  const [, name, to, rest = ""] = /^\/([^\s@]+)(?:@(\w+))?(?:\s+([\s\S]*))?$/.exec(text.trim()) ?? [];
  if (name === undefined) return { what: "words", text: text.trim(), named: false };
  if (to !== undefined && to.toLowerCase() !== botName.toLowerCase()) return null;
  return { ...saidBy(name, rest), named: to !== undefined };
}

function saidBy(name: string, rest: string): Said {
  switch (name.toLowerCase()) {
    case "bind":
      return { what: "bind", code: rest.trim() };
    case "unbind":
      return { what: "unbind" };
    case "start":
      return rest.trim() === "" ? { what: "hello" } : { what: "words", text: rest.trim() };
    default:
      return { what: "command", text: `!${name} ${rest}`.trim(), words: rest.trim().split(/\s+/) };
  }
}
