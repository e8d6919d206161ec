import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { Session } from '../lib/api.gen';
import { watchBreaks } from '../lib/breaks';
import { many, moment } from '../lib/format';
import { type Binding, useKeys } from '../lib/keys';
import { keepSearch } from '../lib/pending';
import { navigate } from '../lib/router';
import { toggleTheme, useTheme } from '../lib/theme';
import { Icon } from '../ui/Icon';
import { Link } from '../ui/Link';
import { Outdated } from '../ui/Outdated';
import { Kbd } from '../ui/pieces';
import { say, Toast } from '../ui/toast';
import { PURPOSES } from './door/Purpose';
import { Help } from './Help';
import { entriesFor, searches } from './rail';

const SEARCHING: Binding[] = [
  { keys: ['g l'], label: 'Go to Search a list', group: 'Everywhere', run: () => navigate('/list') },
  { keys: ['g n'], label: 'Go to Add an ad', group: 'Everywhere', run: () => navigate('/add') },
];

const Rail = ({ at, role, help }: { at: string; role: string; help: () => void }) => {
  const theme = useTheme();
  const other = theme === 'dark' ? 'Light theme' : 'Dark theme';
  return (
    <nav className="rail" aria-label="Screens">
      <span className="logo" aria-hidden="true">
        <svg
          width="26"
          height="26"
          viewBox="0 0 24 24"
          fill="none"
          stroke="currentColor"
          strokeWidth="2"
          aria-hidden="true"
        >
          <circle cx="12" cy="12" r="9" />
          <circle cx="12" cy="12" r="2.6" fill="currentColor" />
        </svg>
      </span>
      {entriesFor(role).map((e) => {
        const here =
          at === e.at || (e.at === 'triage' && at === 'identity') || (e.at === 'search' && at === 'list');
        return (
          <Link
            key={e.at}
            to={`/${e.at}`}
            className={here ? 'entry here' : 'entry'}
            aria-current={at === e.at ? 'page' : undefined}
          >
            <Icon name={e.icon} size={20} />
            <span className="entry-word">{e.word}</span>
          </Link>
        );
      })}
      <span className="grow" />
      <button type="button" className="entry" onClick={toggleTheme} aria-label={other} title={other}>
        <Icon name={theme === 'dark' ? 'sun' : 'moon'} size={18} />
      </button>
      <button type="button" className="entry" onClick={help} aria-label="Keys and help" title="Keys and help">
        <Icon name="keyboard" size={18} />
      </button>
    </nav>
  );
};

export const Shell = ({
  session,
  at,
  children,
}: {
  session: Session | null;
  at: string;
  children: ReactNode;
}) => {
  const box = useRef<HTMLInputElement>(null);
  const [help, setHelp] = useState(false);
  const role = session?.role ?? '';
  const looks = searches(role);
  const focusSearch = () => {
    const field = document.querySelector<HTMLInputElement>('#query') ?? box.current;
    field?.focus();
    field?.select();
  };
  useKeys([
    { keys: ['/'], label: 'Search', group: 'Everywhere', run: focusSearch },
    ...entriesFor(role).map((e) => ({
      keys: [e.key],
      label: `Go to ${e.word}`,
      group: 'Everywhere' as const,
      run: () => navigate(`/${e.at}`),
    })),
    ...(looks ? SEARCHING : []),
    { keys: ['?'], label: 'This list', group: 'Everywhere', run: () => setHelp(true) },
  ]);
  useEffect(() => watchBreaks(() => say('An hour without a pause. A short one does good.')), []);
  const submit = (e: FormEvent) => {
    e.preventDefault();
    const text = box.current?.value.trim() ?? '';
    if (!text) return;
    keepSearch({ text });
    navigate('/search');
    if (box.current) box.current.value = '';
  };
  return (
    <div className="shell">
      <a className="skip" href="#main">
        Skip to the content
      </a>
      <Rail at={at} role={role} help={() => setHelp(true)} />
      <header className="top">
        {at === 'search' || !looks ? (
          <span className="top-title">{at === 'search' ? 'Search' : 'Homeward'}</span>
        ) : (
          <search className="top-search">
            <form onSubmit={submit}>
              <Icon name="search" />
              <input
                ref={box}
                type="search"
                aria-label="Search all ads"
                placeholder="Phone, handle, e-mail, name, words or place"
                autoComplete="off"
                spellCheck={false}
                maxLength={2000}
              />
              <Kbd k="/" />
            </form>
          </search>
        )}
        {session !== null && session.urgent > 0 && (
          <span role="status">
            <Link
              to="/urgent"
              className="flag danger urgent-notice"
              title={`The first since ${moment(session.urgent_since)}`}
            >
              <Icon name="priority" size={14} />
              {many(session.urgent, 'urgent mark')} {session.urgent === 1 ? 'waits' : 'wait'} for you
            </Link>
          </span>
        )}
        {looks && (
          <Link to="/add" className="button quiet add" aria-current={at === 'add' ? 'page' : undefined}>
            <Icon name="plus" size={15} /> Add an ad
          </Link>
        )}
        {session?.log_trouble && (
          <span className="note danger" role="alert">
            <Icon name="warn" size={14} />
            {session.log_trouble}
          </span>
        )}
        {session && (
          <p className="workspace">
            {session.banner && (
              <span className="banner">
                <Icon name="shield" size={14} />
                {session.banner}
              </span>
            )}
            {session.purpose && !['test', 'demo'].includes(session.role) && (
              <Link to="/account" className="stated" title="Your purpose: press to change it">
                <span className="sr">Purpose: </span>
                {PURPOSES[session.purpose as keyof typeof PURPOSES] ?? session.purpose}
                {session.case && <small>Case {session.case_title ?? session.case}</small>}
              </Link>
            )}
            <Link to="/account" className="actor" aria-label={`Acting as ${session.actor}: your account`}>
              {session.actor}
            </Link>
          </p>
        )}
      </header>
      <Outdated />
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      <Toast />
      {help && <Help session={session} onClose={() => setHelp(false)} />}
    </div>
  );
};
