import { existsSync } from "node:fs";
import { resolve } from "node:path";
import Database from "better-sqlite3";
import { inOrder, notLookedAt, warning } from "../finding.ts";
import type { DoctorLook } from "../look.ts";

/** Notifications by browsers that somebody is next. Nothing is sent. */
export const push: DoctorLook = {
  title: "Notifications",
  async look({ config, folder }) {
    if (!config.push.enabled) return [notLookedAt("Browsers tell nobody that they are next: push.enabled is false.")];
    const key = hasKey(resolve(folder, config.database))
      ? "The key by which push services know this service is in the database"
      : "The key by which push services know this service is made at the first start";
    return [
      inOrder(`${key}, and its backups. Browsers' push services are reached as people ask for it.`),
      ...(config.service.publicUrl.startsWith("https:")
        ? []
        : [
            warning(
              "Browsers show notifications for pages by TLS alone, and service.publicUrl is none.",
              "Put a proxy with TLS before the service, and its address into service.publicUrl (docs/admin.md).",
            ),
          ]),
    ];
  },
};

function hasKey(file: string): boolean {
  if (!existsSync(file)) return false;
  const db = new Database(file, { readonly: true });
  try {
    return db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'nudge_key'").get() !== undefined
      ? db.prepare("SELECT 1 FROM nudge_key").get() !== undefined
      : false;
  } finally {
    db.close();
  }
}
