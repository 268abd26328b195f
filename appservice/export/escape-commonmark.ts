/**
 * Escapes a text, so that nothing in it is markup in CommonMark (0.31, section 2.4 "Backslash escapes"), nor a name of
 * another sign (section 2.5 "Entity and numeric character references"): an "&" by itself stays readable.
 */
export function plain(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/[\\`*_{}[\]<>#|~]/g, "\\$&")
    .replace(/&(?=(?:\\#)?[0-9a-z]+;)/giu, "\\$&")
    .replace(/^(\s*)([-+]|\d+[.)])/, "$1\\$2");
}
