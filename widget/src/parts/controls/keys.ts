/** True when the focused element wants letters and spaces for itself. */
export function usesKeysItself(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;
}

/** Space presses buttons and opens what is folded, too; and nothing behind a dialog may be moved by it. */
export function usesSpaceItself(target: EventTarget | null): boolean {
  return (
    usesKeysItself(target) ||
    (target instanceof Element && target.closest("button, a, summary, video, [role=tab], dialog") !== null)
  );
}
