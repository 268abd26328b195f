/** Speech engines by their name in the configuration; the first writes the record where none is chosen. */
export const ENGINES = {
  sherpa: (await import("./engines/sherpa.ts")).default,
  openai: (await import("./engines/openai.ts")).default,
  moonshine: (await import("./engines/moonshine.ts")).default,
};
