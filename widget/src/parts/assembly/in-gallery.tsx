import { useTranslation } from "react-i18next";
import type { AssemblyCommandRequest } from "@mindminder/protocol/assembly-map.ts";
import { Button } from "../../look/button.tsx";

/** `ring`: the one in which one listens; null: none is chosen yet. */
type Props = { ring: number | null; ask: (command: AssemblyCommandRequest) => Promise<boolean> };

/** For those who take no part: where they listen, and the way to a seat. */
export function InGallery({ ring, ask }: Props) {
  const { t } = useTranslation("assembly");
  return (
    <>
      <span className="pill" data-testid="in-gallery">
        {ring === null ? t("onlyListens") : t("listensIn", { n: ring })}
      </span>
      <Button data-testid="join-assembly" onClick={() => void ask({ type: "join" })}>
        {t("takePart")}
      </Button>
      {ring !== null && (
        <Button kind="ghost" data-testid="leave-gallery" onClick={() => void ask({ type: "leave" })}>
          {t("listenNoMore")}
        </Button>
      )}
    </>
  );
}
