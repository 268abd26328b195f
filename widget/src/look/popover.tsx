import { useEffect, useId, useRef, type ReactNode } from "react";

type Props = {
  open: boolean;
  onClose: () => void;
  /** Name of the box for screen readers. */
  label: string;
  className?: string;
  /** Step of the box's content; another one moves the focus into the new content. */
  step?: string;
  button: (props: { "aria-expanded": boolean; "aria-controls": string }) => ReactNode;
  children: ReactNode;
};

/**
 * A button with a box that opens above it: closed by Escape, by a press elsewhere, and by going on with the Tab key.
 */
export function Popover({ open, onClose, label, className = "", step = "", button, children }: Props) {
  const whole = useRef<HTMLDivElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const id = useId();

  useEffect(() => {
    if (open) box.current?.querySelector<HTMLElement>("button, input, textarea")?.focus();
  }, [open, step]);

  useEffect(() => {
    if (!open) return;
    const onPointer = (event: PointerEvent) => {
      if (event.target instanceof Node && !whole.current?.contains(event.target)) onClose();
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      onClose();
      whole.current?.querySelector<HTMLElement>("button")?.focus();
    };
    document.addEventListener("pointerdown", onPointer);
    document.addEventListener("keydown", onKey);
    return () => {
      document.removeEventListener("pointerdown", onPointer);
      document.removeEventListener("keydown", onKey);
    };
  });

  const leave = (event: React.FocusEvent) => {
    if (event.relatedTarget instanceof Node && !whole.current?.contains(event.relatedTarget)) onClose();
  };
  return (
    <div className={`keeper ${className}`} ref={whole} onBlur={open ? leave : undefined}>
      {button({ "aria-expanded": open, "aria-controls": id })}
      {open && (
        <div className="menu" ref={box} id={id} role="group" aria-label={label}>
          {children}
        </div>
      )}
    </div>
  );
}
