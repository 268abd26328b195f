/** Colours of Telegram's theme as it names them, each `#rrggbb`; older apps know fewer of them. */
export type TelegramColours = Readonly<Partial<Record<string, string>>>;

type Rgb = readonly [number, number, number];

const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];
const OWN_WORDS = { light: BLACK, dark: WHITE } as const;

/** WCAG 2.2 asks for this contrast between words and their ground. */
const LEGIBLE = 4.5;
/** The same of what is no words: lines, and fields of buttons. */
const SEEN = 3;
/** A button's colour stays the app's own with so much of black or white in it. */
const MOST_CHANGED = 0.3;

/** Telegram's colours by the names of ours and of Compound's, and the theme that they stand on. */
export type Dress = { readonly theme: "light" | "dark"; readonly properties: Readonly<Record<string, string>> };

/**
 * Names our colours by Telegram's. A colour that would leave words illegible keeps its place empty, so that the theme's
 * own one shows: people make themes by hand.
 */
export function dressOf(colours: TelegramColours): Dress | null {
  const ground = rgbOf(colours["bg_color"]);
  if (!ground) return null;
  const theme = luminance(ground) < 0.2 ? "dark" : "light";
  const words = firstOf(colours, ["text_color"], (colour) => contrast(colour, ground) >= LEGIBLE) ?? OWN_WORDS[theme];
  const legibleThere = (there: Rgb) => contrast(words, there) >= LEGIBLE;
  const legibleHere = (colour: Rgb) => contrast(colour, ground) >= LEGIBLE;
  const quiet = firstOf(colours, ["subtitle_text_color", "hint_color"], legibleHere) ?? mixed(words, ground, 0.75);
  const second = firstOf(colours, ["secondary_bg_color"], legibleThere) ?? mixed(words, ground, 0.05);
  const raised = firstOf(colours, ["section_bg_color", "bg_color"], legibleThere) ?? ground;
  const properties: Record<string, Rgb> = {
    "--cpd-color-bg-canvas-default": ground,
    "--cpd-color-bg-canvas-default-level-1": raised,
    "--cpd-color-bg-subtle-secondary": second,
    "--cpd-color-text-primary": words,
    "--cpd-color-icon-primary": words,
    "--cpd-color-text-secondary": quiet,
    "--cpd-color-icon-secondary": quiet,
    "--cpd-color-border-interactive-secondary": mixed(words, ground, 0.25),
    "--cpd-color-border-interactive-primary": mixed(words, ground, 0.5),
    "--ground-deep": mixed(words, ground, 0.1),
    "--line": mixed(words, ground, 0.14),
    "--track": mixed(words, ground, 0.22),
    ...ofButton(colours, ground, words),
  };
  const named = Object.entries(properties).map(([name, colour]) => [name, hexOf(colour)]);
  return { theme, properties: Object.fromEntries(named) };
}

/** Telegram's colour of buttons is what stands out here: the word, the way to it, and the seat that has it. */
function ofButton(colours: TelegramColours, ground: Rgb, words: Rgb): Record<string, Rgb> {
  const button = firstOf(colours, ["button_color"], (colour) => contrast(colour, ground) >= SEEN);
  if (!button) return {};
  const own = legibleButton(button, rgbOf(colours["button_text_color"]) ?? WHITE);
  const soft = mixed(button, ground, 0.16);
  const link = firstOf(colours, ["accent_text_color", "link_color"], () => true) ?? button;
  return {
    "--accent": own.ground,
    "--accent-hover": own.ground,
    "--on-accent": own.words,
    "--accent-soft": soft,
    "--focus": button,
    "--accent-text": legibleWords(link, words, [ground, soft]),
  };
}

function firstOf(colours: TelegramColours, names: readonly string[], fits: (colour: Rgb) => boolean): Rgb | undefined {
  return names.map((name) => rgbOf(colours[name])).find((colour): colour is Rgb => colour !== null && fits(colour));
}

/** Puts them on the page, in the place of those that were there before. */
export function wear({ properties }: Dress, page: HTMLElement = document.documentElement): void {
  for (const name of [...page.style]) if (name.startsWith("--")) page.style.removeProperty(name);
  for (const [name, value] of Object.entries(properties)) page.style.setProperty(name, value);
}

/**
 * Colours of a button whose words can be read: the app's own, the ground as much darker or lighter as that takes; where
 * that would make another colour of it, black or white words.
 */
function legibleButton(ground: Rgb, words: Rgb): { readonly ground: Rgb; readonly words: Rgb } {
  const away = luminance(words) > luminance(ground) ? BLACK : WHITE;
  for (let share = 0; share <= MOST_CHANGED; share += 0.02) {
    const changed = mixed(away, ground, share);
    if (contrast(changed, words) >= LEGIBLE) return { ground: changed, words };
  }
  return { ground, words: contrast(ground, WHITE) >= contrast(ground, BLACK) ? WHITE : BLACK };
}

/** This colour for words, as much nearer to the page's words as it takes to read it on all of these grounds. */
function legibleWords(colour: Rgb, words: Rgb, grounds: readonly Rgb[]): Rgb {
  for (let share = 0; share < 1; share += 0.05) {
    const nearer = mixed(words, colour, share);
    if (grounds.every((ground) => contrast(nearer, ground) >= LEGIBLE)) return nearer;
  }
  return words;
}

function rgbOf(colour: string | undefined): Rgb | null {
  const [, red, green, blue] = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(colour ?? "") ?? [];
  return red && green && blue ? [parseInt(red, 16), parseInt(green, 16), parseInt(blue, 16)] : null;
}

function hexOf(colour: Rgb): string {
  return `#${colour.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;
}

function mixed(colour: Rgb, ground: Rgb, share: number): Rgb {
  const part = (index: 0 | 1 | 2) => colour[index] * share + ground[index] * (1 - share);
  return [part(0), part(1), part(2)];
}

/** Relative luminance of WCAG 2.2. */
function luminance([red, green, blue]: Rgb): number {
  const linear = (part: number) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

export function contrast(one: Rgb, other: Rgb): number {
  const [light, dark] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return ((light ?? 1) + 0.05) / ((dark ?? 0) + 0.05);
}
