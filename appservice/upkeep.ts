/** Does something again and again, never twice at once; resolves `stop` when the last time is over. */
export function upkeep(everyMs: number, work: () => Promise<void>, onFailed: (error: unknown) => void): { readonly stop: () => Promise<void> } {
  let running: Promise<void> | null = null;
  const timer = setInterval(() => {
    running ??= work().catch(onFailed).finally(() => { running = null; });
  }, everyMs).unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
