import { type ReactNode, useEffect, useState } from 'react';
import { ApiError } from '../lib/call';
import { Icon } from './Icon';
import { Link } from './Link';

/** Grey lines while something loads; nothing for the first 150 ms, so that fast answers do not flicker. */
export const Loading = ({ lines = 5, what = 'Loading' }: { lines?: number; what?: string }) => {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 150);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="skeleton" role="status">
      <span className="sr">{what}</span>
      {late &&
        Array.from({ length: lines }, (_, i) => <i key={i} style={{ width: `${88 - ((i * 23) % 50)}%` }} />)}
    </div>
  );
};

/** What failed, what the server calls it, and the way on. */
export const Failed = ({
  error,
  what,
  retry,
  heading,
}: {
  error: unknown;
  what: string;
  retry?: () => void;
  heading?: string;
}) => {
  const known = error instanceof ApiError ? error : null;
  if (known?.status === 401)
    return (
      <div className="note warn" role="alert">
        <Icon name="shield" />
        <p>
          <b>Nobody is signed in here.</b> Open the one-time link that <code>homeward serve</code> printed
          when it started, or start it again for a new one.
        </p>
      </div>
    );
  return (
    <>
      {heading && <h1 className="sr">{heading}</h1>}
      <div className="note danger" role="alert">
        <Icon name="warn" />
        <div>
          <p>
            <b>
              {what}: {known?.message ?? 'something went wrong in this page'}.
            </b>{' '}
            {known?.detail}
          </p>
          <p className="meta">
            {known?.reference && (
              <>
                Reference <code>{known.reference}</code>.{' '}
              </>
            )}
            {known?.status === 404 && <Link to="/triage">Go to Triage</Link>}
            {retry && known?.status !== 404 && (
              <button type="button" className="plain" onClick={retry}>
                Try again
              </button>
            )}
          </p>
        </div>
      </div>
    </>
  );
};

export const Empty = ({ title, children }: { title: string; children?: ReactNode }) => (
  <div className="empty">
    <p>
      <b>{title}</b>
    </p>
    {children}
  </div>
);

/** A short remark that stays. */
export const Note = ({
  tone = 'plain',
  icon = 'info',
  children,
}: {
  tone?: 'plain' | 'warn';
  icon?: 'info' | 'warn' | 'shield' | 'check';
  children: ReactNode;
}) => (
  <div className={tone === 'plain' ? 'note' : `note ${tone}`}>
    <Icon name={icon} />
    <div>{children}</div>
  </div>
);
