/** A grey square of 160 pixels (PNG), in place of a picture that Telegram does not let go. */
export const BLANK_PICTURE: Uint8Array = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAKAAAACgCAAAAACupDjxAAAAfklEQVR42u3OMQEAAAwCIKMb3Q67dkAC0uciKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCh4NdOdAu8gI1NKAAAAAElFTkSuQmCC",
  "base64",
);
