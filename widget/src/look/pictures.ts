import { createContext, useContext, useEffect, useSyncExternalStore } from "react";
import type { ParticipantId } from "@mindminder/protocol/identity.ts";
import { PictureStore } from "../model/pictures/picture-store.ts";

export const PicturesContext = createContext(new PictureStore(async () => null));

export function usePicture(who: ParticipantId): { readonly picture: string | undefined; readonly broken: () => void } {
  const pictures = useContext(PicturesContext);
  useEffect(() => pictures.want(who), [pictures, who]);
  return { picture: useSyncExternalStore(pictures.subscribe, pictures.get).get(who), broken: () => pictures.drop(who) };
}
