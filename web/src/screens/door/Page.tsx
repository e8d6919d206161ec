import { type ReactNode, useEffect, useRef } from 'react';
import { ApiError } from '../../lib/call';
import { Icon } from '../../ui/Icon';

/** A page before the shell: one thing is asked, and why. */
export const Page = ({ title, children }: { title: string; children: ReactNode }) => (
  <main className="door" id="main" tabIndex={-1}>
    <div className="door-card">
      <p className="meta">Homeward</p>
      <h1>{title}</h1>
      {children}
    </div>
  </main>
);

/** What the server said against it, in its own words. */
export const Said = ({ error }: { error: unknown }) => {
  if (!error) return null;
  const known = error instanceof ApiError ? error : null;
  return (
    <div className="note danger" role="alert">
      <Icon name="warn" />
      <p>{known?.detail || known?.message || 'Something went wrong in this page.'}</p>
    </div>
  );
};

interface FieldProps {
  label: string;
  value: string;
  set: (value: string) => void;
  kind?: 'text' | 'password' | 'date';
  complete?: string;
  hint?: string;
  first?: boolean;
  most?: number;
  optional?: boolean;
}

export const Field = ({
  label,
  value,
  set,
  kind = 'text',
  complete,
  hint,
  first,
  most = 400,
  optional = false,
}: FieldProps) => {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (first) box.current?.focus();
  }, [first]);
  return (
    <label className="door-field">
      <span>{label}</span>
      <input
        ref={box}
        type={kind}
        value={value}
        maxLength={most}
        autoComplete={complete ?? 'off'}
        autoCapitalize="none"
        spellCheck={false}
        required={!optional}
        onChange={(e) => set(e.target.value)}
      />
      {hint && <small>{hint}</small>}
    </label>
  );
};
