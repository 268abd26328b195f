import { useTranslation } from "react-i18next";
import { Button } from "../../src/look/button.tsx";
import type { ColourTheme } from "../../src/model/host/host.ts";
import { languageNamed } from "../../src/language/i18n.ts";
import { Icon } from "../../src/look/icons.tsx";
import { TileButton } from "./tile-button.tsx";

type Props = {
  name: string;
  theme: ColourTheme;
  onTheme: (theme: ColourTheme) => void;
  peopleShown: boolean;
  onPeople: () => void;
  /** Brings the widget back; null where it is in its place. */
  onWidget: (() => void) | null;
};

/** The room's name, and how the page looks. */
export function PageHead({ name, theme, onTheme, peopleShown, onPeople, onWidget }: Props) {
  const { t, i18n } = useTranslation();
  const other = languageNamed(i18n.language) === "ru" ? "en" : "ru";
  const dark = theme.startsWith("dark");
  return (
    <header className="host-head">
      <span className="host-sign">
        <Icon name="circle" size={24} />
      </span>
      <h1>
        <bdi>{name}</bdi>
      </h1>
      <span className="host-switches">
        {onWidget && (
          <Button data-testid="show-widget" onClick={onWidget}>
            {t("hostPage.showWidget")}
          </Button>
        )}
        <button type="button" className="tab" onClick={() => void i18n.changeLanguage(other)} lang={other}>
          {t("hostPage.otherLanguage")}
        </button>
        <button type="button" className="tab" onClick={() => onTheme(dark ? "light" : "dark")}>
          {dark ? t("hostPage.light") : t("hostPage.dark")}
        </button>
        <TileButton
          icon="people"
          label={t("hostPage.info")}
          pressed={peopleShown}
          data-testid="toggle-people"
          onClick={onPeople}
        />
      </span>
    </header>
  );
}
