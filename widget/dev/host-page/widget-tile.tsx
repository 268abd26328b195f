import { useTranslation } from "react-i18next";
import type { Place, ShownPlace } from "./places.ts";
import { TileButton } from "./tile-button.tsx";
import { WidgetFrame, type FrameProps } from "./widget-frame.tsx";

type Props = Omit<FrameProps, "title"> & {
  shown: Exclude<ShownPlace, "gone">;
  onPlace: (place: Place) => void;
  onBack: () => void;
};

/**
 * The widget with what its person can do to it: the frame stays in its place in the page, and so alive, wherever it is
 * drawn.
 */
export function WidgetTile({ shown, onPlace, onBack, ...frame }: Props) {
  const { t } = useTranslation();
  const small = shown === "picture";
  return (
    <section className="host-tile" aria-label={t("hostPage.widget")} data-testid="tile" data-shown={shown}>
      <header>
        <h2>{t("hostPage.widget")}</h2>
        {small && <TileButton icon="back" label={t("hostPage.back")} data-testid="tile-back" onClick={onBack} />}
        {!small && shown !== "top" && (
          <TileButton icon="top" label={t("hostPage.toTop")} data-testid="tile-top" onClick={() => onPlace("top")} />
        )}
        {!small && shown !== "panel" && (
          <TileButton
            icon="panel"
            label={t("hostPage.toPanel")}
            data-testid="tile-panel"
            onClick={() => onPlace("panel")}
          />
        )}
        {!small && shown !== "maximised" && (
          <TileButton
            icon="maximise"
            label={t("hostPage.maximise")}
            data-testid="tile-maximise"
            onClick={() => onPlace("maximised")}
          />
        )}
        {!small && (
          <TileButton
            icon="minimise"
            label={t("hostPage.minimise")}
            data-testid="tile-minimise"
            onClick={() => onPlace("minimised")}
          />
        )}
      </header>
      <WidgetFrame {...frame} title={t("hostPage.widget")} />
    </section>
  );
}
