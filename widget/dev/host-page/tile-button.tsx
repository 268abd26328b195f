import { IconButton } from "@vector-im/compound-web";
import ChevronUp from "@vector-im/compound-design-tokens/assets/web/icons/arrow-up";
import Expand from "@vector-im/compound-design-tokens/assets/web/icons/expand";
import Minus from "@vector-im/compound-design-tokens/assets/web/icons/minus";
import Sidebar from "@vector-im/compound-design-tokens/assets/web/icons/sidebar";
import Back from "@vector-im/compound-design-tokens/assets/web/icons/arrow-left";
import Group from "@vector-im/compound-design-tokens/assets/web/icons/group";
import type { Drawing } from "../../src/look/icons.tsx";

const DRAWINGS = {
  top: ChevronUp,
  maximise: Expand,
  minimise: Minus,
  panel: Sidebar,
  back: Back,
  people: Group,
} satisfies Record<string, Drawing>;

type Props = {
  icon: keyof typeof DRAWINGS;
  label: string;
  onClick: () => void;
  pressed?: boolean;
  "data-testid"?: string;
};

/** A small button of the page's own, as a client has them in its head and on a widget. */
export function TileButton({ icon, label, onClick, pressed, ...rest }: Props) {
  const Drawn = DRAWINGS[icon];
  return (
    <IconButton size="28px" tooltip={label} aria-label={label} aria-pressed={pressed} onClick={onClick} {...rest}>
      <Drawn />
    </IconButton>
  );
}
