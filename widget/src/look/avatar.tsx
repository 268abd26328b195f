import { plainName } from "../ring/seats.ts";
import { colourOf, initialsOf } from "./avatar-look.ts";

/** Initials on the person's own colour; the name stands beside it for those who cannot see it. */
export function Avatar({ id, name, size }: { id: string; name: string; size: number }) {
  return (
    <span className="avatar" data-colour={colourOf(id)} style={{ width: size, height: size, fontSize: size * 0.36 }} aria-hidden="true">
      {initialsOf(plainName(name))}
    </span>
  );
}
