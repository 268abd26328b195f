import { IconButton } from "@vector-im/compound-web";
import { useEffect, useId, useRef, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "./icons.tsx";
import "./dialog.css";

/**
 * Dialog over everything, with the keyboard kept inside, until it is closed: by its button, Escape, or a press beside
 * it.
 */
export function Dialog({
  title,
  name,
  onClose,
  children,
}: {
  title: string;
  name: string;
  onClose: () => void;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const box = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const dialog = box.current;
    if (dialog && !dialog.open) dialog.showModal();
  }, []);
  const close = () => box.current?.close();
  return (
    <dialog
      ref={box}
      className="card dialog"
      aria-labelledby={heading}
      data-testid={name}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === box.current) close();
      }}
    >
      <div className="dialog-head">
        <h2 id={heading}>{title}</h2>
        <IconButton aria-label={t("settings.close")} onClick={close}>
          <Icon name="close" />
        </IconButton>
      </div>
      <div className="dialog-body">{children}</div>
    </dialog>
  );
}
