import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Popover } from "../../look/popover.tsx";
import { RoundButton } from "../../look/button.tsx";

/** Menu of the controls that find no place in the row; each choice closes it again. */
export function MoreMenu({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <Popover
      open={open}
      onClose={close}
      label={t("frame.more")}
      className="more-menu"
      button={(expands) => (
        <RoundButton
          icon="more"
          label={t("frame.more")}
          data-testid="more"
          onClick={() => setOpen(!open)}
          {...expands}
        />
      )}
    >
      <div onClick={close}>{children}</div>
    </Popover>
  );
}
