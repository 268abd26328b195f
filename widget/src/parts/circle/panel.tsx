import { useId, type ReactNode } from "react";

type Props = {
  name: string;
  title: string;
  aside?: ReactNode;
  lead?: string | null;
  children: ReactNode;
};

/** Panel beside or below the ring, with what the running circle asks of people. */
export function Panel({ name, title, aside, lead, children }: Props) {
  const id = useId();
  return (
    <section className="panel" data-panel={name} data-testid={`${name}-panel`} aria-labelledby={id} tabIndex={-1}>
      <header className="panel-head">
        <h2 id={id}>{title}</h2>
        {aside}
      </header>
      {lead && <p className="panel-lead">{lead}</p>}
      {children}
    </section>
  );
}
