import { on, postEvent } from "@tma.js/bridge";
import type { HostShell, ShellButton } from "./host-shell.ts";

type Rgb = `#${string}`;

/** The buttons, the touch and the question before closing that Telegram's apps have of their own. */
export function telegramShell(coloursOfButton: () => { readonly color?: Rgb; readonly text_color?: Rgb }): HostShell {
  let main: ShellButton | null = null;
  let back: (() => void) | null = null;
  on("main_button_pressed", () => {
    if (main?.active && !main.busy) main.press();
  });
  on("back_button_pressed", () => back?.());
  return {
    showMain(button) {
      main = button;
      // All of it each time: some apps take what is left out for nothing.
      postEvent("web_app_setup_main_button", {
        is_visible: button !== null,
        text: button?.text ?? " ",
        is_active: button?.active ?? false,
        is_progress_visible: button?.busy ?? false,
        ...coloursOfButton(),
      });
    },
    showBack(onBack) {
      const shown = back !== null;
      back = onBack;
      if (shown !== (onBack !== null)) postEvent("web_app_setup_back_button", { is_visible: onBack !== null });
    },
    feel(sign) {
      postEvent(
        "web_app_trigger_haptic_feedback",
        sign === "word"
          ? { type: "notification", notification_type: "success" }
          : { type: "impact", impact_style: "light" },
      );
    },
    confirmClosing: (need_confirmation) => postEvent("web_app_setup_closing_behavior", { need_confirmation }),
    openInBrowser: (url) => postEvent("web_app_open_link", { url, try_instant_view: false }),
  };
}
