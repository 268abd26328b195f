import { type RefObject, useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../look/icons.tsx";
import { useMeetingSnapshot } from "../sitting/meeting.ts";

/** The question that all are asked: cut after some lines where there is no room, and then a press opens it. */
export function Theme() {
  const { t } = useTranslation();
  const meeting = useMeetingSnapshot();
  const circle = meeting?.phase === "ended" ? undefined : meeting?.circles[meeting.circle ?? -1];
  const words = circle?.theme || meeting?.topic || meeting?.scenario.title || t("theme.noMeeting");
  const text = useRef<HTMLHeadingElement>(null);
  const [open, setOpen] = useState(false);
  const cut = useIsCut(text, words, open);
  return (
    <div className="theme-words" data-open={open}>
      <h1 className="theme-text" data-testid="theme" ref={text}>
        <bdi>{words}</bdi>
      </h1>
      {(cut || open) && (
        <button
          type="button"
          className="theme-more"
          aria-expanded={open}
          aria-label={open ? t("frame.hideTheme") : t("frame.showTheme")}
          data-testid="theme-more"
          onClick={() => setOpen(!open)}
        >
          <Icon name={open ? "fold" : "unfold"} size={20} />
        </button>
      )}
    </div>
  );
}

function useIsCut(text: RefObject<HTMLElement | null>, words: string, open: boolean): boolean {
  const [cut, setCut] = useState(false);
  useLayoutEffect(() => {
    const element = text.current;
    if (!element || typeof ResizeObserver === "undefined") return;
    const look = () => {
      if (!open) setCut(element.scrollHeight > element.clientHeight + 2);
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, [text, words, open]);
  return cut;
}
