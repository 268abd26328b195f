// @vitest-environment jsdom
import { act, cleanup, render } from "@testing-library/react";
import { I18nextProvider } from "react-i18next";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openCatalogue } from "../../language/open-catalogue.ts";
import { meetingOf, turnOf } from "../../../dev/made-up-meeting.ts";
import { preferences } from "../../model/preferences/preferences.ts";
import { sitDown } from "../../../dev/made-up-sitting.tsx";
import { SittingProvider } from "../../sitting/sitting.tsx";
import { ShellButtons } from "../../model/host/shell-buttons.ts";
import { useTurnSigns } from "./use-turn-signs.ts";
import { personId } from "../../../../tests/support/protocol/ids.ts";

const evesTurn = meetingOf(["eve", "bob", "ann"], { next: personId("@bob:x") });
const bobsTurn = { ...evesTurn, version: 6, turn: turnOf(personId("@bob:x"), { id: 2 }), next: personId("@ann:x") };
const myTurn = { ...evesTurn, version: 7, turn: turnOf(personId("@ann:x"), { id: 3 }), next: null };
const over = { ...evesTurn, version: 8, phase: "ended" as const, turn: null, next: null };

let visibility: DocumentVisibilityState;
const shown: { text: string; closed: boolean }[] = [];
const vibrate = vi.fn();

beforeEach(() => {
  visibility = "hidden";
  shown.length = 0;
  vibrate.mockClear();
  document.title = "Mindminder";
  vi.spyOn(document, "visibilityState", "get").mockImplementation(() => visibility);
  vi.stubGlobal(
    "Notification",
    class {
      static permission = "granted";
      readonly entry;
      constructor(text: string) {
        shown.push((this.entry = { text, closed: false }));
      }
      close() {
        this.entry.closed = true;
      }
    },
  );
  Object.assign(navigator, { vibrate });
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  Reflect.deleteProperty(navigator, "vibrate");
  preferences.set({ signs: true, notifications: false });
});

/** Ann, while Eve speaks and Bob is next; then whatever comes. */
function watch({ shell = null }: { shell?: ShellButtons | null } = {}) {
  const { sitting: made, store, unmount } = sitDown(evesTurn);
  unmount();
  const sitting = { ...made, shell };
  const Probe = () => {
    useTurnSigns();
    return null;
  };
  render(
    <I18nextProvider i18n={openCatalogue("en")}>
      <SittingProvider sitting={sitting}>
        <Probe />
      </SittingProvider>
    </I18nextProvider>,
  );
  return (meeting: typeof evesTurn | typeof over) => act(() => store.set({ meeting }));
}

test("while I look elsewhere the tab says that I am next, then that it is my turn, then nothing", () => {
  const comes = watch();
  expect(document.title).toBe("Mindminder");
  comes(bobsTurn);
  expect(document.title).toBe("You are next · Mindminder");
  comes(myTurn);
  expect(document.title).toBe("Your turn to speak · Mindminder");
  comes(over);
  expect(document.title).toBe("Mindminder");
});

test("a tab that is looked at needs no sign", () => {
  visibility = "visible";
  const comes = watch();
  comes(myTurn);
  expect(document.title).toBe("Mindminder");
  visibility = "hidden";
  act(() => void document.dispatchEvent(new Event("visibilitychange")));
  expect(document.title).toBe("Your turn to speak · Mindminder");
});

test("a phone is shaken once for each, whether looked at or not", () => {
  visibility = "visible";
  const comes = watch();
  for (const meeting of [bobsTurn, { ...bobsTurn, version: 7 }, { ...myTurn, version: 8 }, { ...myTurn, version: 9 }])
    comes(meeting);
  expect(vibrate).toHaveBeenCalledTimes(2);
});

test("a notification comes only to whoever switched it on, and goes with its reason", () => {
  const comes = watch();
  comes(bobsTurn);
  expect(shown).toEqual([]);
  act(() => preferences.set({ notifications: true }));
  comes(myTurn);
  comes(over);
  expect(shown).toEqual([
    { text: "You are next", closed: true },
    { text: "Your turn to speak", closed: true },
  ]);
});

test("whoever switched the signs off gets none", () => {
  preferences.set({ signs: false, notifications: true });
  const comes = watch();
  comes(bobsTurn);
  comes(myTurn);
  expect([document.title, shown, vibrate.mock.calls]).toEqual(["Mindminder", [], []]);
});

test("in an app of its own the hand feels it by the app, once each, and the page does not vibrate besides", () => {
  const feel = vi.fn();
  const none = () => undefined;
  const app = { showMain: none, showBack: none, confirmClosing: none, openInBrowser: none, feel };
  const comes = watch({ shell: new ShellButtons(app) });
  for (const meeting of [bobsTurn, { ...bobsTurn, version: 7 }, { ...myTurn, version: 8 }, over]) comes(meeting);
  expect(feel.mock.calls).toEqual([["next"], ["word"]]);
  expect(vibrate).not.toHaveBeenCalled();
});
