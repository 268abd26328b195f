import { Avatar as CompoundAvatar } from "@vector-im/compound-web";
import { createContext, useContext } from "react";
import { plainName } from "../model/meeting/seats.ts";
import { colourOf } from "./twins.ts";
import { usePicture } from "./pictures.ts";
import type { ParticipantId } from "@mindminder/protocol/identity.ts";

/** People whose colour another person has, too: a single letter would not tell them apart. */
export const TwinsContext = createContext<ReadonlySet<string>>(new Set());

/**
 * Their picture, or letters on the colour that Element gives this person, too; the name stands beside it for those who
 * cannot see it.
 */
export function Avatar({ id, name, size }: { id: ParticipantId; name: string; size: number }) {
  const { picture, broken } = usePicture(id);
  const letters = lettersOf(plainName(name), useContext(TwinsContext).has(id) ? 2 : 1) || lettersOf(id, 1) || "?";
  if (!picture && letters.length > 1) {
    return (
      <span
        className="initials"
        data-color={colourOf(id)}
        style={{ width: size, height: size, fontSize: size * 0.4 }}
        aria-hidden="true"
      >
        {letters}
      </span>
    );
  }
  return (
    <CompoundAvatar
      id={id}
      src={picture}
      onError={broken}
      name={letters}
      size={`${size}px`}
      role="presentation"
      aria-label={undefined}
      aria-hidden="true"
    />
  );
}

/** The first letters or digits of its words, or of its one word: a name may begin with brackets, marks or a picture. */
function lettersOf(name: string, count: 1 | 2): string {
  // Words behind it in brackets say how somebody came, and are not of the name: "Boris (guest)".
  const bare = name.replace(/\([^()]*\)\s*$/, "");
  const own = /[\p{L}\p{N}]/u.test(bare) ? bare : name;
  const words = own.replace(/^[@!#]/, "").match(/[\p{L}\p{N}]+/gu) ?? [];
  const first = words[0] ?? "";
  if (count === 1) return [...first][0]?.toLocaleUpperCase() ?? "";
  const second = words[1] ? [...words[1]][0]?.toLocaleUpperCase() : [...first][1];
  return `${[...first][0]?.toLocaleUpperCase() ?? ""}${second ?? ""}`;
}
