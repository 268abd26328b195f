/**
 * Characters that no screen shows, and that keyboards and copying leave behind: marks of direction, of joining, of no
 * width; controls.
 */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]|(?!\s)\p{Cc}/gu;

/** A text as it is seen, in composed letters: for comparing typed words with the meant ones. */
export function visible(text: string): string {
  return text.replace(INVISIBLE, "").normalize("NFC");
}

/** A text from its first letter that can be seen on; signs that join letters further on may mean something. */
export function fromFirstVisible(text: string): string {
  let start = 0;
  while (start < text.length && /[\s\p{Cf}\p{Cc}\p{Default_Ignorable_Code_Point}\u2800]/u.test(text.charAt(start)))
    start++;
  return text.slice(start);
}
