/** Gives the exit code, or 128 and the signal's number. */
export function runChild(command: string, args: string[], cwd: string): Promise<number>;
