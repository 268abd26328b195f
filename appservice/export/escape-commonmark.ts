/** Escapes a text, so that nothing in it is markup in CommonMark (0.31, section 2.4 "Backslash escapes"). */
export function plain(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/[\\`*_{}[\]<>#|~]/g, "\\$&")
    .replace(/^(\s*)([-+]|\d+[.)])/, "$1\\$2");
}
