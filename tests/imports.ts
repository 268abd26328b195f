import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** All TypeScript under a folder, by absolute paths. */
export function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? sources(path) : /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

/** The files that one takes in by a path, types among them; packages are not. */
export const importsOf = (file: string): string[] =>
  [...readFileSync(file, "utf8").matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)].map(([, path = ""]) =>
    resolve(dirname(file), path),
  );

/** Each circle that is met first on some way through the files: every one of its files takes in the next. */
export function circlesAmong(files: readonly string[]): string[][] {
  const known = new Set(files);
  const done = new Set<string>();
  const circles: string[][] = [];
  for (const file of files) follow(file, []);
  return circles;

  function follow(file: string, way: readonly string[]): void {
    const before = way.indexOf(file);
    if (before >= 0) return void circles.push(way.slice(before));
    if (done.has(file)) return;
    for (const next of importsOf(file)) if (known.has(next)) follow(next, [...way, file]);
    done.add(file);
  }
}
