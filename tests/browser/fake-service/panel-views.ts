import type { FrameLocator } from "playwright-core";
import type { View } from "./views.ts";

/**
 * Sizes that Element gives a widget: at the top of a room, beside the right panel, maximised beside the chat, in the
 * right panel, as a small picture.
 */
export const ELEMENT = {
  top: { width: 972, height: 454 },
  beside: { width: 652, height: 454 },
  maximised: { width: 552, height: 700 },
  panel: { width: 319, height: 700 },
  picture: { width: 304, height: 242 },
} as const;

const SIZES = {
  ...ELEMENT,
  phone: { width: 390, height: 844 },
  narrow: { width: 320, height: 720 },
  desktop: { width: 1200, height: 760 },
} as const;

const STATES: readonly {
  readonly name: string;
  readonly state: string;
  readonly after?: (frame: FrameLocator) => Promise<void>;
  readonly joined?: boolean;
}[] = [
  { name: "writing", state: "writing", joined: true },
  { name: "consent", state: "consent", joined: true },
  { name: "grouping", state: "grouping", joined: true },
  { name: "grouping-mine", state: "grouping-mine", joined: true, after: chooseTwo },
  { name: "grouping-long", state: "grouping-long", joined: true, after: chooseTwo },
  { name: "voting", state: "voting", joined: true },
  { name: "voting-long", state: "voting-long", joined: true },
  { name: "voted", state: "voted", joined: true },
  {
    name: "vote-result",
    state: "vote-result",
    after: async (frame) => {
      await showRecord(frame);
      await frame.locator("[data-tab=said]").click();
      await frame.getByTestId("vote-result").first().scrollIntoViewIfNeeded();
    },
  },
  { name: "between", state: "between", joined: true },
  { name: "floor", state: "floor", joined: true },
  { name: "ended", state: "ended" },
  { name: "before", state: "gathering", joined: true },
  { name: "start", state: "gathering", joined: true, after: (frame) => frame.getByTestId("start").click() },
  { name: "hand", state: "hands-waiting", joined: true, after: (frame) => frame.getByTestId("hand").click() },
  { name: "record", state: "others-turn", after: showRecord },
  {
    name: "minutes",
    state: "ended",
    after: async (frame) => {
      await showRecord(frame);
      await frame.locator("[data-tab=minutes]").click();
    },
  },
  {
    name: "search",
    state: "ended",
    after: async (frame) => {
      await showRecord(frame);
      await frame.getByTestId("search").fill("water");
      await frame.getByTestId("search-past").click();
      await frame.getByTestId("past-hit").first().waitFor();
    },
  },
  {
    name: "correct",
    state: "ended",
    after: async (frame) => {
      await showRecord(frame);
      await frame.locator("[data-tab=said]").click();
      await frame.getByTestId("correct").first().click();
    },
  },
  {
    name: "export",
    state: "ended",
    after: async (frame) => {
      await showRecord(frame);
      await frame.locator(".record").getByTestId("export").click();
    },
  },
  {
    name: "graph",
    state: "ended",
    after: async (frame) => {
      await showRecord(frame);
      await frame.locator("[data-tab=graph]").click();
    },
  },
  {
    name: "network",
    state: "ended",
    after: async (frame) => {
      await showRecord(frame);
      await frame.locator("[data-tab=graph]").click();
      await frame.getByTestId("graph-larger").click();
      await frame.locator(".graph-node[data-kind=task]").first().click();
    },
  },
];

async function showRecord(frame: FrameLocator): Promise<void> {
  if (!(await frame.getByTestId("record").isVisible())) await frame.getByTestId("toggle-record").click();
}

async function chooseTwo(frame: FrameLocator): Promise<void> {
  for (const place of [0, 1]) await frame.getByTestId("choose-group").nth(place).check();
}

/** Views of the panels beside the ring and of the record, in each size that people meet. */
export const PANEL_VIEWS: readonly View[] = STATES.flatMap(({ name, state, after, joined }) =>
  Object.entries(SIZES).flatMap(([at, size]) =>
    (["en", "ru"] as const).map((lang) => ({
      name: `p-${name}-${at}-${lang}`,
      size,
      query: `state=${state}&people=7&lang=${lang}${lang === "ru" ? "&theme=dark" : ""}`,
      ...(joined && { joined }),
      ...(after && { after }),
    })),
  ),
);
