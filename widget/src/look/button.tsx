import { Button as CompoundButton, Tooltip } from "@vector-im/compound-web";
import type { ButtonHTMLAttributes, ReactNode } from "react";
import { ICONS, Icon, type IconName } from "./icons.tsx";

type Attributes = ButtonHTMLAttributes<HTMLButtonElement> & { "data-testid"?: string };

type Props = Attributes & {
  /** `word`: moves the word. `plain`: everything else. `grave`: ends something. `ghost`: in a menu. */
  kind?: "word" | "plain" | "grave" | "ghost";
  icon?: IconName;
  /** True for the button that most people came to press. */
  big?: boolean;
};

const COMPOUND = { word: "primary", plain: "secondary", grave: "primary", ghost: "tertiary" } as const;

/**
 * Compound's button by what it does here. Disabled it stays within reach of the keyboard, and does nothing: no form is
 * sent by it, either.
 */
export function Button({
  kind = "plain",
  icon,
  big = false,
  children,
  className = "",
  type = "button",
  ...rest
}: Props) {
  return (
    <CompoundButton
      type={rest.disabled ? "button" : type}
      kind={COMPOUND[kind]}
      destructive={kind === "grave"}
      size={big ? "lg" : "sm"}
      Icon={icon && ICONS[icon]}
      className={`button ${className}`}
      data-in-menu={kind === "ghost" || undefined}
      {...rest}
    >
      {children !== undefined && <span>{children}</span>}
    </CompoundButton>
  );
}

type RoundProps = Attributes & {
  icon: IconName;
  label: string;
  /** A word under it, where there is room for words. */
  caption?: string;
  /** Filled: what it stands for is on, or open. */
  pressed?: boolean;
  /**
   * `grave`: ends something. `small`: closes or dismisses. `panel`: shows and hides a part of the page. `live`: what
   * the others hear.
   */
  kind?: "plain" | "grave" | "small" | "panel" | "live";
};

/** A round button of the call; its words are for the tooltip and for those who listen. */
export function RoundButton({
  icon,
  label,
  caption,
  pressed = false,
  kind = "plain",
  className = "",
  ...rest
}: RoundProps) {
  const button = (
    <Tooltip label={label} placement="top">
      <CompoundButton
        type="button"
        iconOnly
        Icon={ICONS[icon]}
        size={kind === "small" ? "sm" : "lg"}
        destructive={kind === "grave"}
        className={`round ${className}`}
        data-look={kind}
        data-pressed={pressed}
        kind={compoundKind(kind, pressed)}
        {...rest}
      />
    </Tooltip>
  );
  return caption === undefined ? button : <Captioned caption={caption}>{button}</Captioned>;
}

function Captioned({ caption, children }: { caption: string; children: ReactNode }) {
  return (
    <span className="captioned">
      {children}
      <span className="caption" aria-hidden="true">
        {caption}
      </span>
    </span>
  );
}

function compoundKind(kind: NonNullable<RoundProps["kind"]>, pressed: boolean): "primary" | "secondary" | "tertiary" {
  if (kind === "small") return "tertiary";
  return kind === "grave" || (pressed && kind !== "panel") ? "primary" : "secondary";
}

/** Lamp in the place of a call's button, where the server decides: it shows a state, and cannot be pressed. */
export function Lamp({
  icon,
  label,
  caption,
  open,
  ...rest
}: { icon: IconName; label: string; caption?: string; open: boolean } & Record<`data-${string}`, string>) {
  const lamp = (
    <span className="lamp" role="img" aria-label={label} title={label} data-open={open} {...rest}>
      <Icon name={icon} size={24} />
      {!open && (
        <span className="lamp-lock">
          <Icon name="lock" size={12} />
        </span>
      )}
    </span>
  );
  return caption === undefined ? lamp : <Captioned caption={caption}>{lamp}</Captioned>;
}
