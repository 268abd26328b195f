import { useState } from "react";
import { Language } from "@mindminder/protocol/identity.ts";
import type { ColourTheme } from "../../src/model/host/host.ts";
import { LANGUAGE_NAMES } from "../../src/language/language-names.ts";
import { CELLS } from "./cells.tsx";
import "./gallery.css";

const THEMES: readonly ColourTheme[] = ["light", "dark", "light-high-contrast", "dark-high-contrast"];

/** Each part of the widget in each state, for those who work on it. */
export function Gallery() {
  const [theme, setTheme] = useState<ColourTheme>("light");
  const [language, setLanguage] = useState<Language>("en");
  const [search, setSearch] = useState("");
  const shown = CELLS.filter(({ name }) => name.includes(search));
  return (
    <>
      <header className="gallery-head">
        <select
          className="field"
          aria-label="theme"
          value={theme}
          onChange={(event) => setTheme(event.target.value as ColourTheme)}
        >
          {THEMES.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
        <select
          className="field"
          aria-label="language"
          value={language}
          onChange={(event) => setLanguage(Language.parse(event.target.value))}
        >
          {Language.options.map((code) => (
            <option key={code} value={code}>
              {LANGUAGE_NAMES[code]}
            </option>
          ))}
        </select>
        <input
          className="field"
          aria-label="search"
          type="search"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </header>
      <main className="gallery">
        {shown.map(({ name, width, height }) => (
          <figure key={name}>
            <figcaption>{name}</figcaption>
            <iframe
              title={name}
              width={width}
              height={height}
              loading="lazy"
              key={`${theme}${language}`}
              src={`#${new URLSearchParams({ cell: name, theme, lang: language }).toString()}`}
            />
          </figure>
        ))}
      </main>
    </>
  );
}
