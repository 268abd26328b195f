/** Options of Node for a process that builds sets: it clears away more often, and takes a third less memory for it. */
export const BUILDER_FLAGS: readonly string[] = ["--max-semi-space-size=2", "--max-old-space-size=160"];
