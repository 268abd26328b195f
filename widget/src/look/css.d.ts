import "react";

declare module "react" {
  // Custom properties are styles too.
  // biome-ignore lint/style/useConsistentTypeDefinitions: it joins the library's own
  interface CSSProperties {
    [name: `--${string}`]: string | number | undefined;
  }
}
