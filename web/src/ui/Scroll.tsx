import type { ReactNode, RefObject } from 'react';

interface Props {
  label: string;
  className?: string;
  busy?: boolean;
  box?: RefObject<HTMLDivElement | null>;
  children: ReactNode;
}

/** A part that scrolls by itself. It takes the focus, so that the keyboard can scroll it. */
export const Scroll = ({ label, className = 'scroll', busy, box, children }: Props) => (
  // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroll region needs the focus
  <div ref={box} className={className} role="group" tabIndex={0} aria-label={label} aria-busy={busy}>
    {children}
  </div>
);
