import { on, postEvent } from "@tma.js/bridge";

/**
 * Follows the part of the screen that the app gives to the page: half a screen at first, less above a keyboard; and
 * what of it lies below a notch or the app's own buttons.
 */
export function followWindow(page: HTMLElement = document.documentElement): void {
  const insets = { screen: NONE, content: NONE };
  const pad = () => {
    for (const side of SIDES)
      page.style.setProperty(`--host-${side}`, `${insets.screen[side] + insets.content[side]}px`);
  };
  on("viewport_changed", ({ height, is_state_stable }) => {
    // While it is dragged nothing is laid out anew. A height of the whole window needs no word of ours.
    if (is_state_stable) page.style.setProperty("--host-height", height < window.innerHeight ? `${height}px` : "100%");
  });
  on("safe_area_changed", (area) => {
    insets.screen = area;
    pad();
  });
  on("content_safe_area_changed", (area) => {
    insets.content = area;
    pad();
  });
  postEvent("web_app_expand");
  // A finger that scrolls the record is not to take the circle away.
  postEvent("web_app_setup_swipe_behavior", { allow_vertical_swipe: false });
  postEvent("web_app_request_viewport");
  postEvent("web_app_request_safe_area");
  postEvent("web_app_request_content_safe_area");
}

const SIDES = ["top", "bottom", "left", "right"] as const;
const NONE = { top: 0, bottom: 0, left: 0, right: 0 };
