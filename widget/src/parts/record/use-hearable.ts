import { useEffect, useSyncExternalStore } from "react";
import { useRecord } from "../../sitting/record.ts";
import { useShownRecord } from "../../sitting/shown-record.ts";

/** Asks anew what can be heard whenever the record that is shown has grown; true where something can. */
export function useHearable(): boolean {
  const { sounds } = useRecord();
  const { meeting, record } = useShownRecord();
  const { hearable } = useSyncExternalStore(sounds.subscribe, sounds.get);
  const id = meeting?.id;
  const said = record?.utterances.length ?? 0;
  useEffect(() => {
    if (id && said > 0) void sounds.look(id);
  }, [sounds, id, said]);
  return hearable.size > 0;
}
