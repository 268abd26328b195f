import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../look/button.tsx";
import type { SpokenCircle } from "./by-turn.ts";

/**
 * Number of turns drawn at first, more than a panel shows at once; two hours of talk at a time would hold up every
 * press.
 */
const AT_ONCE = 24;

type End = "first" | "last";

/**
 * The newest that was said, or the first that was found, and a button that shows more of it: above the newest, below
 * the first. Scrolling to it is enough.
 */
export function useSome(circles: readonly SpokenCircle[], end: End) {
  const [most, setMost] = useState(AT_ONCE);
  const { shown, left } = someOf(circles, most, end);
  const button = useRef<HTMLDivElement>(null);
  const fromEnd = useRef<number | null>(null);
  const showMore = () => {
    const box = boxOf(button.current);
    if (box && end === "last") fromEnd.current = box.scrollHeight - box.scrollTop;
    setMost(most + AT_ONCE);
  };
  // Keeps the text being read in its place when more is put above it.
  useLayoutEffect(() => {
    const box = boxOf(button.current);
    if (box && fromEnd.current !== null) box.scrollTop = box.scrollHeight - fromEnd.current;
    fromEnd.current = null;
  }, [most]);
  const more = <div ref={button}>{left > 0 && <More key={most} end={end} onMore={showMore} />}</div>;
  return { shown, more };
}

function More({ end, onMore }: { end: End; onMore: () => void }) {
  const { t } = useTranslation();
  const here = useRef<HTMLParagraphElement>(null);
  const latest = useRef(onMore);
  latest.current = onMore;
  useEffect(() => {
    if (!here.current || typeof IntersectionObserver === "undefined") return;
    const observer = new IntersectionObserver(
      (seen) => {
        if (seen.some(({ isIntersecting }) => isIntersecting)) latest.current();
      },
      { root: boxOf(here.current) },
    );
    observer.observe(here.current);
    return () => observer.disconnect();
  }, []);
  return (
    <p ref={here}>
      <Button data-testid="more-said" onClick={onMore}>
        {t(end === "last" ? "desk.earlier" : "desk.more")}
      </Button>
    </p>
  );
}

function boxOf(element: HTMLElement | null): HTMLElement | null {
  return element?.closest<HTMLElement>(".record-body") ?? null;
}

/** Takes so many turns from one end, in their circles; a circle of which nothing is left is not shown. */
export function someOf(
  circles: readonly SpokenCircle[],
  most: number,
  end: End,
): { shown: SpokenCircle[]; left: number } {
  const shown: SpokenCircle[] = [];
  let room = most;
  for (const circle of end === "last" ? circles.toReversed() : circles) {
    if (room <= 0) break;
    shown.push({ ...circle, said: end === "last" ? circle.said.slice(-room) : circle.said.slice(0, room) });
    room -= circle.said.length;
  }
  const all = circles.reduce((sum, { said }) => sum + said.length, 0);
  return { shown: end === "last" ? shown.reverse() : shown, left: Math.max(0, all - most) };
}
