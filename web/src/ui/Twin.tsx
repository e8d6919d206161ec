import { type ReactNode, useState } from 'react';

/** The table that says what a picture shows, made once it is opened: nobody waits for rows nobody reads. */
export const Twin = ({ summary, children }: { summary: string; children: () => ReactNode }) => {
  const [open, setOpen] = useState(false);
  return (
    <details className="twin" onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>{summary}</summary>
      {open && children()}
    </details>
  );
};
