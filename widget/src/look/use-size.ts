import { useLayoutEffect, useRef, useState } from "react";

type Size = { readonly width: number; readonly height: number };

/** Follows the size of an element; the `fallback` where nothing is laid out. */
export function useSize<Shown extends HTMLElement>(fallback: Size) {
  const box = useRef<Shown>(null);
  const [size, setSize] = useState(fallback);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element || typeof ResizeObserver === "undefined") return;
    const look = () => {
      const { clientWidth: width, clientHeight: height } = element;
      if (width > 0 && height > 0)
        setSize((old) => (old.width === width && old.height === height ? old : { width, height }));
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [box, size] as const;
}
