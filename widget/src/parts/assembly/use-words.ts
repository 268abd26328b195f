import { type FormEvent, useRef, useState } from "react";

/**
 * Words in a field, until they are sent: they stay where they were refused, and are sent once however often somebody
 * presses meanwhile. `send`: true where it was done.
 */
export function useWords(send: (words: string) => Promise<boolean>) {
  const [text, setText] = useState("");
  const [sending, setSending] = useState(false);
  /** Known at once: a second press may come before the page is drawn anew. */
  const underWay = useRef(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (underWay.current || text.trim() === "") return;
    underWay.current = true;
    setSending(true);
    try {
      if (await send(text)) setText("");
    } finally {
      underWay.current = false;
      setSending(false);
    }
  };
  return { text, setText, sending, submit: (event: FormEvent) => void submit(event) };
}
