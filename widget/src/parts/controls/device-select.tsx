import { useId } from "react";
import type { Device } from "../../sitting/use-device-list.ts";

type Props = {
  label: string;
  /** Name of the choice that leaves the device to the browser. */
  usual: string;
  devices: readonly Device[];
  value: string | null;
  onChange: (id: string | null) => void;
  /** The choice of no device, where that is possible: its name and its value. */
  off?: { label: string; value: string };
  "data-testid"?: string;
};

/** Choice among several devices. Those that the browser does not name get a number. */
export function DeviceSelect({ label, usual, devices, value, onChange, off, ...rest }: Props) {
  const field = useId();
  const known = value === null || value === off?.value || devices.some(({ id }) => id === value);
  return (
    <div className="setting-choice">
      <label htmlFor={field}>{label}</label>
      <select
        id={field}
        className="field"
        value={known ? (value ?? "") : ""}
        onChange={(event) => onChange(event.target.value || null)}
        {...rest}
      >
        {off && <option value={off.value}>{off.label}</option>}
        <option value="">{usual}</option>
        {devices.map((device, index) => (
          <option key={device.id} value={device.id}>
            {device.label || `${label} ${index + 1}`}
          </option>
        ))}
      </select>
    </div>
  );
}
