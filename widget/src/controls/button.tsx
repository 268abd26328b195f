import type { ButtonHTMLAttributes } from "react";
import { Icon, type IconName } from "../look/icons.tsx";

type Props = ButtonHTMLAttributes<HTMLButtonElement> & {
  /** `word`: moves the word. `plain`: everything else. `grave`: ends something. `ghost`: in a menu. */
  kind?: "word" | "plain" | "grave" | "ghost";
  icon?: IconName;
};

export function Button({ kind = "plain", icon, children, className = "", ...rest }: Props) {
  return (
    <button type="button" className={`button ${className}`} data-kind={kind} {...rest}>
      {icon && <Icon name={icon} />}
      {children !== undefined && <span>{children}</span>}
    </button>
  );
}

/** A round button of the call; its words are for the tooltip and for those who listen. */
export function RoundButton({ icon, label, pressed, ...rest }: { icon: IconName; label: string; pressed?: boolean } & ButtonHTMLAttributes<HTMLButtonElement>) {
  return (
    <button type="button" className="round" aria-label={label} title={label} aria-pressed={pressed} {...rest}>
      <Icon name={icon} />
    </button>
  );
}
