export type Case = "nominative" | "genitive" | "dative" | "accusative" | "instrumental" | "prepositional";

const CASES = ["genitive", "dative", "accusative", "instrumental", "prepositional"] as const;

/** Stems that change when a name is declined. */
const FLEETING: Readonly<Record<string, string>> = { павел: "павл", лев: "льв" };

/** Every form of a name (small letters, е for ё) with the cases it can be; a name in Latin letters has one. */
export function declined(name: string): Map<string, Case[]> {
  const forms = new Map<string, Case[]>([[name, ["nominative"]]]);
  const [stem, endings] = pattern(name);
  CASES.forEach((each, i) => {
    for (const ending of (endings[i] ?? "").split("/")) {
      if (endings.length > 0) forms.set(stem + ending, [...(forms.get(stem + ending) ?? []), each]);
    }
  });
  return forms;
}

/** Stem, and the endings in the order of CASES. */
function pattern(name: string): [stem: string, endings: readonly string[]] {
  const stem = name.slice(0, -1);
  if (!/^\p{Script=Cyrillic}/u.test(name)) return [name, []];
  if (/[гкхжчшщ]а$/.test(name)) return [stem, ["и", "е", "у", "ой/ей", "е"]];
  if (name.endsWith("а")) return [stem, ["ы", "е", "у", "ой", "е"]];
  if (name.endsWith("ия")) return [stem, ["и", "и", "ю", "ей", "и"]];
  if (name.endsWith("я")) return [stem, ["и", "е", "ю", "ей", "е"]];
  if (name.endsWith("й")) return [stem, ["я", "ю", "я", "ем", "е/и"]];
  if (name.endsWith("овь")) return [stem, ["и", "и", "ь", "ью", "и"]];
  if (name.endsWith("ь")) return [stem, ["я", "ю", "я", "ем", "е"]];
  if (/[бвгджзклмнпрстфхцчшщ]$/.test(name)) {
    return [FLEETING[name] ?? name, ["а", "у", "а", /[жчшщц]$/.test(name) ? "ем" : "ом", "е"]];
  }
  return [name, []];
}
