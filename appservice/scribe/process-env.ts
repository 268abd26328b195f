/**
 * Environment of the scribe's process. Node's watch mode (`npm run dev`) has each process report the files that it
 * loads to the one that started it; here that is the service, which takes messages of the scribe alone.
 */
export function processEnv(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...env, NODE_ENV: "production", WATCH_REPORT_DEPENDENCIES: undefined };
}
