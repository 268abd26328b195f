import type { FrameLocator } from "playwright-core";

export type View = {
  readonly name: string;
  readonly query: string;
  readonly size: { width: number; height: number };
  /** True for a view in the call, with the microphone as the server would have it. */
  readonly joined?: boolean;
  /** Pieces of what the speaker says; the last is still being spoken. */
  readonly captions?: readonly string[];
  /** Presses to make before the picture is taken. */
  readonly after?: (frame: FrameLocator) => Promise<void>;
};

const DESKTOP = { width: 1200, height: 760 };
/** Size that Element gives a widget at the top of a room. */
const ELEMENT = { width: 972, height: 454 };
const PANEL = { width: 320, height: 720 };
const PHONE = { width: 390, height: 844 };
const LANDSCAPE = { width: 780, height: 360 };
const TOP_OF_ROOM = { width: 1000, height: 290 };
/** Size of Element's small picture of a call whose room is not looked at. */
const MINIMISED = { width: 320, height: 220 };
const FULL = { width: 1920, height: 1080 };

const press = (testId: string) => (frame: FrameLocator) => frame.getByTestId(testId).click();

const tab = (name: string) => (frame: FrameLocator) => frame.locator(`[data-tab=${name}]`).click();

const graphTask = async (frame: FrameLocator) => {
  await frame.getByTestId("toggle-record").click();
  await tab("graph")(frame);
  await frame.locator(".graph-list summary").click();
  await frame
    .locator(".graph-list button")
    .filter({ hasText: /compost|компост/i })
    .last()
    .click();
};

const toTargets = async (frame: FrameLocator) => {
  await frame.getByTestId("toggle-record").click();
  await frame.getByTestId("task-targets").scrollIntoViewIfNeeded();
};

const pressBoth = (first: string, second: string) => async (frame: FrameLocator) => {
  await press(first)(frame);
  await press(second)(frame);
};

const pressAll =
  (...testIds: string[]) =>
  async (frame: FrameLocator) => {
    for (const testId of testIds) await press(testId)(frame);
  };

/** In the call already, the form to start a meeting with one scenario chosen. */
const start = (scenario: string) => async (frame: FrameLocator) => {
  await press("start")(frame);
  await frame.getByTestId("topic").fill("who waters in June");
  await frame.locator(`[data-scenario="${scenario}"] input`).check();
};

const JOINED = { joined: true };

const SAID = [
  "I came with a bit of a cold, and with the plan for the beds by the fence.",
  "I would like us to decide today who waters in June, because",
  "last year nobody",
];
const SAID_RU = ["Я хочу сказать про компост: за зиму его стало вдвое больше.", "И нам нужна ещё одна куча, я готова"];

