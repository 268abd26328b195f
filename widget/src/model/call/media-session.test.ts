// @vitest-environment jsdom
import { afterEach, expect, test, vi } from "vitest";
import { Store } from "../store.ts";
import { type LocalCallState, OUT_OF_CALL } from "./call-state.ts";
import { showOnLockedScreen } from "./media-session.ts";

afterEach(() => {
  vi.unstubAllGlobals();
  Reflect.deleteProperty(navigator, "mediaSession");
});

test("the locked screen shows that a call is on for as long as it is, names nobody, and cannot pause it", () => {
  vi.stubGlobal(
    "MediaMetadata",
    class {
      readonly title: string;
      constructor({ title }: { title: string }) {
        this.title = title;
      }
    },
  );
  const handlers = new Map<string, (() => void) | null>();
  const session = {
    metadata: null as { title: string } | null,
    playbackState: "none",
    setActionHandler: (action: string, handler: (() => void) | null) => handlers.set(action, handler),
  };
  Object.defineProperty(navigator, "mediaSession", { value: session, configurable: true });
  const call = new Store<LocalCallState>(OUT_OF_CALL);
  showOnLockedScreen(call, "Mindminder");
  call.set({ status: "in" });
  call.set({ status: "reconnecting" });
  expect([session.metadata?.title, session.playbackState]).toEqual(["Mindminder", "playing"]);
  handlers.get("pause")?.();
  expect(session.playbackState).toBe("playing");
  call.set(OUT_OF_CALL);
  expect([session.metadata, session.playbackState, handlers.get("pause")]).toEqual([null, "none", null]);
});
