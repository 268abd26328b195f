/**
 * An element, by its test id, that must be seen whole and pressed without scrolling, and its least height in pixels.
 */
type Wanted = { readonly id: string; readonly height: number };

type Measured = {
  readonly faults: string[];
  /** Place of the main button in pixels, if there is one. */
  readonly main: { left: number; width: number; bottom: number } | null;
};

/** Faults that a person would trip over on this page, as sentences; none when all is well. */
export function measure(wanted: readonly Wanted[]): Measured {
  const faults: string[] = [];
  // Not the window's: a phone shrinks a page that is too wide for it, and its window seems to grow.
  const { clientWidth, clientHeight } = document.documentElement;
  const named = (element: Element) => element.getAttribute("data-testid") ?? element.className.toString().slice(0, 40);
  const inView = ({ left, right, top, bottom }: DOMRect) =>
    left >= -0.5 && top >= -0.5 && right <= clientWidth + 0.5 && bottom <= clientHeight + 0.5;
  const isShown = (element: Element) =>
    element.getClientRects().length > 0 && !element.closest("[style*='clip-path'], .unseen");

  for (const { id, height } of wanted) {
    const found = [...document.querySelectorAll(`[data-testid="${id}"]`)].filter(isShown);
    const [element] = found;
    if (!element) {
      faults.push(`${id} is not there`);
      continue;
    }
    const box = element.getBoundingClientRect();
    if (!inView(box))
      faults.push(
        `${id} is not in view (${Math.round(box.left)},${Math.round(box.top)} to ${Math.round(box.right)},${Math.round(box.bottom)})`,
      );
    if (box.height < height - 0.5) faults.push(`${id} is ${Math.round(box.height)} px high`);
    // Its corners as well as its middle: what lies over half of it hides it.
    for (const [across, down] of [
      [0.5, 0.5],
      [0.15, 0.3],
      [0.85, 0.7],
    ] as const) {
      const on = document.elementFromPoint(box.left + box.width * across, box.top + box.height * down);
      if (on && on !== element && !element.contains(on) && !on.contains(element))
        faults.push(`${id} lies under ${named(on)}`);
    }
  }

  const bar = [...document.querySelectorAll(".bar button, .bar .lamp, .bar .bar-main")].filter(
    (each) => isShown(each) && !each.closest(".menu"),
  );
  for (const each of bar)
    if (!inView(each.getBoundingClientRect())) faults.push(`${named(each)} sticks out of the window`);
  bar.forEach((one, index) => {
    for (const other of bar.slice(index + 1)) {
      if (one.contains(other) || other.contains(one)) continue;
      const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
      if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1)
        faults.push(`${named(one)} lies on ${named(other)}`);
    }
  });
  if (document.documentElement.scrollWidth > clientWidth) faults.push("the page is wider than the window");
  for (const button of document.querySelectorAll(".bar-main .button, .check-foot .button, .start-foot .button")) {
    if (isShown(button) && button.scrollWidth > button.clientWidth + 1)
      faults.push(`the words of ${named(button)} are cut`);
  }
  const asking = document.querySelector(".sitting")?.getAttribute("data-asking") === "true";
  const middle = asking
    ? []
    : [...document.querySelectorAll(".stage-name, .clock, .my-turn, .bar-closed")].filter(isShown);
  for (const words of middle) {
    if (words.scrollHeight > words.clientHeight + 3 && words.clientHeight > 0)
      faults.push(`“${words.textContent ?? ""}” is cut`);
    const box = words.getBoundingClientRect();
    if (box.width > 0 && getComputedStyle(words.closest(".ring") ?? words).opacity !== "0" && !inView(box))
      faults.push(`“${words.textContent ?? ""}” is not in view`);
  }
  const clock = document.querySelector(".stage .clock");
  const words = document.querySelector(".stage-words");
  if (!asking && clock && words && isShown(clock)) {
    const [a, b] = [clock.getBoundingClientRect(), words.getBoundingClientRect()];
    if (a.left < b.right && b.left < a.right && a.bottom > b.top + 8 && a.top < b.bottom)
      faults.push("the clock lies on the words");
  }
  const rounds = bar.filter((each) => each.matches(".round, .lamp, .keeper > .button"));
  if (clientWidth < 420 && rounds.length > 5) faults.push(`${rounds.length} round buttons`);

  const main = [...document.querySelectorAll(".bar-main .button")].find(isShown)?.getBoundingClientRect();
  return {
    faults,
    main: main
      ? { left: Math.round(main.left), width: Math.round(main.width), bottom: Math.round(clientHeight - main.bottom) }
      : null,
  };
}
