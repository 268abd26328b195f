import { useEffect, useState } from "react";

export type Device = { readonly id: string; readonly label: string };
export type DeviceList = {
  readonly microphones: readonly Device[];
  readonly cameras: readonly Device[];
  readonly speakers: readonly Device[];
};

const NONE: DeviceList = { microphones: [], cameras: [], speakers: [] };

/** Devices that are plugged in, kept true while shown. Browsers tell names only once one of the kind was allowed. */
export function useDeviceList(lookAgain: unknown = null): DeviceList {
  const [list, setList] = useState(NONE);
  useEffect(() => {
    let current = true;
    const look = async () => {
      const known = await navigator.mediaDevices.enumerateDevices().catch(() => []);
      const of = (wanted: MediaDeviceKind) =>
        known
          .filter(({ kind, deviceId }) => kind === wanted && deviceId && deviceId !== "default")
          .map(({ deviceId: id, label }) => ({ id, label }));
      if (current) setList({ microphones: of("audioinput"), cameras: of("videoinput"), speakers: of("audiooutput") });
    };
    void look();
    navigator.mediaDevices.addEventListener("devicechange", look);
    return () => {
      current = false;
      navigator.mediaDevices.removeEventListener("devicechange", look);
    };
  }, [lookAgain]);
  return list;
}
