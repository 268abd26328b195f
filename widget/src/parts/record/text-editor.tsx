import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../look/button.tsx";

type Props = {
  /** Named for those who listen to the page. */
  label: string;
  /** One field for each; the text as it stands. */
  texts: readonly string[];
  hint?: string;
  /** True when it stands so now. */
  onSave: (texts: readonly string[]) => Promise<boolean>;
  onClose: () => void;
};

/** Text in place of which one writes what should stand there. Escape leaves all as it was, Ctrl+Enter saves. */
export function TextEditor({ label, texts, hint, onSave, onClose }: Props) {
  const { t } = useTranslation();
  const [written, setWritten] = useState(texts);
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  // The buttons below the field are to be seen as well; where both have no room, the field is.
  // Browsers of today answer a scroll with a promise, which is no way to clean up.
  useEffect(() => {
    form.current?.scrollIntoView?.({ block: "nearest" });
  }, []);
  const save = async (event?: FormEvent) => {
    event?.preventDefault();
    if (busy) return;
    setBusy(true);
    const saved = await onSave(written.map((text) => text.trim()));
    setBusy(false);
    if (saved) onClose();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // The page's own keys (Space passes the word) are not meant for a person who writes.
    event.stopPropagation();
    if (event.key === "Escape") onClose();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void save();
  };
  return (
    <form
      ref={form}
      className="desk-form"
      onSubmit={(event) => void save(event)}
      onKeyDown={onKeyDown}
      data-testid="editor"
    >
      {written.map((text, place) => (
        <textarea
          key={place}
          className="desk-field"
          aria-label={label}
          value={text}
          dir="auto"
          rows={Math.min(8, 1 + Math.ceil(text.length / 38))}
          autoFocus={place === 0}
          onChange={({ target }) => setWritten(written.with(place, target.value))}
        />
      ))}
      {hint && <p className="quiet small">{hint}</p>}
      <div className="desk-actions">
        <Button onClick={onClose}>{t("act.cancel")}</Button>
        <Button kind="word" type="submit" disabled={busy} data-testid="save">
          {t("desk.save")}
        </Button>
      </div>
    </form>
  );
}
