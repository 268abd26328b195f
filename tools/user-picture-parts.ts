/** A part of the widget, and where on it its number is put: from 0 to 1, across and down. */
export type Part = {
  readonly find: string;
  readonly at: readonly [across: number, down: number];
  readonly en: string;
  readonly ru: string;
};

const test = (id: string) => `[data-testid="${id}"]`;

/** One's own turn, from the top to the bottom. */
export const TURN_PARTS: readonly Part[] = [
  { find: test("theme"), at: [0.3, 1], en: "the theme of the circle", ru: "тема круга" },
  {
    find: test("toggle-record"),
    at: [0, 0],
    en: "the record: transcript, minutes, map",
    ru: "запись: расшифровка, итоги, карта",
  },
  {
    find: ".seat-face",
    at: [0, 0],
    en: "the circle, in the order of speaking",
    ru: "круг в порядке, в котором говорят",
  },
  { find: test("countdown"), at: [1.15, -0.15], en: "your time", ru: "ваше время" },
  {
    find: test("pass"),
    at: [0, 0],
    en: "**Pass the word** when you are done",
    ru: "**Передать слово**, когда закончите",
  },
  {
    find: test("microphone"),
    at: [0, 0],
    en: "your microphone: green when it is open",
    ru: "ваш микрофон: зелёный, когда открыт",
  },
  { find: test("ask-extension"), at: [0, 0], en: "ask for more time", ru: "попросить ещё время" },
  {
    find: test("skip-me"),
    at: [0, 0],
    en: "**Speak later**, at the end of the circle",
    ru: "**Скажу позже** — в конце круга",
  },
  { find: test("hand"), at: [0, 0], en: "raise a hand", ru: "поднять руку" },
  { find: test("leave"), at: [1, 0], en: "leave", ru: "выйти" },
];

export const CHECK_PARTS: readonly Part[] = [
  {
    find: test("level"),
    at: [0, 0],
    en: "your microphone: the bar moves when you speak",
    ru: "ваш микрофон: полоска движется, когда вы говорите",
  },
  {
    find: test("consent"),
    at: [0, 0],
    en: "what happens to your words, and who outside gets them",
    ru: "что происходит с вашими словами и кто их получает",
  },
  {
    find: test("join-unwritten"),
    at: [0, 0],
    en: "**Join off the record**: you are heard, and nothing of yours is written",
    ru: "**Войти без записи**: вас слышно, но ничего вашего не записывается",
  },
  {
    find: test("join-now"),
    at: [0, 0],
    en: "**Write my words**: join, and let your words be written down",
    ru: "**Записывать мои слова**: войти и разрешить запись",
  },
];
