/** Whether this device shows captions; where storage is closed to frames, it does. */
const KEY = "mindminder.captions.1";

export function wantsCaptions(): boolean {
  try {
    return localStorage.getItem(KEY) !== "off";
  } catch {
    return true;
  }
}

export function keepWanted(wanted: boolean): void {
  try {
    localStorage.setItem(KEY, wanted ? "on" : "off");
  } catch {
    // Chosen anew next time.
  }
}
