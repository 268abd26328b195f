/** Gives the exit code, or 128 and the signal's number. `byLine`: what it prints is passed on line by line, so that several may run at once. */
export function runChild(
  command: string,
  args: readonly string[],
  cwd: string,
  how?: { readonly byLine?: boolean },
): Promise<number>;
