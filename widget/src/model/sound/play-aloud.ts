import type { Player } from "./sound-store.ts";

export const playAloud: Player = (sound, ms, onTime) => {
  const address = URL.createObjectURL(sound);
  const audio = new Audio(address);
  audio.currentTime = ms / 1_000;
  audio.ontimeupdate = () => onTime(audio.currentTime * 1_000);
  const { promise, resolve } = Promise.withResolvers<void>();
  const over = () => {
    URL.revokeObjectURL(address);
    resolve();
  };
  audio.addEventListener("ended", over);
  audio.addEventListener("error", over);
  audio.play().catch(over);
  const stop = () => {
    audio.pause();
    over();
  };
  return { ended: promise, stop };
};
