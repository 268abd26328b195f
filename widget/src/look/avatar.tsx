import { Avatar as CompoundAvatar } from "@vector-im/compound-web";
import { plainName } from "../ring/seats.ts";
import { usePicture } from "./pictures.ts";

/** Their picture, or a letter on the colour that Element gives this person, too; the name stands beside it for those who cannot see it. */
export function Avatar({ id, name, size }: { id: string; name: string; size: number }) {
  const { picture, broken } = usePicture(id);
  return <CompoundAvatar id={id} src={picture} onError={broken} name={letterOf(plainName(name)) || letterOf(id) || "?"} size={`${size}px`} role="presentation" aria-label={undefined} aria-hidden="true" />;
}

/** The first letter or digit: a name may begin with brackets, marks or a picture. */
function letterOf(name: string): string {
  return name.replace(/^[@!#]/, "").match(/[\p{L}\p{N}]/u)?.[0]?.toLocaleUpperCase() ?? "";
}