/** Every state in a size where it matters, in both languages and themes. */
export const VIEWS: readonly View[] = [
  { name: "01-one-person", query: "state=my-turn&people=1", size: DESKTOP, ...JOINED },
  { name: "02-two-people", query: "state=others-turn&people=2", size: DESKTOP },
  { name: "03-four-people-dark", query: "state=my-turn&people=4&theme=dark", size: DESKTOP, ...JOINED },
  { name: "04-seven-others-turn", query: "state=others-turn&people=7", size: DESKTOP },
  { name: "05-seven-my-turn-ru-dark", query: "state=my-turn&people=7&lang=ru&theme=dark", size: DESKTOP, ...JOINED },
  { name: "06-twenty", query: "state=others-turn&people=20", size: DESKTOP },
  { name: "07-late", query: "state=late&people=7", size: DESKTOP, ...JOINED },
  { name: "08-last-seconds", query: "state=last-seconds&people=7", size: DESKTOP, ...JOINED },
  { name: "09-grace-dark", query: "state=grace&people=7&theme=dark", size: DESKTOP, ...JOINED },
  { name: "10-offered-to-me", query: "state=offered-to-me&people=7", size: DESKTOP, ...JOINED },
  { name: "11-held", query: "state=held&people=7", size: DESKTOP },
  { name: "12-paused-keeper", query: "state=paused&people=4", size: DESKTOP, ...JOINED },
  { name: "138-call-away", query: "state=call-away&people=7", size: DESKTOP, ...JOINED },
  { name: "139-call-away-ru", query: "state=call-away&people=7&lang=ru", size: PHONE, ...JOINED },
  { name: "13-between", query: "state=between&people=7", size: DESKTOP, ...JOINED, after: press("keeper-menu") },
  { name: "14-ended-minutes", query: "state=ended&people=7", size: DESKTOP },
  { name: "15-ended-ru-dark", query: "state=ended&people=7&lang=ru&theme=dark", size: DESKTOP },
  { name: "121-tasks-outside", query: "state=ended&people=7", size: FULL },
  { name: "122-panel-tasks-ru-dark", query: "state=ended&people=7&lang=ru&theme=dark", size: PANEL, after: toTargets },
  { name: "118-graph", query: "state=ended&people=7", size: FULL, after: tab("graph") },
  { name: "119-graph-ru-dark", query: "state=ended&people=7&lang=ru&theme=dark", size: DESKTOP, after: tab("graph") },
  { name: "120-panel-graph-ru", query: "state=ended&people=7&lang=ru", size: PANEL, after: graphTask },
  { name: "16-no-meeting", query: "state=no-meeting&people=4", size: DESKTOP, ...JOINED },
  { name: "17-gathering", query: "state=gathering&people=7", size: DESKTOP, ...JOINED },
  { name: "18-keeper-menu", query: "state=keeper&people=7", size: DESKTOP, ...JOINED, after: press("keeper-menu") },
  {
    name: "130-keeper-circle",
    query: "state=keeper&people=7",
    size: ELEMENT,
    ...JOINED,
    after: pressBoth("keeper-menu", "change-circle"),
  },
  {
    name: "131-keeper-order-ru-dark",
    query: "state=keeper&people=7&lang=ru&theme=dark",
    size: ELEMENT,
    ...JOINED,
    after: pressAll("keeper-menu", "change-circle", "order"),
  },
  {
    name: "132-keeper-theme-ru",
    query: "state=keeper&people=7&lang=ru",
    size: PHONE,
    ...JOINED,
    after: pressAll("keeper-menu", "change-circle", "change-theme"),
  },
  {
    name: "133-keeper-take-out",
    query: "state=keeper&people=7",
    size: PANEL,
    ...JOINED,
    after: pressAll("keeper-menu", "change-circle", "take-out"),
  },
  {
    name: "134-gathering-order",
    query: "state=gathering&people=5",
    size: ELEMENT,
    ...JOINED,
    after: pressAll("keeper-menu", "order"),
  },
  { name: "19-names", query: "state=names&people=7", size: DESKTOP },
  { name: "20-device-check", query: "state=arriving&people=7", size: DESKTOP, after: press("join") },
  { name: "140-agreement", query: "state=no-call-unanswered&people=7", size: ELEMENT },
  { name: "141-panel-agreement-ru-dark", query: "state=no-call-unanswered&people=7&lang=ru&theme=dark", size: PANEL },
  { name: "142-unwritten-ru", query: "state=unwritten&people=7&lang=ru", size: ELEMENT, ...JOINED },
  { name: "143-panel-unwritten", query: "state=unwritten&people=7", size: PANEL, ...JOINED },
  {
    name: "144-tiny-device-check-ru",
    query: "state=arriving&people=7&lang=ru",
    size: { width: 304, height: 242 },
    after: press("join"),
  },
  {
    name: "149-phone-device-check",
    query: "state=arriving&people=7",
    size: { width: 320, height: 720 },
    after: press("join"),
  },
  {
    name: "150-element-device-check-ru",
    query: "state=arriving&people=7&lang=ru",
    size: ELEMENT,
    after: press("join"),
  },
  {
    name: "147-tiny-agreement-ru",
    query: "state=no-call-unanswered&people=7&lang=ru",
    size: { width: 304, height: 242 },
  },
  {
    name: "148-settings-agreement-ru",
    query: "state=unwritten&people=7&lang=ru",
    size: DESKTOP,
    ...JOINED,
    after: press("open-settings"),
  },
  { name: "21-stale", query: "state=stale&people=7", size: DESKTOP, ...JOINED, after: press("pass") },
  { name: "22-light-contrast", query: "state=late&people=7&theme=light-high-contrast", size: DESKTOP, ...JOINED },
  {
    name: "23-dark-contrast-ru",
    query: "state=keeper&people=7&lang=ru&theme=dark-high-contrast",
    size: DESKTOP,
    ...JOINED,
    after: press("keeper-menu"),
  },
  { name: "114-captions", query: "state=others-turn&people=7", size: DESKTOP, ...JOINED, captions: SAID },
  {
    name: "115-captions-ru-dark",
    query: "state=others-turn&people=7&lang=ru&theme=dark",
    size: DESKTOP,
    ...JOINED,
    captions: SAID_RU,
  },
  {
    name: "116-panel-captions",
    query: "state=others-turn&people=7&lang=ru",
    size: PANEL,
    ...JOINED,
    captions: SAID_RU,
  },
  { name: "117-top-captions", query: "state=others-turn&people=7", size: TOP_OF_ROOM, ...JOINED, captions: SAID },
  { name: "24-hands", query: "state=hands&people=7", size: DESKTOP, ...JOINED },
  { name: "26-settings", query: "state=my-turn&people=7", size: DESKTOP, ...JOINED, after: press("open-settings") },
  {
    name: "27-help-ru-dark",
    query: "state=my-turn&people=7&lang=ru&theme=dark",
    size: DESKTOP,
    ...JOINED,
    after: press("open-help"),
  },
  { name: "28-screen", query: "state=my-turn&people=7", size: DESKTOP, ...JOINED, after: press("screen") },
  {
    name: "36-panel-settings-ru",
    query: "state=my-turn&people=7&lang=ru",
    size: PANEL,
    after: pressBoth("more", "open-settings"),
  },
  { name: "37-panel-my-turn-note", query: "state=i-am-next&people=7", size: PANEL, ...JOINED },
  {
    name: "29-half-a-window-ru",
    query: "state=others-turn&people=5&lang=ru",
    size: { width: 740, height: 640 },
    ...JOINED,
  },
  { name: "30-panel-seven", query: "state=others-turn&people=7", size: PANEL },
  { name: "31-panel-my-turn-ru", query: "state=my-turn&people=7&lang=ru", size: PANEL, ...JOINED },
  { name: "32-panel-twenty-dark", query: "state=others-turn&people=20&theme=dark", size: PANEL, ...JOINED },
  { name: "33-panel-record", query: "state=others-turn&people=7&lang=ru", size: PANEL, after: press("toggle-record") },
  { name: "145-newcomer", query: "state=newcomer&people=7", size: DESKTOP },
  {
    name: "146-panel-newcomer-ru-dark",
    query: "state=newcomer&people=7&lang=ru&theme=dark",
    size: PANEL,
    after: press("toggle-record"),
  },
  { name: "34-panel-device-check-ru", query: "state=others-turn&people=7&lang=ru", size: PANEL, after: press("join") },
  { name: "34-panel-device-check-ru", query: "state=arriving&people=7&lang=ru", size: PANEL, after: press("join") },
  { name: "35-panel-one", query: "state=my-turn&people=1", size: PANEL, ...JOINED },
  { name: "40-phone-my-turn", query: "state=my-turn&people=7", size: PHONE, ...JOINED },
  { name: "41-phone-dark-ru", query: "state=last-seconds&people=4&theme=dark&lang=ru", size: PHONE, ...JOINED },
  { name: "42-phone-landscape", query: "state=my-turn&people=7", size: LANDSCAPE, ...JOINED },
  { name: "43-phone-ended", query: "state=ended&people=7&lang=ru", size: PHONE, after: press("toggle-record") },
  {
    name: "44-phone-keeper",
    query: "state=keeper&people=7&lang=ru",
    size: PHONE,
    ...JOINED,
    after: press("keeper-menu"),
  },
  { name: "50-top-seven", query: "state=others-turn&people=7", size: TOP_OF_ROOM, ...JOINED },
  { name: "51-top-twenty-dark", query: "state=others-turn&people=20&theme=dark", size: TOP_OF_ROOM },
  { name: "52-top-my-turn-ru", query: "state=my-turn&people=7&lang=ru", size: TOP_OF_ROOM, ...JOINED },
  { name: "53-top-two", query: "state=others-turn&people=2", size: { width: 700, height: 260 } },
  { name: "54-minimised", query: "state=others-turn&people=7", size: MINIMISED, ...JOINED },
  { name: "140-listened-to", query: "state=listened-to&people=7", size: ELEMENT, ...JOINED },
  {
    name: "141-listened-to-my-turn-ru-dark",
    query: "state=listened-to-my-turn&people=7&lang=ru&theme=dark",
    size: ELEMENT,
    ...JOINED,
  },
  { name: "142-listened-to-panel-ru", query: "state=listened-to&people=7&lang=ru", size: PANEL, ...JOINED },
  { name: "143-listened-to-minimised", query: "state=listened-to&people=7", size: MINIMISED, ...JOINED },
  { name: "150-scribe-away", query: "state=scribe-away&people=7", size: ELEMENT, ...JOINED },
  {
    name: "151-scribe-away-mine-ru-dark",
    query: "state=scribe-away-mine&people=7&lang=ru&theme=dark",
    size: ELEMENT,
    ...JOINED,
  },
  { name: "152-scribe-away-mine-panel-ru", query: "state=scribe-away-mine&people=7&lang=ru", size: PANEL, ...JOINED },
  { name: "153-scribe-away-minimised", query: "state=scribe-away&people=7", size: MINIMISED, ...JOINED },
  {
    name: "55-minimised-my-turn-ru-dark",
    query: "state=last-seconds&people=7&lang=ru&theme=dark",
    size: MINIMISED,
    ...JOINED,
  },
  { name: "56-minimised-between", query: "state=between&people=7", size: { width: 320, height: 180 } },
  { name: "60-full-seven", query: "state=my-turn&people=7", size: FULL, ...JOINED },
  { name: "61-full-twenty-dark", query: "state=others-turn&people=20&theme=dark&lang=ru", size: FULL, ...JOINED },
  {
    name: "63-correcting",
    query: "state=keeper&people=4",
    size: DESKTOP,
    after: async (frame) => {
      await frame.getByTestId("correct").first().click({ force: true });
      await frame
        .getByTestId("editor")
        .getByRole("textbox")
        .fill(
          "I came with a bit of a cold, and with the plan for the beds by the fence. I want us to decide today who waters in June.",
        );
      await frame.getByTestId("save").click();
      await frame.getByTestId("corrected").click();
      await frame.getByTestId("correct").nth(1).click({ force: true });
    },
  },
  {
    name: "64-tasks-ru",
    query: "state=ended&people=4&lang=ru",
    size: DESKTOP,
    after: async (frame) => {
      await frame.getByTestId("task-edit").first().click();
    },
  },
  { name: "68-decisions", query: "state=ended&people=4&me=keeper", size: { width: 1200, height: 1500 } },
  { name: "70-growing-ru", query: "state=others-turn&people=4&lang=ru", size: DESKTOP, after: tab("minutes") },
  {
    name: "69-decisions-panel-ru-dark",
    query: "state=ended&people=4&lang=ru&theme=dark",
    size: { width: 320, height: 1700 },
    after: press("toggle-record"),
  },
  {
    name: "65-tasks-panel-dark",
    query: "state=ended&people=4&theme=dark",
    size: PANEL,
    after: async (frame) => {
      await frame.getByTestId("toggle-record").click();
      await frame.getByTestId("task-done").last().click();
    },
  },
  {
    name: "66-search-panel-ru",
    query: "state=others-turn&people=7&lang=ru",
    size: PANEL,
    after: async (frame) => {
      await frame.getByTestId("toggle-record").click();
      await frame.getByTestId("search").fill("куча");
    },
  },
  {
    name: "67-past-meeting",
    query: "state=others-turn&people=7",
    size: DESKTOP,
    after: async (frame) => {
      await frame.getByTestId("meeting-choice").selectOption("m0000past0");
    },
  },
  { name: "80-consent", query: "state=consent&people=7", size: DESKTOP, ...JOINED },
  {
    name: "81-consent-mine-ru-dark",
    query: "state=consent-mine&people=7&lang=ru&theme=dark",
    size: DESKTOP,
    ...JOINED,
    after: press("object-position"),
  },
  { name: "82-panel-consent-ru", query: "state=consent&people=7&lang=ru", size: PANEL, ...JOINED },
  {
    name: "83-panel-objecting",
    query: "state=consent&people=7",
    size: PANEL,
    ...JOINED,
    after: press("object-position"),
  },
  { name: "84-top-consent", query: "state=consent&people=7", size: TOP_OF_ROOM, ...JOINED },
  { name: "85-full-consent", query: "state=consent&people=7", size: FULL, ...JOINED },
  { name: "86-writing", query: "state=writing&people=7", size: DESKTOP, ...JOINED },
  { name: "87-panel-writing-ru", query: "state=writing&people=7&lang=ru", size: PANEL, ...JOINED },
  { name: "88-top-writing", query: "state=writing&people=7", size: TOP_OF_ROOM, ...JOINED },
  { name: "89-full-wrote-ru", query: "state=wrote&people=7&lang=ru", size: FULL, ...JOINED },
  { name: "90-texts", query: "state=texts&people=7", size: DESKTOP, ...JOINED },
  { name: "91-panel-texts-ru", query: "state=texts&people=7&lang=ru", size: PANEL, ...JOINED },
  { name: "92-top-texts", query: "state=texts&people=7", size: TOP_OF_ROOM },
  { name: "93-floor", query: "state=floor&people=7", size: DESKTOP, ...JOINED },
  { name: "94-panel-floor-ru", query: "state=floor&people=7&lang=ru", size: PANEL, ...JOINED },
  { name: "95-top-floor-quiet", query: "state=floor-quiet&people=7", size: TOP_OF_ROOM, ...JOINED },
  { name: "96-keeper-floor-dark", query: "state=keeper-floor&people=7&theme=dark", size: DESKTOP, ...JOINED },
  {
    name: "97-hands-waiting-ru",
    query: "state=hands-waiting&people=7&lang=ru",
    size: DESKTOP,
    ...JOINED,
    after: press("hand"),
  },
  { name: "98-panel-hand-menu", query: "state=hands-waiting&people=7", size: PANEL, ...JOINED, after: press("hand") },
  { name: "100-extension", query: "state=extension&people=7", size: DESKTOP, ...JOINED },
  { name: "101-panel-extension-ru", query: "state=extension&people=7&lang=ru", size: PANEL, ...JOINED },
  { name: "102-panel-offered-to-me-ru", query: "state=offered-to-me&people=7&lang=ru", size: PANEL, ...JOINED },
  { name: "103-panel-held", query: "state=held&people=7", size: PANEL },
  { name: "104-kept-for-me-ru", query: "state=kept-for-me&people=7&lang=ru", size: DESKTOP, ...JOINED },
  {
    name: "105-start-form",
    query: "state=gathering&people=7",
    size: DESKTOP,
    ...JOINED,
    after: start("consent-decision"),
  },
  {
    name: "106-panel-start-form-ru",
    query: "state=no-call-gathering&people=7&lang=ru",
    size: PANEL,
    after: start("brainstorm"),
  },
  { name: "107-top-start-form", query: "state=no-call-gathering&people=7", size: TOP_OF_ROOM, after: start("council") },
  {
    name: "108-hand-over",
    query: "state=keeper&people=7",
    size: DESKTOP,
    ...JOINED,
    after: pressBoth("keeper-menu", "hand-over"),
  },
  {
    name: "109-panel-hand-over-ru",
    query: "state=keeper&people=7&lang=ru",
    size: PANEL,
    ...JOINED,
    after: pressBoth("keeper-menu", "hand-over"),
  },
  { name: "110-between-hands-ru", query: "state=between&people=7&lang=ru", size: DESKTOP, ...JOINED },
  { name: "111-panel-between", query: "state=between&people=7", size: PANEL, ...JOINED },
  {
    name: "112-decided-record",
    query: "state=decided&people=7",
    size: FULL,
    after: (frame) => frame.getByRole("tab", { name: "Transcript" }).click(),
  },
  { name: "113-panel-my-turn-grace-ru", query: "state=grace&people=7&lang=ru", size: PANEL, ...JOINED },
  { name: "123-out-of-turn", query: "state=keeper-out-of-turn&people=7", size: DESKTOP, ...JOINED },
  {
    name: "124-panel-out-of-turn-ru-dark",
    query: "state=keeper-out-of-turn&people=7&lang=ru&theme=dark",
    size: PANEL,
    ...JOINED,
  },
  { name: "70-not-member", query: "state=not-member", size: PANEL },
  { name: "71-identity-refused-ru", query: "state=others-turn&refuse&lang=ru", size: PANEL },
  { name: "72-service-away-dark", query: "state=service-away&theme=dark", size: DESKTOP },
  { name: "73-encrypted-room", query: "state=encrypted-room", size: PANEL },
  { name: "74-bot-absent-ru", query: "state=bot-absent&lang=ru", size: PANEL },
  { name: "75-bot-without-power-dark", query: "state=bot-without-power&theme=dark", size: DESKTOP },
  { name: "76-top-service-away", query: "state=service-away", size: TOP_OF_ROOM },
];
