import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { unread } from '../../lib/again';
import { getAd, type MentionRow } from '../../lib/api.gen';
import { count, langOf, many } from '../../lib/format';
import { wordOf } from '../../lib/kinds';
import { useKeys } from '../../lib/keys';
import { keepSearch } from '../../lib/pending';
import { navigate } from '../../lib/router';
import { AdText, Chip } from '../../ui/AdText';
import { Icon } from '../../ui/Icon';
import { Link } from '../../ui/Link';
import { NotRead } from '../../ui/NotRead';
import { Note } from '../../ui/states';
import { say } from '../../ui/toast';
import { Scroll } from '../../ui/Scroll';
import { LooksButton } from '../audit/Looks';
import { WatchDialog } from '../watches/WatchDialog';
import { Earlier, Facts, Superseded } from './Capture';

const FIELDS: Record<string, string> = { phones: 'listed phones', emails: 'listed e-mails', url: 'address' };
/** Where in the ad a mention stands, in words: "body", or a field of the source. */
const partOf = (part: string): string => {
  const name = part.replace(/\[\d+\]$/, '');
  return `in the ${FIELDS[name] ?? name}`;
};

/** The search for a value. */
const asked = (m: MentionRow) => `${m.kind}:"${m.value.replaceAll('"', ' ')}"`;

const BY_HAND = 'by-hand-';

/** One ad, whole: its text with marks, what was read from it, and where it came from. */
export const Ad = ({ id }: { id: string }) => {
  const [marks, setMarks] = useState(true);
  const [watched, setWatched] = useState<MentionRow | null>(null);
  const page = useQuery({ queryKey: ['ad', id], queryFn: ({ signal }) => getAd(id, signal) });
  const copy = () => {
    void navigator.clipboard
      ?.writeText(`${id} · ${page.data?.ad.source_id ?? ''} · ${new Date().toISOString()}`)
      .then(
        () => say('The ad’s id and the time are copied.'),
        () => say('Copying is not allowed here.'),
      );
  };
  const others = (m: MentionRow) => {
    keepSearch({ text: asked(m) });
    navigate('/search');
  };
  useKeys([
    { keys: ['m'], label: 'Mark identifiers, or not', group: 'Ad', run: () => setMarks((on) => !on) },
    { keys: ['c'], label: 'Copy the id', group: 'Ad', run: copy },
    { keys: ['Escape'], label: 'Back', group: 'Ad', run: () => history.back() },
  ]);
  if (unread(page) || !page.data)
    return (
      <NotRead of={page} heading="Ad" what="The ad could not be read" loading="Loading the ad" lines={8} />
    );
  const { ad, mentions } = page.data;
  const byHand = ad.source_id?.startsWith(BY_HAND); // named by its text, which tells a reader nothing
  return (
    <div className="ad-page">
      <header className="dossier-head">
        <div>
          <p className="crumbs">
            <span>Ad</span>
            <Icon name="right" size={13} />
            <code>{ad.id}</code>{' '}
            <button type="button" className="plain" onClick={copy}>
              <Icon name="copy" size={13} /> Copy id
            </button>
            <LooksButton thing={{ ad: ad.id }} />
          </p>
          <h1>
            {byHand ? 'Ad added by hand' : ad.source_id || ad.id} <span className="hint">{ad.place}</span>
          </h1>
        </div>
        {ad.identity && (
          <Link className="button" to={`/identity/${ad.identity}`}>
            {ad.lead ? 'Open the dossier of its lead' : 'Open its group'}
          </Link>
        )}
      </header>
      <div className="ad-columns">
        <div>
          <section>
            <div className="line">
              <h2>Text</h2>
              <label className="check">
                <input type="checkbox" checked={marks} onChange={(e) => setMarks(e.target.checked)} />
                Mark identifiers
              </label>
            </div>
            <div className="ad-text whole" lang={langOf(ad.language)} dir="auto">
              {ad.title.length > 0 && (
                <strong className="ad-title">
                  <AdText parts={ad.title} marks={marks} />
                </strong>
              )}
              <AdText parts={ad.text} marks={marks} />
            </div>
          </section>
          <section>
            <h2>
              What was read <span className="hint">{many(mentions.length, 'mention')}</span>
            </h2>
            <Scroll label="Mentions" className="wide-table">
              <table className="stacks mentions">
                <thead>
                  <tr>
                    <th scope="col">Kind</th>
                    <th scope="col">Normal form</th>
                    <th scope="col">As written</th>
                    <th scope="col">Reader</th>
                    <th scope="col">Watch</th>
                    <th scope="col" className="num">
                      Other ads
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {mentions.map((m, i) => (
                    <tr key={i}>
                      <td>{wordOf(m.kind)}</td>
                      <td>
                        <Chip kind={m.kind} label={m.label} common={m.site_own} mark={false} />
                      </td>
                      <td className="break">
                        {m.raw}
                        <small>
                          {partOf(m.part)}
                          {m.obscured && ', obscured'}
                        </small>
                        {m.correction && <small className="own">{m.correction}</small>}
                        {m.site_own && <small className="own">the site’s own, joins nothing</small>}
                      </td>
                      <td className="nowrap">
                        {m.reader}
                        <small>{m.sure}</small>
                      </td>
                      <td>
                        <button type="button" className="plain" onClick={() => setWatched(m)}>
                          Watch<span className="sr"> {m.label}</span>
                        </button>
                      </td>
                      <td className="num">
                        <span className="stacked-word">in other ads: </span>
                        {m.others > 0 ? (
                          <button type="button" className="plain" onClick={() => others(m)}>
                            {count(m.others)}
                            <span className="sr"> other ads with {m.label}: show them</span>
                          </button>
                        ) : (
                          '0'
                        )}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Scroll>
            {mentions.length === 0 && <Note>No mention was read in this ad.</Note>}
          </section>
          <Superseded page={page.data} />
          <Earlier page={page.data} />
        </div>
        <Facts page={page.data} />
      </div>
      {watched && (
        <WatchDialog
          kind="value"
          name={`${wordOf(watched.kind)} ${watched.label}`}
          request={{ text: asked(watched) }}
          onClose={() => setWatched(null)}
        />
      )}
    </div>
  );
};
