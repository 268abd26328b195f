/** Option by which nearly every command is told its configuration. */
export const CONFIG = ["-c, --config <file>", "the configuration", "config/config.yaml"] as const;
